"""Kinds of things: which nouns may name the same shop category."""

from functools import lru_cache

from catalog.lexicon.fold import fold, listed, load, singular


@lru_cache(1)
def _groups() -> dict[str, frozenset[str]]:
    return {
        kind: frozenset(singular(fold(word)) for word in listed(words))
        for kind, words in load("categories.toml").items()
    }


@lru_cache(1)
def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in _groups().items():
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def kinds(noun: str) -> frozenset[str]:
    """The kinds a noun in either language and number may mean (耳机, Headphones -> headphones)."""
    return _kinds().get(singular(fold(noun)), frozenset())


def synonyms(noun: str) -> frozenset[str]:
    """The noun and every word for its kinds, folded and in the singular."""
    return frozenset({singular(fold(noun))}).union(*(_groups()[kind] for kind in kinds(noun)))
