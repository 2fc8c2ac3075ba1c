"""Addresses that pages of a kind remember together are those that each page would have found by itself."""

from __future__ import annotations

import pytest

from digest.publish import links
from digest.publish.links import LeadsNowhereError, Neighbourhood, Place

PAGES = tuple(
    f"{folder}{name}"
    for folder in ("", "people/", "people/x/", "people/y/", "digests/2025/w1/", "digests/2026/w1/", "digests/2026/w2/")
    for name in ("index.md", "1.md", "feed.xml")
)


def _links(path: str) -> list[bytes]:
    """Return links from a page to all others, as they stand in it."""
    return [f"[x]({'../' * path.count('/')}{target})".encode() for target in PAGES]


def _addresses(path: str, place: Place) -> list[bytes]:
    found = [place.from_top(link).removeprefix(b"[x](").removesuffix(b")") for link in _links(path)]
    return list(place.addresses([b"", *found, *found]))


@pytest.mark.parametrize("most", [3, 1000])
def test_what_is_remembered_is_what_each_page_finds(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_MOST", most)
    shared: dict[tuple[int, bool], Neighbourhood] = {}
    pages = [path for path in PAGES if path.endswith(".md")]
    for path in (pages[step * number % len(pages)] for step in (1, 3, 5) for number in range(len(pages))):
        assert _addresses(path, Place(path, PAGES.__contains__, shared)) == _addresses(
            path, Place(path, PAGES.__contains__)
        )


def test_addresses_lead_from_the_folder_address_of_the_page() -> None:
    place = Place("people/x/1.md", PAGES.__contains__)
    sources = [b"\2people/x/index.md", b"\2people/y/index.md", b"\2index.md", b"index.md", b"../y/feed.xml"]
    assert place.addresses(sources) == [b"../", b"../../y/", b"../../../", b"../", b"../../y/feed.xml"]


@pytest.mark.parametrize("link", [b"\2nowhere.md", b"../../../index.md", b"\2../index.md", b"\2people//x/index.md"])
def test_a_link_that_leads_nowhere_is_not_ours(link: bytes) -> None:
    with pytest.raises(LeadsNowhereError):
        Place("people/x/1.md", PAGES.__contains__, {}).addresses([link])
