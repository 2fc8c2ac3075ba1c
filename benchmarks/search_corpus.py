"""A seeded corpus for search: articles of about 600 words in made-up Urdu, with real names in all their spellings.

Words are made of the seeds' letter sequences and drawn with the frequencies of natural text (Zipf-Mandelbrot over
88,000 types, as many as 10,727 real articles have); stop words are the most frequent. Every article names some entities
of the gazetteer, each in one spelling, and is the known answer for queries in any other.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.model import EntityKind
from digest.search.aliases import NameBook
from digest.search.documents import SearchDocument
from digest.search.folding import SearchFolder

ROOT = Path(__file__).parent.parent
WORDS = 600
_TYPES = 88_000
_FRESH = 0.7
"""Share of the words that are drawn from the language; the others repeat: 260 different ones in 600, as in life."""
_NAMES_AN_ARTICLE = 8
_START = dt.date(2016, 1, 1)
_DAYS = 3650
VARIANTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(("unlisted names", tuple(names.split())) for names in (
        "ماکارینکو مکارینکو مکارنکو", "ہالونین ہلونین ہالونن", "ستیپانووچ سٹیپانووچ سٹیپنووچ",
        "بروکنر بروکنیر بروکینر",
        "لنڈکوئسٹ لنڈکویسٹ لنڈکوسٹ",
        "زیلاوسکی زلاوسکی ذیلاوسکی", "گروتھمان گروتمان گروتھمن", "تاناکاوا ٹاناکاوا تناکاوا",
        "اولاداپو اولادپو اولادیپو", "کرستینسن کریستینسن کرسٹینسن",
    )),
    *(("compounds", tuple(words.split("/"))) for words in (
        "جنگ بندی/جنگبندی", "گل دستہ/گلدستہ", "ماہی گیر/ماہیگیر", "خود کش/خودکش", "کتب خانہ/کتبخانہ",
        "تجزیہ کار/تجزیہکار",
    )),
    *(("ZWNJ", (first + second, f"{first} {second}", f"{first}\u200c{second}")) for first, second in (
        ("بین", "الاقوامی"), ("راہ", "داری"), ("زلزلہ", "زدگان"), ("سیلاب", "زدہ"),
    )),
    *(("harakat", tuple(words.split("/"))) for words in (
        "مُحَرَّک/محرک", "تَقَرُّری/تقرری", "مُؤَقَّر/موقر", "مُفَصَّل/مفصل",
    )),
    *(("Arabic letters", tuple(words.split("/"))) for words in (
        "كيميائي/کیمیائی", "يكجہتي/یکجہتی", "مملكة/مملکہ", "قرآن/قران", "مسئلہ/مسیلہ",
    )),
    *(("digits", tuple(words.split("/"))) for words in ("48213/۴۸۲۱۳/٤٨٢١٣", "90571/۹۰۵۷۱/٩٠٥٧١", "73904/۷۳۹۰۴/٧٣٩٠٤")),
)  # fmt: skip
"""Kind of variant, and the spellings that must find each other. Each group stands in a few articles of any corpus."""
_ARTICLES_A_GROUP = 6


@dataclasses.dataclass(frozen=True)
class Person:
    """An entity of the gazetteer and the spellings that articles of the corpus use for it."""

    id: str
    kind: str
    spellings: tuple[str, ...]


class Corpus:
    """Articles, and what is known of them."""

    def __init__(self, count: int, gazetteer: Gazetteer, pack: LanguagePack) -> None:
        self.count = count
        self._variants = self.variants_in()
        chance = random.Random(20261122)  # noqa: S311 - a benchmark, not a secret
        self.words = _words(pack, chance)
        self._weights = list(itertools.accumulate(1 / (rank + 4) ** 1.2 for rank in range(len(self.words))))
        self.people = _people(gazetteer, pack)
        chance.shuffle(self.people)
        self._name_weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(self.people))))

    def documents(self, start: int = 0, end: int | None = None) -> Iterator[SearchDocument]:
        """Yield the articles from number `start` to `end`; each is the same however many are asked for."""
        for number in range(start, self.count if end is None else end):
            yield self._document(number)

    def named_in(self, number: int) -> dict[str, tuple[str, int]]:
        """Return what article `number` names: entity → its spelling there, and how often."""
        chance = random.Random(number * 7919 + 1)  # noqa: S311 - the same
        people = chance.choices(self.people, cum_weights=self._name_weights, k=_NAMES_AN_ARTICLE)
        return {person.id: (chance.choice(person.spellings), chance.randint(1, 4)) for person in people}

    def variants_in(self) -> Mapping[int, tuple[int, str]]:
        """Return which articles hold a variant: number → group and spelling."""
        places = len(VARIANTS) * _ARTICLES_A_GROUP
        step = max(1, (min(self.count, 10_000) - 20) // places)
        found = {}
        for place in range(places):
            group, turn = place % len(VARIANTS), place // len(VARIANTS)
            spellings = VARIANTS[group][1]
            found[place * step] = (group, spellings[turn % len(spellings)])
        return found

    @functools.cached_property
    def holding(self) -> list[set[int]]:
        """For each group of variants the articles that hold one of its spellings, planted or made up by chance."""
        group_of = {spelling: group for group, (_, spellings) in enumerate(VARIANTS) for spelling in spellings}
        every = "|".join(map(re.escape, sorted(group_of, key=len, reverse=True)))
        pattern = re.compile(rf"(?<!\w)(?:{every})(?!\w)")
        found: list[set[int]] = [set() for _ in VARIANTS]
        for document in self.documents():
            for spelling in pattern.findall(f"{document.headline}\n{document.text}"):
                found[group_of[spelling]].add(document.sequence)
        return found

    def _document(self, number: int) -> SearchDocument:
        chance = random.Random(number * 7919 + 2)  # noqa: S311 - the same
        named = self.named_in(number)
        length = max(120, round(chance.gauss(WORDS, 150)))
        words = chance.choices(self.words, cum_weights=self._weights, k=round(length * _FRESH))
        while len(words) < length:  # an article repeats its own phrases
            start = chance.randrange(len(words) - 4)
            place = chance.randrange(len(words))
            words[place:place] = words[start : start + 4]
        for spelling, times in named.values():
            for _ in range(times):
                words.insert(chance.randrange(len(words)), spelling)
        if number in self._variants:
            words.insert(40, self._variants[number][1])
        headline = " ".join([next(iter(named.values()))[0], *words[:10]])
        paragraphs = [" ".join(words[at : at + 60]) + "۔" for at in range(0, len(words), 60)]
        kinds = {person.id: person.kind for person in self.people}
        date = _START + dt.timedelta(days=_DAYS * number // max(10_000, self.count), hours=0)
        filters = {f"{kinds[entity]}:{entity}" for entity in named if kinds[entity] != "place"}
        return SearchDocument(
            sequence=number,
            address=f"articles/{date:%Y/%m/%d}/{_slug(words[:8])}-{number:010d}/",
            headline=headline,
            summary=paragraphs[0],
            date=date,
            outlet="بی بی سی اردو",
            passages=(headline, *paragraphs),
            text="\n".join(paragraphs),
            entities={entity: times for entity, (_, times) in named.items()},
            filters=tuple(sorted(filters | {"language:ur", f"topic:topic-{number % 40}", "outlet:bbc-urdu"})),
        )


def _slug(words: Sequence[str]) -> str:
    """Return something like a romanised headline."""
    return "-".join("".join("bptsjchkdzrxgfqlmnwy"[ord(letter) % 20] for letter in word) for word in words)


def _words(pack: LanguagePack, chance: random.Random) -> list[str]:
    """Return the vocabulary, the most frequent first: stop words, words of the seeds, words made like these."""
    real: dict[str, None] = dict.fromkeys(sorted(pack.stopwords))
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        text = seed.read_text(encoding="utf-8")
        real |= dict.fromkeys(text[word[0] : word[1]] for word in _spans(pack, text))
    following: dict[str, list[str]] = defaultdict(list)
    for word in real:
        for first, second in itertools.pairwise(f"^{word}$"):
            following[first].append(second)
    while len(real) < _TYPES:
        word, letter = "", "^"
        while (letter := chance.choice(following[letter])) != "$" and len(word) < 12:  # noqa: PLR2004 - long enough
            word += letter
        if len(word) > 2:  # noqa: PLR2004 - short words are real ones
            real[word] = None
    return list(real)


def _spans(pack: LanguagePack, text: str) -> list[tuple[int, int]]:
    words = pack.folder.words(text)
    return list(zip(words.starts, words.ends, strict=True))


def _people(gazetteer: Gazetteer, pack: LanguagePack) -> list[Person]:
    """Return the entities with several Urdu spellings; names that other entities share are left out."""
    book = NameBook(gazetteer, SearchFolder(pack), pack.tag)
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entity in gazetteer.entities.values():
        if names := book.find(entity.id):
            for words, _ in names.phrases:
                owners[words].add(entity.id)
    people = []
    for entity in gazetteer.entities.values():
        if entity.kind not in (EntityKind.PERSON, EntityKind.COUNTRY, EntityKind.ORGANISATION):
            continue
        spellings = []
        for alias in entity.aliases:
            words = pack.folder.phrase(alias.text)
            own = alias.language == pack.tag and alias.strong and not alias.unless and owners.get(words) == {entity.id}
            if own and alias.form in ("name", "variant") and len("".join(words)) > 3:  # noqa: PLR2004 - no initials
                spellings.append(alias.text)
        if len(spellings) > 1:
            people.append(Person(entity.id, str(entity.kind), tuple(dict.fromkeys(spellings))[:12]))
    return people
