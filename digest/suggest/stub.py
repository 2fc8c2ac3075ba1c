"""Writes the YAML of a suggested entity: a file that is complete but for what only an editor can know."""

from __future__ import annotations

from typing import Any

import yaml

from digest.model import EntityKind
from digest.suggest.rank import Suggestion

_MOST_SHORTS = 3
_MOST_SPELLINGS = 6


def entity_yaml(
    suggestion: Suggestion,
    tag: str,
    *,
    kind: EntityKind | None = None,
    name_en: str | None = None,
    country: str | None = None,
) -> str:
    """Return the file of a suggested entity.

    A country that was only named in the same articles is written as a comment: a guess is marked as a guess. A surname
    alone is a weak alias, which links where the full name does.

    Args:
        suggestion: what is to be added.
        tag: the language it was found in.
        kind: what it is, when the editor knows better.
        name_en: its English name.
        country: id of its country.
    """
    tally, kind = suggestion.tally, kind or suggestion.kind
    name = suggestion.name
    file: dict[str, Any] = {"names": {tag: name} | ({"en": name_en} if name_en else {})}
    guess = next(iter(tally.countries.most_common(1)), None)
    if kind is EntityKind.PLACE:
        file["countries"] = [country or (guess[0] if guess else "")]
    elif country:
        file["country"] = country
    spellings: list[Any] = [s for s, _ in tally.surfaces.most_common(_MOST_SPELLINGS) if s != name]
    shorts = [s for s, _ in tally.shorts.most_common(_MOST_SHORTS) if s != name and s not in spellings]
    spellings += [{"text": short, "form": "short", "strength": "weak"} for short in shorts]
    if spellings:
        file["aliases"] = {tag: spellings}
    text = yaml.safe_dump(file, allow_unicode=True, sort_keys=False, default_flow_style=False, width=120)
    if guess and not country:
        note = f"named in {guess[1]} of the {tally.articles} articles"
        text += (
            f"# a guess: {guess[0]} ({note})\n" if kind is EntityKind.PLACE else f"# country: {guess[0]}  # {note}\n"
        )
    return text


def alias_entry(suggestion: Suggestion) -> str | dict[str, str]:
    """Return the alias that a spelling variant is, as it stands in a file: a surname alone is a short form."""
    short = suggestion.kind is EntityKind.PERSON and len(suggestion.tally.name) == 1
    return {"text": suggestion.name, "form": "short"} if short else suggestion.name


def stub(suggestion: Suggestion, tag: str) -> str:
    """Return what accepting the suggestion would write: a file, or a line for one."""
    if suggestion.variant is None:
        return entity_yaml(suggestion, tag)
    return f"- {inline(alias_entry(suggestion))}\n"


def inline(value: object) -> str:
    """Return `value` as YAML on one line, quoted where it has to be.

    >>> inline("ریجس: چکابا"), inline({"text": "چکابا", "form": "short"})
    ("'ریجس: چکابا'", '{text: چکابا, form: short}')
    """
    listed = yaml.safe_dump([value], allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6)
    return listed.strip()[1:-1]
