"""How names compare: NFKC, lower case, one kind of separator."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

_SEPARATORS = re.compile(r"[\s_\-‐‑–—/:：()（）]+")
_BETWEEN_SCRIPTS = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")
_IRREGULAR = {
    "mice": "mouse",
    "knives": "knife",
    "children": "child",
    "women": "woman",
    "men": "man",
    "shelves": "shelf",
}
_KEEP_S = ("ss", "us", "is", "ous")


@lru_cache(65536)
def fold(name: str) -> str:
    """`Battery-Life `, `battery_life` and `BATTERY LIFE` alike; no blank beside a Chinese character."""
    text = _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()
    return _BETWEEN_SCRIPTS.sub("", text)


@lru_cache(65536)
def singular(name: str) -> str:
    """The folded name with its last English word in the singular (running shoes -> running shoe)."""
    head, _, last = name.rpartition(" ")
    return f"{head} {_singular_word(last)}".strip()


def _singular_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith(_KEEP_S):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]


def load(name: str) -> dict[str, Any]:
    """One of the word lists in this package."""
    return tomllib.loads((files("catalog.lexicon") / name).read_text(encoding="utf-8"))


def listed(text: str) -> list[str]:
    """`a, b, c` as a list."""
    return [part.strip() for part in text.split(",") if part.strip()]
