"""Reads YAML that people review: into types, safely, and with the line of what is wrong.

Gazetteer, language packs, settings and sidecars all come through here. Only plain data is accepted (no
tags, no anchors: a YAML bomb is refused), duplicate keys are an error, and a value of
the wrong type is reported with file and line, because the reader of the message has to find it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from digest.errors import ConfigurationError
from digest.report import Issue

T = TypeVar("T")
_DEEPEST = 50
_ALWAYS_SHALLOW = 5_000
"""Characters of a text that cannot be nested deeply enough to do harm."""
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_Base):  # type: ignore[misc]  # libyaml's class is untyped and may be missing
    """Safe loader that refuses a key given twice, and leaves dates, and words like `no` and `on`, as text."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's signature
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be plain text", key_node.start_mark)
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} given twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


_GUESSED = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _GUESSED]
    for first, resolvers in _PlainLoader.yaml_implicit_resolvers.items()
}
# Only these are booleans: `countries: [NO]` is Norway, and `ON` a place in Canada.
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?i:true|false)$"), list("tTfF"))
_PLAIN = ("null", "bool", "int", "float", "str", "seq", "map")
_PlainLoader.yaml_constructors = {
    tag: constructor
    for tag, constructor in _PlainLoader.yaml_constructors.items()
    if tag is None or tag.removeprefix("tag:yaml.org,2002:") in _PLAIN
}


def load_typed(path: Path, wanted: type[T], *, shown: str | None = None) -> T:
    """Read the YAML file at `path` as `wanted`, a msgspec type.

    Raises:
        ConfigurationError: the file is missing, not YAML, or does not fit; with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([Issue(code="unreadable", where=shown or str(path), message=str(error))]) from error
    return parse_typed(text, wanted, where=shown or str(path))


def parse_typed(text: str, wanted: type[T], *, where: str) -> T:
    r"""Read YAML `text` as `wanted`; `where` is shown in messages.

    >>> parse_typed("{a: 1}", dict[str, int], where="x.yml")
    {'a': 1}
    >>> parse_typed("- 1\n- one", list[int], where="x.yml")
    Traceback (most recent call last):
    digest.errors.ConfigurationError: x.yml:2: expected `int`, got `str` at [1] [bad-value]

    Raises:
        ConfigurationError: it is not YAML, or does not fit; with file and line.
    """
    node: Any = None
    loader: Any = None
    try:
        _refuse_bombs(text)
        loader = _PlainLoader(text)
        node = loader.get_single_node()
        value = {} if node is None else loader.construct_document(node)
        return msgspec.convert(value, wanted)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 1}" if mark else where
        message = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise ConfigurationError([Issue(code="not-yaml", where=place, message=message)]) from error
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        message, path = _split_message(str(error))
        place = f"{where}:{_line_of(node, path)}"
        raise ConfigurationError([Issue(code="bad-value", where=place, message=message)]) from error
    finally:
        if loader is not None:
            loader.dispose()


def _refuse_bombs(text: str) -> None:
    """Refuse anchors and aliases: nobody needs them here, and nested ones grow without limit.

    Refuse deep nesting too: libyaml would run over the end of the stack, and take the whole process with it.
    """
    if "&" not in text and len(text) < _ALWAYS_SHALLOW:  # an alias needs an anchor; most files are not parsed twice
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        mark: Any = event.start_mark
        if getattr(event, "anchor", None):
            raise yaml.constructor.ConstructorError(None, None, "anchors and aliases are not accepted", mark)
        if depth > _DEEPEST:
            raise yaml.constructor.ConstructorError(None, None, "this is nested too deeply", mark)


Step = str | int | None
"""A key, a place in a list, or a key that msgspec does not name."""


def _split_message(text: str) -> tuple[str, list[Step]]:
    """Split msgspec's `Expected … - at `$.a[0].b[...]`` into words and the steps of the path."""
    message, _, path = text.partition(" - at ")
    message = message[:1].lower() + message[1:]
    found = re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]|(\[\.\.\.\])", path)
    steps: list[Step] = [None if unnamed else int(number) if number else name for name, number, unnamed in found]
    where = path.strip("`").removeprefix("$").lstrip(".")
    return (f"{message} at {where}" if where else message), steps


def _line_of(node: Any, path: list[Step]) -> int:
    """Return the line (from 1) where the value at `path` stands, or the nearest value around it.

    Where msgspec does not name a key, the value is looked for below all of them; when it is not the only one of its
    kind, the line is that of the mapping.
    """
    nodes, line = [node], 1
    for step in path:
        nodes = [child for parent in nodes for child in _children(parent, step)]
        if len(nodes) == 1:
            line = nodes[0].start_mark.line + 1
        if not nodes:
            break
    return line


def _children(node: Any, step: Step) -> list[Any]:
    if isinstance(node, yaml.MappingNode) and not isinstance(step, int):
        return [value for key, value in node.value if step is None or getattr(key, "value", None) == step]
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return list(node.value[step : step + 1])
    return []
