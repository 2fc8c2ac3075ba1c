"""Times same-story detection on made-up articles: twice as many must not cost much more than twice as much."""

from __future__ import annotations

import datetime as dt
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from digest.model import Basis, Block, BlockKind, Headline, LinkedStory, PublishedAt, Source, Story
from digest.store.archive import Archive
from digest.store.same_story import settle

COUNTS = (1_000, 10_000, 100_000)
_WORDS = 40_000
_A_DAY = 100
_OUTLETS = 12
_PHRASES = 2_000


def show_times() -> None:
    """Print what comparing a whole archive costs, and what one more article costs."""
    print(f"{'articles':>9} {'seconds':>9} {'ms each':>8} {'pairs':>8} {'one more, ms':>13} {'peak MB':>8}")
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "store.sqlite") as archive:
            made = made_up(count + 1)
            for number in range(count):
                _put(archive, next(made), number)
            start = time.process_time()
            settle(archive)
            whole = time.process_time() - start
            _put(archive, next(made), count)
            start = time.process_time()
            settle(archive)
            one = time.process_time() - start
            ((pairs,),) = archive.select("SELECT count(*) / 2 FROM same_stories")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:>9,} {whole:>9.1f} {1000 * whole / count:>8.2f} {pairs:>8,} {1000 * one:>13.1f} {peak:>8.0f}")


def made_up(
    count: int, *, fresh: int = 3, again: int = 1, rewritten: float = 0.3, seed: int = 1
) -> Iterator[LinkedStory]:
    """Yield articles of words as frequent as in a language, with phrases.

    After `fresh` articles with something new come `again` articles that tell the last of them; `rewritten` is the share
    of the words that they have otherwise.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    words = [f"لفظ{number}" for number in range(_WORDS)]
    weights = [1 / (rank + 1000) for rank in range(_WORDS)]
    phrases = [rng.choices(words, weights, k=rng.randint(2, 4)) for _ in range(_PHRASES)]
    told: list[str] = []
    for number in range(count):
        if number % (fresh + again) < fresh:
            told = text = rng.choices(words, weights, k=rng.randint(60, 180))
            for _ in range(15):
                place = rng.randrange(len(text))
                text[place:place] = rng.choice(phrases)
        else:
            text = [rng.choice(words) if rng.random() < rewritten else word for word in told]
        day = dt.date(2020, 1, 1) + dt.timedelta(days=number // _A_DAY)
        yield _story(number, " ".join(text), day, f"outlet-{number % _OUTLETS}")


def _story(number: int, text: str, day: dt.date, outlet: str) -> LinkedStory:
    story = Story(
        id=f"made{number}",
        locator=f"seeds/made.jsonl#{number}",
        checksum="",
        language="ur",
        headline=Headline(text=text[:60], basis=Basis.METADATA),
        summary="",
        byline=None,
        dateline=None,
        published=PublishedAt(value=day, basis=Basis.METADATA),
        source=Source(outlet=outlet, name=outlet, url=None, basis=Basis.METADATA),
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=text),),
        related=(),
        removals=(),
        fixes=(),
        words=len(text.split()),
    )
    return LinkedStory(story=story, mentions=(), rejections=(), terms=())


def _put(archive: Archive, linked: LinkedStory, sequence: int) -> None:
    archive.put(linked, checksum="", epoch="", permalink=f"articles/{linked.story.id}", sequence=sequence)
