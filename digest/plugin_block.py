"""Reads the plugin's block from the YAML of `mkdocs.yml`, without importing MkDocs."""

from __future__ import annotations

import os
from pathlib import Path
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


def plugin_block(text: str, plugin: str, file: Path) -> object:
    """Return the block of a plugin in the text of a `mkdocs.yml`; None when it has none.

    Raises:
        OSError: the file that it inherits from cannot be read.
        ValueError: the text is not YAML, holds a day like 2021-02-30, or no settings, or inherits from itself.
    """
    plugins = _plugins(text, file, ())
    if isinstance(plugins, dict):
        return plugins.get(plugin)
    for listed in plugins if isinstance(plugins, list) else ():  # MkDocs says what is wrong with another form
        if isinstance(listed, dict) and plugin in listed:
            block: object = listed[plugin]
            return block
    return None


def _plugins(text: str, file: Path, below: tuple[Path, ...]) -> object:
    """Return `plugins:` of a file, with those of the file that it inherits from (`INHERIT`), as MkDocs does."""
    try:
        config = yaml.load(text, Loader=_TolerantLoader)  # noqa: S506 - derived from SafeLoader
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if config and not isinstance(config, dict):
        raise ValueError("this holds no settings, but a list or a single value")
    if not config or not isinstance(config.get("INHERIT"), str):
        return config.get("plugins") if config else None
    base = file.parent / config["INHERIT"]
    if base in (file, *below):
        raise ValueError("this file inherits from itself (`INHERIT`)")
    inherited = _plugins(base.read_text(encoding="utf-8"), base, (file, *below))
    return _merged(inherited, config["plugins"]) if "plugins" in config else inherited


def _merged(base: object, own: object) -> object:
    """Return what MkDocs makes of two settings: mappings are put together, of all else one's own is taken."""
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return base | {key: _merged(base.get(key), told) for key, told in own.items()}
