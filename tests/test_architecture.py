"""The laws of the house that a machine can check: who may import whom, how long things are, what markup is made of."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import ROOT

PACKAGE = ROOT / "digest"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("sources", "clean", "analyse", "link", "store", "suggest", "write", "search", "publish")
SHARED = ("model", "errors", "report", "kept", "installed", "reviewed_yaml", "settings", "languages", "gazetteer")
MARKED_UP = ("write", "publish")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TEXT_FILES = {".py", ".yml", ".yaml", ".toml", ".md", ".txt", ".tsv", ".json", ".js", ".css", ".html", ".sh", ""}
FROM_ARTICLES = {"text", "headline", "summary", "surface", "name", "title", "byline", "outlet_name", "description"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _part(module: str) -> str:
    """Return the part of the package that a module name belongs to: `digest.link.match` → `link`."""
    return module.split(".")[1] if "." in module else ""


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{_name(path)}: relative imports hide the direction"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "digest")


def _own_imports(path: Path) -> set[str]:
    return {_part(name) for name in _imports(path) if name.startswith("digest.")}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_run_one_way(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part in STAGES:
        later = set(STAGES[STAGES.index(part) + 1 :])
        assert not _own_imports(path) & later
        allowed = {*STAGES, *SHARED}
        # The last stage is what MkDocs calls: it runs the pipeline.
        assert _own_imports(path) <= (allowed | {"pipeline"} if part == "publish" else allowed)
    elif part in ("intake", "retrieve"):  # beside the stages: they bring in what the first stage reads
        allowed = {"intake", "retrieve", "sources", "clean", "store", "terminal", "__version__", *SHARED}
        assert _own_imports(path) <= (allowed - {"intake", "clean"} if part == "retrieve" else allowed)
    elif part in ("languages", "gazetteer"):
        assert _own_imports(path) <= {"languages", "gazetteer", "model", "errors", "report", "kept", "reviewed_yaml"}
    elif part in ("model", "errors", "report", "kept", "reviewed_yaml"):
        assert _own_imports(path) <= {"model", "errors", "report", "__version__"}


def test_languages_do_not_know_the_gazetteer() -> None:
    for path in (PACKAGE / "languages").rglob("*.py"):
        assert "gazetteer" not in _own_imports(path), _name(path)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_plugin_and_the_build_know_mkdocs(path: Path) -> None:
    foreign = {name.split(".")[0] for name in _imports(path)} & {"mkdocs", "material", "jinja2", "markdown"}
    if not (path.parent.name == "publish" and path.name.startswith("mkdocs_")):
        assert not foreign


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_retrieval_asks_other_servers(path: Path) -> None:
    of_networks = {"urllib3", "requests", "httpx", "http", "socket", "protego"}
    foreign = {name.split(".")[0] for name in _imports(path)} & of_networks
    assert not foreign or path.parent.name == "retrieve"
    assert "urllib.request" not in set(_imports(path))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_and_functions_fit_a_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 260
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "process", "data", "common", "misc"}
    assert not [_name(path) for path in MODULES if path.stem in vague]


def _tracked_files() -> list[Path]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=False)
    if listed.returncode:  # an unpacked archive has no git
        return [path for path in PACKAGE.rglob("*") if path.is_file()]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_invisible_direction_controls_in_any_file() -> None:
    texts = (path for path in _tracked_files() if path.suffix in TEXT_FILES)
    found = [_name(path) for path in texts if BIDI.search(path.read_bytes().decode("utf-8", "ignore"))]
    assert not found, "write them as escapes: what people review must be what the machine reads"


def _markdown_calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Markdown":
            yield node


def _inserted(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what an expression pastes together: parts of f-strings, operands of `+` and `%`, arguments of `format`."""
    for child in ast.walk(node):
        if isinstance(child, ast.FormattedValue):
            yield child.value
        elif isinstance(child, ast.BinOp):
            yield from (child.left, child.right)
        elif isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr == "format":
            yield from child.args


def test_markup_is_only_made_where_text_is_escaped() -> None:
    for path in MODULES:
        calls = list(_markdown_calls(path))
        assert not calls or path.parent.name in MARKED_UP, _name(path)
        if path.name == "markdown.py":
            continue
        for call in calls:
            pasted = [call.args[0], *_inserted(call.args[0])]
            bare = [n.attr for n in pasted if isinstance(n, ast.Attribute) and n.attr in FROM_ARTICLES]
            assert not bare, f"{_name(path)}:{call.lineno}: wrap {bare} in escape(...)"


def test_the_check_of_markup_sees_what_it_should() -> None:
    bad = ast.parse('Markdown(f"**{story.headline}** {escape(x.text)}")', mode="eval").body
    assert isinstance(bad, ast.Call)
    attributes = [node.attr for node in _inserted(bad.args[0]) if isinstance(node, ast.Attribute)]
    assert attributes == ["headline"]
