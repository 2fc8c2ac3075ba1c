from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from digest.cli import main
from digest.errors import DigestError
from digest.gazetteer.files import PersonFile
from digest.gazetteer.load import load_gazetteer
from digest.pipeline import Analyst
from digest.reviewed_yaml import load_typed
from digest.settings import Settings
from digest.suggest.alias_line import add_alias
from digest.suggest.desk import Desk

SEED = (
    "زمبابوے کے کپتان ریگس زورپابویا نے ٹاس جیت کر بیٹنگ کا فیصلہ کیا۔ "
    "کوچ جیلف زورپاگ نے 51 رنز بنائے۔ صدر گلبدین ہوتک نے کہا۔"
)
OWN = """# reviewed by A. B.
names: {ur: جیلف زورپانگ, en: Jelf Zorpang}
aliases:
  ur:
    - زورپانگ جونیئر   # as in 1999
  # English below
  en: [Zorpang]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the settings of a site with a gazetteer of its own."""
    files = {
        "seeds/a.txt": SEED,
        "names/people/jelf-zorpang.yml": OWN,
        "names/countries/zimbabwe.yml": "names: {ur: زمبابوے}\niso: ZW\n",
        "mkdocs.yml": "plugins:\n  - digest:\n      gazetteer: [names]\n",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "mkdocs.yml"


def desk(site: Path, *files: Path, **settings: Any) -> Desk:
    """Return a desk whose gazetteer is the site's own alone, which is read in no time."""
    known = load_gazetteer([site.parent / "names"])
    return Desk(
        root=site.parent,
        settings=Settings(**({"gazetteer": ("names",)} | settings)),
        files=files,
        gazetteer=known,
        analyst=Analyst(known, ("ur",)),
    )


def listed(where: Desk, **asked: Any) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in map(json.loads, where.answer(as_json=True, **asked))}


def test_a_new_person_gets_a_file_that_passes_the_check(site: Path) -> None:
    run = CliRunner()
    arguments = ["--accept", "rigs-zorapaboia", "--name-en", "Regis Zorpabva", "--country", "pakistan"]
    (site.parent / "names" / "countries" / "zimbabwe.yml").unlink()
    result = run.invoke(main, ["suggest", "-f", str(site), *arguments])
    assert result.exit_code == 0, result.output
    path = site.parent / "names" / "people" / "regis-zorpabva.yml"
    file = load_typed(path, PersonFile)
    assert (file.names, file.country) == ({"ur": "ریگس زورپابویا", "en": "Regis Zorpabva"}, "pakistan")
    checked = run.invoke(main, ["check", "-f", str(site)])
    assert str(path) not in checked.output
    assert "regis-zorpabva" not in checked.output


def test_what_was_accepted_is_suggested_no_more(site: Path) -> None:
    before = listed(desk(site))
    list(desk(site).answer(accept=before["گلبدین ہوتک"]["id"], name_en="Gul Hotak"))
    assert set(before) - set(listed(desk(site))) == {"گلبدین ہوتک"}


def test_a_spelling_becomes_a_line_and_everything_else_stays(site: Path) -> None:
    path = site.parent / "names" / "people" / "jelf-zorpang.yml"
    found = listed(desk(site))["جیلف زورپاگ"]
    assert found["alias_of"] == "jelf-zorpang"
    list(desk(site).answer(accept=found["id"]))
    line = "    - زورپانگ جونیئر   # as in 1999\n"
    assert path.read_text(encoding="utf-8") == OWN.replace(line, line + "    - جیلف زورپاگ\n")
    assert "جیلف زورپاگ" not in listed(desk(site))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"accept": "nobody-at-all"}, "nothing is suggested under the id 'nobody-at-all'"),
        ({"slug": "../evil"}, "is no id"),
        ({"slug": "zimbabwe"}, "the id 'zimbabwe' is taken"),
        ({"slug": "x1", "kind": "place"}, "say which with --country"),
        ({"slug": "x1", "country": "atlantis"}, "there is no country 'atlantis'"),
    ],
)
def test_what_cannot_be_accepted_is_said_in_words_and_nothing_is_written(
    site: Path, asked: dict[str, str], message: str
) -> None:
    found = listed(desk(site))["گلبدین ہوتک"]["id"]
    before = sorted(site.parent.rglob("*"))
    with pytest.raises(DigestError, match=message):
        list(desk(site).answer(**({"accept": found} | asked)))
    assert sorted(site.parent.rglob("*")) == before


def test_without_a_folder_to_write_to_it_says_what_to_set(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.suggest.accept._is_checkout", lambda: False)
    found = listed(desk(site))["گلبدین ہوتک"]["id"]
    with pytest.raises(DigestError, match=r"gazetteer: \[gazetteer\]"):
        list(desk(site, gazetteer=()).answer(accept=found))


def test_limit_kind_and_files(site: Path) -> None:
    assert len(listed(desk(site), limit=1)) == 1
    assert listed(desk(site), kind="organisation") == {}
    other = site.parent / "other.txt"
    other.write_text("صدر گلبدین ہوتک نے کہا۔", encoding="utf-8")
    assert set(listed(desk(site, other))) == {"گلبدین ہوتک"}
    shown = "\n".join(desk(site).answer(limit=1))
    assert "why: " in shown
    assert "1 of 3 suggestions" in shown


def test_an_empty_archive_is_said_in_words(site: Path) -> None:
    (site.parent / "seeds" / "a.txt").unlink()
    with pytest.raises(DigestError, match="there is no article in seeds"):
        list(desk(site).answer())


@pytest.mark.parametrize(
    "text",
    [
        "names: {ur: پوتن}\n",
        "names: {ur: پوتن}",
        "names: {ur: پوتن}\naliases: {}\n",
        "names: {ur: پوتن}\naliases: {ur: [پوٹن]} # x\n",
        "names: {ur: پوتن}\naliases: {en: [Putin]}\ncountry: russia\n",
        "names: {ur: پوتن}\naliases:\n  ur: [پوٹن, پوتین]  # x\ncountry: russia\n",
        "names: {ur: پوتن}\naliases:\n  ur: []\n",
        "names: {ur: پوتن}\naliases:\n  en:\n    - Putin\n",
        "aliases:\n  ur:\n  - text: پوتن\n    unless:\n      before: [ا]\n  # more\n\n  en: [P]\nnames: {ur: پوتن}\n",
    ],
)
def test_an_alias_is_added_whatever_the_layout(text: str) -> None:
    changed = add_alias(text, "ur", "پیوٹن")
    before, after = yaml.safe_load(text), yaml.safe_load(changed)
    assert after.pop("aliases")["ur"] == [*((before.pop("aliases", None) or {}).get("ur") or []), "پیوٹن"]
    assert before == after
    assert all(comment in changed for comment in ("# x", "# more") if comment in text)


def test_an_alias_that_yaml_would_misread_is_quoted() -> None:
    changed = add_alias("names: {ur: پوتن}\naliases:\n  ur: [پوٹن]\n", "ur", "no: [x")
    assert yaml.safe_load(changed)["aliases"]["ur"] == ["پوٹن", "no: [x"]


def test_a_file_that_a_line_cannot_be_added_to_is_left_to_the_editor() -> None:
    with pytest.raises(DigestError, match="by hand: - پیوٹن"):
        add_alias("{names: {ur: پوتن}}\n", "ur", "پیوٹن")
