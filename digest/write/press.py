"""Writes units to the docs folder, and removes what was written for them before and is not any more."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from digest.model import Asset, Page
from digest.store.archive import Archive
from digest.store.catalogue import forget, lay_out
from digest.store.collector import without_gc
from digest.store.ledger import Ledger
from digest.store.pages import all_paths, forget_paths, keep_paths, owners, paths_of
from digest.write.cards import Artist, Card
from digest.write.chips import term_chip
from digest.write.entries import dated, short_count
from digest.write.site import SiteWriter
from digest.write.structured import thing
from digest.write.tree import PageTree, Printed, clash
from digest.write.units import all_units, changed_units

_AT_ONCE = 500
"""Files that are noted together."""
_REMEMBERED = (term_chip, dated, short_count, thing)
"""What is remembered for many pages of one run, and takes memory that the stages behind need."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How much is to be written."""

    per_page: int
    everything: bool
    """Whether every unit is written, because something changed that shows in all of them."""
    told: frozenset[str] = frozenset()
    """Articles whose pages say something else now although they did not change themselves."""
    afresh: bool
    """Whether the store does not know what an earlier run left in the docs folder, so that every file is looked at."""


@without_gc()
def print_units(
    archive: Archive, ledger: Ledger, writer: SiteWriter, tree: PageTree, artist: Artist, order: Order
) -> Printed:
    """Write the units that the changes of the archive may show in, or all of them."""
    if order.everything:
        units: Iterable[str] = all_units(archive, ledger, order.per_page)
        before = None if order.afresh else all_paths(archive)
        forget_paths(archive, all_paths(archive))
        lay_out(archive)
    else:
        units = sorted(changed_units(archive, archive.changes, order.told, order.per_page))
        before = {path for unit in units for path in paths_of(archive, unit)}
        forget_paths(archive, before)
    written: list[tuple[str, str]] = []
    for unit in units:
        paths = [_print(file, tree, artist) for file in writer.files(unit)]
        if not order.everything:  # else all are in the tree, which lets none be written twice
            for path in owners(archive, paths):
                raise clash(path, "two generated pages want this path")
        written += [(path, unit) for path in paths]
        if len(written) >= _AT_ONCE:
            keep_paths(archive, written)
            written.clear()
    keep_paths(archive, written)
    forget(archive)
    for remembered in _REMEMBERED:
        remembered.cache_clear()
    return Printed(changed=frozenset(tree.changed), gone=tree.remove_orphans(before))


def _print(file: Page | Asset | Card, tree: PageTree, artist: Artist) -> str:
    if isinstance(file, Page):
        tree.write(file)
    elif isinstance(file, Asset):
        tree.write_asset(file)
    elif not tree.keep(file.path, file.mark):  # drawing takes time, so a picture of the same things stays
        tree.write_asset(Asset(path=file.path, content=artist.draw(file)))
    return file.path
