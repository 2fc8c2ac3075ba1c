"""Counts the words that news puts behind names: the common ones, and those that stand behind several lands or people.

python evaluation/companions.py ../shared/corpus/counter          # print how many
python evaluation/companions.py ../shared/corpus/counter --write  # make companions.txt of the Urdu pack anew

Only words are taken, no text; and none from the articles of the test split, nor from the other report of their stories.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from labels import HERE, Label, read_counter

from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.companions import LETTERS
from digest.languages.pack import FOLDER, load_pack
from digest.link.compounds import LANDS, LONGER, PHRASE
from digest.model import Entity, EntityKind, Hints, LinkedStory, RawArticle, Span
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed

COMMON = 12
"""Times that a common word is met in the corpus, some 280,000 words long."""
HEAD = """\
# Words of Urdu news, as counted by evaluation/companions.py in the COUNTER corpus, in the order of their frequency.
# l: behind the name of a land; a: behind an adjective of one; p: behind a person's; o: behind a body's; c: common.
"""


def stories(corpus: Path, gazetteer: Gazetteer) -> Iterator[LinkedStory]:
    """Yield the analysed articles, but for the stories of the test split."""
    labels = [path for path in (HERE / "labels").glob("*.yml") if load_typed(path, Label).split == "test"]
    unseen = {path.stem.rstrip("p") for path in labels}
    analyst = Analyst(gazetteer, ("ur",))
    for path in sorted(corpus.glob("*.xml")):
        if path.stem.rstrip("p") not in unseen:
            headline, body, retrieved = read_counter(path)
            yield analyst(
                RawArticle(
                    locator=f"counter/{path.stem}",
                    media_type="text/plain",
                    body=unicodedata.normalize("NFC", body).encode(),
                    hints=Hints(headline=unicodedata.normalize("NFC", headline) or None, retrieved=retrieved),
                ),
                path.stem,
            )


def named(story: LinkedStory, entities: Mapping[str, Entity]) -> Iterator[tuple[Span, str]]:
    """Yield where names stand and of what sort, in doubt or not: what is counted must not hang on what was counted."""
    for mention in story.mentions:
        yield mention.span, field_of(mention.kind, mention.form)
    for rejection in story.rejections:
        if rejection.why.startswith((LONGER, PHRASE)):
            entity = entities[rejection.entity]
            forms = {alias.form for alias in entity.aliases if alias.text == rejection.surface}
            yield rejection.span, field_of(entity.kind, "demonym" if "demonym" in forms else "name")


def field_of(kind: EntityKind, form: str) -> str:
    """Return behind what kind of name the word behind one stands."""
    if kind in LANDS:
        return "adjectives" if form == "demonym" else "lands"
    return {EntityKind.PERSON: "people", EntityKind.ORGANISATION: "organisations"}.get(kind, "")


def count(corpus: Path) -> dict[str, str]:
    """Return the words that are worth noting, most frequent first, with the letters of what was found of each."""
    pack = load_pack("ur")
    fold = pack.folder
    called = pack.language.called_after
    listed = (*called.addresses, *called.shops, *called.kinds, *called.streets, *called.places, *called.institutions)
    heads = frozenset(map(fold.word, listed))
    plain = frozenset(map(fold.word, pack.companions.links)) | pack.folded_stopwords
    words: Counter[str] = Counter()
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    behind: defaultdict[str, set[str]] = defaultdict(set)
    gazetteer = load_gazetteer()
    for story in stories(corpus, gazetteer):
        places = list(named(story, gazetteer.entities))
        for passage in story.story.passages():
            read = fold.words(passage.text)
            words.update(read.forms)
            for form, start, end in zip(read.forms, read.starts, read.ends, strict=True):
                spelt[form][read.text[start:end]] += 1
            ends = {passage.start + end: index for index, end in enumerate(read.ends)}
            starts = {span[0] for span, _ in places}
            for (_, end), field in places:
                index = ends.get(end, len(read)) + 1
                if index < len(read) and read.joined(index) and passage.start + read.starts[index] not in starts:
                    behind[read.forms[index]].add(field)
    found: dict[str, str] = {}
    for word, number in words.most_common():
        fields = (behind[word] - {""} if word not in heads else set()) | ({"common"} if number >= COMMON else set())
        if fields and not word.isdigit() and word not in plain:
            found[spelt[word].most_common(1)[0][0]] = "".join(sorted(LETTERS[field] for field in fields))
    return found


def main() -> None:
    """Count, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="folder of the COUNTER corpus")
    parser.add_argument("--write", action="store_true", help="write companions.txt of the Urdu pack")
    args = parser.parse_args()
    found = count(args.corpus)
    print({field: sum(letter in letters for letters in found.values()) for field, letter in LETTERS.items()})
    if args.write:
        lines = (f"{word}\t{letters}\n" for word, letters in found.items())
        (FOLDER / "ur" / "companions.txt").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
