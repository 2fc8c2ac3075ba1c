"""Seeds, sidecars and settings that are meant to break a build: each is a page or a line, and the rest is built."""

from __future__ import annotations

import collections
import gzip
import itertools
import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.faults.tiny import ONE, PROSE, TinySite, some, tiny_site

pytestmark = pytest.mark.site

Tally = collections.Counter[str]
LAUGHS = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
)
DEEP = 10_000
RIGHT = "\u202b"
SIDECARS: dict[str, str | bytes] = {
    "laughs": LAUGHS,
    "itself": "&a [*a]",
    "merge": "a: &a {headline: x}\n<<: *a",
    "python object": "!!python/object/apply:os.system ['touch ran']",
    "python name": "headline: !!python/name:os.system",
    "python module": "headline: !!python/module:os",
    "own tag": "headline: !x y",
    "binary": "headline: !!binary aGk=",
    "set": "topics: !!set {a, b}",
    "deep lists": "topics: " + "[" * DEEP,
    "deep mappings": "headline: " + "{a: " * DEEP,
    "deep lines": "\n".join(" " * n + "a:" for n in range(1_000)),
    "many documents": "---\nheadline: a\n" * 50,
    "a key twice": "headline: a\nheadline: b",
    "no string": "headline: [1, 2]",
    "a number": "headline: 1e999999999",
    "a date": "published: 0000-00-00",
    "a sexagesimal": "published: 1:2:3:4:5:6:7:8:9",
    "an endless date": "published: 99999999999-01-01",
    "address": "url: 'javascript:alert(1)'",
    "file address": "url: file:///etc/passwd",
    "credentials": "url: 'https://user:pass@example.org/'",
    "bidi": 'headline: "\u202egnp.exe\u202c \u2066x"',
    "homoglyphs": "outlet: \u0440\u0430\u0443\u0440\u0430l",
    "zalgo": "headline: خبر" + "\u0300" * 5_000,
    "long": f"headline: {'ا' * 500_000}",
    "controls": 'headline: "\\0\\a\\e[31m"',
    "not UTF-8": b"headline: \xff\xfe",
    "UTF-16": "headline: خبر".encode("utf-16"),
    "path": "topics: ['../../../etc/passwd']",
    "unknown": "__class__: x",
    "empty key": ": x",
    "tabs": "\theadline: x",
    "huge": "#" * 3_000_000,
}  # fmt: skip
TEXTS: dict[str, bytes] = {
    "deep lists": "\n".join(f"{'  ' * n}- {PROSE[:40]}" for n in range(1_000)).encode(),
    "deep quotes": b">" * DEEP + PROSE.encode(),
    "deep brackets": b"[" * DEEP + PROSE.encode() + b"]" * DEEP,
    "deep emphasis": b"*_" * DEEP + PROSE.encode(),
    "deep tags": b"<div>" * DEEP + PROSE.encode(),
    "deep parentheses": PROSE.encode() + b"(" * DEEP,
    "one word": "ا".encode() * 100_000,
    "only marks": "\u0300".encode() * 20_000 + PROSE.encode(),
    "bidi": f"\u202e{PROSE}\u202d\u2066\u2067\u2068{PROSE}\n{RIGHT * 500}{PROSE}".encode(),
    "homoglyphs": f"\u0440\u0430ki\u0455t\u0430n پاكستان پاکستان\n{PROSE}".encode(),
    "joiners": ("\u200c\u200d" * 5_000 + PROSE).encode(),
    "tags of plane 14": ("\U000e0041" * 3_000 + PROSE).encode(),
    "private use": ("\ue000\uf8ff" * 300 + PROSE).encode(),
    "noncharacters": ("\ufdd0\uffff\U0010ffff" * 30 + PROSE).encode(),
    "surrogates": b"\xed\xa0\x80\xed\xb0\x80" + PROSE.encode(),
    "overlong": b"\xc0\xbcscript\xc0\xbe" + PROSE.encode(),
    "UTF-7": b"+ADw-script+AD4-alert(1)" + PROSE.encode(),
    "zeros": bytes(1_000) + PROSE.encode(),
    "line ends": f"سرخی\r{PROSE}\x0b{PROSE}\x0c{PROSE}\x85{PROSE}\u2028{PROSE}\u2029{PROSE}".encode(),
    "many lines": "\n".join(["خبر۔"] * 30_000).encode(),
    "gzip": gzip.compress(bytes(5_000_000)),
    "zip": b"PK\x03\x04" + bytes(1_000),
    "backticks": b"`" * 50_000 + PROSE.encode(),
    "pipes": b"|" * 30_000 + b"\n" + b"|-" * 15_000 + PROSE.encode(),
    "entities": b"&amp;" * 20_000 + PROSE.encode(),
    "laughs": b'<!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>&b;' + PROSE.encode(),
    "years": ("سال 99999999999999999999 کے " * 500 + PROSE).encode(),
}
LINES: dict[str, bytes] = {
    "deep lists": b"[" * DEEP,
    "deep objects": b'{"a":' * DEEP,
    "deep in an unknown key": b'{"id": "d", "text": "x", "more": ' + b"[" * 900 + b"]" * 900 + b"}",
    "a number": b'{"id": 1e400, "text": "x"}',
    "a long number": b'{"id": ' + b"9" * 20_000 + b', "text": "x"}',
    "a surrogate": b'{"id": "\\ud800", "text": "\\udfff"}',
    "a path": json.dumps({"id": "../../../../etc/passwd", "text": PROSE}).encode(),
    "a long id": json.dumps({"id": "x" * 5_000, "text": f"{PROSE} {PROSE}"}).encode(),
    "a control": json.dumps({"id": "a\nb\t\x00", "text": PROSE}).encode(),
    "bidi": json.dumps({"id": "\u202ex", "text": PROSE}).encode(),
    "prototype": b'{"__proto__": {"x": 1}, "id": "p", "text": "x"}',
    "NaN": b'{"id": NaN, "text": "x"}',
    "a key twice": b'{"id": "k", "id": "l", "text": "x"}',
    "zeros": bytes(500),
    "half": b'{"id": "h", "text": "x',
    "a mark in the middle": b'\xef\xbb\xbf{"text": "x"}',
}


