"""Which addresses a page may link to; sources and sidecars may state any."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def safe_url(url: str) -> bool:
    """Return whether `url` is an address that a page may link to: http or https, with a host, and printable.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)"), safe_url("https://a b/")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    plain = not any(
        character.isspace() or character in "<>\"'`\\^{|}" or not character.isprintable() for character in url
    )
    return parts.scheme in ("http", "https") and bool(host) and plain


def absolute(base: str, link: str) -> str:
    """Return where `link` leads from the page at `base`; what makes no sense is returned as it is, and is not safe.

    >>> absolute("https://example.org/a/", "../b"), absolute("https://example.org/", "http://[::1/")
    ('https://example.org/b', 'http://[::1/')
    """
    try:
        return urljoin(base, link)
    except ValueError:
        return link
