"""Decides whether an alias is the entity: شام the country, or شام the evening.

The rules are data (`needs` and `unless` of an alias); this is only their reading. `unless` forbids any
alias. A strong alias then counts. A weak one counts when one of its `needs` holds, or when the same entity
is established elsewhere in the article.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from digest.gazetteer.lexicon import Candidate
from digest.languages.fold import Words
from digest.link.match import Match
from digest.model import Context

ELSEWHERE = "named elsewhere in the article"
"""Why a weak alias counts when only the rest of the article speaks for it."""

STRONG = "strong alias"
"""Why a strong alias counts."""

RULED_OUT = "not "
"""What the reason begins with when `unless` forbids an alias."""

BESIDE = ("after «", "before «")
"""What a reason begins with when a word right beside the alias decided."""

NEAR = 12
"""How many words either side are `near`."""

Sequence = tuple[str, ...]


def decide(
    candidate: Candidate, match: Match, words: Words, article: AbstractSet[str], established: AbstractSet[str]
) -> tuple[bool, str]:
    """Return whether `candidate` counts at `match`, and why.

    Args:
        candidate: the entity and alias in question.
        match: where the alias stands in `words`.
        words: the words of the passage.
        article: all folded words of the article.
        established: entities that the article names without doubt.
    """
    if candidate.entity is None:
        return False, "part of a phrase that is no name"
    if unless := candidate.unless:
        reason = holds(unless, match, words, article, established, but=candidate.entity.id)
        if reason:
            return False, f"{RULED_OUT}{reason}"
    if candidate.alias.strong:
        return True, STRONG
    if needs := candidate.needs:
        reason = holds(needs, match, words, article, established)
        if reason:
            return True, reason
    if candidate.alias.alone and candidate.entity.id in established:
        return True, ELSEWHERE
    return False, "weak alias, and nothing around it speaks for it"


def holds(
    context: Context,
    match: Match,
    words: Words,
    article: AbstractSet[str],
    established: AbstractSet[str],
    *,
    but: str | None = None,
) -> str | None:
    """Return in words which part of `context` holds, or None.

    Args:
        context: the rule.
        match: where the alias stands in `words`.
        words: the words of the passage.
        article: all folded words of the article.
        established: entities that the article names without doubt.
        but: the one entity of those that does not speak here, being the one in question.
    """
    left = words.forms[max(0, match.first - NEAR) : match.first]
    right = words.forms[match.last : match.last + NEAR]
    # Most rules do not hold, and two look-ups say so: a rule may list a hundred words.
    if not (context.openers.isdisjoint(left) and context.openers.isdisjoint(right)) and (
        reason := _around(context, left, right)
    ):
        return reason
    for phrase in context.article:
        if phrase and article >= frozenset(phrase):
            return f"in an article with «{' '.join(phrase)}»"
    if context.entities.isdisjoint(established):
        return None
    named = sorted(entity for entity in context.entities & established if entity != but)
    return f"in an article that names {named[0]}" if named else None


def _around(context: Context, left: list[str], right: list[str]) -> str | None:
    """Return in words which phrase of `context` stands in the words on either side, or None."""
    tests: tuple[tuple[str, tuple[Sequence, ...], Callable[[Sequence], bool]], ...] = (
        ("after", context.before, lambda phrase: tuple(left[-len(phrase) :]) == phrase),
        ("before", context.after, lambda phrase: tuple(right[: len(phrase)]) == phrase),
        ("near", context.near, lambda phrase: contains(left, phrase) or contains(right, phrase)),
    )
    for name, phrases, test in tests:
        for phrase in phrases:
            if phrase and test(phrase):
                return f"{name} «{' '.join(phrase)}»"
    return None


def contains(forms: list[str], phrase: Sequence) -> bool:
    """Return whether `phrase` stands in `forms`.

    >>> contains(["a", "b", "c"], ("b", "c"))
    True
    """
    if not phrase:
        return False
    if len(phrase) == 1:
        return phrase[0] in forms
    if phrase[0] not in forms:
        return False
    last = len(forms) - len(phrase) + 1
    return any(tuple(forms[start : start + len(phrase)]) == phrase for start in range(last))
