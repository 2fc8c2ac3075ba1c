"""The epoch: under which code, language packs and settings an article was analysed.

When any of them changes, stored analyses are of another epoch and are made again. What a changed gazetteer concerns can
be told (`relink.py`), so it is no part of that; workers must have the same one all the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from digest.gazetteer.load import Gazetteer
from digest.settings import Settings

_PACKAGE = Path(__file__).parent
_STAGES = ("model", "sources", "clean", "analyse", "languages", "link")
_WRITING = ("model", "languages", "store", "write")
_FILES = ("*.py", "*.yml", "*.txt")


def analysis_epoch(settings: Settings) -> str:
    """Return the epoch of an analysis made now."""
    languages = ",".join(settings.all_languages())
    text = "\n".join((code_fingerprint(), languages, str(settings.max_article_bytes)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def epoch_of(gazetteer: Gazetteer, settings: Settings, analysis: str | None = None) -> str:
    """Return what two processes must have in common to understand articles alike: the epoch, and the gazetteer.

    Args:
        gazetteer: the gazetteer.
        settings: of the site.
        analysis: `analysis_epoch(settings)`, for whom it is at hand.
    """
    text = f"{analysis or analysis_epoch(settings)} {gazetteer.fingerprint}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def writing_epoch(*facts: object) -> str:
    """Return the epoch of pages written now: of the code, the wording and what else all of them depend on."""
    parts = (code_fingerprint(_WRITING), *map(repr, facts))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def code_fingerprint(stages: tuple[str, ...] = _STAGES) -> str:
    """Return a hash of every file of some stages."""
    marks = hashlib.sha256()
    files = [*(_PACKAGE / "gazetteer").glob("*.py")]
    for stage in stages:
        for pattern in _FILES:
            files += (_PACKAGE / stage).rglob(pattern)
    for path in sorted(files):
        marks.update(f"{path.relative_to(_PACKAGE)}\0".encode() + path.read_bytes() + b"\0")
    return marks.hexdigest()
