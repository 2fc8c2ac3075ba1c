"""Finds unknown people in a passage: runs of name-like words, and what stands at their borders."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

from digest.model import EntityKind
from digest.suggest.cues import Cues, spaced
from digest.suggest.sightings import Reason, Sighting, Text
from digest.suggest.vocabulary import Vocabulary

_LONGEST = 4
_FLOOR = -1.3
"""A word below this ends a run of name-like words …"""
_FLOOR_RARE = -1.9
"""… but of a word that is rare in the archive too little is known to ask as much, …"""
_FLOOR_BEHIND_NAME = -3.2
"""… and still less when it stands behind one that is surely a name, or behind a title."""
_RARE = 5
_SURELY_NAME = 1.5
_COMMON_PART = 6
"""A word that so many people bear continues a name, whatever else it means (اعظم, ملک)."""
_LONGEST_BRACKETED = 3
_RARE_FROM = 0.3
"""What the words of a name must reach on average when nothing but themselves speaks for it."""
_ALONE_FROM = 0.0
"""What a single word must reach, whatever stands beside it."""
_SCORE_REACH = 7
"""A unit of a scorecard (رنز) stands within so many words of the figure."""
_BORN_TITLES = 3
"""A title (شاہ, ملک) that so many people bear as a name may also end a name."""

_CREDITABLE = frozenset({Reason.ROLE, Reason.SCORE, Reason.LIST})
_SAYS_LITTLE = frozenset({Reason.AGENT, Reason.ORIGIN})
_LEAST_WITH_CUE = -1.7
_LEAST_WITH_AGENT = -0.3
"""What the words must reach on average with a title, list or score, and with no more than a verb."""


@dataclasses.dataclass(slots=True)
class _Run:
    first: int
    last: int
    role: int = 0
    """How many words the title before it has."""
    known: bool = False
    reasons: list[Reason] = dataclasses.field(default_factory=list)


class PeopleFinder:
    """Finds people that the gazetteer does not hold."""

    def __init__(self, cues: Cues, vocabulary: Vocabulary, letters: frozenset[str]) -> None:
        self._cues = cues
        self._letters = letters
        self._vocabulary = vocabulary

    def find(self, text: Text) -> Iterator[Sighting]:
        """Yield the sightings of a passage; runs without any reason come as `RARE` or `PLAIN`."""
        runs = self._runs(text)
        for run in runs:
            if not run.known:
                run.reasons = self._reasons(run, text)
        self._spread_over_lists(runs, text)
        for run in runs:
            if not run.known and (reasons := self._accepted(run, text)):
                start = run.first - run.role
                words = text.words
                cue = words.text[words.starts[start] : words.ends[run.first - 1]] if run.role else ""
                yield Sighting(
                    kind=EntityKind.PERSON, words=words, first=run.first, last=run.last, reasons=reasons, cue=cue
                )

    def _runs(self, text: Text) -> list[_Run]:
        """Return the runs of name-like words, and the known people between them, in order."""
        words, cues = text.words, self._cues
        runs: list[_Run] = []
        index, count = 0, len(words)
        while index < count:
            if text.known[index]:
                if index in text.people:
                    end = index + 1
                    while end < count and end in text.people and text.known[end]:
                        end += 1
                    runs.append(_Run(index, end, known=True))
                    index = end
                else:
                    index += 1
                continue
            role = cues.roles.after(words.forms, index)
            if role and not self._is_first_name(text, index, role):
                index = self._skip_fillers(text, index + role)
                if index < count and not text.known[index] and spaced(words, index):
                    end = self._bracketed(text, index) or self._end_of_run(text, index, titled=True)
                    if end > index:
                        runs.append(_Run(index, end, role=cues.roles.before(words.forms, index) or role))
                        index = end
                continue
            end = self._end_of_run(text, index)
            if end > index:
                runs.append(_Run(index, end))
            index = max(end, index + 1)
        return runs

    def _is_first_name(self, text: Text, index: int, role: int) -> bool:
        """Return whether a title is the first half of a name: حضرت اللہ."""
        following = index + role
        return role == 1 and following < len(text.words) and text.words.forms[following] in self._cues.never_first

    def _skip_fillers(self, text: Text, index: int) -> int:
        forms = text.words.forms
        while index < len(forms) and not text.known[index]:
            step = self._cues.roles.after(forms, index) or int(forms[index] in self._cues.fillers)
            if not step or self._is_first_name(text, index, step):
                break
            index += step
        return min(index, len(forms))

    def _bracketed(self, text: Text, index: int) -> int:
        """Return where a name ends that stands between a title and what its bearer does, or 0: وکیل … نے."""
        words, cues = text.words, self._cues
        for end in range(index, min(index + _LONGEST_BRACKETED, len(words) - 1)):
            form = words.forms[end]
            taken = text.known[end] or form in cues.stops or form.isdigit() or not spaced(words, end)
            if taken or cues.agents.after(words.forms, end):
                return 0
            if spaced(words, end + 1) and cues.agents.after(words.forms, end + 1):
                names = words.forms[index : end + 1]
                named = len(names) > 1 and any(cues.name_parts.get(name) for name in names)
                return end + 1 if named else 0
        return 0

    def _end_of_run(self, text: Text, index: int, *, titled: bool = False) -> int:
        """Return where the run of name-like words ends that begins at `index`, or `index` when none does."""
        words = text.words
        end = index
        while end < len(words) and not text.known[end] and (end == index or spaced(words, end)):
            before = words.forms[end - 1] if end > index else None
            if not self._continues(words.forms, end, before, titled=titled):
                break
            end += 1
        return end

    def _continues(self, forms: list[str], index: int, before: str | None, *, titled: bool) -> bool:
        """Return whether a word may be the next of a name whose last word so far is `before`."""
        form, cues = forms[index], self._cues
        nameness, bearers = self._vocabulary.nameness(form), cues.name_parts.get(form, 0)
        if before is None and form in cues.never_first:
            return False
        if title := cues.roles.after(forms, index):
            if before is None:
                return title == 1 and forms[index + 1 : index + 2] != [] and forms[index + 1] in cues.never_first
            return title == 1 and bearers >= _BORN_TITLES
        if before is not None and bearers >= _COMMON_PART and form not in cues.stops and cues.name_parts.get(before):
            return True
        rare = self._vocabulary.counts[form] <= _RARE
        sure = titled or (before is not None and self._vocabulary.nameness(before) >= _SURELY_NAME)
        return nameness >= (_FLOOR_BEHIND_NAME if rare and sure else _FLOOR_RARE if rare else _FLOOR)

    def _reasons(self, run: _Run, text: Text) -> list[Reason]:
        words, cues = text.words, self._cues
        reasons = [Reason.ROLE] if run.role else []
        if run.first > 1 and words.forms[run.first - 1] in cues.genitives and run.first - 2 in text.places:
            reasons.append(Reason.ORIGIN)
        if run.last < len(words) and spaced(words, run.last):
            following = words.forms[run.last]
            agent = cues.agents.after(words.forms, run.last)
            if agent:
                reasons.append(Reason.AGENT)
            figure = run.last + agent
            if (agent or following.isdigit()) and self._is_score(text, figure):
                reasons.append(Reason.SCORE)
        return reasons

    def _is_score(self, text: Text, index: int) -> bool:
        forms = text.words.forms
        if index >= len(forms) or not (forms[index].isdigit() or forms[index] in self._cues.numbers):
            return False
        return not self._cues.score_units.isdisjoint(forms[index + 1 : index + 1 + _SCORE_REACH])

    def _spread_over_lists(self, runs: list[_Run], text: Text) -> None:
        """Give the members of a list the credit of a known person, or of one with a title, beside them."""
        neighbours = list(itertools.pairwise(runs))
        for one, other in (*neighbours, *((after, before) for before, after in reversed(neighbours))):
            credited = one.known or not _CREDITABLE.isdisjoint(one.reasons)
            first, second = (one, other) if one.first < other.first else (other, one)
            if credited and not other.known and Reason.LIST not in other.reasons and self._listed(first, second, text):
                other.reasons.append(Reason.LIST)

    def _listed(self, one: _Run, other: _Run, text: Text) -> bool:
        """Return whether nothing but a comma, a joining word or figures stands between two runs."""
        words = text.words
        between = words.forms[one.last : other.first]
        if len(between) > 2 or any(not form.isdigit() and form not in self._cues.joiners for form in between):  # noqa: PLR2004
            return False
        gap = words.text[words.ends[one.last - 1] : words.starts[other.first]]
        return bool(between) or gap.strip() in self._cues.list_marks

    def _accepted(self, run: _Run, text: Text) -> tuple[Reason, ...]:
        """Return the reasons that hold for a run, or none when too little speaks for it."""
        forms = text.words.forms[run.first : run.last]
        if len(forms) > _LONGEST and run.role:
            run.last, forms = run.first + _LONGEST - 1, forms[: _LONGEST - 1]
        beside = not run.role and self._beside_a_thing(run, text)
        if len(forms) > _LONGEST or beside or self._letters.issuperset(forms):
            return ()
        names = [self._vocabulary.nameness(form) for form in forms]
        strong = not _SAYS_LITTLE.issuperset(run.reasons)
        if len(forms) == 1:
            common = self._cues.name_parts.get(forms[0], 0) >= _BORN_TITLES
            told = tuple(run.reasons) if strong else (*run.reasons, Reason.PLAIN)
            return () if names[0] < _ALONE_FROM or common else told
        mean = sum(names) / len(names)
        if run.reasons and mean > (_LEAST_WITH_CUE if strong else _LEAST_WITH_AGENT):
            return tuple(run.reasons)
        return (Reason.RARE,) if mean >= _RARE_FROM and min(names) > -1 else ()

    def _beside_a_thing(self, run: _Run, text: Text) -> bool:
        words, things = text.words, self._cues.things | self._cues.place_before
        before = run.first > 0 and spaced(words, run.first) and words.forms[run.first - 1] in things
        after = run.last < len(words) and spaced(words, run.last)
        following = words.forms[run.last] if after else ""
        return before or following in self._cues.things or bool(after and self._cues.heads.after(words.forms, run.last))
