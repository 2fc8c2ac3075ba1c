"""Lines that are not the story, captions, and sentences that look like either; each file describes its format."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from digest.clean.article import clean
from digest.model import BlockKind, CleanArticle, RawArticle
from digest.reviewed_yaml import load_typed

FOLDER = Path(__file__).parent / "ur"
BEFORE = "حکومت نے متاثرہ علاقوں میں امدادی کام تیز کرنے کا اعلان کیا ہے اور خیمے روانہ کر دیے ہیں۔"
AFTER = "وزیر اعلیٰ نے کہا کہ متاثرین کو تنہا نہیں چھوڑا جائے گا اور نقصان کا ازالہ کیا جائے گا جبکہ اسکول بند رہیں گے۔"


class LineCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line that a rule takes out, and one like it that stays."""

    rule: str
    goes: str
    stays: str


class CaptionCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line, and the caption and credit in it, if any."""

    line: str
    caption: str | None = None
    credit: str | None = None


LINES = load_typed(FOLDER / "boilerplate.yml", list[LineCase])
CAPTIONS = load_typed(FOLDER / "captions.yml", list[CaptionCase])


def _clean(line: str) -> CleanArticle:
    body = f"{BEFORE}\n{line}\n{AFTER}"
    return clean(RawArticle(locator="case", media_type="text/plain", body=body.encode()), ("ur",))


@pytest.mark.parametrize("case", LINES, ids=[f"{number}-{case.rule}" for number, case in enumerate(LINES, 1)])
def test_a_line_goes_and_a_sentence_like_it_stays(case: LineCase) -> None:
    assert [removal.rule for removal in _clean(case.goes).removals if removal.line == 2] == [case.rule]
    kept = _clean(case.stays)
    assert not kept.removals
    assert [block.text for block in kept.blocks] == [BEFORE, case.stays, AFTER]


@pytest.mark.parametrize("case", CAPTIONS, ids=range(len(CAPTIONS)))
def test_a_caption_is_told_from_a_sentence(case: CaptionCase) -> None:
    captions = [block for block in _clean(case.line).blocks if block.kind is BlockKind.CAPTION]
    assert [block.text for block in captions] == ([case.caption] if case.caption else [])
    credits_ = [block.credit.text for block in captions if block.credit]
    assert credits_ == ([case.credit] if case.credit else [])
