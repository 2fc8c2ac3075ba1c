"""Libraries that only some formats need, loaded when one of these formats comes."""

from __future__ import annotations

import importlib
from typing import Any

from digest.errors import ConfigurationError
from digest.report import Issue

_INSTALL = {"html": "khabarnama", "parquet": "khabarnama[parquet]", "warc": "khabarnama[warc]"}


def need(module: str, kind: str) -> Any:
    """Return a library.

    Args:
        module: name to import.
        kind: what it is for: `html`, `parquet`, `warc`.

    Raises:
        ConfigurationError: it is not installed; with the command that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        issue = Issue(
            code="not-installed",
            where=kind,
            message=f"{module} is needed to read {kind}, and cannot be loaded ({error})",
            hint=f"Install it: pip install '{_INSTALL[kind]}'",
        )
        raise ConfigurationError([issue]) from error
