"""A made-up archive with dates: enough articles, countries and people for every kind of page and picture."""

from __future__ import annotations

import datetime as dt
import json

_ABOUT = (
    ("روس", "صدر ولادیمیر پوتن", "نیٹو", "فوجی مشقوں"),
    ("پاکستان", "وزیر اعظم عمران خان", "اقوام متحدہ", "مہنگائی اور معیشت"),
    ("امریکہ", "صدر جو بائیڈن", "نیٹو", "فوجی امداد"),
    ("قازقستان", "صدر قاسم جومارت توقایف", "شنگھائی تعاون تنظیم", "تیل اور گیس کی تجارت"),
    ("چین", "صدر شی جن پنگ", "شنگھائی تعاون تنظیم", "تجارت اور سرمایہ کاری"),
    ("انڈیا", "وزیر اعظم نریندر مودی", "اقوام متحدہ", "کرکٹ میچ اور کھیل"),
    ("بحرین", "صدر جو بائیڈن", "اقوام متحدہ", "سرمایہ کاری"),
)
_FIRST = dt.date(2021, 10, 18)
_LATIN = "معاہدے میں KazMunayGas (KMG)، 28 بلین ڈالر اور CSTO، NATO کا ذکر ہے۔"


def busy_archive(count: int = 42) -> dict[str, str]:
    """Return seeds: articles of some weeks, several on some days, and two without a date."""
    lines = []
    for number in range(count):
        country, person, body, topic = _ABOUT[number % len(_ABOUT)]
        other, guest, _, _ = _ABOUT[(number * number + 1) % len(_ABOUT)]
        day = _FIRST + dt.timedelta(days=number * 5 // 3)
        text = (
            f"{person} نے {other} کے {guest} سے ملاقات میں {topic} پر بات کی اور {body} کے کردار کو اہم قرار دیا۔\n"
            f"{country} کی وزارت خارجہ کے مطابق {topic} کے معاملے پر {other} کے ساتھ بات چیت جاری رہے گی۔ {_LATIN}\n"
            f"مبصرین کے مطابق {country} اور {other} کے تعلقات میں یہ ملاقات نمبر {number + 1} ہے۔"
        )
        article = {"id": f"n{number}", "title": f"{country} اور {other}: {topic} پر {person} کا بیان", "text": text}
        if number > 1:
            article["published"] = day.isoformat()
        article["outlet"] = ("dawn", "bbc-urdu")[number % 2]
        lines.append(json.dumps(article, ensure_ascii=False))
    return {"busy.jsonl": "\n".join(lines) + "\n"}
