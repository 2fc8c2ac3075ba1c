"""Gives labelled people and organisations the ids of the gazetteer, without showing anybody the labels.

Who labels blind guesses ids. Where the gazetteer does not hold an id of that kind, but holds a labelled surface under
exactly one other id, the label takes that one; under several, that which the digest links there. Not if the label calls
it a look-alike, or has it already. What a look-alike must not become gets the gazetteer's id likewise: the one that is
held under the look-alike or a part of it, and shares a word with the guessed id.

python evaluation/give_ids.py evaluation/articles/2*.yml                      # writes the files anew, prints a count
python evaluation/give_ids.py --corpus ../shared/corpus/counter evaluation/labels/*.yml
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from labels import Label, Named, Sample, Trap, counter_samples, own_samples

from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.pack import load_pack
from digest.model import EntityKind, LinkedStory
from digest.pipeline import Analyst

FIELDS = {
    "people": EntityKind.PERSON,
    "people_optional": EntityKind.PERSON,
    "organisations": EntityKind.ORGANISATION,
    "organisations_optional": EntityKind.ORGANISATION,
}


class Holders:
    """Which entities the gazetteer holds under a surface."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._fold = load_pack("ur").folder.phrase
        self._titles = {self._fold(title)[0] for title in load_pack("ur").language.titles}
        self._codes = {entity.iso for entity in gazetteer.entities.values() if entity.iso}
        self._held: dict[tuple[EntityKind, tuple[str, ...]], set[str]] = defaultdict(set)
        for entity in gazetteer.entities.values():
            for text in {entity.names.get("ur", ""), *(alias.text for alias in entity.aliases)} - {""}:
                self._held[entity.kind, tuple(self._fold(text))].add(entity.id)

    def fits(self, id_: str, kind: EntityKind) -> bool:
        """Return whether `id_` is held, and is of that kind."""
        return id_ in self._gazetteer.entities and self._gazetteer.entities[id_].kind is kind

    def known(self, id_: str) -> bool:
        """Return whether `id_` is an entity's, or a country's code."""
        return id_ in self._gazetteer.entities or id_ in self._codes

    def like(self, trap: Trap) -> set[str]:
        """Return what the look-alike, or a part of it, may be taken for: as far as its id has a word of the guess."""
        words = self._fold(trap.surface)
        parts = {words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
        held = {id_ for part in parts for kind in EntityKind for id_ in self._held.get((kind, part), ())}
        return {id_ for id_ in held if not set(id_.split("-")).isdisjoint(trap.wrong.casefold().split("-"))}

    def of(self, item: Named, kind: EntityKind) -> set[str]:
        """Return who is held under the longest surface of a label that anybody is held under."""
        for surface in sorted(item.surfaces, key=len, reverse=True):
            words = tuple(self._fold(surface))
            while words:
                if found := self._held.get((kind, words)):
                    return found
                if words[0] not in self._titles:
                    break
                words = words[1:]
        return set()


def new_ids(label: Label, holders: Holders, linked: LinkedStory) -> dict[str, str]:
    """Return the ids that take the place of a label's own."""
    traps = {(trap.surface, trap.wrong) for trap in label.traps}
    taken = {item.id for field in FIELDS for item in getattr(label, field)}
    given: dict[str, str] = {}
    for field, kind in FIELDS.items():
        for item in getattr(label, field):
            if holders.fits(item.id, kind):
                continue
            found = set(holders.of(item, kind))
            if len(found) > 1:
                found &= {m.entity for m in linked.mentions if m.surface in item.surfaces}
            trapped = any((surface, id_) in traps for surface in item.surfaces for id_ in found)
            if len(found) == 1 and not found & taken and not trapped:
                given[item.id] = found.pop()
                taken.add(given[item.id])
    return given


def new_targets(label: Label, holders: Holders) -> dict[str, str]:
    """Return the ids that take the place of those that look-alikes must not become."""
    guessed = [(trap, holders.like(trap)) for trap in label.traps if not holders.known(trap.wrong)]
    return {trap.wrong: found.pop() for trap, found in guessed if len(found) == 1}


def samples(paths: Iterable[Path], corpus: Path | None) -> dict[Path, Sample]:
    """Return the labelled articles whose labels are in `paths`."""
    found = {
        sample.name.rpartition("/")[2]: sample for sample in (counter_samples(corpus) if corpus else own_samples())
    }
    return {path: found[path.stem] for path in paths}


def main() -> None:
    """Write the labels anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", nargs="+", type=Path)
    parser.add_argument("--corpus", type=Path, help="folder of the COUNTER corpus, when they are labels of it")
    chosen = parser.parse_args()
    gazetteer = load_gazetteer()
    holders, analyst = Holders(gazetteer), Analyst(gazetteer, ("ur",))
    count = unknown = 0
    for path, sample in samples(chosen.labels, chosen.corpus).items():
        text = path.read_text(encoding="utf-8")
        ids = new_ids(sample.label, holders, analyst(sample.raw, path.stem))
        targets = new_targets(sample.label, holders)
        for key, given in (("id", ids), ("not", targets)):
            for old, new in given.items():
                text, times = re.subn(rf"(\b{key}:\s*){re.escape(old)}(?=[\s,}}])", rf"\g<1>{new}", text)
                count += times
        unknown += sum(not holders.known(trap.wrong) and trap.wrong not in targets for trap in sample.label.traps)
        path.write_text(text, encoding="utf-8")
    print(f"{count} ids given; {unknown} look-alikes are like nothing that the gazetteer holds")


if __name__ == "__main__":
    main()
