"""The types that pass between the stages.

`RawArticle` → `CleanArticle` → `Story` → `LinkedStory` → `Page`. All are frozen and slotted: a stage takes one and
returns the next, and nothing is changed behind anybody's back. Offsets are counted in Python characters (code
points) and ends are exclusive, as in slices.
"""

from digest.model.articles import (
    Basis,
    Block,
    BlockKind,
    CleanArticle,
    Credit,
    CreditRole,
    Dateline,
    Headline,
    Hints,
    Passage,
    PublishedAt,
    RawArticle,
    Removal,
    Source,
    Span,
    Story,
)
from digest.model.entities import Alias, Context, Entity, EntityKind
from digest.model.linking import Asset, LinkedStory, Mention, Page, Rejection, Term

__all__ = [
    "Alias",
    "Asset",
    "Basis",
    "Block",
    "BlockKind",
    "CleanArticle",
    "Context",
    "Credit",
    "CreditRole",
    "Dateline",
    "Entity",
    "EntityKind",
    "Headline",
    "Hints",
    "LinkedStory",
    "Mention",
    "Page",
    "Passage",
    "PublishedAt",
    "RawArticle",
    "Rejection",
    "Removal",
    "Source",
    "Span",
    "Story",
    "Term",
]
