"""Find product names in text: longest first, whole words, in every language a title has."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from catalog.model import Product
from eval.products import names
from eval.text.fold import CJK

_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_CUT = re.compile(r"\s*[,，|（(【\[:：]\s*|\s+[-–—]\s+")
# A shop-wide search ignores shorter names: "Notebook" or 台灯 are also plain words.
DISTINCT_TOKENS = 3


class Mention(NamedTuple):
    """A name in a text, and the products that go by it."""

    ids: frozenset[str]
    start: int
    end: int


class NameIndex:
    """The names of some products, looked up by their first word."""

    def __init__(self, products: Iterable[tuple[str, Iterable[str]]], min_tokens: int = 1) -> None:
        ids: dict[tuple[str, ...], set[str]] = {}
        for product_id, titles in products:
            for name in {name for title in titles for name in short_forms(title)}:
                tokens = tuple(token.lower() for token in _TOKEN.findall(name))
                if len(tokens) >= min_tokens:
                    ids.setdefault(tokens, set()).add(product_id)
        self._by_first: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
        for tokens in sorted((tokens for tokens in ids if tokens), key=len, reverse=True):
            self._by_first.setdefault(tokens[0], []).append((tokens, frozenset(ids[tokens])))

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none inside another."""
        matches = list(_TOKEN.finditer(text))
        words = [match[0].lower() for match in matches]
        found = []
        at = 0
        while at < len(words):
            for tokens, ids in self._by_first.get(words[at], []):
                if tuple(words[at : at + len(tokens)]) == tokens:
                    found.append(Mention(ids, matches[at].start(), matches[at + len(tokens) - 1].end()))
                    at += len(tokens)
                    break
            else:
                at += 1
        return found


def of_products(products: Iterable[Product], min_tokens: int = 1) -> NameIndex:
    """An index over the titles of records."""
    return NameIndex(((product.id, names(product)) for product in products), min_tokens)


def short_forms(title: str) -> list[str]:
    """A title, and the part before its first separator where that still has two words (or four characters)."""
    head = _CUT.split(title, maxsplit=1)[0]
    long_enough = len(head.split()) >= 2 or len(re.findall(f"[{CJK}]", head)) >= 4
    return [title, head] if long_enough else [title]
