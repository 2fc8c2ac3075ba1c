"""Where an article was first published: stated, or from the address of the original, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from digest.analyse.shortening import shortened
from digest.clean.article import tidy_of
from digest.gazetteer.load import Gazetteer
from digest.languages.pack import load_pack
from digest.model import Basis, CleanArticle, Entity, EntityKind, Source
from digest.sources.address import safe_url


class Outlets:
    """Finds outlets by the domains that the gazetteer lists."""

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self._language = language
        self._tidy = tidy_of(load_pack(language))
        organisations = gazetteer.of_kind(EntityKind.ORGANISATION)
        self._by_id: Mapping[str, Entity] = {entity.id: entity for entity in organisations}
        self._by_domain = {domain: entity for entity in organisations for domain in entity.domains}
        self._by_name = {name: entity for entity in organisations for name in entity.names.values()}

    def find(self, article: CleanArticle) -> Source:
        """Return the source of `article` and what that rests on."""
        stated = (*(layer.url for layer in article.origin.hint_layers()), article.source_url)
        url = next((url for url in stated if url and safe_url(url)), None)
        for layer in article.origin.hint_layers():
            if layer.outlet:
                entity = self._by_id.get(layer.outlet) or self._by_name.get(layer.outlet)
                name = entity.name(self._language) if entity else self._name(layer.outlet)
                return Source(outlet=entity.id if entity else None, name=name, url=url, basis=layer.basis)
        if url is None:
            return Source(outlet=None, name=None, url=None, basis=Basis.UNKNOWN)
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if entity := self._by_domain.get(".".join(labels[start:])):
                return Source(outlet=entity.id, name=entity.name(self._language), url=url, basis=Basis.URL)
        return Source(outlet=None, name=host, url=url, basis=Basis.URL)

    def _name(self, stated: str) -> str:
        return shortened(self._tidy(" ".join(stated.split()))[0])
