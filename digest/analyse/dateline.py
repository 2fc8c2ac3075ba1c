"""The dateline at the start of a wire story: `کراچی (اے ایف پی)`, `ڈھاکہ ۔ یکم دسمبر (اے پی پی)`."""

from __future__ import annotations

import re

from digest.languages.pack import LanguagePack
from digest.model import Dateline

_DATELINE = re.compile(
    r"(?P<place>[^()\d۔،:؛\n]{2,40}?)\s*"
    r"(?:[۔،,]\s*(?P<date>[^()]{3,30}?))?\s*"
    r"[(（]\s*(?P<agency>[^()]{2,60}?)\s*[)）]\s*[۔:،-]?\s*"
)
_DATE_AND_AGENCY = re.compile(r"[۔،]\s*(?P<date>\d{1,2}\s*[^\s()\d]{3,12})\s*\(\s*(?P<agency>[^()\d]{4,20}?)\s*\)")
_LEDE = 600
"""Characters at the start of a story in which a dateline may stand behind a standfirst."""

_MAX_PLACE_WORDS = 4
_MAX_AGENCY_WORDS = 6


def split_dateline(paragraph: str, pack: LanguagePack) -> tuple[Dateline | None, str]:
    """Return the dateline of a first paragraph, if it has one, and the text behind it.

    >>> from digest.languages.pack import load_pack
    >>> urdu = load_pack("ur")
    >>> dateline, rest = split_dateline("ڈھاکہ ۔ یکم دسمبر (اے پی پی) بنگلہ دیش نے", urdu)
    >>> dateline.place, dateline.date_text, dateline.agency, rest
    ('ڈھاکہ', 'یکم دسمبر', 'اے پی پی', 'بنگلہ دیش نے')
    >>> split_dateline("صدر نے کہا (یہ درست ہے) کہ", urdu)[0]
    """
    match = _DATELINE.match(paragraph) if "(" in paragraph or "（" in paragraph else None  # most have none
    if match is None:
        return None, paragraph
    place = match["place"].strip()
    agency = match["agency"].strip()
    words = pack.folder.words(place).forms
    if not 0 < len(words) <= _MAX_PLACE_WORDS or not pack.folded_stopwords.isdisjoint(words):
        return None, paragraph  # a sentence has begun: «گفت پوتین (۷۰ ساله) که»
    if len(agency.split()) > _MAX_AGENCY_WORDS or any(map(str.isdigit, agency)):
        return None, paragraph
    dateline = Dateline(place=place, agency=agency, date_text=match["date"])
    return dateline, paragraph[match.end() :]


def buried_date(paragraph: str, pack: LanguagePack) -> str | None:
    """Return the date of a dateline that a scraper ran together with the standfirst before it.

    Only a date with an agency's acronym in brackets behind it is one: all other dates in running text are of events.

    >>> from digest.languages.pack import load_pack
    >>> buried_date("دونوں ٹیمیں کل روانہ ہوں گیلاہور۔ 17 ستمبر(اے پی پی) قومی ٹیم", load_pack("ur"))
    '17 ستمبر'
    >>> buried_date("وزارت نے کہا کہ 17 ستمبر (بدھ) کو تعطیل ہوگی", load_pack("ur"))
    """
    start = paragraph[:_LEDE]
    for match in _DATE_AND_AGENCY.finditer(start) if "(" in start else ():
        if set(match["agency"].split()) <= set(pack.language.letter_names):
            return match["date"]
    return None
