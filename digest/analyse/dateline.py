"""The dateline at the start of a wire story: `کراچی (اے ایف پی)`, `ڈھاکہ ۔ یکم دسمبر (اے پی پی)`."""

from __future__ import annotations

import re

from digest.model import Dateline

_DATELINE = re.compile(
    r"(?P<place>[^()\d۔،:؛\n]{2,40}?)\s*"
    r"(?:[۔،,]\s*(?P<date>[^()]{3,30}?))?\s*"
    r"[(（]\s*(?P<agency>[^()]{2,60}?)\s*[)）]\s*[۔:،-]?\s*"
)
_MAX_PLACE_WORDS = 4
_MAX_AGENCY_WORDS = 6


def split_dateline(paragraph: str) -> tuple[Dateline | None, str]:
    """Return the dateline of a first paragraph, if it has one, and the text behind it.

    >>> dateline, rest = split_dateline("ڈھاکہ ۔ یکم دسمبر (اے پی پی) بنگلہ دیش نے")
    >>> dateline.place, dateline.date_text, dateline.agency, rest
    ('ڈھاکہ', 'یکم دسمبر', 'اے پی پی', 'بنگلہ دیش نے')
    >>> split_dateline("صدر نے کہا (یہ درست ہے) کہ")[0]
    """
    match = _DATELINE.match(paragraph)
    if match is None:
        return None, paragraph
    place = match["place"].strip()
    words = place.split()
    if (
        len(words) > _MAX_PLACE_WORDS
        or (len(words) > 1 and words[-1] in _NOT_A_PLACE)
        or len(match["agency"].split()) > _MAX_AGENCY_WORDS
    ):
        return None, paragraph
    dateline = Dateline(place=place, agency=match["agency"].strip(), date_text=match["date"])
    return dateline, paragraph[match.end() :]


_NOT_A_PLACE = frozenset({"نے", "کہا", "کے", "کی", "کا", "کو", "سے", "میں", "پر", "ہے", "ہیں", "اور"})
