"""Recognises listed names of which only the spaces are printed wrong: وہاب ریا ض, ایڈملی بینڈ, صدرپرویزمشرف.

Agencies and newspapers lose and gain spaces inside names every day. All letters must be those of one name, at least
seven; at most two spaces may be too many or too few; and the name begins and ends where words do, or else an ordinary
word is glued to it that the language pack lists (`run_on`). A weak name of several words needs its context as ever. On
1,140 articles that gave 221 mentions; all were read, and none was wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from digest.gazetteer.lexicon import Candidate, Lexicon
from digest.languages.fold import Words
from digest.languages.pack import LanguagePack
from digest.link.letters import LEAST_LETTERS, Ends, Letters, ends_of
from digest.link.match import Match

MOST_EDITS = 2
"""Spaces of a name that may be too many or too few."""
MOST_WORDS = 8
"""Printed words that are taken for one name."""
LOOKED_AT = 3
"""Letters of the next word that tell whether to look closer."""


class _Everything(frozenset[str]):
    """How a word may go on that may be a whole name: anyhow."""

    def __contains__(self, _: object) -> bool:
        return True


class Start(msgspec.Struct, frozen=True, gc=False):
    """Names that begin with a piece, in the order of letters from `first` to `last` (exclusive)."""

    before: int
    """Letters before the piece that are not the name's."""
    first: int
    last: int


class Beginning(msgspec.Struct, frozen=True, gc=False):
    """Which names may begin in a folded word."""

    tails: frozenset[str]
    """How the next word may go on: its first letters, or all of them if it is shorter."""
    starts: tuple[Start, ...]
    alone: bool
    """Whether the word may be a whole name."""


class _Pair(msgspec.Struct, frozen=True, gc=False):
    """The same of two words."""

    tails: frozenset[str]
    whole: bool


def may_be_split(before: str, behind: str, ordinary: frozenset[str]) -> bool:
    """Return whether a word of a name may be printed as two: two ordinary words are just that (وہ اب ریاض)."""
    return before not in ordinary or behind not in ordinary


