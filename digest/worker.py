"""What runs in a worker: a batch of articles in, what the digest understands of them out, both as msgpack.

A worker is a process of a pool, of a Dask cluster, or this process itself. It makes its analyst once and keeps it for
all batches of the same epoch; a forked worker inherits it from the parent.
"""

from __future__ import annotations

import functools
import gc
import os
import platform
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from digest.analyst import Analyst, Ticket
from digest.epoch import code_fingerprint, epoch_of
from digest.errors import ArticleError, ConfigurationError
from digest.gazetteer.load import FOLDER
from digest.link.asked import Asked
from digest.model import RawArticle
from digest.report import Issue
from digest.store.gazetteer_cache import load_cached_gazetteer

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from digest.link.story import Understanding

Task = tuple[RawArticle, str]
"""An article and its id."""


class Understood(msgspec.Struct, array_like=True, frozen=True):
    """What a worker made of an article."""

    payload: bytes
    """The linked story, encoded as the store keeps it."""
    asked: Asked
    signature: bytes
    """What tells whether another article tells the same story, encoded as the store keeps it."""


class Reply(msgspec.Struct, array_like=True):
    """What a worker made of a batch."""

    outcomes: list[Understood | Issue]
    """For each article in its order."""
    stopped: list[Issue] = []
    """Why this worker must not be used at all; then there are no outcomes."""


_kept: dict[str, Analyst] = {}
_lock = threading.Lock()
_tasks = msgspec.msgpack.Decoder(list[Task])
_code_at_start = functools.cache(code_fingerprint)


def encode_batch(tasks: Sequence[Task]) -> bytes:
    """Return a batch as `analyse_batch` takes it."""
    return msgspec.msgpack.encode(tasks)


def analyse_batch(ticket: bytes, batch: bytes) -> bytes:
    """Return the encoded `Reply` to a batch; an article that cannot be used is an issue and not an exception."""
    reply = Reply(outcomes=[])
    try:
        analyst = analyst_for(msgspec.msgpack.decode(ticket, type=Ticket))
    except ConfigurationError as error:
        reply.stopped = list(error.issues)
    else:
        reply.outcomes = [understand(analyst, raw, story_id) for raw, story_id in _tasks.decode(batch)]
    return msgspec.msgpack.encode(reply)


def understand(analyst: Analyst, raw: RawArticle, story_id: str) -> Understood | Issue:
    """Return what is understood of an article, or why it is refused."""
    try:
        found = analyst.read(raw, story_id)
    except ArticleError as error:
        return error.issue
    return encoded(found)


def encoded(found: Understanding) -> Understood:
    """Return what is understood of an article as it travels, and as the store keeps it."""
    encode = msgspec.msgpack.encode
    return Understood(encode(found.linked), found.asked, encode(found.signature))


def keep_analyst(epoch: str, analyst: Analyst) -> None:
    """Keep an analyst for the batches of its epoch, in place of those of older epochs."""
    _kept.clear()
    _kept[epoch] = analyst


def forget_analysts() -> None:
    """Let go of what is kept, where no batch is to be analysed for a while: names and memos take tens of megabytes."""
    _kept.clear()


def analyst_for(ticket: Ticket) -> Analyst:
    """Return this process's analyst of an epoch; it is made when it is asked for first.

    Raises:
        ConfigurationError: code, language packs or gazetteer here are not those of the build, or are wrong.
    """
    with _lock:
        if ticket.epoch not in _kept:
            if _code_at_start() != code_fingerprint():
                raise ConfigurationError([_stale()])
            settings = ticket.settings()
            gazetteer = load_cached_gazetteer([FOLDER, *map(Path, ticket.gazetteer)], settings.all_languages())
            if epoch_of(gazetteer, settings) != ticket.epoch:
                raise ConfigurationError([_other_epoch(ticket)])
            keep_analyst(ticket.epoch, Analyst(gazetteer, settings.all_languages()))
        return _kept[ticket.epoch]


def start_worker() -> None:
    """Prepare a process of a pool: it ends when its parent does, and leaves what it inherited where it lies."""
    gc.freeze()  # else the collector touches every object of the gazetteer, and memory that was shared is copied
    from multiprocessing import parent_process  # noqa: PLC0415 - in a process of a pool it is there

    parent = parent_process()
    if parent:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _stale() -> Issue:
    return Issue(
        code="stale-worker",
        where=f"worker {platform.node()}, process {os.getpid()}",
        message="code or language packs were changed after it was started, so it would read articles as before",
        hint="Restart the worker, and build again",
    )


def _other_epoch(ticket: Ticket) -> Issue:
    own = ", ".join(ticket.gazetteer)
    return Issue(
        code="other-epoch",
        where=f"worker {platform.node()}, process {os.getpid()}",
        message="it has other code, language packs or entities than the build, so it would read articles differently",
        hint="Install the same version of khabarnama there"
        + (f", with the same entities in {own}" if own else "")
        + ", restart the worker, and build again",
    )
