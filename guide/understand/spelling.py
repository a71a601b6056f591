"""How brands, categories and titles are taken apart into names."""

import re

from catalog.lexicon import fold, singular
from catalog.lexicon.brands import other_names

_SCRIPTS = re.compile(r"[\u3400-\u9fff·]+|[A-Za-z0-9][A-Za-z0-9&.+'’ \-]*[A-Za-z0-9+.]|[A-Za-z0-9]")
_WORDS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z0-9]+(?:[.'’\-/][A-Za-z0-9]+)*\+?")
_JOINTS = re.compile(r"\s*(?:&|/|>|,|、|与|和|\band\b)\s*")


def brand_names(brand: str) -> set[str]:
    """`苹果 Apple` is also said 苹果 and Apple, and HP is also 惠普; all folded."""
    parts = {fold(brand), *(fold(part) for part in _SCRIPTS.findall(brand))}
    known = {other for part in parts for other in other_names(part)}
    return {name for name in parts | known if len(name) > 1}


def category_names(category: str, *, parts: bool) -> set[str]:
    """`零食坚果 Snacks & Nuts` is 零食坚果, snacks & nuts and (with `parts`) snack and nut; folded, in the singular."""
    names = {fold(category)}
    for part in _SCRIPTS.findall(category):
        names.add(fold(part))
        names.update(fold(piece) for piece in _JOINTS.split(part) if parts)
    return {singular(name) for name in names if len(name) > 1}


def title_words(title: str) -> list[str]:
    """Words of a title as written; a run of Chinese characters counts as one."""
    return _WORDS.findall(title)
