"""What every way in to the site has to know of it: name, address, wording, and the day of the build."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import uuid
from collections.abc import Mapping
from urllib.parse import quote

from digest.errors import ConfigurationError
from digest.model import Entity, LinkedStory
from digest.report import Issue, Severity
from digest.settings import Settings
from digest.write.wording import Wording

_PLAIN = re.compile(r"[a-z0-9/.-]*")
"""Addresses that stand as they are: all that we make ourselves, and these are asked for ten times an article."""
_WIKIDATA = "https://www.wikidata.org/wiki/"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The site as its feeds, sitemaps and data describe it."""

    name: str
    description: str
    url: str | None
    """Where it is published, with a slash at the end; None when nobody has said so, and nothing is invented."""
    words: Wording
    entities: Mapping[str, Entity]
    settings: Settings
    today: dt.date
    folders: bool = True
    """Whether the address of a page ends in `/` (MkDocs' `use_directory_urls`) and not in `.html`."""

    def path(self, path: str) -> str:
        """Return the address of a page or file of the docs folder below the site (`page_address`)."""
        return page_address(path, folders=self.folders)

    def address(self, path: str) -> str | None:
        """Return the whole address of a page or file of the docs folder; None when that of the site is not known."""
        if self.url is None:
            return None
        address = self.path(path)
        return self.url + (address if _PLAIN.fullmatch(address) else quote(address))

    @property
    def language(self) -> str:
        """Tag of the language of the site."""
        return self.words.pack.tag

    @property
    def direction(self) -> str:
        """Direction of the language of the site."""
        return self.words.pack.language.direction

    @property
    def excerpt(self) -> bool:
        """Whether only the standfirst of an article may be shown."""
        return self.settings.content == "excerpt"

    def wikidata(self, entity: str) -> str | None:
        """Return the Wikidata page of an entity."""
        return wikidata_page(self.entities.get(entity))


def wikidata_page(known: Entity | None) -> str | None:
    """Return the Wikidata page of an entity, if it has one."""
    return f"{_WIKIDATA}{known.qid}" if known and known.qid else None


def page_address(path: str, *, folders: bool) -> str:
    """Return the address of a file of the docs folder below the site: pages are folders, if so, and other files stay.

    >>> [page_address(path, folders=True) for path in ("countries/india/index.md", "about.md", "feed.xml")]
    ['countries/india/', 'about/', 'feed.xml']
    >>> [page_address(path, folders=False) for path in ("countries/india/index.md", "about.md", "feed.xml")]
    ['countries/india/index.html', 'about.html', 'feed.xml']
    """
    if not path.endswith(".md"):
        return path
    above, slash, name = path.rpartition("/")
    is_index = name in ("index.md", "README.md")
    if not folders:
        return f"{above}{slash}index.html" if is_index else f"{path.removesuffix('.md')}.html"
    return above + slash if is_index else f"{path.removesuffix('.md')}/"


def stable_id(permalink: str) -> str:
    """Return the name of an article in feeds, for good: made of its permalink alone.

    It holds neither the host nor the scheme, so that readers are not shown everything again when a site moves.

    >>> stable_id("articles/2021/12/28/x")
    'urn:uuid:6e6be324-7f9b-5953-86b4-2081d8ce525a'
    """
    return uuid.uuid5(uuid.NAMESPACE_URL, permalink).urn


def build_day() -> dt.date:
    """Return the day of the build: that of `SOURCE_DATE_EPOCH` when it is set, so that builds can be repeated.

    Raises:
        ConfigurationError: it is no number of seconds since 1970.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = dt.datetime.now(dt.UTC) if not epoch else dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        issue = Issue(
            code="bad-epoch",
            where="SOURCE_DATE_EPOCH",
            message=f"{epoch!r} is no number of seconds since 1970",
            hint="Set it to what `date +%s` prints, or unset it",
        )
        raise ConfigurationError([issue]) from error
    return now.date()


def no_address() -> Issue:
    """Return what is said when nobody has told where the site is published."""
    return Issue(
        code="no-site-url",
        where="mkdocs.yml",
        message="no feeds, sitemaps, canonical links and pictures for shared links: they need the site's whole address",
        hint="Set `site_url: https://…/`, as soon as it is known",
        severity=Severity.NOTE,
    )


def is_shown_whole(linked: LinkedStory, publication: Publication) -> bool:
    """Return whether the text of an article may be shown."""
    return bool(linked.story.blocks) and not publication.excerpt
