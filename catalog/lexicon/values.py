"""Values from a closed list: colours, yes and no, availability, sizes, materials."""

from functools import lru_cache
from typing import NamedTuple

from catalog.lexicon.fold import fold, listed, load


class _Value(NamedTuple):
    kind: str
    zh: str
    en: str


@lru_cache(1)
def _values() -> dict[str, _Value]:
    found: dict[str, _Value] = {}
    for kind, values in load("values.toml").items():
        for name, entry in values.items():
            found.setdefault(name, _Value(kind, entry["zh"], entry.get("en", name)))
    return found


@lru_cache(1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for values in load("values.toml").values():
        for name, entry in values.items():
            for spelling in (name, entry["zh"], entry.get("en", name), *listed(entry.get("also", ""))):
                found.setdefault(fold(spelling), name)
    return found


@lru_cache(65536)
def value(text: str) -> str:
    """The canonical value of a closed list (黑色, Black -> black), or the text itself."""
    return _names().get(fold(text), text)


def say(value: str, language: str) -> str:
    """A canonical value as it is said in `language`; what is in no closed list stays word for word."""
    known = _values().get(value)
    if known is None:
        return value
    return known.zh if language == "zh" else known.en


def kind_of(value: str) -> str:
    """The closed list a canonical value is from (color, size, material …), or ""."""
    known = _values().get(value)
    return known.kind if known else ""


def value_names(kind: str) -> dict[str, str]:
    """Every spelling of one closed list, folded, with its canonical value."""
    return {name: value for name, value in _names().items() if _values()[value].kind == kind}
