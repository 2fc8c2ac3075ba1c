"""What the digest understands of an article and why, as plain data: for `digest inspect` and for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.model import Entity, EntityKind, LinkedStory


def facts(linked: LinkedStory, entities: Mapping[str, Entity], story_id: str) -> dict[str, Any]:
    """Return every field with its basis, every mention, every line taken out, every fix.

    Offsets count characters of the displayed text: headline (unless derived), blocks and credits, a line each.

    Args:
        linked: the article.
        entities: the gazetteer.
        story_id: what the article is called where it came from.
    """
    story = linked.story
    return {
        "id": story_id,
        "headline": story.headline.text,
        "headline_basis": str(story.headline.basis),
        "published": story.published.value.isoformat() if story.published.value else None,
        "published_basis": str(story.published.basis),
        "source": {
            "outlet": story.source.outlet,
            "name": story.source.name,
            "url": story.source.url,
            "basis": str(story.source.basis),
        },
        "language": story.language,
        "countries": [entities[entity].iso for entity in linked.term_ids(EntityKind.COUNTRY)],
        "topics": list(linked.term_ids(EntityKind.TOPIC)),
        "people": list(linked.term_ids(EntityKind.PERSON)),
        "organisations": list(linked.term_ids(EntityKind.ORGANISATION)),
        "summary": story.summary,
        "mentions": [
            {
                "entity": mention.entity,
                "kind": str(mention.kind),
                "surface": mention.surface,
                "start": mention.span[0],
                "end": mention.span[1],
                "form": mention.form,
                "why": mention.why,
            }
            for mention in linked.mentions
        ],
        "removed": [{"rule": removal.rule, "line": removal.line, "text": removal.text} for removal in story.removals],
        "fixes": dict(story.fixes),
    }
