"""Write the base of ``digest/gazetteer/countries``: one YAML file per ISO 3166-1 country or territory.

    npm pack cldr-localenames-full i18n-iso-countries        # then unpack both archives
    python -m tools.countries CLDR_FOLDER ISO_FOLDER [--out digest/gazetteer/countries]

Both are the unpacked ``package`` folders. A country that has no file yet gets one. A file that exists only
gains what it lacks, at the end of the list it belongs to: what was written by hand stays as it is, to the byte.
Forms that were judged wrong are listed in ``REJECTED`` and never come back.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from digest.gazetteer.load import FOLDER
from digest.gazetteer.spelling_out import expand
from digest.languages.pack import load_pack

LANGUAGES = ("ur", "ar", "fa", "en")
DEFAULT_OUT = FOLDER / "countries"

#: Common English names where the first name of CLDR is not the one people use. The slug, the id for good, comes of it.
COMMON_NAMES = {
    "CC": "Cocos Islands",
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "GS": "South Georgia and the South Sandwich Islands",
    "HK": "Hong Kong",
    "HM": "Heard and McDonald Islands",
    "MM": "Myanmar",
    "MO": "Macau",
    "PS": "Palestine",
    "TL": "East Timor",
    "TR": "Turkey",
    "UM": "US Outlying Islands",
    "VC": "Saint Vincent and the Grenadines",
    "VI": "US Virgin Islands",
}

#: In the news everywhere, and in CLDR, but not (yet) assigned by ISO 3166-1.
NOT_ISO = frozenset({"XK"})

#: Forms of the sources that are wrong, or mean something else at least as often; never added.
REJECTED: dict[str, frozenset[str]] = {
    "AL": frozenset({"البانیاہ"}),
    "CG": frozenset({"Congo"}),
    "CD": frozenset({"Congo", "الكونغو", "کنگو"}),
    "GB": frozenset({"U.K."}),
    "SX": frozenset({"سینٹ مارٹن"}),
    "US": frozenset({"US", "U.S.", "U.S.A."}),
    "YT": frozenset({"میٹو"}),
}

_WRITTEN_OUT = {"&": "and", "St.": "Saint", "’": "'"}
_URDU_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "ۃ": "ہ"})


@dataclass(frozen=True)
class Country:
    """What the sources say about one country."""

    iso: str
    id: str
    forms: dict[str, list[str]]  # language -> forms, the best first


@cache
def folded(text: str) -> tuple[str, ...]:
    """What matching sees of a form; the Urdu rules serve Arabic and Persian as well."""
    return load_pack("ur").folder.phrase(text)


def slug(name: str) -> str:
    """ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def usable(form: str, language: str) -> str:
    """The form as it may stand in the gazetteer, or an empty string when it is of no use there."""
    form = "".join(c for c in form if unicodedata.category(c) != "Cf" or c == "\u200c")
    for sign, words in _WRITTEN_OUT.items():
        form = form.replace(sign, words)
    if language == "ur":
        form = form.translate(_URDU_LETTERS)
    form = re.sub(r"\s*[-–]\s*", "-" if language == "en" else " ", form).strip()
    if re.search(r"[(),،]", form) or (language != "en" and re.search(r"[A-Za-z]", form)):
        return ""
    return form


def cldr_forms(folder: Path, language: str) -> dict[str, list[str]]:
    """Territory code -> names, the common short one first, then the others."""
    path = folder / "main" / language / "territories.json"
    names = json.loads(path.read_text("utf-8"))["main"][language]["localeDisplayNames"]["territories"]
    forms: dict[str, list[str]] = {}
    for key, name in names.items():
        code, _, alternative = key.partition("-alt-")
        place = 0 if alternative == "short" and language != "en" else len(forms.get(code, []))
        forms.setdefault(code, []).insert(place, name)
    return forms


def iso_forms(folder: Path, language: str) -> dict[str, list[str]]:
    """Country code -> names in the ``i18n-iso-countries`` package."""
    names = json.loads((folder / "langs" / f"{language}.json").read_text("utf-8"))["countries"]
    return {code: [name] if isinstance(name, str) else list(name) for code, name in names.items()}


