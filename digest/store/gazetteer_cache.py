"""Keeps the loaded gazetteer, because reading some thousand YAML files takes longer than reading an article.

The cache lies in the user's cache folder and belongs to the state of the files: names, sizes and times of change of the
gazetteer, and of the code and packs that read it. Whatever goes wrong with it, the files are read instead.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

import digest
from digest.errors import ConfigurationError
from digest.gazetteer.check import check_filing
from digest.gazetteer.derived import Derived
from digest.gazetteer.kept_aliases import give_aliases, without_aliases
from digest.gazetteer.kept_names import encode_names
from digest.gazetteer.lexicon import build_lexicon, fold_aliases, named_in
from digest.gazetteer.load import FOLDER, KINDS, Gazetteer, load_gazetteer
from digest.kept import cache_folder, checksum, file_stamps
from digest.languages.pack import FOLDER as LANGUAGES
from digest.languages.pack import load_pack
from digest.model import Entity
from digest.store.collector import without_gc
from digest.store.files import write_if_changed

_KEPT = 3
"""Caches that stay: one for each of a few sites."""
_MARK = 4
"""Bytes of a checksum, before the content."""
_FILES = ".files"
"""Ending of what is kept of the files."""


class _Kept(msgspec.Struct, array_like=True):
    """The file's content."""

    entities: dict[str, Entity]
    aliases: list[bytes]
    """Those of the entities, in the same order (`kept_aliases`)."""
    phrases: dict[str, tuple[str, ...]]
    fingerprint: str
    derived: dict[str, Derived]


class _Files(msgspec.Struct, array_like=True):
    """What is kept beside it, and read only when a file has changed."""

    basis: str
    stamps: dict[str, tuple[int, int]]
    """Path → size and time of change of every file."""
    checksums: dict[str, str]
    folded: dict[str, tuple[tuple[str, ...], ...]]
    """Language → the words of every alias (`lexicon.fold_aliases`)."""


def load_cached_gazetteer(folders: Iterable[Path], languages: Iterable[str]) -> Gazetteer:
    """Return what `load_gazetteer` returns, faster the second time; when files have changed, only those are read.

    Args:
        folders: the package's gazetteer and those of the site.
        languages: tags whose aliases are folded beforehand.

    Raises:
        ConfigurationError: a file is wrong.
    """
    folders, languages = list(folders), sorted(languages)
    basis, stamps = _basis(languages), file_stamps(folder / kind for folder in folders for kind in (*KINDS, "phrases"))
    state = hashlib.sha256(f"{basis} {stamps}".encode("utf-8", "surrogateescape")).hexdigest()[:24]
    path = cache_folder() / f"gazetteer-{state}.msgpack"
    if kept := _read(path):
        return Gazetteer(
            entities=kept.entities,
            phrases=kept.phrases,
            fingerprint=kept.fingerprint,
            derived=kept.derived,
        )
    last, files = _last(path.parent, basis)
    read_before = {entity.path: entity for entity in last.entities.values()} if last else {}

    def known(name: str) -> tuple[str, Entity] | None:
        same = name in read_before and name in files.checksums and files.stamps.get(name) == stamps.get(name)
        return (files.checksums[name], read_before[name]) if same else None

    gazetteer = load_gazetteer(folders, known)
    if broken := check_filing(gazetteer):
        raise ConfigurationError(broken)
    folded = {
        tag: fold_aliases(gazetteer, load_pack(tag).folder, tag, _folded_before(last, files, tag)) for tag in languages
    }
    gazetteer = dataclasses.replace(gazetteer, folded=folded)
    gazetteer = dataclasses.replace(gazetteer, derived={tag: _derived(gazetteer, tag) for tag in languages})
    _keep(path, gazetteer, _Files(basis, stamps, dict(gazetteer.checksums), folded))
    return gazetteer


def _read(path: Path) -> _Kept | None:
    with contextlib.suppress(OSError, msgspec.DecodeError), without_gc():
        whole = memoryview(path.read_bytes())
        mark, content = whole[:_MARK], whole[_MARK:]
        if mark == checksum(content):  # names in it are taken apart later, when damage could no longer be helped
            kept = msgspec.msgpack.decode(content, type=_Kept)
            give_aliases(kept.entities.values(), kept.aliases)
            kept.aliases.clear()
            # It lives as long as the run: later collections need not look at it either. Once only: when a site is
            # served, each build would else keep the garbage of the one before.
            if not gc.get_freeze_count():
                gc.freeze()
            return kept
    return None


def _unmarked(path: Path) -> bytes:
    """Return what stands behind the mark; nothing, which cannot be decoded, where it is damaged."""
    whole = path.read_bytes()
    return whole[_MARK:] if whole[:_MARK] == checksum(whole[_MARK:]) else b""


def _last(folder: Path, basis: str) -> tuple[_Kept | None, _Files]:
    """Return the newest cache that the same code made of the same language packs."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        for path in _newest(folder):
            files = msgspec.msgpack.decode(_unmarked(path.with_suffix(_FILES)), type=_Files)
            if files.basis == basis and (kept := _read(path)):
                return kept, files
    return None, _Files(basis, {}, {}, {})


def _derived(gazetteer: Gazetteer, tag: str) -> Derived:
    from digest.link.similar import derive  # noqa: PLC0415 - when something changed; what is kept is only read

    pack = load_pack(tag)
    lexicon = build_lexicon(gazetteer, pack.folder, tag)
    names = {word: lexicon.beginning_with(word) for word in lexicon.first_words()}
    return msgspec.structs.replace(derive(lexicon, pack), names=encode_names(names, gazetteer, tag))


def _folded_before(last: _Kept | None, files: _Files, tag: str) -> dict[str, tuple[str, ...]]:
    """Return the texts that were folded for a cache, with their words."""
    if last is None or tag not in files.folded:
        return {}
    older = Gazetteer(entities=last.entities, phrases=last.phrases, fingerprint="")
    return dict(zip((alias.text for _, alias in named_in(older, tag)), files.folded[tag], strict=True))


def _keep(path: Path, gazetteer: Gazetteer, files: _Files) -> None:
    with contextlib.suppress(OSError):  # a read-only home costs a second a run, and nothing else
        content = _Kept(
            *without_aliases(gazetteer.entities.values()),
            dict(gazetteer.phrases),
            gazetteer.fingerprint,
            dict(gazetteer.derived),
        )
        encoded = msgspec.msgpack.encode(files)
        write_if_changed(path.with_suffix(_FILES), checksum(encoded) + encoded)
        encoded = msgspec.msgpack.encode(content)
        write_if_changed(path, checksum(encoded) + encoded)
        for file in _newest(path.parent)[_KEPT:]:
            file.unlink(missing_ok=True)
            file.with_suffix(_FILES).unlink(missing_ok=True)


def _newest(folder: Path) -> list[Path]:
    return sorted(folder.glob("gazetteer-*.msgpack"), key=lambda file: file.stat().st_mtime, reverse=True)


def _basis(languages: Iterable[str]) -> str:
    """Return a hash of the code and packs that a cache depends on, from the file system's own records."""
    code = Path(digest.__file__).parent
    places = [FOLDER, LANGUAGES, *(LANGUAGES / tag for tag in languages), code / "model", code / "link"]
    return hashlib.sha256(f"{digest.__version__} {languages} {file_stamps(places)}".encode()).hexdigest()
