"""What else shoppers call a brand: 惠普 for HP, Apple for 苹果."""

from collections import defaultdict
from functools import lru_cache

from catalog.lexicon.fold import fold, listed, load


def other_names(name: str) -> frozenset[str]:
    """Other names, folded, of the brand that goes by a folded name; empty if none are known."""
    return _names().get(name, frozenset())


@lru_cache(1)
def _names() -> dict[str, frozenset[str]]:
    """Both ways: two brands may share a Chinese name (富士), and one may have several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for latin, chinese in load("brands.toml").items():
        for name in listed(chinese):
            found[fold(latin)].add(fold(name))
            found[fold(name)].add(fold(latin))
    return {name: frozenset(others) for name, others in found.items()}
