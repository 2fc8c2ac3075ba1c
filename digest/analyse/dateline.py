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
    match = _DATELINE.match(paragraph)
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
