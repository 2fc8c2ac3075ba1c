"""Memory that is no longer needed: when Python's collector looks for it, and when the system gets it back."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without_gc() -> Iterator[None]:
    """Work without it: there are no cycles, and it would look at every new object again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def give_back() -> None:
    """Return to the system what is free: cycles that nobody holds, and what glibc keeps between blocks that are in use.

    It takes some hundredths of a second, so it is for the bounds of work that takes tens of megabytes. Where the C
    library is another one, memory stays with the process until it is used again.
    """
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError):  # a Python without it has more in use, and works as well
            import ctypes  # noqa: PLC0415 - most builds have nothing to give back

            if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
                trim(0)
