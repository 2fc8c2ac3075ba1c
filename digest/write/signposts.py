"""`robots.txt` and `llms.txt`: what crawlers and language models are told first. A hand-written one stays."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Asset
from digest.store.archive import Archive
from digest.write.feeds import SITE_FEED, has_feeds
from digest.write.mark import MARK
from digest.write.markdown import Markdown, blocks, bullets, escape, heading
from digest.write.open_data import INDEX, SCHEMA, TERMS
from digest.write.permalinks import SECTIONS, section_path, term_path
from digest.write.publication import Publication
from digest.write.sitemaps import NEWS_SITEMAP, SITEMAP

_MOST = 12


def signposts(archive: Archive, publication: Publication) -> Iterator[Asset]:
    """Yield both files."""
    yield Asset(path="robots.txt", content=_robots(publication).encode(), optional=True)
    yield Asset(path="llms.txt", content=_llms(archive, publication).encode(), optional=True)


def _robots(publication: Publication) -> str:
    lines = [f"# {MARK}", "User-agent: *", "Allow: /"]
    if publication.url:
        lines += ["", *(f"Sitemap: {publication.address(path)}" for path in (SITEMAP, NEWS_SITEMAP))]
    return "\n".join(lines) + "\n"


def _llms(archive: Archive, publication: Publication) -> str:
    """Return the site in short, in the form of llmstxt.org: a title, a quotation, lists of links."""
    words = publication.words
    parts = [heading(1, escape(publication.name))]
    if publication.description:
        parts.append(Markdown(f"> {escape(publication.description)}"))
    pages = [_link(words(section), section_path(kind), publication) for kind, section in SECTIONS.items()]
    pages.append(_link(words("archive"), "archive/index.md", publication))
    parts += [heading(2, escape(words("articles"))), bullets(pages)]
    files = []
    if publication.settings.data:
        files += [_link(words(f"data_{name}"), path, publication) for name, path in _DATA.items()]
    if has_feeds(publication, of_terms=False):
        files += [_link(f"{words('feed')} ({form})", f"{SITE_FEED}.{end}", publication) for form, end in _FORMS.items()]
    if files:
        parts += [heading(2, escape(words("open_data"))), bullets(files)]
    for kind, section in SECTIONS.items():
        known = [entity for entity, _ in archive.term_counts(kind) if entity in publication.entities][:_MOST]
        if known:
            links = [_link(words.name(entity), term_path(kind, entity), publication) for entity in known]
            parts += [heading(2, escape(words(section))), bullets(links)]
    return blocks([*parts, Markdown(f"<!-- {MARK} -->")])


_DATA = {"articles": INDEX, "terms": TERMS, "schema": SCHEMA}
_FORMS = {"RSS": "xml", "JSON Feed": "json"}


def _link(name: str, path: str, publication: Publication) -> Markdown:
    """Return a link, with the whole address where it is known: the file is read far from the site."""
    return Markdown(f"[{escape(name)}]({publication.address(path) or publication.path(path) or './'})")
