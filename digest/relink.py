"""What a changed gazetteer concerns: which articles are analysed again, and of which others the pages are written.

The rest of the epoch (code, language packs, settings) may concern every article, and what it concerns is not asked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Set as AbstractSet
from functools import partial

from digest.analyst import Analyst
from digest.gazetteer.differences import Difference, difference, take_snapshot
from digest.gazetteer.load import Gazetteer
from digest.settings import Settings
from digest.store.archive import Archive
from digest.store.dependence import (
    all_marks,
    filed_under,
    keep_gazetteer,
    kept_snapshot,
    kept_state,
    make_stale,
    read_unused_again,
    words_of,
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """What the gazetteer's change since the last run concerns, besides the articles that were made stale."""

    everything: bool = False
    """Whether that cannot be told, so that all pages are written again."""
    shown: AbstractSet[str] = frozenset()
    """Articles filed under, or naming, an entity of which pages say something else now."""
    changed: bool = False
    """Whether there was a change at all."""


def find_concerned(
    archive: Archive, gazetteer: Gazetteer, epoch: str, analyst: Analyst, settings: Settings
) -> Concerned:
    """Make the analyses stale that a changed gazetteer may have made untrue.

    Args:
        archive: the store; it keeps the gazetteer for the next time. Where it is damaged, everything is stale.
        gazetteer: as it is now.
        epoch: all else that an analysis depends on.
        analyst: of this gazetteer.
        settings: which languages articles may be in, and whether all are to be analysed again after any change.
    """
    state, before = f"{epoch} {gazetteer.fingerprint}", kept_state(archive)
    if state == before:
        return Concerned()
    concerned = Concerned(everything=True, changed=True)
    if before and before.startswith(f"{epoch} "):  # else every analysis is of another epoch
        differing = None if "relink" in settings.without else difference(kept_snapshot(archive), gazetteer)
        if differing:
            concerned = _find(archive, differing, analyst, settings.all_languages())
        else:
            make_stale(archive, archive.known())
    keep_gazetteer(archive, state, take_snapshot(gazetteer))
    return concerned


def _find(archive: Archive, differing: Difference, analyst: Analyst, languages: tuple[str, ...]) -> Concerned:
    from digest.languages.pack import load_pack  # noqa: PLC0415 - only a changed gazetteer needs it
    from digest.link.reach import naming, reach_of  # noqa: PLC0415

    stale: set[str] = set()
    for tag in languages if differing.before or differing.after or any(differing.phrases.values()) else ():
        reach = reach_of(differing, analyst.lexicon(tag), load_pack(tag), partial(words_of, archive, tag))
        stale.update(reach.concerned(all_marks(archive, tag)))
    make_stale(archive, sorted(stale))
    shown = differing.shown()
    if not shown:
        return Concerned(changed=True)
    read_unused_again(archive)  # a sidecar may name what is there now, or no longer
    named = naming(shown)
    showing = {article for tag in languages for article in named.concerned(all_marks(archive, tag))}
    return Concerned(shown=showing.union(filed_under(archive, shown)), changed=True)
