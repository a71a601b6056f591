"""What shoppers call products, kinds and brands: short where that is clear, in the language they speak."""

import re
from collections.abc import Callable

from catalog.model import Product
from eval.generate.wordings import Language
from eval.text.fold import CJK, language_of

_ASIDE = re.compile(r"\s*[,，|（(【\[:：].*$|\s+[-–—]\s+.*$")
_HAN = re.compile(rf"[{CJK}]")
_SEPARATORS = re.compile(r"[-_/]+")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)+")
"""A category as a program writes it: mens-shoes."""
_OPEN = frozenset(("&", "and", "of", "the", "with", "for", "in", "del", "de", "la", "von", "le", "und", "y", "e"))
"""Words no name ends with."""


def title_in(product: Product, language: Language) -> str | None:
    """The product's title in the language, None if it has none."""
    if (product.language or language_of(product.title)).split("-")[0] == language:
        return product.title
    return next((said.title for code, said in product.translations.items() if code.split("-")[0] == language), None)


def half_in(name: str, language: Language) -> str | None:
    """The part of a name that is in the language (手机 of "手机 Phones", T恤 of "T恤 T-Shirts"), None if no part is."""
    words = [word for word in name.split() if bool(_HAN.search(word)) == (language == "zh")]
    said = " ".join(words)
    return (_SEPARATORS.sub(" ", said) if _SLUG.fullmatch(said) else said) or None


def brand_in(name: str, language: Language) -> str:
    """The brand as speakers of the language say it; a name in one script is the same in both."""
    return half_in(name, language) or name


def short_name(product: Product, title: str, is_clear: Callable[[str], bool]) -> str | None:
    """The brand and the fewest words after it that no other title holds; None where only all of it is clear.

    A title that does not begin with the brand is never cut: its first words would be a kind of goods.
    """
    words = _ASIDE.sub("", title).split()
    brand = (product.brand or "").casefold().split()
    named = next((at for at, word in enumerate(words) if word.casefold() not in brand), len(words))
    for count in range(named + 1, len(words) + 1 if named else 0):
        name = " ".join(words[:count])
        # A number belongs to the word after it: 60 支, "10 magnetic".
        is_open = words[count - 1].casefold() in _OPEN or words[count - 1].isdigit()
        if not is_open and name != title and is_clear(name):
            return name
    return None


def called(name: str, language: Language) -> str:
    """A product's name within a sentence."""
    return f"the {name}" if language == "en" else name
