"""One Chromium for all tests that need one: Playwright runs once in a process, and starting it takes a second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that $CHROMIUM names. It is never skipped: an untested page is not a tested one."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need none

    named = os.environ.get("CHROMIUM")
    path = next((path for path in ([named] if named else _CHROMIUM) if Path(path).exists()), None)
    if path is None:
        pytest.fail("Chromium is missing. `make test` installs it; or set CHROMIUM to its path", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield chromium
        chromium.close()
