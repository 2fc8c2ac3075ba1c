"""Counts the words that news puts behind names: the common ones, and those that stand behind several lands or people.

python evaluation/companions.py ../shared/corpus/counter          # print how many
python evaluation/companions.py ../shared/corpus/counter --write  # make companions.tsv of the Urdu pack anew

Only words are taken, no text; and none from the articles of the test split, nor from the other report of the same story.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from labels import HERE, Label, read_counter

from digest.gazetteer.load import load_gazetteer
from digest.languages.pack import FOLDER, load_pack
from digest.link.compounds import LANDS, LETTERS
from digest.model import EntityKind, Hints, LinkedStory, Mention, RawArticle
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed

COMMON = 12
"""Times that a common word is met in the corpus, some 280,000 words long."""
HEAD = """\
# Words of Urdu news, as counted by evaluation/companions.py in the COUNTER corpus, in the order of their frequency.
# l: behind the name of a land; a: behind the adjective of one; p: behind a person's; o: behind a body's; c: a common word.
"""


def stories(corpus: Path) -> Iterator[LinkedStory]:
    """Yield the analysed articles, but for the stories of the test split."""
    labels = [path for path in (HERE / "labels").glob("*.yml") if load_typed(path, Label).split == "test"]
    unseen = {path.stem.rstrip("p") for path in labels}
    analyst = Analyst(load_gazetteer(), ("ur",))
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


def field_of(mention: Mention) -> str:
    """Return behind what kind of name the word behind a mention stands."""
    if mention.kind in LANDS:
        return "adjectives" if mention.form == "demonym" else "lands"
    return {EntityKind.PERSON: "people", EntityKind.ORGANISATION: "organisations"}.get(mention.kind, "")


def count(corpus: Path) -> dict[str, set[str]]:
    """Return the words that are worth noting, most frequent first, with the letters of what was found of each."""
    pack = load_pack("ur")
    fold = pack.folder
    called = pack.language.called_after
    heads = (*called.addresses, *called.shops, *called.kinds, *called.streets, *called.places, *called.institutions)
    never = frozenset(map(fold.word, heads)) | frozenset(map(fold.word, pack.companions.links)) | pack.folded_stopwords
    words: Counter[str] = Counter()
    behind: defaultdict[str, set[str]] = defaultdict(set)
    for story in stories(corpus):
        for passage in story.story.passages():
            read = fold.words(passage.text)
            words.update(read.forms)
            at = {passage.start + start: index for index, start in enumerate(read.starts)}
            ends = {passage.start + end: index for index, end in enumerate(read.ends)}
            taken = {start for mention in story.mentions if (start := mention.span[0]) in at}
            for mention in story.mentions:
                index = ends.get(mention.span[1], len(read)) + 1
                if index < len(read) and read.joined(index) and passage.start + read.starts[index] not in taken:
                    behind[read.forms[index]].add(field_of(mention))
    return {
        word: letters
        for word, number in words.most_common()
        if not word.isdigit() and word not in never
        and (letters := {LETTERS[field] for field in behind[word] if field} | ({"c"} if number >= COMMON else set()))
    }


def main() -> None:
    """Count, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="folder of the COUNTER corpus")
    parser.add_argument("--write", action="store_true", help="write companions.tsv of the Urdu pack")
    args = parser.parse_args()
    found = count(args.corpus)
    print({field: sum(letter in letters for letters in found.values()) for field, letter in LETTERS.items()})
    if args.write:
        lines = (f"{word}\t{''.join(sorted(letters))}\n" for word, letters in found.items())
        (FOLDER / "ur" / "companions.tsv").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
