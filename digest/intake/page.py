"""Web pages: the text of the article, by trafilatura, and what the page states of it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from digest.errors import ArticleError
from digest.intake.arrival import Arrival, Origin, checksum, one_line
from digest.intake.encoding import decode
from digest.intake.extras import need
from digest.model import Hints
from digest.report import Issue
from digest.retrieve.failure import shown

MEDIA_TYPES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_HEAD = 4_096
_UNTEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What neither lxml nor a text file takes."""


def read_page(
    body: bytes,
    *,
    where: str,
    address: str,
    retrieved: dt.datetime | None,
    charset: str | None = None,
    media_type: str = MEDIA_TYPES[0],
) -> Arrival:
    """Return the article of a page.

    Args:
        body: the page, decompressed.
        where: what to call it in messages.
        address: where it was retrieved, or the name of its file.
        retrieved: when, in UTC; None if nobody knows.
        charset: encoding that the server stated.
        media_type: what the server called it.

    Raises:
        ArticleError: it cannot be decoded, or holds no article.
        ConfigurationError: trafilatura is not installed.
    """
    stated = _CHARSET.search(body[:_HEAD])
    decoded = decode(body, charset or (stated[1].decode("ascii") if stated else None))
    if decoded is None:
        raise ArticleError(unknown_encoding(where))
    tree = _tree(decoded.text)
    text, hints = ("", Hints()) if tree is None else (_article_text(tree), _metadata(tree))
    if "://" in address and not hints.url:
        hints = dataclasses.replace(hints, url=address)
    if not text.strip():
        raise ArticleError(no_article(where))
    if hints.url and not _same_site(hints.url, address):
        hints = dataclasses.replace(hints, url=address)
    origin = Origin(
        address=address,
        retrieved=retrieved,
        sha256=checksum(body),
        media_type=media_type,
        encoding=decoded.encoding,
    )
    addresses = tuple(dict.fromkeys(url for url in (address, hints.url) if url and "://" in url))
    return Arrival(text=_with_headline(text, hints.headline), hints=hints, origin=origin, addresses=addresses)


def _same_site(stated: str, address: str) -> bool:
    """Return whether a page at `address` may call `stated` its own address: nobody speaks for another site."""
    if "://" not in address:
        return True
    hosts = [re.sub(r"^(?:www|m|amp)\.", "", urlsplit(url).hostname or "") for url in (stated, address)]
    return hosts[0] == hosts[1] or hosts[0].endswith(f".{hosts[1]}") or hosts[1].endswith(f".{hosts[0]}")


def text_of_html(markup: str) -> str:
    r"""Return the text of a piece of HTML, as feeds carry it: a line a paragraph.

    >>> text_of_html("<p>a <b>b</b></p><p>c&amp;</p>")
    'a b\nc&'
    """
    tree = _tree(f"<html><body>{markup}</body></html>")
    if tree is None:
        return ""
    for element in list(tree.iter("script", "style", "template", "noscript")):
        element.drop_tree()
    for element in tree.iter("p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "tr"):
        element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(filter(None, lines))


def _tree(text: str) -> Any:
    """Return the root of a page, or None; no deeper than libxml2 thinks safe, so that no nesting overflows a stack."""
    lxml_html = need("lxml.html", "html")
    etree = need("lxml.etree", "html")
    parser = lxml_html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    with contextlib.suppress(etree.LxmlError, ValueError, AssertionError):
        return lxml_html.document_fromstring(_UNTEXT.sub(" ", text).encode(), parser=parser)
    return None


def _metadata(tree: Any) -> Hints:
    from digest.intake.metadata import read_metadata  # noqa: PLC0415 - lxml is needed for pages only

    return read_metadata(tree)


def _article_text(tree: Any) -> str:
    trafilatura = need("trafilatura", "html")
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False)
    except Exception:  # noqa: BLE001 - a page that trips somebody's parser is a page without an article
        return ""
    lines = (line.strip() for line in (found.text if found else "").splitlines())
    return "\n".join(filter(None, lines))


def _with_headline(text: str, headline: str | None) -> str:
    """Put the stated headline above the text, as a person who saves an article does; not twice."""
    first = one_line(text.partition("\n")[0])
    return text if headline is None or first == headline else f"{headline}\n\n{text}"


def unknown_encoding(where: str) -> Issue:
    """Say that the bytes make no sense."""
    return Issue(
        code="unknown-encoding",
        where=shown(where),
        message="this is neither UTF-8, UTF-16 nor windows-1256, and no text in a language that there is a pack for",
        hint="Save it as UTF-8",
    )


def no_article(where: str) -> Issue:
    """Say that a page holds no article."""
    return Issue(
        code="no-article",
        where=shown(where),
        message="no article was found on this page; it may be a list, a video, or made by a script",
        hint="Save its text as a .txt file and add that",
    )
