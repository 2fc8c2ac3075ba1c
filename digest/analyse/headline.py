"""The headline: stated, found in the text, or derived from the lede and marked as derived."""

from __future__ import annotations

from digest.analyse.shortening import shortened
from digest.clean.article import tidy_of
from digest.languages.pack import LanguagePack
from digest.languages.sentences import each_sentence
from digest.model import Basis, BlockKind, CleanArticle, Headline


def find_headline(article: CleanArticle, pack: LanguagePack, lede: str) -> Headline:
    """Return the headline of `article` and what it rests on.

    Args:
        article: the cleaned article.
        pack: its language.
        lede: its first paragraph, without the dateline.
    """
    for layer in article.origin.hint_layers():
        if layer.headline and (stated := tidy_of(pack)(" ".join(layer.headline.split()))[0]):
            return Headline(text=shortened(stated), basis=layer.basis)
    if article.title:
        return Headline(text=article.title, basis=Basis.FOUND)
    if not lede:
        texts = [block.text for block in article.blocks if block.kind is not BlockKind.CAPTION]
        lede = (texts or [block.text for block in article.blocks])[0]
    return Headline(text=shortened(derive_headline(lede, pack)), basis=Basis.DERIVED)


def derive_headline(lede: str, pack: LanguagePack) -> str:
    """Make a headline of the first sentence: whole if it is short, else cut where a clause ends.

    >>> from digest.languages.pack import load_pack
    >>> derive_headline("صدر نے فتح کا دعویٰ کیا ہے۔ مزید یہ کہ", load_pack("ur"))
    'صدر نے فتح کا دعویٰ کیا ہے'
    """
    rules = pack.language.headline
    ends = pack.language.sentence_end + " "
    said = (sentence.rstrip(ends) for sentence in each_sentence(lede, pack))
    sentence = next(filter(None, said), lede.strip())  # a text of nothing but stops is its own headline
    words = sentence.split()
    if len(words) <= rules.derived_max_words:
        return sentence
    for length in range(rules.derived_max_words, 5, -1):
        rest = " ".join(words[length:])
        if any(rest.startswith(f"{words_} ") for words_ in rules.clause_breaks):
            return " ".join(words[:length]).rstrip("،, ")
    return " ".join(words[: rules.max_words]).rstrip("،,؛: ") + "…"
