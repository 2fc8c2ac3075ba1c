"""Whatever a file holds, whoever reads it ends with articles and issues, and never with an exception."""

from __future__ import annotations

import collections
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.intake.desk import bring_in
from digest.intake.encoding import decode
from digest.report import Issue
from digest.settings import Settings
from digest.sources.folder import read_folder
from tests.faults.reading import HONEST, read
from tests.intake_samples import TEXT, parquet

EVIL = st.sampled_from(
    [
        b"\x00",
        b"\xff\xfe",
        b"<![CDATA[",
        b"]]>",
        b"<!ENTITY x 'y'>",
        b"&#xd800;",
        b"<script>",
        b"\r\n\r\n",
        b"{",
        b"9" * 30,
        b": ",
        b"- &a ",
        b"\n---\n",
        b"!!python/name:os ",
        b"\t",
        b"\x1f\x8b",
    ]
)


@st.composite
def damaged(draw: st.DrawFn, body: bytes) -> bytes:
    """Return `body` with parts cut out, doubled, or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + draw(st.sampled_from([1, 8, 200, 10_000])))))
        put = draw(st.one_of(st.binary(max_size=8), EVIL, st.just(body[start:end] * 2)))
        body = body[:start] + put + body[end:]
    return body


@pytest.mark.parametrize("name", HONEST)
@given(data=st.data())
def test_any_damage_ends_in_words(name: str, tally: collections.Counter[str], data: st.DataObject) -> None:
    read(name, data.draw(damaged(HONEST[name])), tally)


@pytest.mark.parametrize("name", HONEST)
@given(body=st.binary(max_size=500))
def test_any_bytes_end_in_words(name: str, tally: collections.Counter[str], body: bytes) -> None:
    read(name, body, tally)


@given(body=st.binary(max_size=300), stated=st.one_of(st.none(), st.text(max_size=20)))
def test_any_bytes_are_decoded_or_not(body: bytes, stated: str | None) -> None:
    found = decode(body, stated)
    assert found is None or "\x00" not in found.text


@given(
    title=st.text(max_size=400),
    url=st.text(max_size=100),
    outlet=st.text(max_size=50),
    text=st.text(max_size=200),
    date=st.text(max_size=30),
)
def test_whatever_comes_in_can_be_read_by_the_build(title: str, url: str, outlet: str, text: str, date: str) -> None:
    row = {"text": f"{TEXT} {text}", "title": title, "url": f"https://{url}", "outlet": outlet, "published": date}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        (root / "seeds").mkdir(parents=True)
        (Path(folder) / "a.parquet").write_bytes(
            parquet([{k: v.encode("utf-8", "replace").decode() for k, v in row.items()}])
        )
        (outcome,) = bring_in(root, Settings(), [str(Path(folder) / "a.parquet")])
        assert (outcome.came, outcome.failed.total()) == (1, 0)
        items = list(read_folder(root / "seeds", 1_000_000))
        assert len(items) == 1
        assert not isinstance(items[0], Issue), items[0]
