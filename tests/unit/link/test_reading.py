"""What spares most words a closer look keeps nothing out that may stand in a passage."""

from __future__ import annotations

import functools
from bisect import bisect_left

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.gazetteer.lexicon import Lexicon, build_lexicon
from digest.gazetteer.load import load_gazetteer
from digest.languages.fold import Words
from digest.languages.pack import LanguagePack, available_languages, load_pack
from digest.link.letters import Letters
from digest.link.match import Match, Matcher
from digest.link.misspaced import Beginning, MisspacedNames, Start
from digest.link.reading import Reader, Reading
from digest.link.similar import SimilarNames, distance
from digest.model import EntityKind, Passage

Found = tuple[int, int, tuple[int, int], tuple[str, ...], bool]


class _Patient:
    """Finds what may stand in a passage: everything is tried at every word."""

    def __init__(self, lexicon: Lexicon, pack: LanguagePack) -> None:
        self._pack = pack
        self._matcher = Matcher(lexicon, pack.folder, pack.language.clitics)
        self._similar = SimilarNames(lexicon, pack)
        self._misspaced = MisspacedNames(lexicon, pack)
        self._letters = Letters(lexicon).all

    def read(self, words: Words) -> tuple[set[Found], set[Found]]:
        """Return the matches, and the similar ones."""
        matches: list[Match] = []
        similar: list[Match] = []
        for index, form in enumerate(words.forms):
            opening = self._matcher.opening(form)
            found = self._matcher.at(words, index, opening) if opening else []
            other = self._misspaced.at(words, index, self._beginning(form))
            if other and not (found and (found[0].last > index + 1 or other.last <= found[0].last)):
                bodies = (EntityKind.PERSON, EntityKind.ORGANISATION)
                body = all(candidate.entity and candidate.entity.kind in bodies for candidate in other.candidates)
                (found if body else similar).append(other)
            matches += found
            if bucket := self._similar.beginning(form):
                similar += self._similar.at(words, index, bucket)
        return _shown(matches), _shown(similar)

    def _beginning(self, form: str) -> Beginning:
        stopword = len(form) > 2 and form in self._pack.folded_stopwords
        if self._pack.skeletons is None or form.isascii() or stopword:
            return Beginning(frozenset(), (), alone=False)
        starts = []
        for before in self._pack.run_on.off_start(form):
            first, last = (bisect_left(self._letters, form[before:] + end) for end in ("", "\U0010ffff"))
            starts.append(Start(before, first, last))
        return Beginning(frozenset(), tuple(starts), alone=True)


def _shown(matches: list[Match]) -> set[Found]:
    return {
        (match.first, match.last, match.span, tuple(c.alias.text for c in match.candidates), match.misspaced)
        for match in matches
    }


@functools.cache
def _readers(tag: str) -> tuple[Reader, _Patient, list[str]]:
    pack = load_pack(tag)
    lexicon = build_lexicon(load_gazetteer(), pack.folder, tag)
    names = sorted({" ".join(words) for words, _, alias in lexicon.names() if alias.language == tag})
    return Reader(lexicon, pack), _Patient(lexicon, pack), names


@st.composite
def _passages(draw: st.DrawFn, tag: str) -> str:
    """Draw names as they are, glued to something, wrongly spaced or misspelt, among ordinary words."""
    pack, names = load_pack(tag), _readers(tag)[2]
    clitics = pack.language.clitics
    glue = [*clitics.before, *clitics.after, *sorted(pack.run_on.words), *sorted(pack.stopwords)]
    chance = draw(st.randoms(use_true_random=False))
    written = []
    for _ in range(draw(st.integers(1, 6))):
        name = chance.choice(names)
        cut = chance.randrange(len(name) + 1)
        written.append(
            chance.choice(
                (
                    name,
                    name.replace(" ", "", 1),
                    f"{name[:cut]} {name[cut:]}",
                    name[:cut] + name[cut + 1 :],
                    name + chance.choice(glue),
                    chance.choice(glue) + name,
                    name.partition(" ")[0],
                    chance.choice(glue),
                )
            )
        )
    return chance.choice((" ", " ", " ، ", "-")).join(written)


@pytest.mark.parametrize("tag", available_languages())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_quick_look_finds_what_a_patient_one_does(tag: str, data: st.DataObject) -> None:
    reader, patient, _ = _readers(tag)
    text = data.draw(_passages(tag))
    words = load_pack(tag).folder.words(text)
    read = reader.read(Reading(Passage(role="paragraph", text=text, start=0, block=0), words))
    found = [match for matches in read.matches for match in matches]
    assert (_shown(found), _shown(read.similar)) == patient.read(words)


@pytest.mark.parametrize("tag", available_languages())
@given(data=st.data())
def test_what_stands_between_words_is_what_the_text_has_there(tag: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="اب\u064eء \u200c-۔(1a", max_size=20))
    words = load_pack(tag).folder.words(text)
    ends = [0, *words.ends]
    assert words.gaps == [text[end:start] for end, start in zip(ends, words.starts, strict=False)]


@given(one=st.text(alphabet="ابج", max_size=7), other=st.text(alphabet="ابج", max_size=7), most=st.integers(0, 3))
def test_a_distance_is_that_of_all_letters(one: str, other: str, most: int) -> None:
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for index, wanted in enumerate(other, 1):
            before, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, before + (letter != wanted))
    assert distance(one, other, most=most) == row[-1] or (row[-1] > most and distance(one, other, most=most) > most)
