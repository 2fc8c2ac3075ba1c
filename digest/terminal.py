"""What the command line says and how: errors in words, findings, a progress bar for people who watch."""

from __future__ import annotations

import contextlib
import functools
import gc
import io
import logging
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from digest.errors import ConfigurationError, DigestError
from digest.report import Issue

F = TypeVar("F", bound=Callable[..., Any])

_ALLOCATIONS = 20_000
"""Objects made between two looks of the collector for cycles. Python's 700 are for programs with many cycles; here
nearly all is gone without it, and its looks at the gazetteer took a twelfth of the build of one new article."""


class Utf8Group(click.Group):
    """A group of commands that read and say UTF-8, whatever the locale: cron, for one, has none."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run; when it is called as a program, in Python's UTF-8 mode."""
        if args is not None:
            return super().main(args, *more, **options)
        _use_utf8()
        gc.set_threshold(_ALLOCATIONS)
        try:
            return super().main(args, *more, **options)
        except SystemExit as end:
            if end.code is None or isinstance(end.code, int):
                _leave(end.code or 0)
            raise


def _leave(status: int) -> None:
    """End the program at once, unless something else still runs in it, or looks on.

    Python would take a few hundred thousand objects apart first, one by one: a twentieth of a build of one new article.
    """
    if threading.active_count() > 1 or "multiprocessing" in sys.modules or sys.getprofile() or sys.gettrace():
        return
    logging.shutdown()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):  # nobody listens any more: Python knows how to say so
        return
    os._exit(status)


def _use_utf8() -> None:
    """Start again in UTF-8 mode where file names would be bytes in disguise; let no name stop what is printed."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - this program
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def reports_errors(function: F) -> F:
    """Turn every error we know into words and an exit status; a traceback is never for users."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except ConfigurationError as error:
            print_issues(error.issues)
            sys.exit(2)
        except DigestError as error:
            fail(str(error))
        except BrokenPipeError:
            raise  # click ends quietly when the reader has gone (| head)
        except sqlite3.Error as error:
            fail(
                f"a cache in .digest cannot be used: {error}; see whether the disk is full or the folder may not be "
                "written, and run this again: nothing is lost"
            )
        except OSError as error:
            fail(f"{error.filename or 'the system'}: {error.strerror or error}")

    return wrapped  # type: ignore[return-value]


def print_issues(issues: Iterable[Issue]) -> None:
    """Print findings, one a line, where errors go."""
    for issue in issues:
        click.echo(f"{issue.severity}: {issue}", err=True)


def fail(message: str) -> NoReturn:
    """Say what went wrong, and end with status 1."""
    click.echo(f"error: {message}", err=True)
    sys.exit(1)


def command_name() -> str:
    """Return how this command was called, for hints that can be typed as they stand."""
    called = sys.argv[0]
    return called if called.endswith("/digest") and not called.startswith("/") else "digest"


def from_here(path: Path) -> Path:
    """Return a path as somebody who stands in the present folder would write it: short, when it lies below."""
    whole = path.resolve()
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else path


def log_handler() -> logging.Handler:
    """Return a handler that prints what MkDocs and its plugins say."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    return handler


@contextlib.contextmanager
def progress(what: str, *, enabled: bool = True) -> Iterator[Callable[[int, int, str], None]]:
    """Show a progress bar, on a terminal only; gives a function that takes done, total and what is next."""
    if not (enabled and sys.stderr.isatty()):
        yield lambda *_: None
        return
    from rich.console import Console  # noqa: PLC0415 - only for people
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, _: bar.update(task, completed=done, total=total)
