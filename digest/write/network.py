"""The people, countries and organisations around one entity, as a picture of at most twelve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.store.readers import Company
from digest.write.figures import drawing, figure, linked, shape
from digest.write.markdown import Markdown
from digest.write.permalinks import SECTIONS, term_path
from digest.write.wording import Wording
from digest.write.xml import Xml

_KINDS = ("person", "country", "organisation")
_IN_A_ROW = 5
_FEWEST = 3
_WIDTH, _STEP, _TOP = 430, 48, 34
_COLUMNS = (271, 159)
_LONGEST = 20
Node = tuple[str, str, int]
"""Kind, entity, articles that name it."""


def network(
    kind: str,
    entity: str,
    name: str,
    beside: Mapping[str, Sequence[tuple[str, int]]],
    company: Company,
    words: Wording,
) -> Markdown:
    """Return the picture of what an entity is named with; nothing when that is too little to draw.

    Args:
        kind: the kind of the entity in the middle.
        entity: its id.
        name: what it is called.
        beside: what is named most beside it.
        company: what its articles name, and together with what.
        words: the site's wording.
    """
    nodes = sorted(
        ((other_kind, other, count) for other_kind in _KINDS for other, count in beside.get(other_kind, ())),
        key=lambda node: (-node[2], node),
    )[: 2 * _IN_A_ROW]
    if len(nodes) < _FEWEST:
        return Markdown("")
    rows = (len(nodes) + 1) // 2
    height = 2 * _TOP + (rows - 1) * _STEP
    places = {node[1]: (_COLUMNS[number % 2], _TOP + number // 2 * _STEP) for number, node in enumerate(nodes)}
    between = company.pairs(node[:2] for node in nodes)
    shapes = [_bow(places[one], places[other], height) for one, other, _ in between[: len(nodes)]]
    for _, other, count in nodes:
        x, y = places[other]
        weight = 1 + (3 * count > nodes[0][2]) + (3 * count > 2 * nodes[0][2])
        shapes.append(shape("line", f"dg-tie dg-tie-{weight}", x1=_WIDTH // 2, y1=height // 2, x2=x, y2=y))
    shapes.append(shape("circle", f"dg-node dg-is-{kind}", cx=_WIDTH // 2, cy=height // 2, r=15))
    base = term_path(kind, entity)
    shapes += [_node(node, places[node[1]], words, base) for node in nodes]
    svg = drawing(_WIDTH, height, shapes)
    kinds = [other for other in _KINDS if any(node[0] == other for node in nodes)]
    keys = [(f"dg-is-{other}", words(SECTIONS[other])) for other in kinds]
    return figure(svg, "network", f"{words('network')}: {words('network_text', name=name)}", keys)


def _bow(one: tuple[int, int], other: tuple[int, int], height: int) -> Xml:
    """Return a faint line between two neighbours, bent towards the middle."""
    (ax, ay), (bx, by) = one, other
    cx, cy = ((ax + bx) // 2 + _WIDTH // 2) // 2, ((ay + by) // 2 + height // 2) // 2
    return shape("path", "dg-bow", d=f"M{ax} {ay}Q{cx} {cy} {bx} {by}")


def _node(node: Node, place: tuple[int, int], words: Wording, base: str) -> Xml:
    kind, entity, count = node
    x, y = place
    name = words.name(entity)
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST].rpartition(' ')[0] or name[:_LONGEST]}…"
    circle = shape("circle", f"dg-node dg-is-{kind}", cx=x, cy=y, r=9)
    right = x > _WIDTH // 2
    direction = words.pack.language.direction
    text = shape(
        "text",
        "dg-node-name",
        shown,
        x=x + 16 if right else x - 16,
        y=y + 5,
        direction=direction,
        text_anchor="end" if right == (direction == "rtl") else "start",
    )
    return linked(term_path(kind, entity), f"{name}: {words.articles(count)}", [circle, text], base=base)
