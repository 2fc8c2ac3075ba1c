"""What a name is not in one sentence of an article, it is not in the next, unless the article says otherwise."""

from __future__ import annotations

from digest.link.disambiguate import RULED_OUT, STRONG
from digest.link.namesakes import SOMEBODY
from digest.link.one_sense import settle
from digest.model import EntityKind, Mention, RawArticle, Rejection
from digest.pipeline import Analyst


def _mention(surface: str, entity: str, kind: EntityKind, start: int, why: str = STRONG) -> Mention:
    span = (start, start + len(surface))
    return Mention(entity=entity, kind=kind, span=span, surface=surface, form="name", alias=surface, why=why)


def _rejection(surface: str, entity: str, why: str) -> Rejection:
    return Rejection(entity=entity, span=(90, 90 + len(surface)), surface=surface, why=why)


def _entities(mentions: list[Mention], rejections: list[Rejection]) -> list[str]:
    kept, refused = settle(mentions, rejections, str.split)
    assert len(kept) + len(refused) == len(mentions) + len(rejections), "nothing is lost"
    return [mention.entity for mention in kept]


def test_the_bare_name_of_a_person_is_no_country() -> None:
    farmer = _rejection("اسرائیل", "israel", f"{SOMEBODY}a person's name begins with «محمد»")
    bare = [_mention("اسرائیل", "israel", EntityKind.COUNTRY, start) for start in (0, 20)]
    assert _entities(bare, [farmer]) == []


def test_a_country_that_is_named_otherwise_too_stays() -> None:
    farmer = _rejection("اسرائیل", "israel", f"{SOMEBODY}a person's name begins with «محمد»")
    bare = _mention("اسرائیل", "israel", EntityKind.COUNTRY, 0)
    demonym = _mention("اسرائیلی", "israel", EntityKind.COUNTRY, 20)
    assert _entities([bare, demonym], [farmer]) == ["israel", "israel"]


def test_one_exception_does_not_outweigh_several_plain_uses() -> None:
    river = _rejection("نائجر", "niger", f"{RULED_OUT}after «دریائے»")
    bare = [_mention("نائجر", "niger", EntityKind.COUNTRY, start) for start in (0, 20)]
    assert _entities(bare, [river]) == ["niger", "niger"]
    assert _entities(bare[:1], [river]) == []


def test_whom_the_context_made_out_is_meant_where_the_name_stands_alone() -> None:
    bowler = _mention("عمران خان", "imran-khan-cricketer", EntityKind.PERSON, 0, "after «فاسٹ باؤلر»")
    bare = _mention("عمران خان", "imran-khan", EntityKind.PERSON, 40)
    assert _entities([bowler, bare], []) == ["imran-khan-cricketer"] * 2


def test_a_street_called_after_somebody_leaves_him_his_name(analyst: Analyst) -> None:
    body = "نواز شریف نے کہا کہ نواز شریف پارک بند رہے گا۔"
    linked = analyst(RawArticle(locator="a", media_type="text/plain", body=body.encode()), "a")
    assert [mention.entity for mention in linked.mentions] == ["nawaz-sharif"]


def test_a_body_that_is_something_else_once_is_so_throughout() -> None:
    mode = _rejection("پی پی پی", "ppp", f"{RULED_OUT}before «موڈ»")
    assert _entities([_mention("پی پی پی", "ppp", EntityKind.ORGANISATION, 0)], [mode]) == []
    otherwise = _mention("پیپلز پارٹی", "ppp", EntityKind.ORGANISATION, 20)
    assert _entities([_mention("پی پی پی", "ppp", EntityKind.ORGANISATION, 0), otherwise], [mode]) == ["ppp", "ppp"]
