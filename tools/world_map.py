"""Makes `digest/write/world.json`, the outlines of countries, from Natural Earth's.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python tools/world_map.py package/countries-50m.json

Natural Earth is in the public domain; `world-atlas` (Mike Bostock, ISC) is its TopoJSON. Borders are simplified arc by
arc, so that neighbours keep one border, and projected to Equal Earth, in which countries have their true relative size.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.core import get_global

Point = tuple[float, float]
WIDTH = 1600
TOLERANCE = 0.8
"""How far a simplified border may stray, in units of the picture."""
SMALLEST_ISLAND = 6.0
"""Islands below this area are left out, unless they are all that a country has."""
SMALL_COUNTRY = 50.0
"""Countries below this area get a dot that can be seen and hit."""
LEFT_OUT = ("010",)
"""Antarctica."""
NAMED = {"Kosovo": "XK"}
"""Codes of countries that have no ISO number."""
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
_EDGE = math.pi / (_M * _A[0])
_SCALE = WIDTH / 2 / _EDGE
_TOP = 83.7
_CENTRE = 11.6
"""Longitude of the middle: the edge runs through the Bering Strait and cuts no land."""


def projected(longitude: float, latitude: float) -> Point:
    """Return where a place is in the picture (Equal Earth by Šavrič, Patterson, Jenny 2018)."""
    a, b, c, d = _A
    t = math.asin(_M * math.sin(math.radians(latitude)))
    t2, t6 = t * t, t**6
    east = (longitude - _CENTRE + 180) % 360 - 180
    x = math.radians(east) * math.cos(t) / (_M * (a + 3 * b * t2 + t6 * (7 * c + 9 * d * t2)))
    y = t * (a + b * t2 + t6 * (c + d * t2))
    return (x + _EDGE) * _SCALE, -y * _SCALE


def simplified(line: Sequence[Point]) -> list[Point]:
    """Return the line with as few points as the tolerance allows (Douglas and Peucker)."""
    if len(line) < 3:  # noqa: PLR2004
        return list(line)
    (ax, ay), (bx, by) = line[0], line[-1]
    length = math.hypot(bx - ax, by - ay)

    def distance(point: Point) -> float:
        if not length:
            return math.hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    at = max(range(1, len(line) - 1), key=lambda number: distance(line[number]))
    if distance(line[at]) <= TOLERANCE:
        return [line[0], line[-1]]
    return [*simplified(line[: at + 1])[:-1], *simplified(line[at:])]


def arcs_of(topology: Mapping[str, Any]) -> list[list[Point]]:
    """Return the borders, projected and simplified."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append(projected(x * kx + dx, y * ky + dy))
        lines.append(simplified(line))
    return lines


def rings_of(shape: Mapping[str, Any], arcs: Sequence[Sequence[Point]]) -> Iterator[list[Point]]:
    """Yield the outlines of a country, holes included."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for number in ring:
                line = arcs[number] if number >= 0 else list(reversed(arcs[~number]))
                points += line[1:] if points else line
            if max(x for x, _ in points) - min(x for x, _ in points) < WIDTH / 2:  # else a small island on the edge
                yield points


def area(ring: Sequence[Point]) -> float:
    """Return the area within an outline."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def path_of(rings: Sequence[Sequence[Point]], top: float) -> str:
    """Return the outlines as an SVG path: whole units, each point relative to the last."""
    parts = []
    at = (0, 0)
    for ring in rings:
        points = [(round(x), round(y - top)) for x, y in ring]
        steps: list[str] = []
        start = at
        for point in points[:-1]:
            if point != at or not steps:
                steps.append(f"{point[0] - at[0]} {point[1] - at[1]}".replace(" -", "-"))
                at = point
        if len(steps) > 2:  # noqa: PLR2004
            parts.append("m" + " ".join(steps).replace(" -", "-") + "z")
            at = points[0]
        else:
            at = start
    return "".join(parts)


def code_of(shape: Mapping[str, Any]) -> str:
    """Return the two letters of a country; nothing for land that has none."""
    name = shape["properties"]["name"]
    aliases = get_global("territory_aliases").get(shape.get("id", ""), [""])
    return NAMED.get(name) or str(aliases[0])


def main() -> None:
    """Read the topology that the command line names, write the outlines."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    top, bottom = projected(0, _TOP)[1], projected(0, -56)[1]
    countries: dict[str, list[list[Point]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape.get("id") not in LEFT_OUT:
            countries.setdefault(code_of(shape), []).extend(rings_of(shape, arcs))
    land = path_of(countries.pop(""), top)
    paths, dots = {}, {}
    for code, rings in sorted(countries.items()):
        if path := path_of([ring for ring in rings if area(ring) >= SMALLEST_ISLAND], top):
            paths[code] = path
        if sum(map(area, rings)) < SMALL_COUNTRY:
            ring = max(rings, key=area)
            dots[code] = [round(sum(x for x, _ in ring) / len(ring)), round(sum(y for _, y in ring) / len(ring) - top)]
    world = {
        "licence": "Natural Earth (public domain), through world-atlas (ISC, Copyright 2013-2019 Michael Bostock)",
        "size": [WIDTH, round(bottom - top)],
        "land": land,
        "paths": paths,
        "dots": dots,
    }
    out = Path(__file__).parent.parent / "digest/write/world.json"
    out.write_text(json.dumps(world, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{out}: {out.stat().st_size} bytes, {len(paths)} outlines, {len(dots)} dots")


if __name__ == "__main__":
    main()
