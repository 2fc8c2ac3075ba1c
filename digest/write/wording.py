"""The pages' own words in the language of the site: dates, counts, names of things."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from digest.languages.pack import LanguagePack
from digest.model import Basis, Entity, Story

_DIGITS: Mapping[str, str] = {"western": "0123456789", "extended": "۰۱۲۳۴۵۶۷۸۹", "arabic": "٠١٢٣٤٥٦٧٨٩"}


class Wording:
    """Puts things into the words of one language.

    >>> from digest.languages.pack import load_pack
    >>> words = Wording(load_pack("ur"), {})
    >>> words.date(dt.date(2021, 12, 28)), words.date(None)
    ('28 دسمبر 2021', 'تاریخ نامعلوم')
    """

    def __init__(self, pack: LanguagePack, entities: Mapping[str, Entity]) -> None:
        self.pack = pack
        self._entities = entities
        self._names: dict[str, str] = {}
        self._plain: dict[str, str] = {}
        self._dates: dict[dt.date, str] = {}
        western = pack.language.digits == "western"
        self._digits = None if western else str.maketrans("0123456789", _DIGITS[pack.language.digits])

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a piece of wording, filled in."""
        if values:
            return self.pack.text(key, **values)
        if key not in self._plain:
            self._plain[key] = self.pack.text(key)
        return self._plain[key]

    def number(self, number: int) -> str:
        """Return a number in the digits of the site."""
        return str(number).translate(self._digits) if self._digits else str(number)

    def date(self, date: dt.date | None) -> str:
        """Return a day, or that it is unknown."""
        if date is None:
            return self("published_unknown")
        if date not in self._dates:
            self._dates[date] = self._date(date)
        return self._dates[date]

    def _date(self, date: dt.date) -> str:
        month = self.pack.ui["months"][date.month - 1]
        return self("date", day=self.number(date.day), month=month, year=self.number(date.year))

    def short_date(self, date: dt.date) -> str:
        """Return a day without its year, where the year stands above."""
        return self("day_month", day=self.number(date.day), month=self.pack.ui["months"][date.month - 1])

    def month(self, month: str) -> str:
        """Return a month given as `2021-12`."""
        year, number = month.split("-")
        return self("month_year", month=self.pack.ui["months"][int(number) - 1], year=self.number(int(year)))

    def name(self, entity: str) -> str:
        """Return what an entity is called in the language of the site."""
        name = self._names.get(entity)
        if name is None:
            known = self._entities.get(entity)
            name = self._names[entity] = known.name(self.pack.tag) if known else entity
        return name

    def entity(self, entity: str) -> Entity | None:
        """Return what the gazetteer knows of an entity; nothing for an outlet that has only a host name."""
        return self._entities.get(entity)

    def articles(self, count: int) -> str:
        """Return a count of articles."""
        return self("article_count", count=self.number(count))

    def reading_minutes(self, story: Story) -> int:
        """Return how long the story takes to read, in whole minutes."""
        return max(1, math.ceil(story.words / self.pack.language.words_per_minute))

    def source(self, story: Story) -> str:
        """Return the outlet, or that it is unknown."""
        if story.source.basis is Basis.UNKNOWN or not story.source.name:
            return self("source_unknown")
        return story.source.name
