"""The form of the gazetteer's files, one type a kind; msgspec checks every file against it.

What the fields mean is described in `README.md` beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from digest.model import EntityKind

CONTEXTS = ("before", "after", "near", "article", "entities")
"""What a context rule may look at."""

Form = Literal["name", "variant", "short", "acronym", "demonym", "capital", "metonym", "title"]
Qid = Annotated[str, msgspec.Meta(pattern=r"^Q[1-9]\d*$")]
Iso = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]
Weight = Annotated[int, msgspec.Meta(ge=1, le=5)]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Names = Mapping[str, Text]


class ContextFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around an alias, as written in a file."""

    before: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()
    near: tuple[Text, ...] = ()
    article: tuple[Text, ...] = ()
    entities: tuple[Text, ...] = ()

    def plain(self) -> Mapping[str, tuple[str, ...]]:
        """Return only what is given."""
        return {kind: values for kind in CONTEXTS if (values := getattr(self, kind))}


class AliasFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An alias with more than its text."""

    text: Text
    form: Form = "variant"
    strength: Literal["strong", "weak"] = "strong"
    alone: bool = True
    needs: ContextFile = ContextFile()
    unless: ContextFile = ContextFile()


class EntityFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entity, as written in its file."""

    names: Names
    qid: Qid | None = None
    description: Names = {}
    aliases: Mapping[str, tuple[str | AliasFile, ...]] = {}


class CountryFile(EntityFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A country or territory of ISO 3166."""

    iso: Iso


class PlaceFile(EntityFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A region or city; a mention counts for its country."""

    countries: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class PersonFile(EntityFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A public figure."""

    country: str | None = None


class OrganisationFile(EntityFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body, party, company, agency or outlet."""

    country: str | None = None
    countries: tuple[str, ...] = ()
    type: Literal["body", "agency", "outlet", "party", "armed-group", "company", "team", "institution"] | None = None
    domains: tuple[str, ...] = ()


class HistoricalFile(EntityFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A state or body that is no more."""

    successors: tuple[str, ...] = ()


class TopicFile(EntityFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A subject and the words that speak for it."""

    parent: str | None = None
    iptc: str | None = None
    lexicon: Mapping[str, Mapping[Text, Weight]] = {}
    entities: Mapping[str, Weight] = {}


class PhraseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase that contains a name but is none."""

    text: Text
    why: str = ""


FILE_TYPES: Mapping[EntityKind, type[EntityFile]] = {
    EntityKind.COUNTRY: CountryFile,
    EntityKind.PLACE: PlaceFile,
    EntityKind.PERSON: PersonFile,
    EntityKind.ORGANISATION: OrganisationFile,
    EntityKind.HISTORICAL: HistoricalFile,
    EntityKind.TOPIC: TopicFile,
}
