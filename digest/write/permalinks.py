"""Where pages are: the address of a new article, and the paths of everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from digest.languages.romanise import RomaniseTable, romanise
from digest.model import EntityKind, LinkedStory

_SLUG_LENGTH = 60
SECTIONS: Mapping[str, str] = {
    EntityKind.COUNTRY: "countries",
    EntityKind.TOPIC: "topics",
    EntityKind.PERSON: "people",
    EntityKind.ORGANISATION: "organisations",
    "outlet": "outlets",
}
"""Kind of term → folder of its pages."""


def new_permalink(linked: LinkedStory, table: RomaniseTable) -> str:
    """Return the address of a new article: day or `undated`, a readable part, the id.

    The folders are small (a day; a 32nd of those without a date), so that none grows without limit.
    """
    story = linked.story
    end = len(story.headline.text)
    names = {m.surface: m.entity for m in linked.mentions if m.surface in story.headline.text and m.form != "demonym"}
    slug = romanise(story.headline.text[:end], table, names)
    words: list[str] = []
    for word in slug.split("-"):
        if len("-".join([*words, word])) > _SLUG_LENGTH:
            break
        words.append(word)
    name = "-".join([*words, story.id]).lstrip("-")
    return f"articles/{folder_of(story.published.value, story.id)}/{name}"


def folder_of(published: dt.date | None, story_id: str) -> str:
    """Return the folder of an article below `articles/`."""
    return f"{published:%Y/%m/%d}" if published else f"undated/{story_id[0]}"


def article_path(permalink: str) -> str:
    """Return the source path of an article."""
    return f"{permalink}.md"


def section_path(kind: str) -> str:
    """Return the path of the page that lists all terms of a kind."""
    return f"{SECTIONS[kind]}/index.md"


def term_path(kind: str, entity: str, number: int | None = None, *, undated: bool = False) -> str:
    """Return the path of a term's page: the open one, or the sealed one with that number."""
    name = "index" if number is None else f"undated-{number}" if undated else f"{number}"
    return f"{SECTIONS[kind]}/{entity}/{name}.md"


def month_path(month: str | None, number: int | None = None) -> str:
    """Return the path of the archive page of a month (`2021-12`), or of the articles without a date."""
    folder = "archive/undated" if month is None else f"archive/{month.replace('-', '/')}"
    return f"{folder}/{'index' if number is None else number}.md"


def year_path(year: str) -> str:
    """Return the path of the archive page of a year."""
    return f"archive/{year}/index.md"
