"""Small gazetteers: one that shows every rule of linking, with a reader of what was linked; one for whole sites."""

from __future__ import annotations

from collections.abc import Mapping

from digest.model import Basis, Hints, LinkedStory, RawArticle
from digest.pipeline import Analyst


def weak(text: str, **rules: object) -> dict[str, object]:
    """Return a weak alias."""
    return {"text": text, "strength": "weak", **rules}


SMALL: Mapping[str, object] = {
    "countries/china": {
        "names": {"ur": "چین"},
        "iso": "CN",
        "aliases": {"ur": [{"text": "بیجنگ", "form": "capital"}, weak("چینی", needs={"after": ["صدر", "حکومت"]})]},
    },
    "countries/united-states": {"names": {"ur": "امریکہ"}, "iso": "US", "aliases": {"ur": ["امریکی"]}},
    "countries/pakistan": {"names": {"ur": "پاکستان"}, "iso": "PK"},
    "countries/india": {"names": {"ur": "بھارت"}, "iso": "IN"},
    "countries/finland": {"names": {"ur": "فن لینڈ"}, "iso": "FI"},
    "countries/georgia": {
        "names": {"ur": "جارجیا"},
        "iso": "GE",
        "aliases": {"ur": [{"text": "جارجیا", "unless": {"before": ["ریاست"], "entities": ["joe-biden"]}}]},
    },
    "countries/syria": {
        "names": {"ur": "شام"},
        "iso": "SY",
        "aliases": {
            "ur": [
                weak("شام", needs={"before": ["ملک"], "near": ["دمشق", "خانہ جنگی"], "article": ["پناہ گزین"]}),
                {"text": "شامی صدر", "form": "metonym"},
            ]
        },
    },
    "places/shanghai": {"names": {"ur": "شنگھائی"}, "countries": ["china"]},
    "places/punjab": {"names": {"ur": "پنجاب"}, "countries": ["pakistan", "india"]},
    "places/lahore": {"names": {"ur": "لاہور"}, "countries": ["pakistan"]},
    "places/delhi": {"names": {"ur": "دہلی"}, "countries": ["india"]},
    "organisations/sco": {"names": {"ur": "شنگھائی تعاون تنظیم"}},
    "organisations/knesset": {"names": {"ur": "کنیسٹ"}, "countries": ["pakistan"]},
    "organisations/nato": {"names": {"ur": "نیٹو"}},
    "people/joe-biden": {"names": {"ur": "جو بائیڈن"}, "aliases": {"ur": [weak("بائیڈن")]}},
    "people/hunter-biden": {"names": {"ur": "ہنٹر بائیڈن"}, "aliases": {"ur": [weak("بائیڈن")]}},
    "people/imran-khan": {
        "names": {"ur": "عمران خان"},
        "aliases": {"ur": [weak("خان", alone=False, needs={"entities": ["pakistan"]})]},
    },
    "historical/soviet-union": {"names": {"ur": "سوویت یونین"}},
    "phrases/ur": [{"text": "امریکی ڈالر"}, {"text": "چین کا سانس"}],
}


def read(analyst: Analyst, text: str, **overrides: tuple[str, ...]) -> LinkedStory:
    """Return the linked story of a text."""
    raw = RawArticle(
        locator="a",
        media_type="text/plain",
        body=text.encode(),
        overrides=Hints(basis=Basis.SIDECAR, **overrides),  # type: ignore[arg-type]
    )
    linked = analyst(raw, "x")
    for mention in linked.mentions:
        assert linked.story.text[slice(*mention.span)] == mention.surface
    return linked


def named(analyst: Analyst, text: str) -> list[tuple[str, str]]:
    """Return the entities that a sentence names, with their surfaces, in order."""
    return [(mention.entity, mention.surface) for mention in read(analyst, f"{text}۔").mentions]


FEW: Mapping[str, object] = {
    "countries/russia": {"names": {"ur": "روس"}, "iso": "RU"},
    "countries/kazakhstan": {"names": {"ur": "قازقستان"}, "iso": "KZ"},
    "countries/ukraine": {"names": {"ur": "یوکرین"}, "iso": "UA"},
    "countries/iran": {"names": {"ur": "ایران"}, "iso": "IR"},
    "countries/china": {"names": {"ur": "چین"}, "iso": "CN"},
    "countries/france": {"names": {"ur": "فرانس"}, "iso": "FR"},
    "people/vladimir-putin": {"names": {"ur": "ولادیمیر پوتن"}, "country": "russia"},
    "people/donald-trump": {"names": {"ur": "ڈونلڈ ٹرمپ"}},
    "people/imran-khan": {"names": {"ur": "عمران خان"}},
    "topics/diplomacy": {"names": {"ur": "سفارت کاری"}, "lexicon": {"ur": {"مذاکرات": 3, "سفیر": 3}}},
}
"""What tests of whole sites need: reading the thousands that the package ships takes longer than the rest of them."""
