"""Reads the plugin's block from the YAML of `mkdocs.yml`, without importing MkDocs."""

from __future__ import annotations

import os
from typing import Any

import yaml


class _TolerantLoader(yaml.SafeLoader):
    """Reads `mkdocs.yml` without running its tags (`!!python/name`): they concern MkDocs only. `!ENV` is read."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """Return what `!ENV NAME` or `!ENV [NAME, OTHER, default]` stands for, just as MkDocs reads it."""
    nodes = list(node.value) if isinstance(node, yaml.SequenceNode) else [node]
    default = loader.construct_object(nodes.pop()) if len(nodes) > 1 else None
    if not all(isinstance(name, yaml.ScalarNode) for name in nodes):
        raise yaml.constructor.ConstructorError(None, None, "!ENV takes the names of variables", node.start_mark)
    value = next((os.environ[name.value] for name in nodes if name.value in os.environ), None)
    if value is None:
        return default
    tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return loader.construct_object(yaml.ScalarNode(tag, value))


_TolerantLoader.add_multi_constructor("", lambda *_: None)
_TolerantLoader.add_constructor("!ENV", _from_environment)


def plugin_block(text: str, plugin: str) -> object:
    """Return the block of a plugin in the text of a `mkdocs.yml`; None when it has none.

    Raises:
        ValueError: the text is not YAML, or holds a day like 2021-02-30.
    """
    try:
        config = yaml.load(text, Loader=_TolerantLoader)  # noqa: S506 - derived from SafeLoader
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    plugins = config.get("plugins") if isinstance(config, dict) else None
    if isinstance(plugins, dict):
        return plugins.get(plugin)
    for listed in plugins or ():
        if isinstance(listed, dict) and plugin in listed:
            block: object = listed[plugin]
            return block
    return None
