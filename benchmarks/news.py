"""A seeded archive of news for the builders: articles of some 630 words, filed under some 11 terms each.

Words are drawn with the frequencies of natural text from stop words, words of the seeds and words made like these;
names are the gazetteer's, in any of their spellings. What each article is filed under is what `digest` itself finds, so
that every builder makes the same term pages.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.search_corpus import Corpus
from digest.analyst import Analyst, ticket_of
from digest.crew import Crew
from digest.epoch import epoch_of
from digest.executors import Analysed, analyse_all
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack, load_pack
from digest.model import EntityKind, LinkedStory, RawArticle
from digest.pipeline import Site
from digest.settings import Settings, cores

ROOT = Path(__file__).parent.parent
KINDS = {
    EntityKind.COUNTRY: "countries",
    EntityKind.TOPIC: "topics",
    EntityKind.PERSON: "people",
    EntityKind.ORGANISATION: "organisations",
}
TAXONOMIES = ("countries", "topics", "people", "organisations", "outlets", "months")
_WORDS = 585
_NAMES = 7
_FRESH = 0.7
"""Share of the words drawn from the language; the others repeat a phrase of the article, as in life."""
_START = dt.date(2016, 1, 1)
_DAYS = 3650
_DENSE = 10_000
"""Articles in ten years at least: a small archive is a short one, and not a thin one."""
_MONTHS = ["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"]
_URDU = re.compile("[\u0621-\u06d5]+")
_RARE_IN = 5
_RARE = "وژقبنطش"
"""Marks of no language; with a number they make a name that only few articles have."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What an article is filed under."""

    taxonomy: str
    slug: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as all builders get it."""

    number: int
    title: str
    date: dt.date
    address: str
    """Where a newspaper has it."""
    paragraphs: tuple[str, ...]
    terms: tuple[Term, ...]

    @property
    def path(self) -> str:
        """Where its file lies, without an ending: no folder has more than some hundred files."""
        return f"{self.date:%Y/%m}/{self.number:07}"

    def seed(self) -> str:
        """Return the article as an editor would put it in `seeds/`."""
        day = f"{self.date.day} {_MONTHS[self.date.month - 1]} {self.date.year}"
        return "\n\n".join((self.title, day, *self.paragraphs, f"بشکریہ: {self.address}")) + "\n"


def make_news(count: int, start: int = 0, archive: int | None = None, *, filed: bool = True) -> list[Article]:
    """Return the articles `start` to `start + count` of an archive; they are the same whenever they are made.

    What they are filed under takes as long to find as `digest` takes to read them: who does not need it goes without.
    """
    archive = archive or count
    site = Site(root=ROOT, docs=ROOT, name="", settings=Settings())
    gazetteer, pack = site.gazetteer(), load_pack("ur")
    wordsmith = _Wordsmith(gazetteer, pack)
    bare = [wordsmith.article(number, archive) for number in range(start, start + count)]
    if not filed:
        return bare
    ticket = ticket_of(site.settings, ROOT, epoch_of(gazetteer, site.settings))
    tasks = (
        (RawArticle(locator=str(one.number), media_type="text/plain", body=one.seed().encode()), str(one.number))
        for one in bare
    )
    found = analyse_all(tasks, Analyst(gazetteer, ("ur",)), ticket=ticket, crew=Crew(cores()))
    return [
        dataclasses.replace(one, terms=tuple(_terms(outcome.linked, gazetteer)))
        for one, outcome in zip(bare, found, strict=True)
        if isinstance(outcome, Analysed)
    ]


def kept_news(folder: Path, count: int, extra: int, *, filed: bool = True) -> tuple[list[Article], list[Article]]:
    """Return an archive and articles to add to it; they are made once and kept in `folder`."""
    path = folder / f"news-{count}-{extra}.msgpack"
    if not filed and not path.exists():
        return make_news(count, filed=False), make_news(extra, start=count, archive=count, filed=False)
    if not path.exists():
        made = make_news(count), make_news(extra, start=count, archive=count)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.msgpack.encode(made))
    return msgspec.msgpack.decode(path.read_bytes(), type=tuple[list[Article], list[Article]])


def rare_word(number: int) -> str:
    """Return a made-up name that no entity of the gazetteer has, and five articles of an archive do."""
    return _RARE + "".join("ابپتٹجچدرس"[int(digit)] for digit in str(number))


def rare_in(articles: Sequence[Article], word: str) -> list[Article]:
    """Return the articles that hold a rare word."""
    return [one for one in articles if any(f" {word} " in paragraph for paragraph in one.paragraphs)]


def _terms(linked: LinkedStory, gazetteer: Gazetteer) -> Iterator[Term]:
    for term in linked.terms:
        name = gazetteer.entities[term.entity].names.get("ur") or term.entity
        yield Term(taxonomy=KINDS[term.kind], slug=term.entity, name=name)
    if outlet := linked.story.source.outlet:
        yield Term(taxonomy="outlets", slug=outlet, name=gazetteer.entities[outlet].names.get("ur") or outlet)
    if day := linked.story.published.value:
        yield Term(taxonomy="months", slug=f"{day:%Y-%m}", name=f"{day:%Y-%m}")


class _Wordsmith:
    def __init__(self, gazetteer: Gazetteer, pack: LanguagePack) -> None:
        language = Corpus(1, gazetteer, pack)
        aliases = (alias.text for entity in gazetteer.entities.values() for alias in entity.aliases)
        of_names = {word for text in aliases for word in pack.folder.phrase(text)} - pack.folded_stopwords
        urdu = [word for word in language.words if _URDU.fullmatch(word)]
        self._words = [word for word in urdu if not of_names.intersection(pack.folder.phrase(word))]
        self._weights = list(itertools.accumulate(1 / (rank + 4) ** 1.2 for rank in range(len(self._words))))
        self._named = language.people
        self._name_weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(self._named))))
        domains = (domain for entity in gazetteer.entities.values() for domain in entity.domains)
        self._domains = sorted(domains)[:40]

    def article(self, number: int, archive: int) -> Article:
        chance = random.Random(number * 7919 + 3)  # noqa: S311 - a benchmark, not a secret
        length = max(200, round(chance.gauss(_WORDS, 120)))
        words = chance.choices(self._words, cum_weights=self._weights, k=round(length * _FRESH))
        while len(words) < length:
            place, start = chance.randrange(len(words)), chance.randrange(len(words) - 4)
            words[place:place] = words[start : start + 4]
        names = [
            chance.choice(one.spellings)
            for one in chance.choices(self._named, cum_weights=self._name_weights, k=_NAMES)
        ]
        for name in names:
            for _ in range(chance.randint(1, 4)):
                words.insert(chance.randrange(10, len(words)), name)
        words.insert(40, rare_word(number % max(1, archive // _RARE_IN)))
        cut = [words[at : at + 60] for at in range(0, len(words), 60)]
        return Article(
            number=number,
            title=" ".join([names[0], *words[:8]]),
            date=_START + dt.timedelta(days=_DAYS * number // max(archive, _DENSE)),
            address=f"https://{chance.choice(self._domains)}/{number}",
            paragraphs=tuple(" ".join(some) + "۔" for some in cut),
            terms=(),
        )
