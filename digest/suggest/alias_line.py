"""Adds an alias to the text of an entity's file, and leaves every other character of it as it is.

Editors write comments and lay their files out; a YAML library would throw both away. So the place is found with the
library, the line is put there as text, and the result is read again and compared.
"""

from __future__ import annotations

from typing import Any

import yaml

from digest.errors import DigestError
from digest.suggest.stub import inline


def add_alias(text: str, tag: str, alias: str | dict[str, str]) -> str:
    r"""Return `text` with `alias` at the end of the list of its language.

    >>> print(add_alias("names: {ur: پوتن}\naliases:\n  ur:\n    - پوٹن  # usual\n", "ur", "پیوٹن"), end="")
    names: {ur: پوتن}
    aliases:
      ur:
        - پوٹن  # usual
        - پیوٹن

    Raises:
        DigestError: the file is laid out in a way that a line cannot be added to; it says what to write by hand.
    """
    wanted = _with_alias(yaml.safe_load(text), tag, alias)
    changed = _insert(text, tag, alias)
    try:
        same = yaml.safe_load(changed) == wanted
    except yaml.YAMLError:
        same = False
    if not same:
        message = f"the file is laid out unusually; add this under `aliases: {tag}:` by hand: - {inline(alias)}"
        raise DigestError(message)
    return changed


def _with_alias(file: dict[str, Any], tag: str, alias: object) -> dict[str, Any]:
    aliases = dict(file.get("aliases") or {})
    aliases[tag] = [*(aliases.get(tag) or []), alias]
    return {**file, "aliases": aliases}


def _insert(text: str, tag: str, alias: str | dict[str, str]) -> str:
    text = text if text.endswith("\n") else f"{text}\n"
    line = inline(alias)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    aliases = _value(root, "aliases")
    if not isinstance(aliases, yaml.MappingNode):
        return f"{text}aliases:\n  {tag}:\n    - {line}\n"
    listed = _value(aliases, tag)
    if isinstance(listed, yaml.SequenceNode):
        if listed.flow_style:
            return _before_bracket(text, listed, line)
        return _after(text, listed, " " * listed.start_mark.column + f"- {line}\n")
    if aliases.flow_style:
        return _before_bracket(text, aliases, f"{tag}: [{line}]")
    indent = " " * aliases.start_mark.column
    return _after(text, aliases, f"{indent}{tag}:\n{indent}  - {line}\n")


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _before_bracket(text: str, node: yaml.CollectionNode, added: str) -> str:
    end = node.end_mark.index - 1
    head = text[:end].rstrip()
    comma = "" if not node.value else " " if head.endswith(",") else ", "
    return f"{head}{comma}{added}{text[end:]}"


def _after(text: str, node: yaml.Node, added: str) -> str:
    """Put `added` on lines of its own behind the last line of `node`, before comments that follow it."""
    last = _last_leaf(node).end_mark.line
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: last + 1], added, *lines[last + 1 :]])


def _last_leaf(node: yaml.Node) -> yaml.Node:
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node
