"""The search index of a site: what is in it after articles come and go, and what is published."""

from __future__ import annotations

import gzip
from pathlib import Path

from digest.languages.pack import load_pack
from digest.pipeline import Site
from digest.search.encoding import swapped
from digest.search.site import publish, site_files, update_index
from digest.store.archive import Archive
from tests.sites import SEEDS, SiteFolder, make_site, read_tree

NAMES = sorted(SEEDS)


def _texts(site: Site) -> str:
    """Return everything that the index shows of articles."""
    parts = (part for path in site.search_index.glob("*/x*.bin") for part in _members(path))
    return "".join(swapped(gzip.decompress(part).decode()) for part in parts)


def _members(path: Path) -> list[bytes]:
    """Return the blocks of a pack of texts: each begins with the mark of gzip."""
    mark = b"\x1f\x8b\x08"
    return [mark + part for part in path.read_bytes().split(mark)[1:]]


def _built(folder: Path, content: str = "full") -> SiteFolder:
    site = make_site(folder, content=content)
    site.build_pages()
    return site


def test_an_article_that_is_gone_or_refused_is_not_found(tmp_path: Path) -> None:
    site = _built(tmp_path / "site")
    gone, refused = (site.articles()[name].removesuffix(".md") for name in NAMES[:2])
    assert gone in _texts(site.described())
    site.remove(NAMES[0])
    site.put({NAMES[1]: b"\xff\xfe\x00" * 9})
    site.build_pages()
    texts = _texts(site.described())
    assert gone not in texts
    assert refused not in texts


def test_a_site_of_excerpts_gives_away_no_more(tmp_path: Path) -> None:
    full = _texts(_built(tmp_path / "full").described())
    excerpts = _texts(_built(tmp_path / "excerpts", content="excerpt").described())
    last = SEEDS[NAMES[2]].decode().split()[-5]
    assert last in full
    assert len(excerpts) < len(full) / 2


def test_told_of_a_change_the_index_is_that_of_a_clean_build(tmp_path: Path) -> None:
    site = _built(tmp_path / "site").described()
    pack, gazetteer = load_pack("ur"), site.gazetteer()
    with Archive(site.root / site.settings.store) as archive:
        (story,) = [one for one, known in archive.known().items() if known[3] == 1]
        archive.remove(story)
        assert update_index(archive, gazetteer, pack, site.search_index, frozenset()) == 0
        assert update_index(archive, gazetteer, pack, site.search_index, frozenset((1,))) == 1
        update_index(archive, gazetteer, pack, tmp_path / "clean")
    assert dict(site_files(site.search_index, pack)) == dict(site_files(tmp_path / "clean", pack))


def test_what_is_published_is_the_index_and_nothing_else(tmp_path: Path) -> None:
    site = _built(tmp_path / "site")
    index, pack, folder = site.described().search_index, load_pack("ur"), tmp_path / "published"
    publish(index, folder, pack, from_files=True)
    assert read_tree(folder) == dict(site_files(index, pack, from_files=True))
    site.remove(NAMES[0])
    site.build_pages()
    kept = next(folder.glob("0-*/t0.bin"))
    publish(index, folder, pack)
    assert not kept.exists()
    segments = {name: content for name, content in site_files(index, pack) if "/" in name}
    assert {name: content for name, content in read_tree(folder).items() if "/" in name} == segments
    damaged = next(folder.glob("0-*/t0.bin"))
    damaged.write_bytes(b"cut")
    publish(index, folder, pack)
    assert read_tree(folder)[damaged.relative_to(folder).as_posix()] != b"cut"
    publish(index, folder, pack, from_files=True)
    publish(index, folder, pack)
    assert {name: content for name, content in read_tree(folder).items() if "/" in name} == segments
