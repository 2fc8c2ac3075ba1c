"""Runs killed at random moments: the site is the old one or the new one, whole, and the next run makes it right.

`make test` kills a few; $KILLS says how many of each kind (`make test-faults`: 100).
"""

from __future__ import annotations

import collections
import os
import random
import shutil
import time
from pathlib import Path

import pytest
import yaml

from digest.model import RawArticle
from digest.report import Issue
from digest.sources.folder import read_folder
from digest.store.ledger import read_ledger
from tests.faults.tiny import KILLS, PROSE, SEEDS, SEEN, Settled, TinySite, other_of, tiny_site
from tests.intake_samples import json_lines
from tests.sites import Tree, read_tree

pytestmark = pytest.mark.site

Tally = collections.Counter[str]
KINDS = ("change", "change", "whole", "from nothing")
"""What is asked of the build that is killed; most builds are small changes."""
BEGUN = (".digest/store.sqlite.unfinished", ".site.*", ".site.*/journal.json")
"""Half of the builds are killed soon after one of these is there: then files change places."""


def _forget(site: TinySite, kind: str) -> None:
    """Make the next build a whole one, or one that knows nothing."""
    if kind == "whole":
        for path in (site.root / ".digest").glob("published-*"):
            path.unlink()
    elif kind == "from nothing":
        shutil.rmtree(site.root / ".digest")


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new(
    settled: Settled, tmp_path: Path, tally: Tally
) -> None:
    dice = random.Random(20_11)  # noqa: S311 - it can be repeated
    site, expected = settled
    site.seed(SEEDS["other"])
    site.build()
    now, longest = "other", dict.fromkeys(KINDS, 1.0)
    kills = 0
    while kills < KILLS:
        kind, wanted = dice.choice(KINDS), other_of(now)
        _forget(site, kind)
        site.seed(SEEDS[wanted])
        killed = 0
        for _ in range(dice.choice((1, 1, 2))):  # the build after a kill may be killed too
            begun = dice.choice((None, *BEGUN))
            moment = dice.uniform(longest[kind] * dice.choice((0.1, 0.6, 0.8)), longest[kind])  # late ones do more
            moment = dice.uniform(0, 0.15) if begun else moment
            if not site.kill_after(moment, "build", begun=begun):
                if begun:
                    break  # it is done, and the site is the new one
                longest[kind] = moment  # that late it is done
                continue
            killed += 1
            site_now = site.folder.site()
            left = [name for name, state in expected.items() if state.site == site_now]
            assert left, f"killed after {moment} s, the site is neither old nor new"
            tally[f"kills of build that left the {'old' if left == [now] else 'new'} site"] += 1
            assert [entry.id for entry in read_ledger(site.root / "permalinks.tsv")]
        if dice.random() < 0.25:  # somebody takes the change back before building again
            wanted = now
            site.seed(SEEDS[wanted])
        before = time.monotonic()
        site.build()
        if not killed:
            longest[kind] = max(longest[kind], time.monotonic() - before)
        site.must_be(expected[wanted])
        assert not [path.name for path in site.root.iterdir() if path.name.startswith(".site.")]
        now, kills = wanted, kills + killed
    tally["kills of build"] += kills
    assert site.clean(tmp_path / "clean") == expected[now]


def _without_time(tree: Tree) -> Tree:
    """Leave out when an article was brought in, and what nobody sees: a file that a killed run had begun."""
    return {
        name: b"".join(line for line in body.splitlines(keepends=True) if b" added:" not in line)
        for name, body in tree.items()
        if "/.digest-" not in name
    }


def _whole(site: TinySite) -> int:
    """Return how many articles there are; each must be whole, with its sidecar, which is written before it."""
    found = read_folder(site.root / "seeds", 1_000_000)
    items = [item for item in found if not (isinstance(item, Issue) and item.code == "orphan-sidecar")]
    for item in items:
        assert isinstance(item, RawArticle), item
        assert item.body.decode().rstrip().endswith("۔")
        assert yaml.safe_load((site.root / item.locator).with_suffix(".yml").read_text())["provenance"]["sha256"]
    return len(items)


def test_an_intake_killed_at_any_moment_leaves_whole_articles(tmp_path: Path, tally: Tally) -> None:
    dice, articles = random.Random(20_12), 150  # noqa: S311 - the same
    source = tmp_path / "news.jsonl"
    rows = ({"text": f"خبر {n}\n{PROSE}", "url": f"https://example.org/{n}"} for n in range(articles))
    source.write_bytes(json_lines(rows))
    site = tiny_site(tmp_path / "site", {})
    seeds, kills = site.root / "seeds", 0
    longest = site.duration("add", source)
    expected = _without_time(read_tree(seeds))
    assert len(expected) == 2 * articles
    while kills < KILLS:
        shutil.rmtree(seeds)
        seeds.mkdir()
        shutil.rmtree(site.root / ".digest", ignore_errors=True)
        for _ in range(dice.choice((1, 1, 3))):
            there = _whole(site)
            killed = site.kill_after(dice.uniform(longest / 3, longest), "add", source)
            kills += killed
            assert there <= _whole(site) <= articles
            tally["kills of add in the middle of its articles"] += killed and 0 < _whole(site) < articles
        assert site.run("add", source).returncode == 0
        found = _without_time(read_tree(seeds))
        SEEN["articles looked for"] += articles
        SEEN["articles lost"] += sum(name not in found for name in expected if name.endswith(".txt"))
        assert found == expected
    tally["kills of add"] += kills
    (seeds / "example.org/.digest-begun").write_text("half of an artic")
    os.utime(seeds / "example.org/.digest-begun", (0, 0))
    assert site.run("add", source).returncode == 0
    assert not (seeds / "example.org/.digest-begun").exists()
    site.build()
    site.must_be(site.clean(tmp_path / "clean"))
    assert len(site.folder.articles()) == articles


def test_a_deployment_killed_at_any_moment_leaves_the_old_site_or_the_new(
    settled: Settled, tmp_path: Path, tally: Tally
) -> None:
    dice = random.Random(20_13)  # noqa: S311 - it can be repeated
    site, states = settled
    expected = {name: state.site for name, state in states.items()}
    served, now, kills = tmp_path / "served", "other", 0
    site.seed(SEEDS[now])
    site.build()
    longest = site.duration("deploy", served)
    while kills < KILLS:
        wanted = other_of(now)
        site.seed(SEEDS[wanted])
        site.build()
        for _ in range(dice.choice((1, 1, 2))):
            killed = site.kill_after(dice.uniform(longest * dice.choice((0.1, 0.6)), longest), "deploy", served)
            kills += killed
            left = [name for name, tree in expected.items() if tree == read_tree(served)]
            assert left, "what is deployed is neither old nor new"
            tally[f"kills of deploy that left the {'old' if left == [now] else 'new'} site"] += killed
        assert site.run("deploy", served).returncode == 0
        assert read_tree(served) == expected[wanted]
        assert [path.name for path in tmp_path.glob(".served*")] == []
        now = wanted
    tally["kills of deploy"] += kills
