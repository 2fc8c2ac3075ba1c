"""Finds every place where an alias stands: leftmost, longest, across all kinds of entities.

A plain walk of a token trie. It was measured against Aho-Corasick (pyahocorasick) on 10 MB and 5,000 patterns:
slower (17 against 47 MB/s), but folding at 7 MB/s is the bottleneck, and this needs no compiled dependency.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from digest.gazetteer.lexicon import END, Candidate, Lexicon, Trie
from digest.languages.files import Clitics
from digest.languages.fold import Folder, Words
from digest.languages.memo import Memo

_MOST_KEPT = 100_000
"""Words whose answer is kept at hand."""

_SHORTEST_PEELED = 4
"""A clitic is only taken off a name that keeps at least this many letters."""

_NONE: frozenset[str] = frozenset()
"""One for all words: an archive has many thousands of them."""

_SHORTEST_LAST = 3
"""The same for the last word of a longer name, which is safer: the words before it are the name's too."""


class Match(msgspec.Struct, frozen=True, eq=False, kw_only=True, gc=False):
    """An alias at a place: words `first` to `last` (exclusive), characters `span` of the text.

    Two are the same only if they are one object. A Struct, because hundreds are made for an article.
    """

    first: int
    last: int
    span: tuple[int, int]
    candidates: tuple[Candidate, ...]
    misspaced: bool = False
    """Whether its letters are the alias's and its spaces are not (`misspaced.py`)."""


class Glued(msgspec.Struct, frozen=True, gc=False):
    """A name with a clitic before or behind it: so many folded letters of the word are not the name's."""

    before: int
    after: int
    candidates: tuple[Candidate, ...]


Opening: TypeAlias = Trie | Glued
"""What a word opens: the names that begin with it, or one that something is glued to."""


class Matcher:
    """Finds aliases in folded words.

    Args:
        lexicon: the compiled gazetteer.
        folder: the fold of the same language.
        clitics: words that may be glued to a name.
    """

    def __init__(self, lexicon: Lexicon, folder: Folder, clitics: Clitics) -> None:
        self.lexicon = lexicon
        self._folder = folder
        self._before = tuple(sorted(map(folder.word, clitics.before), key=len, reverse=True))
        self._after = tuple(sorted(map(folder.word, clitics.after), key=len, reverse=True))
        self._assimilated = {folder.word(clitic): folder.word(lost) for clitic, lost in clitics.assimilated.items()}
        self._stems = Memo(self._without_clitic, most=_MOST_KEPT)

    def opening(self, form: str) -> Opening | None:
        """Return what may stand where a folded word stands; None for most words."""
        node = self.lexicon.after(form)
        return self.glued(form) if node is None else node

    def at(self, words: Words, index: int, opening: Opening) -> list[Match]:
        """Return what stands at word `index`, which opens `opening`; longest first."""
        if isinstance(opening, Glued):
            return [self._peel(opening, words, index)]
        node = opening
        found = []
        last = index + 1
        count = len(words.forms)
        while True:
            ends = END in node
            if ends:
                span = (words.start_of_name(index), words.end_of_name(last - 1))
                found.append(Match(first=index, last=last, span=span, candidates=tuple(node[END])))
            if last >= count or len(node) == ends:  # nothing follows, or nothing may
                break
            following = words.forms[last]
            below = node.get(following)
            if below is None:
                if not node.keys().isdisjoint(self.stems(following)) and words.joined(last):
                    found += self._peel_last(node, words, index, last)
                break
            if not words.joined(last):
                break
            node = below
            last += 1
        found.reverse()
        return found

    def stems(self, form: str) -> frozenset[str]:
        """Return the words that a folded word may be at the end of a longer name, when a clitic is glued to it."""
        return self._stems[form] if form.endswith(self._after) else _NONE

    def _without_clitic(self, form: str) -> frozenset[str]:
        return frozenset(self._refolded(form[: -len(clitic)]) for clitic in self._clitics_of(form)) or _NONE

    def _clitics_of(self, form: str) -> Iterator[str]:
        """Yield the clitics that the last word of a longer name may end in, longest first."""
        for clitic in self._after:
            if form.endswith(clitic) and len(form) - len(clitic) >= _SHORTEST_LAST:
                yield clitic

    def _peel_last(self, node: Trie, words: Words, first: int, last: int) -> list[Match]:
        """Take a glued clitic off the last word of a longer name: عبداللہ عبداللہاور."""
        form = words.forms[last]
        for clitic in self._clitics_of(form):
            below = node.get(self._refolded(form[: -len(clitic)]))
            strong = tuple(c for c in below.get(END, ()) if c.alias.strong and c.entity) if below else ()
            if strong:
                surface = words.text[words.starts[last] : words.ends[last]]
                end = words.ends[last] - self._folder.locate(surface, len(clitic), from_end=True)
                return [Match(first=first, last=last + 1, span=(words.start_of_name(first), end), candidates=strong)]
        return []

    def _peel(self, glued: Glued, words: Words, index: int) -> Match:
        """Take a glued clitic off a word that is unknown with it: امریکاکی, سےپاکستان."""
        start, end = words.starts[index], words.ends[index]
        surface = words.text[start:end]
        start += self._folder.locate(surface, glued.before)
        end -= self._folder.locate(surface, glued.after, from_end=True)
        return Match(first=index, last=index + 1, span=(start, end), candidates=glued.candidates)

    def glued(self, form: str) -> Glued | None:
        """Return the name that a folded word is with a clitic glued to it, if it is one."""
        for clitic in self._after if form.endswith(self._after) else ():  # all at once: most words have none
            if form.endswith(clitic) and (found := self._strong(form[: -len(clitic)])):
                return Glued(0, len(clitic), found)
        for clitic in self._before if form.startswith(self._before) else ():
            if form.startswith(clitic) and (found := self._strong(form[len(clitic) :])):
                return Glued(len(clitic), 0, found)
        for clitic, lost in self._assimilated.items():
            if form.startswith(clitic) and (found := self._strong(lost + form[len(clitic) :])):
                return Glued(len(clitic), 0, found)
        return None

    def glued_to(self, name: str) -> Iterator[str]:
        """Yield every folded word that is one name with something glued to it: what `glued` takes apart."""
        for end in self._folder.within(name) if len(name) >= _SHORTEST_PEELED else ():
            yield from (end + clitic for clitic in self._after)
            yield from (clitic + end for clitic in self._before)
            for clitic, lost in self._assimilated.items():
                if end.startswith(lost):
                    yield clitic + end[len(lost) :]

    def ending_in(self, word: str) -> Iterator[str]:
        """Yield every folded word that may be the last one of a longer name: it alone, or with a clitic behind it."""
        yield word
        for end in self._folder.within(word) if len(word) >= _SHORTEST_LAST else ():
            yield from (end + clitic for clitic in self._after)

    def _strong(self, name: str) -> tuple[Candidate, ...]:
        if len(name) < _SHORTEST_PEELED:
            return ()
        return tuple(c for c in self.lexicon.candidates(self._refolded(name)) if c.alias.strong and c.entity)

    def _refolded(self, name: str) -> str:
        """Fold the end of a name that was no end while something was glued to it: امریکہکی keeps its ہ."""
        return self._folder.ending(name) if len(name) > self._folder.rules.final_over else name
