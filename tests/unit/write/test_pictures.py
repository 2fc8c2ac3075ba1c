"""Pictures: nothing in them is markup that we did not write, and Markdown leaves them alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from digest.gazetteer.load import Gazetteer
from digest.languages.pack import load_pack
from digest.write.figures import address, drawing, figure, linked, shape
from digest.write.flags import flag, flag_of, names
from digest.write.markdown import Markdown, blocks, escape, heading
from digest.write.wording import Wording
from digest.write.world_map import load_world, world_map
from tests.rendering import render

HOSTILE = '"><script>alert(1)</script> {{ x }} `a` *b* [c](javascript:d) \x00\n\n# e & </svg> {: .f }'
ROOM = 120_000
TOO_SMALL = ("AQ", "BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "YT")


@pytest.fixture(scope="module")
def words(gazetteer: Gazetteer) -> Wording:
    return Wording(load_pack("ur"), gazetteer.entities)


def _hostile() -> Markdown:
    name = shape("text", "dg-node-name", HOSTILE, x=1, y=1)
    node = linked("countries/russia/index.md", HOSTILE, [name], base="countries/index.md")
    return figure(drawing(10, 10, [node]), "network", HOSTILE, [("dg-is-person", HOSTILE)])


def test_every_string_is_escaped() -> None:
    block = _hostile()
    tree = ET.fromstring(block)  # noqa: S314 - our own
    tags = {element.tag for element in tree.iter()}
    assert tags == {"figure", "svg", "a", "title", "text", "figcaption", "span"}
    assert "{" not in block
    assert "\n" not in block
    shown = " ".join("".join(tree.itertext()).split())
    assert shown.count("</script>") == 4


def test_markdown_passes_a_picture_on_byte_for_byte() -> None:
    block = _hostile()
    page = render(blocks([heading(2, escape("پہلے")), block, escape("بعد")]))
    assert f"\n{block}\n" in page


def test_addresses_lead_between_folders_only() -> None:
    assert address("digests/2021/12/index.md", "countries/russia/index.md") == "../../digests/2021/12/"
    assert address("index.md", "countries/index.md") == "../"
    with pytest.raises(ValueError, match="folders"):
        address("countries/russia/2.md", "countries/index.md")


def test_countries_are_on_the_map(words: Wording, gazetteer: Gazetteer) -> None:
    counts = [("pakistan", 120), ("bahrain", 3), ("russia", 1), ("antarctica", 1)]
    block = world_map(counts, words, base="countries/index.md")
    tree = ET.fromstring(block)  # noqa: S314 - our own
    anchors = {anchor.attrib["href"]: anchor for anchor in tree.iter("a")}
    assert set(anchors) == {"../countries/pakistan/", "../countries/bahrain/", "../countries/russia/"}
    assert anchors["../countries/pakistan/"][1].attrib["class"] == "dg-step-5"
    assert [child.tag for child in anchors["../countries/bahrain/"]] == ["title", "circle"]
    assert gazetteer.entities["pakistan"].name("ur") in "".join(tree.itertext())
    assert world_map([("antarctica", 1)], words, base="countries/index.md") == ""


def test_nearly_every_country_has_a_place_on_the_map(gazetteer: Gazetteer) -> None:
    world = load_world()
    codes = {entity.iso for entity in gazetteer.entities.values() if entity.kind == "country" and entity.iso}
    missing = codes - set(world.paths) - set(world.dots)
    assert missing == set(TOO_SMALL)
    assert all(re.fullmatch(r"(m[-\d ]+z)+", path) for path in world.paths.values())


def test_the_map_is_small() -> None:
    world = load_world()
    assert sum(map(len, world.paths.values())) < ROOM
    assert "public domain" in world.licence


def test_flags_and_names(words: Wording) -> None:
    assert flag_of("pk") == "\N{REGIONAL INDICATOR SYMBOL LETTER P}\N{REGIONAL INDICATOR SYMBOL LETTER K}"
    assert flag_of("") == flag_of("PAK") == flag_of("۱۲") == ""
    shown = render(flag("pakistan", words))
    assert shown.startswith('<p aria-label="پرچم: پاکستان" class="dg-flag" role="img">')
    assert flag("vladimir-putin", words) == flag("example.org", words) == ""
    assert '<bdi lang="en">Pakistan</bdi>' in render(names("pakistan", words))
    assert names("example.org", words) == ""
