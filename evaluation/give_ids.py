"""Gives labelled people and organisations the ids of the gazetteer, without showing anybody the labels.

Who labels blind guesses ids. Where the gazetteer does not hold an id of that kind, but holds a labelled surface under
exactly one other id, the label takes that one; under several, that which the digest links there. Not if the label calls
it a look-alike, or has it already.

python evaluation/give_ids.py evaluation/articles/2*.yml    # writes the files anew, prints how many ids were given
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from labels import Named, OwnLabel

from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.languages.pack import load_pack
from digest.model import EntityKind, LinkedStory, RawArticle
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed

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
        self._held: dict[tuple[EntityKind, tuple[str, ...]], set[str]] = defaultdict(set)
        for entity in gazetteer.entities.values():
            for text in {entity.names.get("ur", ""), *(alias.text for alias in entity.aliases)} - {""}:
                self._held[entity.kind, tuple(self._fold(text))].add(entity.id)

    def fits(self, id_: str, kind: EntityKind) -> bool:
        """Return whether `id_` is held, and is of that kind."""
        return id_ in self._gazetteer.entities and self._gazetteer.entities[id_].kind is kind

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


def new_ids(label: OwnLabel, holders: Holders, linked: LinkedStory) -> dict[str, str]:
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


def main() -> None:
    """Write the labels anew."""
    gazetteer = load_gazetteer()
    holders, analyst = Holders(gazetteer), Analyst(gazetteer, ("ur",))
    count = 0
    for path in map(Path, sys.argv[1:]):
        text = path.read_text(encoding="utf-8")
        raw = RawArticle(locator=path.stem, media_type="text/plain", body=path.with_suffix(".txt").read_bytes())
        given = new_ids(load_typed(path, OwnLabel), holders, analyst(raw, path.stem))
        for old, new in given.items():
            text, times = re.subn(rf"(\bid:\s*){re.escape(old)}(?=[\s,}}])", rf"\g<1>{new}", text, count=1)
            count += times
        path.write_text(text, encoding="utf-8")
    print(f"{count} ids given")


if __name__ == "__main__":
    main()
