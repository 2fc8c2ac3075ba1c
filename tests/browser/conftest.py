"""A real site, a real server, a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import Seen, watch
from tests.browser.served import Site, served_site
from tests.busy_archive import busy_archive
from tests.sites import SEEDS

DIGEST_PAGES = ("digests/2021/12/28/", "digests/2021/w52/", "digests/2021/12/")
HOSTILE_HEADLINE = '<img src=x onerror=alert(1)> "خبر" </title><script>alert(2)</script>'
HOSTILE_TEXT = f"""{HOSTILE_HEADLINE}
صدر پوتن نے قازقستان میں کہا <svg onload=alert(3)> کہ [یہ](javascript:alert(4)) {{{{ alert(5) }}}} ایک خبر ہے۔
<script>alert(6)</script> روس کے صدر نے ”جواب“ دیا۔ '"><img src=x onerror=alert(7)>
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of the repository's own seeds."""
    with served_site(tmp_path_factory.mktemp("browser") / "site") as site:
        yield site


@pytest.fixture(scope="session")
def busy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with dates, chips, digests and pictures."""
    with served_site(tmp_path_factory.mktemp("browser") / "site", {**SEEDS, **busy_archive()}) as site:
        yield site


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose only article is full of markup."""
    with served_site(tmp_path_factory.mktemp("browser") / "site", {"hostile.txt": HOSTILE_TEXT}) as site:
        yield site


@pytest.fixture
def seen() -> Seen:
    """What the browser reports during one test."""
    return Seen()


@pytest.fixture
def desktop(browser: Browser, seen: Seen) -> Iterator[Page]:
    """A page on a wide screen."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        yield watch(context, seen)


@pytest.fixture
def phone(browser: Browser, seen: Seen) -> Iterator[Page]:
    """A page on a small, cheap phone."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        yield watch(context, seen)


@pytest.fixture
def plain(browser: Browser, seen: Seen) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    with browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False) as context:
        yield watch(context, seen)
