"""Every language pack, found by listing: its own golden cases, and what all packs must have in common."""

from __future__ import annotations

import functools
import importlib.util
import re
import string
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from digest.clean.characters import Tidy
from digest.gazetteer.load import Gazetteer, load_gazetteer
from digest.inspect import facts
from digest.languages.dates import date_reader
from digest.languages.pack import FOLDER, available_languages, load_pack
from digest.model import LinkedStory, RawArticle
from digest.new_site import start_site
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed
from digest.write.wording import Wording

MODEL = "ur"
"""The pack that the others are compared with."""

FILES = frozenset(
    {"pack.yml", "characters.yml", "fold.yml", "dates.yml", "boilerplate.yml", "stopwords.txt", "ui.yml"}
    | {"romanise.yml", "example.txt", "examples.yml"}
)
THEME = FOLDER.parent / "theme"
OWN_THEME_LANGUAGES = ("ckb", "ps", "sd", "ug")
"""Languages that Material has no words for; ours are in `theme/partials/languages`."""

SITE = """\
site_name: {name}
docs_dir: docs
theme:
  name: material
  custom_dir: {theme}
  language: {language}
  direction: rtl
  font: false
plugins: [search]
"""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case of `examples.yml`."""

    name: str
    text: str
    expect: Mapping[str, Any]
    known_failure: str | None = None


@functools.cache
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@functools.cache
def analyst(languages: tuple[str, ...]) -> Analyst:
    return Analyst(gazetteer(), languages)


@functools.cache
def examples(tag: str) -> tuple[Example, ...]:
    return load_typed(FOLDER / tag / "examples.yml", tuple[Example, ...])


def case(tag: str, example: Example) -> Any:
    why = example.known_failure
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=why)] if why else []
    return pytest.param(tag, example, id=f"{tag}: {example.name}", marks=marks)


def understood(example: Example, languages: tuple[str, ...]) -> LinkedStory:
    raw = RawArticle(locator="seeds/example.txt", media_type="text/plain", body=example.text.encode())
    return analyst(languages)(raw, "example")


def found(example: Example, languages: tuple[str, ...]) -> dict[str, Any]:
    """Return the facts that `example` speaks of."""
    all_facts = facts(understood(example, languages), gazetteer().entities, "example")
    all_facts["countries"] = sorted(all_facts["countries"])
    all_facts["removed_rules"] = [removal["rule"] for removal in all_facts["removed"]]
    return {name: all_facts[name] for name in ("language", *example.expect)}


def expected(example: Example, tag: str) -> dict[str, Any]:
    wanted = {"language": tag} | dict(example.expect)
    if "countries" in wanted:
        wanted["countries"] = sorted(wanted["countries"])
    return wanted


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


every_pack = pytest.mark.parametrize("tag", available_languages())
every_example = pytest.mark.parametrize(
    ("tag", "example"), [case(tag, example) for tag in available_languages() for example in examples(tag)]
)


@every_example
def test_example_in_its_own_language(tag: str, example: Example) -> None:
    assert found(example, (tag,)) == expected(example, tag)


@every_example
@pytest.mark.parametrize("first", available_languages())
def test_example_among_all_languages(first: str, tag: str, example: Example) -> None:
    """Whatever the language of the site, the text tells its own."""
    languages = tuple(dict.fromkeys((first, *available_languages())))
    assert found(example, languages) == expected(example, tag)


@every_pack
def test_mentions_are_spans_of_the_displayed_text(tag: str) -> None:
    for example in examples(tag):
        linked = understood(example, (tag,))
        text = linked.story.text
        assert [text[slice(*mention.span)] for mention in linked.mentions] == [m.surface for m in linked.mentions]


@every_pack
def test_examples_are_enough(tag: str) -> None:
    kept = [example for example in examples(tag) if not example.known_failure]
    assert len(kept) >= 6
    assert len({example.name for example in examples(tag)}) == len(examples(tag))


@every_pack
def test_pack_has_every_file_and_each_says_what_it_is(tag: str) -> None:
    assert {path.name for path in (FOLDER / tag).iterdir()} >= FILES
    commented = [path for path in (FOLDER / tag).iterdir() if path.name != "example.txt"]
    assert not [path.name for path in commented if not path.read_text(encoding="utf-8").startswith("#")]


@every_pack
def test_pack_is_its_folder(tag: str) -> None:
    assert load_pack(tag).tag == tag


@every_pack
def test_interface_has_the_keys_and_placeholders_of_the_model(tag: str) -> None:
    ours, model = load_pack(tag).ui, load_pack(MODEL).ui
    assert ours.keys() == model.keys()
    texts = {key: text for key, text in model.items() if isinstance(text, str)}
    assert {key: placeholders(ours[key]) for key in texts} == {key: placeholders(text) for key, text in texts.items()}
    assert len(ours["months"]) == len(set(ours["months"])) == 12


@every_pack
def test_interface_is_filled_in(tag: str) -> None:
    words = Wording(load_pack(tag), {})
    assert not re.search(r"[{}]", words("page", number=words.number(2)) + words.articles(3) + words.month("2021-12"))


@every_pack
def test_dates_of_the_interface_are_read_again(tag: str) -> None:
    pack = load_pack(tag)
    reader = date_reader(pack)
    words = Wording(pack, {})
    for month in range(1, 13):
        text = f"{words.number(28)} {pack.ui['months'][month - 1]} {words.number(2021)}"
        read = reader.line_date(text)
        assert read, text
        assert (read.day, read.month, read.year) == (28, month, 2021)


@every_pack
def test_every_month_and_weekday_is_read(tag: str) -> None:
    dates = load_pack(tag).dates
    reader = date_reader(load_pack(tag))
    for number, names in dates.months.items():
        for name in names:
            read = reader.line_date(f"7 {name} 2021")
            assert read, name
            assert read.month == number, name
    assert sorted(dates.months) == list(range(1, 13))
    assert sorted(dates.weekdays) == list(range(1, 8))
    name = dates.months[1][0]
    for weekday in (weekday for names in dates.weekdays.values() for weekday in names):
        assert reader.line_date(f"{weekday} 7 {name} 2021"), weekday


@every_pack
def test_months_of_other_calendars_are_no_gregorian_ones(tag: str) -> None:
    dates = load_pack(tag).dates
    assert dates.hijri_months
    assert not set(dates.hijri_months) & {name for names in dates.months.values() for name in names}
    reader = date_reader(load_pack(tag))
    texts = [f"7 {month} {year}" for month in dates.hijri_months for year in ("1400", "1443")]
    texts += [f"{text} {mark}" for text in texts for mark in dates.hijri_marks]
    assert not [text for text in texts if reader.find(text) or reader.line_date(text)]


@every_pack
def test_fold_is_idempotent(tag: str) -> None:
    folder = load_pack(tag).folder
    texts = [example.text for example in examples(tag)] + sorted(load_pack(tag).stopwords)
    for text in texts:
        forms = folder.words(text).forms
        assert folder.words(" ".join(forms)).forms == forms


@every_pack
def test_tidy_leaves_tidy_text_alone(tag: str) -> None:
    """The example, the interface and the stop words are written as the pack itself would have them."""
    pack = load_pack(tag)
    tidy = Tidy(pack)
    lines = (FOLDER / tag / "example.txt").read_text(encoding="utf-8").splitlines()
    lines += [text for text in pack.ui.values() if isinstance(text, str)] + sorted(pack.stopwords)
    lines += [word.strip() for word in pack.ui["months"]]
    assert {line: tidy(line) for line in lines if tidy(line) != (line.strip(), {})} == {}


@every_pack
def test_tidy_is_idempotent(tag: str) -> None:
    tidy = Tidy(load_pack(tag))
    for example in examples(tag):
        for line in example.text.splitlines():
            once, _ = tidy(line)
            assert tidy(once) == (once, {})


@every_pack
def test_clitics_are_single_words_that_folding_leaves(tag: str) -> None:
    """A clitic that folds to nothing would match everywhere."""
    clitics, run_on = load_pack(tag).language.clitics, load_pack(tag).language.run_on
    for clitic in (*clitics.before, *clitics.after, *run_on.before, *run_on.after):
        assert load_pack(tag).folder.word(clitic)
        assert len(clitic.split()) == 1


@every_pack
def test_new_site_is_about_two_countries_and_putin(tag: str) -> None:
    text = (FOLDER / tag / "example.txt").read_text(encoding="utf-8")
    raw = RawArticle(locator="seeds/example.txt", media_type="text/plain", body=text.encode())
    all_facts = facts(analyst((tag,))(raw, "example"), gazetteer().entities, "example")
    assert len(all_facts["countries"]) == 2
    assert all_facts["people"] == ["vladimir-putin"]
    assert all_facts["published"] == "2026-01-01"
    assert all_facts["headline_basis"] == "found"


@every_pack
def test_arabic_and_persian_letters_stay_apart(tag: str) -> None:
    """Arabic keeps ي ك ة ى; Urdu and Persian write ی and ک instead of ي and ك, whatever the keyboard was."""
    tidied, _ = Tidy(load_pack(tag))("علي كتب على المدرسة")
    assert tidied == {"ar": "علي كتب على المدرسة"}.get(tag, "علی کتب علی المدرسة")


@pytest.mark.site
@every_pack
def test_new_site_builds(tag: str, tmp_path: Path) -> None:
    start_site(tmp_path / "site", "خبر", tag)
    built = run(["digest", "build", "--strict"], tmp_path / "site")
    assert built.returncode == 0, built.stdout + built.stderr
    pages = sorted((tmp_path / "site/site/articles").glob("**/index.html"))
    assert len(pages) == 1
    html = pages[0].read_text(encoding="utf-8")
    assert f'<html dir="rtl" lang="{tag}"' in html
    assert "people/vladimir-putin/" in html
    sheets = re.findall(r'stylesheet" href="([^"]+\.css)"', html)
    assert sheets
    assert [sheet for sheet in sheets if not (pages[0].parent / sheet).is_file()] == []


@pytest.mark.site
@pytest.mark.parametrize("language", OWN_THEME_LANGUAGES)
def test_theme_speaks_languages_that_material_does_not(language: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# خبر\n\nخبر\n\n## دوه\n\nدوه\n", encoding="utf-8")
    config = SITE.format(name="خبر", theme=THEME, language=language)
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    built = run(["mkdocs", "build", "--strict", "--quiet"], tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    html = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}"' in html
    assert re.search(r'<body dir="rtl"', html)


@pytest.mark.parametrize("language", OWN_THEME_LANGUAGES)
def test_theme_languages_have_every_word_that_material_has(language: str) -> None:
    spec = importlib.util.find_spec("material")
    assert spec
    assert spec.origin
    theirs = Path(spec.origin).parent / "templates/partials/languages/ur.html"
    words, model = theme_words(THEME / "partials/languages" / f"{language}.html"), theme_words(theirs)
    assert list(words) == list(model)
    assert words["language"] == language
    assert words["direction"] == "rtl"
    assert [key for key, text in words.items() if not text.strip() and key != "search.config.pipeline"] == []
    assert {key for key, text in words.items() if "#" in text} == {key for key, text in model.items() if "#" in text}


def theme_words(path: Path) -> dict[str, str]:
    return dict(re.findall(r'"([\w.]+)": "(.*)"', path.read_text(encoding="utf-8")))


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment that the tests run in."""
    program = Path(sys.executable).with_name(command[0])
    environment = {"PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1", "HOME": str(folder)}
    return subprocess.run(
        [str(program), *command[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
