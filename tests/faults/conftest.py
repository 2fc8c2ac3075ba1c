"""What the tests of faults share: the hostile server, and counts of what was thrown at us, printed at the end."""

from __future__ import annotations

import collections
from collections.abc import Iterator

import pytest

from tests.faults.server import HostileServer
from tests.faults.tiny import SEEN, Settled, tiny_site

_TALLY = pytest.StashKey[collections.Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_TALLY] = collections.Counter()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    tally = config.stash[_TALLY]
    if tally:
        terminalreporter.section("faults")
        for kind, count in sorted(tally.items()):
            terminalreporter.write_line(f"{count:7,} {kind}")
        terminalreporter.write_line("    ---")
        for kind, count in SEEN.items():
            terminalreporter.write_line(f"{count:7,} {kind}")


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> collections.Counter[str]:
    """Return the counter of faults by kind: `tally["requests refused"] += 1`."""
    return request.config.stash[_TALLY]


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """Return a site, and what it is with each of its two sets of seeds; a test begins by building one of them."""
    folder = tmp_path_factory.mktemp("settled")
    site = tiny_site(folder / "site")
    return site, site.settle(folder)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """Return a server on loopback that does what a test tells it to."""
    with HostileServer() as hostile:
        yield hostile
