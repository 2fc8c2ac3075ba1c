"""The epoch: under which code, language packs, gazetteer and settings an article was analysed.

When any of them changes, stored analyses are of another epoch and are made again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from digest.gazetteer.load import Gazetteer
from digest.settings import Settings

_PACKAGE = Path(__file__).parent
_STAGES = ("model", "sources", "clean", "analyse", "languages", "link")
_FILES = ("*.py", "*.yml", "*.txt")


def epoch_of(gazetteer: Gazetteer, settings: Settings) -> str:
    """Return the epoch of an analysis made now."""
    languages = ",".join(settings.all_languages())
    text = "\n".join((code_fingerprint(), gazetteer.fingerprint, languages, str(settings.max_article_bytes)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def code_fingerprint() -> str:
    """Return a hash of every file that the analysis of an article depends on."""
    marks = hashlib.sha256()
    files = [*(_PACKAGE / "gazetteer").glob("*.py")]
    for stage in _STAGES:
        for pattern in _FILES:
            files += (_PACKAGE / stage).rglob(pattern)
    for path in sorted(files):
        marks.update(f"{path.relative_to(_PACKAGE)}\0".encode() + path.read_bytes() + b"\0")
    return marks.hexdigest()
