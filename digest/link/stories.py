"""Same-story detection: a compact signature of an article, and what two signatures say about two articles.

Both are pure functions, and symmetric: nothing here knows the archive, so that what is the same story depends on the
set of articles alone and never on the order in which they came (docs/decisions/0014-same-story.md).
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence

from digest.languages.pack import LanguagePack, load_pack
from digest.model import LinkedStory

BANDS = 64
"""Values of the MinHash that finds what is worth comparing."""
FARTHEST = 4
"""Days between two reports of one story, at most; copies may be farther apart."""
COPY = 0.8
"""Share of word pairs (Jaccard) from which two texts are near-duplicates."""
_SEED = 20260101
_READ = 400
"""Content words that are looked at: news says first what it is about, and a page of any length costs the same."""

_TELLING = frozenset({"paragraph", "caption"})
"""Roles of the passages that tell the story; headlines are compared by themselves, and credits say who printed it."""

_BIAS = -5.23
_WEIGHTS = {"words": 10.92, "length": -2.215, "numbers": 2.369, "headline": 3.218, "names": 3.094, "shared": 1.551}
"""Logistic regression on half of COUNTER: `python evaluation/same_story.py FOLDER --fit` makes them anew."""
SAME_STORY = 0.5
SAME_STORY_UNSURE = 0.9
"""Likelihood from which two articles are one story: of two outlets within days; and when outlet or date is unknown."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is kept of an article to tell whether another one tells the same story: hashes, no text."""

    story: str
    language: str
    day: int | None
    """Day of publication as a proleptic ordinal; None when it is not known."""
    outlet: str | None
    length: int
    """Content words, as far as they are looked at."""
    words: frozenset[int]
    """Content words: all but stopwords."""
    pairs: frozenset[int]
    """Content words that follow each other."""
    numbers: frozenset[int]
    headline: frozenset[int]
    """Content words of the headline."""
    names: frozenset[int]
    """Entities that are named."""
    bands: tuple[int, ...]
    """MinHash of the pairs; empty when the text has none."""


def signature(linked: LinkedStory, passages: Iterable[tuple[str, Sequence[str]]] | None = None) -> Signature:
    """Return the signature of an article.

    Args:
        linked: the article.
        passages: role and folded words of its passages, for whom they are at hand.
    """
    story = linked.story
    pack = load_pack(story.language)
    if passages is None:
        passages = ((passage.role, pack.folder.words(passage.text).forms) for passage in story.passages())
    passages = list(passages)
    headline = next((forms for role, forms in passages if role == "headline"), None)  # one derived is none of them
    if headline is None:
        headline = pack.folder.words(story.headline.text).forms
    telling = itertools.chain.from_iterable(forms for role, forms in passages if role in _TELLING)
    told = list(itertools.islice(_content(telling, pack), _READ))
    letters = _encoded(told)
    pairs = list(map(b" ".join, itertools.pairwise(letters)))
    return Signature(
        story=story.id,
        language=story.language,
        day=story.published.value.toordinal() if story.published.value else None,
        outlet=story.source.outlet or story.source.name,
        length=len(told),
        words=_hashes(letters),
        pairs=_hashes(pairs),
        numbers=_hashes(_encoded(filter(str.isdecimal, told))),
        headline=_hashes(_encoded(_content(headline, pack))),
        names=_hashes(_encoded(mention.entity for mention in linked.mentions)),
        bands=_bands(pairs),
    )


def same_story(one: Signature, other: Signature) -> float:
    """Return how likely it is that two articles tell the same story, from 0 to 1."""
    if one.language != other.language:
        return 0.0
    told = features(one, other)
    return 1 / (1 + math.exp(-_BIAS - sum(weight * told[name] for name, weight in _WEIGHTS.items())))


def is_same_story(one: Signature, other: Signature) -> bool:
    """Return whether two articles tell the same story: of two outlets, within days; or they are copies.

    Where the outlet or the date of one is not known, only what is very alike counts: stock prices and cricket
    scores are told in the same words day by day.
    """
    if not _worth_a_look(one, other):
        return False
    if is_copy(one, other):
        return True
    if one.outlet and one.outlet == other.outlet:
        return False
    if one.day is not None and other.day is not None and abs(one.day - other.day) > FARTHEST:
        return False
    sure = one.outlet and other.outlet and one.day is not None and other.day is not None
    return same_story(one, other) >= (SAME_STORY if sure else SAME_STORY_UNSURE)


def is_copy(one: Signature, other: Signature) -> bool:
    """Return whether two texts are near-duplicates, whoever published them and when."""
    if len(one.pairs) < COPY * len(other.pairs) or len(other.pairs) < COPY * len(one.pairs):
        return False
    shared = len(one.pairs & other.pairs)
    return shared > 0 and shared >= COPY * (len(one.pairs) + len(other.pairs) - shared)


def is_same_text(one: Signature, other: Signature) -> bool:
    """Return whether two texts have the same words, as far as they are looked at."""
    return one.length == other.length and one.pairs == other.pairs and bool(one.pairs)


def features(one: Signature, other: Signature) -> dict[str, float]:
    """Return what the likelihood is made of: shares of what two articles have in common, and how long they are."""
    return {
        "words": _share(one.words, other.words),
        "length": math.log(max(5, min(one.length, other.length))),
        "numbers": _share(one.numbers, other.numbers),
        "headline": _share(one.headline, other.headline),
        "names": _share(one.names, other.names),
        "shared": math.log1p(len(one.words & other.words)),
    }


def _worth_a_look(one: Signature, other: Signature) -> bool:
    """Return whether two articles share words enough; most that share a band by chance do not."""
    fewer, more = sorted((len(one.words), len(other.words)))
    return 10 * fewer >= more and 10 * len(one.words & other.words) >= more


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the root of the share of the larger set that both have: the first things shared say most."""
    return math.sqrt(len(one & other) / max(len(one), len(other))) if one and other else 0.0


def _content(forms: Iterable[str], pack: LanguagePack) -> Iterator[str]:
    return itertools.filterfalse(pack.folded_stopwords.__contains__, forms)


def _encoded(items: Iterable[str]) -> list[bytes]:
    found = "\n".join(items).encode()  # all at once: no item has a line break
    return found.split(b"\n") if found else []


def _hashes(items: Iterable[bytes]) -> frozenset[int]:
    return frozenset(map(zlib.crc32, items))


def _bands(pairs: Sequence[bytes]) -> tuple[int, ...]:
    if not pairs:
        return ()
    from rensa import RMinHash  # noqa: PLC0415 - only new articles need it

    minhash = RMinHash(num_perm=BANDS, seed=_SEED)
    minhash.update(pairs)
    return tuple(minhash.digest())