class MisspacedNames:
    """Finds misspaced names of one language.

    It does nothing for a language without a skeleton table: no vocabulary is kept of that, and without it nobody could
    tell which articles a changed name concerns.
    """

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self._letters = Letters(lexicon)
        self._folder = pack.folder
        self._run_on = pack.run_on
        self._ordinary = pack.folded_stopwords | pack.run_on.words
        """Words of which two are never taken for one word of a name."""
        self._stopwords = pack.folded_stopwords
        self._works = pack.skeletons is not None
        self._pairs: dict[str, _Pair] = {}

    def beginning(self, form: str) -> Beginning | None:
        """Return which names may begin in a folded word, misspaced; None for most words."""
        if not self._works or form.isascii() or (len(form) > _LONGEST_ORDINARY and form in self._stopwords):
            return None
        starts = []
        tails: set[str] = set()
        alone = False
        for before in self._run_on.off_start(form):
            piece = form[before:]
            first, last = self._letters.beginning_with(piece)
            if first == last and (before or len(form) <= LEAST_LETTERS or not self._run_on.may_end(form)):
                continue  # most words: nor can the piece be a whole name, with something behind it or not
            start = Start(before, first, last)
            whole = self._whole(piece, [], before, form)
            if start.first < start.last or whole:
                starts.append(start)
                tails |= self._tails(start, len(piece))
            alone = alone or whole is not None
        if not (tails or alone):
            return None
        return Beginning(_Everything() if alone else frozenset(tails), tuple(starts), alone)

    def may_begin(self, words: Words, index: int, beginning: Beginning) -> bool:
        """Return whether a misspaced name may begin at a word, as far as the next two tell; they seldom do."""
        if beginning.alone or index + 1 == len(words.forms):
            return beginning.alone
        form, following = words.forms[index : index + 2]
        pair = self._pairs.get(f"{form} {following}") or self._pair(form, following, beginning)
        return pair.whole or (index + 2 < len(words.forms) and words.forms[index + 2][:LOOKED_AT] in pair.tails)

    def _pair(self, form: str, following: str, beginning: Beginning) -> _Pair:
        tails: set[str] = set()
        whole = False
        for start in beginning.starts:
            letters = form[start.before :] + following
            tails |= self._tails(Start(start.before, *self._letters.beginning_with(letters)), len(letters))
            whole = whole or self._whole(letters, [len(form) - start.before], start.before, following) is not None
        if len(self._pairs) >= _MOST_KEPT:
            self._pairs.clear()
        pair = self._pairs[f"{form} {following}"] = _Pair(frozenset(tails), whole)
        return pair

    def at(self, words: Words, index: int, beginning: Beginning) -> Match | None:
        """Return the longest misspaced name that begins in word `index`."""
        longest: Match | None = None
        for start in beginning.starts:
            before, first, stop = start.before, start.first, start.last
            letters = words.forms[index][before:]
            ends: list[int] = []
            for last in range(index + 1, len(words.forms) + 1):
                found = self._whole(letters, ends, before, words.forms[last - 1])
                if found and not (longest and longest.last >= last):
                    longest = self._match(words, (index, last), (before, found[0]), found[1])
                if last - index >= MOST_WORDS or last >= len(words.forms) or not _spaced(words, last):
                    break
                first = bisect_left(self._letters.all, letters, first, stop)
                if first == stop or not self._letters.all[first].startswith(letters):
                    break
                ends.append(len(letters))
                letters += words.forms[last]
        return longest

    def _match(
        self, words: Words, place: tuple[int, int], glued: tuple[int, int], candidates: tuple[Candidate, ...]
    ) -> Match:
        """Return the match of a name that so many folded letters are glued to."""
        (first, last), (before, after) = place, glued
        start, end = words.starts[first], words.ends[last - 1]
        start += self._folder.locate(words.text[start : words.ends[first]], before) if before else 0
        end -= self._folder.locate(words.text[words.starts[last - 1] : end], after, from_end=True) if after else 0
        return Match(first=first, last=last, span=(start, end), candidates=candidates, misspaced=True)

    def _whole(
        self, letters: str, ends: Sequence[int], before: int, last: str
    ) -> tuple[int, tuple[Candidate, ...]] | None:
        """Return how many last letters are not the name's, and what letters may stand for that are otherwise a name.

        Args:
            letters: of some words, without those that are glued before them.
            ends: how many of the letters stand before each space.
            before: how many letters are glued before them.
            last: the last of the words.
        """
        for after in self._run_on.off_end(last):
            name = letters[: len(letters) - after]
            spelt = self._letters.names(name)
            if not spelt or (ends and ends[-1] >= len(name)) or (before and after and not ends):
                continue
            printed = frozenset(ends)
            if not (before or after) and any(ends_of(listed) == printed for listed, _, _ in spelt):
                return None  # where such a name was not linked, it was refused for a reason
            near = [
                (len(printed ^ ends_of(listed)), alias.text, entity, alias)
                for listed, entity, alias in spelt
                if entity and (alias.strong or len(listed) > 1) and self._near(name, printed, ends_of(listed))
            ]
            found: dict[str, Candidate] = {}
            for _, _, entity, alias in sorted(near, key=lambda known: (*known[:2], known[2].id)):
                found.setdefault(entity.id, Candidate(entity, alias, self._folder))
            if found:
                return after, tuple(found.values())
        return None

    def _near(self, name: str, printed: Ends, listed: Ends) -> bool:
        """Return whether the spaces of a name are printed nearly as they are listed."""
        if len(printed ^ listed) > MOST_EDITS:
            return False
        edges = [0, *sorted(printed), len(name)]
        return all(
            may_be_split(name[start:end], name[end:stop], self._ordinary)
            for start, end, stop in zip(edges, edges[1:], edges[2:], strict=False)
            if end not in listed
        )

    def _tails(self, start: Start, length: int) -> set[str]:
        """Return how the word behind so many first letters of some names may go on."""
        rests = {name[length : length + LOOKED_AT] for name in self._letters.all[start.first : start.last]}
        tails = {rest[:shown] for rest in rests for shown in range(1, LOOKED_AT + 1)}
        tails.discard("")
        for rest in rests - {""}:
            if len(rest) < LOOKED_AT:  # then it is all that is left of the name
                tails.update((rest + word)[:LOOKED_AT] for word in self._run_on.after)
        return tails


_LONGEST_ORDINARY = 2
"""Letters of the longest stop word that may be the first piece of a name; to look at all of them takes too long."""
_MOST_KEPT = 100_000
"""Pairs of words of which it is remembered whether they go together."""


def _spaced(words: Words, index: int) -> bool:
    """Return whether there is nothing but space before a word."""
    between = words.text[words.ends[index - 1] : words.starts[index]]
    return between == " " or not between.strip(" \u00a0\u200c\u200d\t")
