"""What attributes are called."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from catalog.lexicon.fold import fold, listed, load


@lru_cache(1)
def _names() -> Mapping[str, str]:
    return MappingProxyType(
        {fold(name): key for key, names in _table().items() for name in [key, *names["zh"], *names["en"]]}
    )


@lru_cache(1)
def _table() -> dict[str, dict[str, list[str]]]:
    return {
        key: {language: listed(names[language]) for language in ("zh", "en")}
        for key, names in load("attributes.toml").items()
    }


@lru_cache(65536)
def key(name: str) -> str:
    """The canonical key of an attribute name (续航 -> battery_life); an unknown name becomes its folded self."""
    folded = fold(name)
    return _names().get(folded) or folded.replace(" ", "_")


def label(key: str, language: str) -> str:
    """What shoppers call the attribute in `language`; an unknown key reads as its words."""
    names = _table().get(key, {}).get(language)
    return names[0] if names else key.replace("_", " ")


def attribute_names() -> Mapping[str, str]:
    """Every known name, folded, with its key."""
    return _names()
