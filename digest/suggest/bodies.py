"""Finds unknown organisations and places in a passage, by the words that name what they are."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import EntityKind
from digest.suggest.cues import Cues, spaced
from digest.suggest.sightings import Reason, Sighting, Text
from digest.suggest.vocabulary import Vocabulary

_LONGEST_LEFT = 4
_LONGEST_RIGHT = 3
_SHORTEST_ACRONYM = 3
_LONGEST_ACRONYM = 6
_TELLING = -0.5
"""A word of a body's name that is neither generic nor this ordinary makes it a name."""


class BodyFinder:
    """Finds organisations and places that the gazetteer does not hold.

    Args:
        cues: of the language.
        vocabulary: of the archive.
        letters: folded names of Latin letters (اے, بی, سی).
    """

    def __init__(self, cues: Cues, vocabulary: Vocabulary, letters: frozenset[str]) -> None:
        self._cues = cues
        self._vocabulary = vocabulary
        self._letters = letters

    def find(self, text: Text) -> Iterator[Sighting]:
        """Yield the sightings of a passage."""
        index = 0
        while index < len(text.words):
            found = self._at(text, index)
            if found:
                yield found
                index = max(found.last, index + 1)
            else:
                index += 1

    def _at(self, text: Text, index: int) -> Sighting | None:
        if text.known[index]:
            return None
        return (
            self._headed(text, index)
            or self._started(text, index)
            or self._acronym(text, index)
            or self._place(text, index)
        )

    def _headed(self, text: Text, index: int) -> Sighting | None:
        """Return the body whose head (پارٹی, یونیورسٹی) begins at `index`, with the words before it."""
        words, cues = text.words, self._cues
        head = cues.heads.after(words.forms, index)
        if not head:
            return None
        first, last = index, index + head
        while first > max(0, index - _LONGEST_LEFT) and spaced(words, first) and self._may_lead(text, first - 1):
            first -= 1
        while first < index and words.forms[first] in cues.joints:
            first += 1
        last = self._end_behind_joint(text, last)
        described = [n for n in range(first, last) if not index <= n < index + head]
        telling = any(self._tells(text, place) for place in described)
        specific = sum(words.forms[place] not in cues.generic for place in described)
        if not telling and not (specific and len(described) > 1):
            return None
        cue = words.text[words.starts[index] : words.ends[index + head - 1]]
        return self._body(text, first, last, cue, Reason.HEAD if telling else Reason.DESCRIPTION)

    def _may_lead(self, text: Text, index: int) -> bool:
        form = text.words.forms[index]
        if form in self._cues.stops or form.isdigit() or index in text.bodies or index in text.people:
            return False
        forms, cues = text.words.forms, self._cues
        titled = cues.roles.before(forms, index + 1) and forms[index + 1] not in cues.never_first  # قائد اعظم is a name
        return not titled and form not in cues.joiners

    def _end_behind_joint(self, text: Text, last: int) -> int:
        """Return where a name ends that goes on with a joint: فیڈریشن آف سٹوڈنٹس."""
        words, cues = text.words, self._cues
        end = last
        while end + 1 < len(words) and end - last < _LONGEST_RIGHT and spaced(words, end) and spaced(words, end + 1):
            if words.forms[end] not in cues.joints or words.forms[end + 1] in cues.stops:
                break
            end += 2
        return end

    def _tells(self, text: Text, index: int) -> bool:
        """Return whether a word makes a name of a description: غدر پارٹی, not سیاسی پارٹی."""
        form = text.words.forms[index]
        if form in self._cues.generic or form in self._cues.joints:
            return False
        return text.known[index] or self._vocabulary.nameness(form) > _TELLING

    def _started(self, text: Text, index: int) -> Sighting | None:
        """Return the body that begins with its kind: لشکر …, بینک آف …."""
        words = text.words
        start = self._cues.starts.after(words.forms, index)
        end = index + start
        while start and end < len(words) and end - index - start < _LONGEST_RIGHT and spaced(words, end):
            form = words.forms[end]
            if form in self._cues.stops or form.isdigit() or end in text.bodies or not self._tells(text, end):
                break
            end += 1
        if not start or end == index + start:
            return None
        return self._body(text, index, end, words.text[words.starts[index] : words.ends[index + start - 1]])

    def _acronym(self, text: Text, index: int) -> Sighting | None:
        words, end = text.words, index
        while end < len(words) and words.forms[end] in self._letters and not text.known[end]:
            if end > index and not words.joined(end):
                break
            end += 1
        while end > index and words.forms[end - 1] in self._cues.stops:  # کے is K, but mostly "of"
            end -= 1
        named = _SHORTEST_ACRONYM <= end - index <= _LONGEST_ACRONYM
        if tuple(words.forms[index:end]) in self._cues.not_names:
            return None
        if not named or self._cues.roles.after(words.forms, index) or (index and text.known[index - 1]):
            return None
        return Sighting(kind=EntityKind.ORGANISATION, words=words, first=index, last=end, reasons=(Reason.ACRONYM,))

    def _place(self, text: Text, index: int) -> Sighting | None:
        """Return the place that stands beside the word for one: ضلع …, … شہر."""
        words, cues = text.words, self._cues
        end = index
        while end < min(len(words), index + 2) and not text.known[end] and (end == index or spaced(words, end)):
            if self._vocabulary.nameness(words.forms[end]) < 0 or cues.roles.after(words.forms, end):
                break
            end += 1
        if end == index:
            return None
        before = spaced(words, index) and words.forms[index - 1] in cues.place_before
        after = end < len(words) and spaced(words, end) and words.forms[end] in cues.place_after
        if not (before or after):
            return None
        cue = index - 1 if before else end
        return Sighting(
            kind=EntityKind.PLACE,
            words=words,
            first=index,
            last=end,
            reasons=(Reason.PLACE,),
            cue=words.text[words.starts[cue] : words.ends[cue]],
        )

    def _body(self, text: Text, first: int, last: int, cue: str, reason: Reason = Reason.HEAD) -> Sighting:
        return Sighting(
            kind=EntityKind.ORGANISATION, words=text.words, first=first, last=last, reasons=(reason,), cue=cue
        )
