"""Whatever the article, it is understood or refused: no other error, and every mention is a span of what is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ArticleError
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import LanguagePack
from digest.model import Basis, EntityKind, Hints, LinkedStory, RawArticle
from digest.pipeline import Analyst
from digest.store.archive import Entry
from digest.write.article_page import article_page
from digest.write.permalinks import new_permalink
from digest.write.wording import Wording
from tests.articles import hints, mutations, pieces
from tests.rendering import render


def _analyse(analyst: Analyst, body: bytes, stated: Hints | None = None) -> LinkedStory | None:
    raw = RawArticle(locator="seeds/a.txt", media_type="text/plain", body=body, hints=stated or Hints())
    try:
        return analyst(raw, "abcdefghij")
    except ArticleError as error:
        issue = error.issue
    assert issue.code in {"empty", "no-story", "not-utf-8"}
    assert issue.message
    return None


def _hold(linked: LinkedStory | None) -> None:
    """Assert what must hold for every article."""
    if linked is None:
        return
    story, text = linked.story, linked.story.text
    assert story.headline.text.strip()
    assert "\n" not in story.headline.text
    position = 0
    for mention in linked.mentions:
        start, end = mention.span
        assert text[start:end] == mention.surface
        assert mention.surface
        assert start >= position, "mentions stand in the order of the text and never overlap"
        position = end
    for rejection in linked.rejections:
        assert text[slice(*rejection.span)] == rejection.surface
    keys = [(term.kind, term.entity) for term in linked.terms]
    assert len(set(keys)) == len(keys)
    assert (story.published.value is None) == (story.published.basis is Basis.UNKNOWN)
    assert (story.source.name is None) == (story.source.basis is Basis.UNKNOWN)


@given(body=pieces.map(str.encode) | st.binary())
def test_any_text_and_any_bytes_are_understood_or_refused(analyst: Analyst, body: bytes) -> None:
    _hold(_analyse(analyst, body))


@given(body=mutations())
def test_damaged_articles_are_understood_or_refused(analyst: Analyst, body: bytes) -> None:
    linked = _analyse(analyst, body)
    _hold(linked)
    assert _analyse(analyst, body) == linked, "an article is always understood in the same way"


@given(text=pieces, stated=hints)
def test_anything_may_be_stated_of_an_article(analyst: Analyst, text: str, stated: Hints) -> None:
    linked = _analyse(analyst, text.encode(), stated)
    _hold(linked)
    if linked is not None and linked.story.source.url:
        assert linked.story.source.url.startswith(("http://", "https://"))


@given(body=pieces.map(str.encode) | mutations(), stated=hints)
def test_any_article_that_is_understood_makes_a_page(
    analyst: Analyst, gazetteer: Gazetteer, pack: LanguagePack, body: bytes, stated: Hints
) -> None:
    linked = _analyse(analyst, body, stated)
    if linked is None:
        return
    story, permalink = linked.story, new_permalink(linked, pack.romanise)
    entry = Entry(story.id, permalink, story.headline.text, False, story.summary, None, None, None, 0, "ur")  # noqa: FBT003
    page = article_page(linked, entry, [], gazetteer.entities, Wording(pack, gazetteer.entities))
    assert page.path == f"{permalink}.md"
    assert isinstance(page.body, str)
    shown = render(page.body)
    assert not any(f"<{tag}" in shown for tag in ("script", "img", "code", "table", "blockquote", "ol", "hr", "em"))
    for term in linked.terms:
        if term.basis == "text" and term.kind is not EntityKind.TOPIC:
            assert f"/{term.entity}/index.md" in page.body
