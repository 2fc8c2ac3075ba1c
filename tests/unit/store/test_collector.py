"""What is no longer needed goes."""

from __future__ import annotations

import gc
import sys
import weakref

import pytest

from digest.store.collector import give_back, without_gc


class _Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_only_holds_itself_is_given_back() -> None:
    with without_gc():
        ring = weakref.ref(_Ring())
        assert ring() is not None
        assert not gc.isenabled()
        give_back()
        assert ring() is None
    assert gc.isenabled()


def test_a_python_that_cannot_ask_the_c_library_works_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "ctypes", None)
    give_back()