def _build(site: TinySite, tally: Tally, count: int) -> str:
    done = site.run("build")
    assert done.returncode == 0, done.stderr
    assert all(len(line) < 600 for line in done.stderr.splitlines())
    assert not [c for c in done.stderr if not c.isprintable() and c not in "\n\u200c\u200d"]
    there = site.folder.articles()
    assert {"a.txt", "b.txt", "gone.txt"} <= there.keys(), "a bad seed took a good one with it"
    tally["bad inputs"] += count
    return done.stderr


def test_sidecars_that_are_bombs_or_tricks(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site")
    for number, said in enumerate(SIDECARS.values()):
        site.folder.put({f"s{number:02}.txt": f"خبر {number}\n{PROSE}\n".encode(), f"s{number:02}.yml": said})
    said_of = _build(site, tally, len(SIDECARS))
    assert not list(tmp_path.rglob("ran"))
    shown = site.folder.articles()
    for number, name in enumerate(SIDECARS):
        assert f"s{number:02}.txt" in shown or f"seeds/s{number:02}." in said_of, f"{name}: neither a page nor a line"
    site.must_be(site.clean(tmp_path / "clean"))


def test_texts_that_are_bombs_or_tricks(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site")
    site.folder.put({f"t{number:02}.txt": body for number, body in enumerate(TEXTS.values())})
    said_of = _build(site, tally, len(TEXTS))
    shown = site.folder.articles()
    for number, name in enumerate(TEXTS):
        assert f"t{number:02}.txt" in shown or f"seeds/t{number:02}." in said_of, f"{name}: neither a page nor a line"
    controls = [chr(code).encode() for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    for path, body in site.folder.pages().items():
        assert not [control for control in controls if control in body], path
    site.must_be(site.clean(tmp_path / "clean"))


def test_lines_that_are_bombs_or_tricks(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site")
    good = [json.dumps({"id": f"good-{n}", "text": f"خبر {n}\n{PROSE}"}).encode() for n in range(len(LINES))]
    site.folder.put({"l.jsonl": b"\n".join(itertools.chain.from_iterable(zip(LINES.values(), good, strict=True)))})
    _build(site, tally, len(LINES))
    assert {f"l.jsonl#good-{n}" for n in range(len(LINES))} <= site.folder.articles().keys()
    site.must_be(site.clean(tmp_path / "clean"))


def test_names_and_links_that_lead_away(tmp_path: Path, tally: Tally) -> None:
    site = tiny_site(tmp_path / "site")
    seeds = site.root / "seeds"
    (tmp_path / "secret.txt").write_text(f"ایک راز جو کسی کو معلوم نہیں\n{PROSE}")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/x.txt").write_text(f"ایک راز جو کسی کو معلوم نہیں\n{PROSE}")
    links = {
        "out.txt": "../../secret.txt",
        "absolute.txt": str(tmp_path / "secret.txt"),
        "passwd.txt": "/etc/passwd",
        "folder": "../../secrets",
        "folder.txt": "../../secrets",
        "root": "/",
        "circle.txt": "circle.txt",
        "up": "..",
        "down": ".",
        "a.yml": "../../secret.txt",
        "null.txt": "/dev/null",
        "zero.txt": "/dev/zero",
        "random.txt": "/dev/urandom",
        "self.txt": "/proc/self/environ",
        "by-another.txt": "out.txt",
    }
    for name, to in links.items():
        (seeds / name).symlink_to(to)
    os.mkfifo(seeds / "pipe.txt")
    names = [
        "ا" * 125 + ".txt", "x" * 251 + ".txt", "..txt", "...txt", "-rf.txt", "--help.txt", "a;id.txt", "$(id).txt",
        "`id`.txt", "a b  c.txt", "%2e%2e%2f.txt", "con.txt", "nul.txt", "\u202etxt.exe.txt", "a\nb.txt", "a\tb.txt",
        "'\".txt", "<b>.txt", "{{ x }}.txt", "*.txt", "?.txt", "a#b.txt", "a&b=c.txt", "~.txt", "\u200e.txt",
        "\u0430.txt", "index.txt", ".txt", "\ufeff.txt", "\\..\\..\\x.txt",
    ]  # fmt: skip
    for number, name in enumerate(names):
        (seeds / name).write_text(f"خبر {number}\n{PROSE}\n", encoding="utf-8")
    (seeds / os.fsdecode(b"\xff\xfe.txt")).write_text(PROSE, encoding="utf-8")
    deep = seeds
    for _ in range(100):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(f"گہری خبر\n{PROSE}\n", encoding="utf-8")
    said = site.run("build")
    assert said.returncode == 0, said.stderr
    assert {"b.txt", "gone.txt"} <= site.folder.articles().keys()
    for tree in (site.folder.pages(), site.folder.site()):
        for path, body in tree.items():
            assert "ایک راز".encode() not in body, path
            assert b"root:x:" not in body
            assert b"PATH=" not in body
            assert ".." not in path.split("/")
            assert max(len(part.encode()) for part in path.split("/")) <= 255
    assert {path.name for path in tmp_path.iterdir()} == {"few", "secret.txt", "secrets", "site"}
    tally["bad inputs"] += len(links) + len(names) + 3


@pytest.mark.parametrize("locale", [{"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}])
def test_a_locale_without_letters(locale: dict[str, str], tmp_path: Path, tally: Tally) -> None:
    """Cron has the locale C: names of files and what is said of them are Urdu all the same."""
    site = tiny_site(tmp_path / "site")
    site.folder.put({"خبر.txt": f"{PROSE}\n", "خالی.txt": ""})
    done = site.run("build", LC_ALL="C", **locale)
    assert done.returncode == 0, done.stderr
    assert "خبر.txt" in site.folder.articles()
    state = site.state()
    assert "seeds/خبر.txt" in state.ledger
    for command in (["inspect", "seeds/خبر.txt"], ["review"], ["stats"], ["check"], ["add", "seeds/خبر.txt"]):
        assert site.run(*command, LC_ALL="C", **locale).stdout
        tally["commands without a locale"] += 1
    assert state == site.clean(tmp_path / "clean")


TAKEN = {
    "txt": {"laughs", "outside", "deep", "deep-page", "deep-lines", "path"},
    "html": {"outside", "deep-page", "deep-lines", "path"},
}
"""What somebody may have meant as an article: any text is a text, and browsers show any text as a page."""


@pytest.mark.parametrize("ending", some(("txt", "jsonl", "warc.gz", "html", "xml", "parquet", "zip", "yml"), 3))
def test_what_is_given_to_add_by_another_name(ending: str, tmp_path: Path, tally: Tally) -> None:
    """Bombs and files of another kind: counted, never half an article."""
    site = tiny_site(tmp_path / "site")
    come = tmp_path / "come"
    come.mkdir()
    with zipfile.ZipFile(come / f"zip.{ending}", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../out.txt", bytes(10_000_000))
    bodies = {
        "gzip": gzip.compress(bytes(30_000_000)),
        "laughs": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(12))
        + b"]><rss><channel><item><title>&a11;</title></item></channel></rss>",
        "outside": b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0">'
        b"<channel>&a;</channel></rss>",
        "deep": b"<rss>" + b"<a>" * DEEP,
        "deep page": b"<html><body><article>" + b"<div><p>" * DEEP + PROSE.encode(),
        "deep lines": b"[" * DEEP + b"\n" + b'{"text":' * DEEP,
        "nothing": b"",
        "zeros": bytes(100_000),
        "path": b"../../etc/passwd",
    }
    for name, body in bodies.items():
        (come / f"{name}.{ending}").write_bytes(body)
    done = site.run("add", *sorted(come.iterdir()))
    assert "root:x:" not in done.stdout + done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"few", "site", "come"}
    _build(site, tally, len(bodies) + 1)
    came = {name.partition("/")[2].rpartition("-")[0] for name in site.folder.articles().keys() - ONE.keys()}
    assert came <= TAKEN.get(ending, set())
    assert not [path for path, body in site.folder.pages().items() if b"root:x:" in body]
