"""Measures the analysis of articles on one core: articles a second, start-up and memory.

It makes its own articles by shuffling the sentences of seeds/ (seeded), 600 words each, so that every run measures
the same work.

    python benchmarks/analysis.py [ARTICLES]

Then it lets a pool of processes do the same: what that costs more, and what it saves on the clock.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from digest.analyst import Analyst, ticket_of
from digest.crew import Crew
from digest.epoch import epoch_of
from digest.executors import analyse_all
from digest.languages.pack import load_pack
from digest.languages.sentences import split_sentences
from digest.model import RawArticle
from digest.pipeline import Site
from digest.settings import Settings, cores

ROOT = Path(__file__).parent.parent
RUNS = 5
WORDS = 600


def make_articles(count: int) -> list[RawArticle]:
    """Return articles of about 600 words, the same in every run."""
    pack = load_pack("ur")
    lines = [line for seed in sorted((ROOT / "seeds").glob("*.txt")) for line in seed.read_text("utf-8").splitlines()]
    sentences = [sentence for line in lines for sentence in split_sentences(line, pack)]
    chance = random.Random(20260101)  # noqa: S311 - a benchmark, not a secret
    articles = []
    for number in range(count):
        paragraphs: list[str] = []
        while sum(len(paragraph.split()) for paragraph in paragraphs) < WORDS:
            paragraphs.append(" ".join(chance.choices(sentences, k=4)))
        body = "\n".join(paragraphs).encode()
        articles.append(RawArticle(locator=f"bench/{number}.txt", media_type="text/plain", body=body))
    return articles


def main() -> None:
    """Measure and print medians."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    articles = make_articles(count)
    site = Site(root=ROOT, docs=ROOT / "site_src", name="", settings=Settings())
    gazetteer = site.gazetteer()
    analyst = Analyst(gazetteer, ("ur",))
    analyst(articles[0], "warm")
    rates = []
    for _ in range(RUNS):
        start = time.process_time()
        for number, article in enumerate(articles):
            analyst(article, str(number))
        rates.append(count / (time.process_time() - start))
    starts = []
    for _ in range(RUNS):
        start = time.perf_counter()
        command = [sys.executable, "-m", "digest", "inspect", "--json", str(min((ROOT / "seeds").glob("*.txt")))]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        starts.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = statistics.median(rates)
    print(f"analysis: {rate:.0f} articles/s on one core ({count} articles of {WORDS} words, {RUNS} runs)")
    print(f"start-up of `digest inspect`: {statistics.median(starts):.2f} s; peak memory {peak:.0f} MB")
    ticket = ticket_of(site.settings, ROOT, epoch_of(gazetteer, site.settings))
    for crew in (None, Crew(cores())):
        wall, used = time.perf_counter(), _cpu()
        tasks = ((article, str(number)) for number, article in enumerate(articles))
        outcomes = sum(1 for _ in analyse_all(tasks, analyst, ticket=ticket, crew=crew))
        wall, used = time.perf_counter() - wall, _cpu() - used
        who = f"{crew.workers} processes" if crew else "no other process"
        print(f"{who}: {outcomes / wall:.0f} articles/s on the clock, {used / outcomes * 1000:.2f} CPU ms an article")


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    main()
