"""The analyse stage on one screen: blocks become a story, every field with its basis."""

from __future__ import annotations

import hashlib

from digest.analyse.dateline import split_dateline
from digest.analyse.headline import find_headline
from digest.analyse.published import find_published
from digest.analyse.shortening import LONGEST_SUMMARY, shortened
from digest.analyse.source import Outlets
from digest.analyse.summary import summarise
from digest.clean.article import tidy_of
from digest.clean.lines import count_words
from digest.languages.pack import LanguagePack
from digest.model import BlockKind, CleanArticle, Story


def analyse(article: CleanArticle, story_id: str, pack: LanguagePack, outlets: Outlets) -> Story:
    """Return what `article` says of itself: headline, date, source, standfirst."""
    first = next((block for block in article.blocks if block.kind is BlockKind.PARAGRAPH), None)
    dateline, lede = split_dateline(first.text, pack) if first else (None, "")
    if first and first.aside:
        lede = lede[: len(lede) - (len(first.text) - first.aside[0])].strip()
    stated = next((layer.summary for layer in article.origin.hint_layers() if layer.summary), None)
    summary = tidy_of(pack)(stated)[0] if stated else summarise(article.blocks, lede, pack)
    byline = next((layer.byline for layer in article.origin.hint_layers() if layer.byline), article.byline)
    return Story(
        id=story_id,
        locator=article.origin.locator,
        checksum=hashlib.sha256(article.origin.body).hexdigest(),
        language=article.language,
        headline=find_headline(article, pack, lede),
        summary=shortened(summary, LONGEST_SUMMARY),
        byline=byline and shortened(byline),
        dateline=dateline,
        published=find_published(article, dateline, pack),
        source=outlets.find(article),
        blocks=article.blocks,
        related=article.related,
        removals=article.removals,
        fixes=article.fixes,
        words=sum(count_words(block.text) for block in article.blocks),
    )
