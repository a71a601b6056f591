"""The form in which sentences and evidence are compared, and the clauses that a statement reaches over."""

import re
import unicodedata
from itertools import pairwise

from catalog.language import simplify
from catalog.numerals import find

# What would change its meaning under NFKC (″ falls apart into two primes), or is written without the blank we need.
_SPELLING = (
    (re.compile(r"[″＂]"), '"'),
    (re.compile(r"[™®©]"), ""),
    (re.compile(r"\b(US\$|CNY|RMB|USD|EUR|GBP|JPY)(?=\d)"), r"\1 "),
    (re.compile(r"(?<=[a-z])_(?=[a-z])"), " "),
)
_PERCENT = re.compile(r"百分之([\d.零一二两三四五六七八九十百点]+)")
_DISCOUNT = re.compile(r"(\d(?:\.\d)?|\d\d|[一二三四五六七八九]{1,2})\s?折(?![叠扣痕射合纸])")
_SPLIT = re.compile(
    r",(?!\d{3})|[;:。!?、—\n]|\.(?=\s|$|\[)|\b(?:and|but|while|whereas|though|although|or|nor)\b|[而但和与]|以及|虽然|不过",
    re.IGNORECASE,
)

_TERM = re.compile(r"[a-z0-9]+|[\u3400-\u9fff](?=([\u3400-\u9fff]))", re.IGNORECASE)
_EMPTY = frozenset({
    "a", "an", "the", "is", "are", "was", "be", "it", "its", "this", "that", "these", "they", "you", "your", "we",
    "our", "i", "to", "of", "in", "on", "at", "for", "with", "and", "or", "as", "by", "from", "has", "have", "can",
    "will", "yes", "no", "not", "so", "if", "also", "very", "which", "there", "here", "than", "but",
})  # fmt: skip
_ENDINGS = (
    "com|cn|net|org|io|shop|store|co|me|info|biz|xyz|top|app|dev|ai|site|online|link|ly|gl|tv|cc|vip|club|example|test"
    "|ru|uk|de|jp|hk|tw"
)
LINK = re.compile(
    rf"(?:https?|ftp|javascript|data|mailto|tel):[^\s，。、；）)\]】>]+|www\.[^\s，。、；）)\]】>]+"
    rf"|(?<![\w@./-])(?:[a-z0-9-]+(?:\.|\[\.\]|\(dot\)|\s?dot\s))+(?:{_ENDINGS})\b(?:/[^\s，。、；）)\]】>]*)?"
    rf"|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w/])/(?:[a-z][\w.-]*/)+[\w.-]+",
    re.IGNORECASE,
)
"""Addresses, with and without a scheme."""


def folded(text: str) -> str:
    """NFKC with simplified characters, case kept; 百分之五十 is 50%, and 八折 is what it takes off: 20%."""
    text = simplify(text)
    for pattern, spelling in _SPELLING:
        text = pattern.sub(spelling, text)
    text = unicodedata.normalize("NFKC", text)
    return _DISCOUNT.sub(_percent_off, _PERCENT.sub(r"\1%", text))


def _percent_off(match: re.Match[str]) -> str:
    left = find(match[1])[0].value
    left = left * 10 if left < 10 else left
    return f"{100 - left:g}%"


def squeezed(text: str) -> str:
    """Only letters, digits and characters, case folded: the form in which names are looked up."""
    return "".join(char for char in text.casefold() if char.isalnum() or char == "+")


def terms(text: str) -> set[str]:
    """What a text is about, for counting what two texts share: pairs of Chinese characters, words with a meaning."""
    found = {(match[0] + (match[1] or "")).casefold() for match in _TERM.finditer(folded(text))}
    return {term.removesuffix("s") for term in found if term not in _EMPTY}


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a folded text begin and end, in order and without gaps."""
    cuts = [0, *(match.end() for match in _SPLIT.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if end > start]
