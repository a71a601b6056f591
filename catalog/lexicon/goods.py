"""What shops sell, by the nouns that shoppers say: every usual word for one kind of thing, in both languages."""

from functools import lru_cache

from catalog.lexicon.fold import fold, listed, load


@lru_cache(1)
def goods() -> dict[str, frozenset[str]]:
    """A noun, folded as the list has it, with every word for the same thing (treadmill -> 跑步机, …).

    The list is in the singular but for words that have none: tights are no adjective.
    """
    found: dict[str, frozenset[str]] = {}
    for words in load("goods.toml").values():
        kind = frozenset(fold(word) for word in listed(words))
        for word in kind:
            found[word] = found.get(word, frozenset()) | kind
    return found
