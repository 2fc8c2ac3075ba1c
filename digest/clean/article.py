"""The clean stage on one screen: the bytes of an article become blocks, with a record of every change."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence

from digest.clean.blocks import classify, is_title_like
from digest.clean.boilerplate import boilerplate_of, split_footer
from digest.clean.characters import Tidy
from digest.clean.decode import decode
from digest.clean.lines import Line, tidy_lines
from digest.errors import ArticleError
from digest.languages.dates import date_reader
from digest.languages.detect import detect_language
from digest.languages.pack import LanguagePack, load_pack
from digest.model import CleanArticle, RawArticle, Removal
from digest.report import Issue

_DATE_LINES_AT_START = 8
_DATE_LINES_AT_END = 2
"""A line of publication stands under the headline, or at the very end."""

_KICKER_WORDS = 2
"""Words of a section's name above the headline, or of each part of one: سماء | پاکستان."""

_PARTS = re.compile(r"[|/›»>·•]")
_KICKERS = 3
_HEADLINE_WORDS = 5
"""So many words has what stands under a kicker at least, or it is no headline."""


def clean(raw: RawArticle, languages: Sequence[str]) -> CleanArticle:
    """Decode, tidy, take out boilerplate and tell blocks apart.

    Args:
        raw: the article as it came.
        languages: tags of the packs that may apply, the site's own first.

    Raises:
        ArticleError: it cannot be decoded, or no text is left.
    """
    text = decode(raw)
    stated = next((layer.language for layer in raw.hint_layers() if layer.language), None)
    tag = stated if stated and stated in languages else detect_language(text, languages)
    pack = load_pack(tag)
    lines, fixes = tidy_lines(text, tidy_of(pack))
    rules = boilerplate_of(pack)
    kept = rules.take_out(lines)
    body, footer = split_footer(kept, pack.language.closing)
    story, dates = _take_date_lines(body, pack)
    removals = [
        *kept.removals,
        *footer,
        *(Removal(rule="date-line", line=line.number, text=line.text) for line in dates),
    ]
    corrects = bool(raw.overrides.headline and not raw.hints.headline)
    title, story = _take_title(story, pack, _stated_headlines(raw, pack), removals, corrects=corrects)
    blocks, repeated = classify(story, pack, rules)
    if not blocks and not title:
        raise ArticleError(_nothing_left(raw, bool(lines)))
    return CleanArticle(
        origin=raw,
        language=tag,
        title=title.text if title else None,
        blocks=blocks,
        dateline_text=_earliest(dates, pack),
        source_url=kept.source_url,
        byline=kept.byline,
        related=kept.related,
        removals=tuple(sorted((*removals, *repeated), key=lambda removal: removal.line)),
        fixes=fixes,
    )


@functools.cache
def tidy_of(pack: LanguagePack) -> Tidy:
    """Return the tidy of a pack, compiled once."""
    return Tidy(pack)


def _stated_headlines(raw: RawArticle, pack: LanguagePack) -> frozenset[str]:
    """Return what a person or the source states: where a person corrects it, the text begins with the source's."""
    return frozenset(tidy_of(pack)(layer.headline)[0] for layer in raw.hint_layers() if layer.headline) - {""}


def _take_date_lines(lines: Sequence[Line], pack: LanguagePack) -> tuple[list[Line], list[Line]]:
    """Take out the lines that say no more than when; the first that is a date is the day of publication."""
    reader = date_reader(pack)
    last = len(lines) - _DATE_LINES_AT_END
    story: list[Line] = []
    dates: list[Line] = []
    for index, line in enumerate(lines):
        outside = index < _DATE_LINES_AT_START or index >= last
        (dates if outside and reader.is_date_line(line.text) else story).append(line)
    return story, dates


def _earliest(dates: Sequence[Line], pack: LanguagePack) -> str | None:
    """Return the line of publication: of full dates the earliest, for nothing is updated before it is published."""
    read = [(line, found) for line in dates if (found := date_reader(pack).line_date(line.text))]
    full = [(day, line.text) for line, found in read if (day := found.date())]
    if full:
        return min(full, key=lambda pair: pair[0])[1]
    return read[0][0].text if read else None


def _take_title(
    lines: Sequence[Line], pack: LanguagePack, stated: Collection[str], removals: list[Removal], *, corrects: bool
) -> tuple[Line | None, list[Line]]:
    """Take out the headline: the first line, when it is title-like and a story follows it.

    A headline that the source or a sidecar states is not repeated as the first line of the text, unless that line is
    all there is. Where only a person states one, the line that would have been it without them is what they correct.
    """
    above = _kickers(lines, pack, stated)
    removals += [Removal(rule="kicker", line=line.number, text=line.text) for line in lines[:above]]
    lines = lines[above:]
    if not lines:
        return None, []
    first, rest = lines[0], list(lines[1:])
    if stated:
        if first.text in stated and rest:
            removals.append(Removal(rule="headline-repeated", line=first.number, text=first.text))
            return None, rest
        if not (corrects and rest):
            return None, list(lines)
    if is_title_like(first, pack) and (not rest or any(line.words > first.words for line in rest)):
        while rest and rest[0].text == first.text:
            removals.append(Removal(rule="headline-repeated", line=rest[0].number, text=rest[0].text))
            rest.pop(0)
        if stated:
            removals.append(Removal(rule="headline-corrected", line=first.number, text=first.text))
            return None, rest
        return first, rest
    return None, list(lines)


def _kickers(lines: Sequence[Line], pack: LanguagePack, stated: Collection[str]) -> int:
    """Return how many lines name the section or the outlet, and stand above the headline."""
    count = 0
    while count < min(_KICKERS, len(lines)) and _is_kicker(lines[count], pack) and lines[count].text not in stated:
        count += 1
    headline = lines[count] if count < len(lines) else None
    if headline is None or not count:
        return 0
    if stated:
        return count if headline.text in stated else 0
    titled = headline.words >= _HEADLINE_WORDS and is_title_like(headline, pack)
    return count if titled and any(line.words > headline.words for line in lines[count:]) else 0


def _is_kicker(line: Line, pack: LanguagePack) -> bool:
    return is_title_like(line, pack) and all(len(part.split()) <= _KICKER_WORDS for part in _PARTS.split(line.text))


def _nothing_left(raw: RawArticle, had_lines: bool) -> Issue:  # noqa: FBT001 - one private caller
    if had_lines:
        return Issue(
            code="no-story",
            where=raw.locator,
            message="every line was taken for boilerplate, so there is nothing to publish",
            hint="See `digest inspect` for the rules that took them; delete the file if that is right",
        )
    return Issue(
        code="empty",
        where=raw.locator,
        message="the article has no text",
        hint="Put the text in, or delete the file",
    )
