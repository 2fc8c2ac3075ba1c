"""MkDocs' list of files without the generated ones: they are looked up when a link asks for them, and never walked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from digest.publish.links import Place
from digest.publish.source_page import read_page
from digest.publish.strict_inline import Unusual
from digest.publish.strict_markdown import render


class PublishedFiles(Files):
    """The hand-written files and the theme's; generated ones can be linked to, but MkDocs does not build them."""

    def __init__(self, files: Iterable[File], generated: frozenset[str], config: MkDocsConfig, docs: Path) -> None:
        super().__init__(files)
        self._generated = generated
        self._docs = docs
        self._config = config
        self._targets: dict[str, File] = {}
        self.asked: set[str] = set()
        """Paths that were looked up and are not hand-written, whether they are there or not."""
        self.noting = True

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path, a generated one too."""
        uri = PurePosixPath(path).as_posix()
        found = super().get_file_from_path(path)
        if found is None or uri in self._generated:
            if self.noting:
                self.asked.add(uri)
            if found is None and uri in self._generated:
                found = self._target(uri)
        return found

    def holds(self, path: str) -> bool:
        """Return whether there is a file; generated ones are not made for that."""
        return path in self._generated or super().get_file_from_path(path) is not None

    def _target(self, uri: str) -> File:
        if uri not in self._targets:
            file = generated_file(uri, self._docs, self._config)
            if file.is_documentation_page():
                _Target(file, self._config, lambda target: (self._docs / target).is_file())
            self._targets[uri] = file
        return self._targets[uri]


class _Target(Page):
    """A generated page that a link leads to: it is not built, but MkDocs may ask which anchors it has."""

    def __init__(self, file: File, config: MkDocsConfig, exists: Callable[[str], bool]) -> None:
        super().__init__(None, file, config)
        self._exists = exists

    @property
    def present_anchor_ids(self) -> set[str] | None:  # type: ignore[override]
        """Ids of its headings; None when only a full build could tell, and MkDocs does not check the link."""
        read = read_page(self.file.content_bytes)
        try:
            rendered = render(read.body, Place(self.file.src_uri, self._exists)) if read else None
        except Unusual:
            return None
        return {heading.id for heading in rendered.headings} if rendered else None


def generated_file(path: str, docs: Path, config: MkDocsConfig) -> File:
    """Return the file of a generated page or asset."""
    return File(path, str(docs), config.site_dir, use_directory_urls=True, inclusion=InclusionLevel.NOT_IN_NAV)
