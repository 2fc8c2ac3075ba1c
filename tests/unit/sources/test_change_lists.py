"""Lists of changed files, as git and people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.sources.change_list import look_at_listed, parse_change_list
from digest.sources.folder import SeedFile

SEEDS = Path("/repository/news/seeds")
BASES = (Path("/elsewhere"), Path("/repository/news"), Path("/repository"))


def _names(content: bytes) -> tuple[str, ...]:
    return parse_change_list(content, seeds=SEEDS, bases=BASES).names


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"", ()),
        (b"seeds/a.txt\nseeds/b/c d.txt\n", ("a.txt", "b/c d.txt")),
        (b"seeds/a.txt\r\n\r\nseeds/a.txt", ("a.txt",)),
        (b"news/seeds/a.txt\n", ("a.txt",)),
        (b"/repository/news/seeds/a.txt\n", ("a.txt",)),
        (b'"seeds/\\331\\206\\tx\\"y\\\\z.txt"\n', ('ن\tx"y\\z.txt',)),
        ("seeds/ن.txt".encode(), ("ن.txt",)),
        (b"seeds/a\nb.txt\0seeds/c.txt\0", ("a\nb.txt", "c.txt")),
        (b'seeds/"a".txt\0', ('"a".txt',)),
        (b"seeds/../seeds/./a.txt", ("a.txt",)),
        (b"seeds\nseeds/../x.txt\nseeds/.hidden/a.txt\nseeds/.a.txt\nREADME.md\nseedsx/a.txt", ()),
        ("seeds/ن.txt\r\nREADME.md\r\n".encode("utf-16"), ("ن.txt",)),
        ("\ufeffseeds/ن.txt\n".encode(), ("ن.txt",)),
        (b"\xff\xfe\nseeds/\xff.txt", ("\udcff.txt",)),
        (b'"\n"seeds/a.txt\n', ()),
    ],
)
def test_paths_of_a_list(content: bytes, names: tuple[str, ...]) -> None:
    assert _names(content) == names


def test_what_is_no_seed_is_said() -> None:
    listed = parse_change_list(b"README.md\n\x1b[31m\nmkdocs.yml\ndocs/x.md\nseeds/a.txt\n", seeds=SEEDS, bases=BASES)
    (issue,) = listed.findings()
    assert issue.code == "not-a-seed"
    assert "4 of the listed paths" in issue.message
    assert "README.md" in issue.message
    assert "\x1b" not in issue.message
    assert not list(parse_change_list(b"seeds/a.txt", seeds=SEEDS, bases=BASES).findings())


def _look(folder: Path, *names: str) -> list[str]:
    looked = look_at_listed(folder, names, lambda _: ())
    return [item.locator if isinstance(item, SeedFile) else f"{item.code} {item.where}" for item in looked.found]


def test_only_what_a_walk_would_find_is_found(tmp_path: Path) -> None:
    seeds, outside = tmp_path / "seeds", tmp_path / "outside"
    (seeds / "in").mkdir(parents=True)
    outside.mkdir()
    for path in (outside / "a.txt", seeds / "in/b.txt", seeds / "c.txt", seeds / "c.jsonl"):
        path.write_text("x")
    (seeds / "linked").symlink_to(outside)
    (seeds / "one.txt").symlink_to(outside / "a.txt")
    (seeds / "two.txt").symlink_to(seeds / "c.txt")
    (seeds / "broken.txt").symlink_to(seeds / "nothing")
    (seeds / "lost.yml").write_text("")
    assert _look(seeds, "linked/a.txt", "linked", "nothing.txt") == []
    assert _look(seeds, "one.txt", "two.txt") == ["outside seeds/one.txt", "seeds/two.txt"]
    assert _look(seeds, "broken.txt", "lost.yml") == ["unreadable seeds/broken.txt", "orphan-sidecar seeds/lost.yml"]
    assert _look(seeds, "in") == _look(seeds, "in/b.txt") == ["seeds/in/b.txt"]
    assert _look(seeds, "c.yml") == ["seeds/c.jsonl", "seeds/c.txt"]
    (seeds / "c.jsonl.17.yml").write_text("")
    assert _look(seeds, "c.jsonl.17.yml") == ["seeds/c.jsonl", "seeds/c.txt"], "it may hold for a line"