def read_sources(cldr: Path, iso: Path) -> list[Country]:
    """Every country with all its usable forms."""
    codes = {row[0] for row in json.loads((iso / "codes.json").read_text("utf-8"))} | NOT_ISO
    sources = {language: (cldr_forms(cldr, language), iso_forms(iso, language)) for language in LANGUAGES}
    countries = []
    for code in sorted(codes):
        forms: dict[str, list[str]] = {}
        for language in LANGUAGES:
            found = [form for source in sources[language] for form in source.get(code, [])]
            if language == "en" and code in COMMON_NAMES:
                found.insert(0, COMMON_NAMES[code])
            forms[language] = unlike(found, code, language)
        countries.append(Country(code, slug(forms["en"][0]), forms))
    return countries


def unlike(found: list[str], code: str, language: str) -> list[str]:
    """The usable forms among those found, without those that fold like an earlier one."""
    kept: dict[tuple[str, ...], str] = {}
    for raw in found:
        form = usable(raw, language)
        if form and not {raw, form} & REJECTED.get(code, frozenset()):
            kept.setdefault(folded(form), form)
    return list(kept.values())


def new_file(country: Country) -> str:
    """A file for a country that has none."""
    lines = [f"iso: {quoted(country.iso)}", "names:"]
    lines += [f"  {language}: {forms[0]}" for language, forms in country.forms.items() if forms]
    more = {language: forms[1:] for language, forms in country.forms.items() if forms[1:]}
    if more:
        lines.append("aliases:")
    for language, forms in more.items():
        lines += [f"  {language}:", *(f"    - {form}" for form in forms)]
    return "\n".join(lines) + "\n"


def quoted(word: str) -> str:
    """Norway's code is ``false`` in YAML unless it is quoted."""
    return f'"{word}"' if isinstance(yaml.safe_load(word), bool) else word


def block(lines: list[str], key: str, start: int, end: int, indent: int) -> tuple[int, int] | None:
    """Where the block under ``key`` at this depth lies: the lines after the key, up to the next key as deep or less."""
    for at in range(start, end):
        if lines[at] == " " * indent + key + ":":
            stop = at + 1
            while stop < end and (not lines[stop].strip() or lines[stop].startswith(" " * (indent + 1))):
                stop += 1
            while not lines[stop - 1].strip():
                stop -= 1
            return at + 1, stop
        if lines[at].startswith(" " * indent + key + ":"):
            raise ValueError(f"line {at + 1}: {key} is written on one line; write it as a block")
    return None


def completed(text: str, country: Country) -> str:
    """The text of a file with what the sources add to it."""
    data: dict[str, Any] = yaml.safe_load(text)
    lines = text.rstrip("\n").split("\n")
    for language, forms in country.forms.items():
        aliases = (data.get("aliases") or {}).get(language) or []
        there = [alias if isinstance(alias, str) else alias["text"] for alias in aliases]
        name = data["names"].get(language)
        known = {folded(form) for alias in [*there, name or ""] for form in expand(alias)}
        missing = [form for form in forms if folded(form) not in known]
        if not name and missing:
            at = block(lines, "names", 0, len(lines), 0)
            if not at:
                raise ValueError("there is no names block")
            lines.insert(at[1], f"  {language}: {missing.pop(0)}")
        if missing:
            add_aliases(lines, language, missing)
    return "\n".join(lines) + "\n"


def add_aliases(lines: list[str], language: str, forms: list[str]) -> None:
    """Put the forms at the end of the aliases of the language."""
    if block(lines, "aliases", 0, len(lines), 0) is None:
        lines.append("aliases:")
    start, end = block(lines, "aliases", 0, len(lines), 0) or (len(lines), len(lines))
    if block(lines, language, start, end, 2) is None:
        lines.insert(end, f"  {language}:")
        end += 1
    _, stop = block(lines, language, start, end, 2) or (end, end)
    lines[stop:stop] = [f"    - {form}" for form in forms]


def main() -> int:
    """Write the files and say what changed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("cldr", type=Path, help="the unpacked cldr-localenames-full")
    parser.add_argument("iso", type=Path, help="the unpacked i18n-iso-countries")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    files = {yaml.safe_load(path.read_text("utf-8"))["iso"]: path for path in options.out.glob("*.yml")}
    for country in read_sources(options.cldr, options.iso):
        path = files.get(country.iso, options.out / f"{country.id}.yml")
        before = path.read_text("utf-8") if path.exists() else ""
        try:
            after = completed(before, country) if before else new_file(country)
        except ValueError as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 1
        if after != before:
            path.write_text(after, "utf-8")
            print(f"{path.name}: {'completed' if before else 'new'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
