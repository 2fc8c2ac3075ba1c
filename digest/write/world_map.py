"""The world map of countries in the news. The outlines are made by `tools/world_map.py`."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from digest.write.figures import drawing, figure, linked, shape
from digest.write.markdown import Markdown
from digest.write.permalinks import term_path
from digest.write.wording import Wording

_STEPS = (1, 3, 10, 30, 100)
"""From how many articles on a country is shown in the next stronger colour."""
_NAMED = 3


class World(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`world.json`: outlines by ISO code, dots for countries that are too small to be seen, land without a code."""

    licence: str
    size: tuple[int, int]
    land: str
    paths: Mapping[str, str]
    dots: Mapping[str, tuple[int, int]]


@functools.cache
def load_world() -> World:
    """Return the outlines."""
    return msgspec.json.decode(Path(__file__).with_name("world.json").read_bytes(), type=World)


def world_map(counts: Sequence[tuple[str, int]], words: Wording, *, base: str) -> Markdown:
    """Return the map of countries and how many articles each is in; nothing when none of them is on it.

    Args:
        counts: countries and articles, most first.
        words: the site's wording.
        base: the page that the map stands on.
    """
    world = load_world()
    named = {(known.iso or ""): (entity, count) for entity, count in counts if (known := words.entity(entity))}
    shown = {code: node for code, node in named.items() if code in world.paths or code in world.dots}
    if not shown:
        return Markdown("")
    land = [world.land, *(path for code, path in world.paths.items() if code not in shown)]
    # The outlines are relative to the corner: in one path, each is told to begin there.
    shapes = [shape("path", "dg-land", d="".join(f"M0 0{path}" for path in land))]
    for code, (entity, count) in sorted(shown.items(), key=lambda item: item[0] in world.dots):
        tip = f"{words.name(entity)}: {words.articles(count)}"
        step = f"dg-step-{_step(count)}"
        place = [shape("path", step, d=world.paths[code])] if code in world.paths else []
        if code in world.dots:
            x, y = world.dots[code]
            place.append(shape("circle", f"dg-dot {step}", cx=x, cy=y, r=7))
        shapes.append(linked(term_path("country", entity), tip, place, base=base))
    svg = drawing(*world.size, shapes)
    most = words("list_separator").join(words.name(entity) for entity, _ in counts[:_NAMED])
    text = words("map_text", count=words.number(len(counts)), names=most)
    return figure(svg, "map", f"{words('map_of')}: {text}", _legend(max(count for _, count in counts), words))


def _step(count: int) -> int:
    return sum(count >= start for start in _STEPS)


def _legend(most: int, words: Wording) -> list[tuple[str, str]]:
    keys = [("dg-land", words("map_none"))]
    for number, start in enumerate(_STEPS[: _step(most)], start=1):
        first = words.number(start)
        if number < len(_STEPS):
            last = words.number(_STEPS[number] - 1)
            keys.append((f"dg-step-{number}", words("map_range", first=first, last=last)))
        else:
            keys.append((f"dg-step-{number}", words("map_over", first=first)))
    return keys
