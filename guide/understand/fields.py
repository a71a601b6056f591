"""Which facts of a product a question asks for: 续航多久, how heavy, 多少钱, in stock?, 是不是防水."""

from catalog import lexicon
from guide.understand.negation import concepts
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from guide.understand.text import lookup, phrases

_PATTERNS = tuple((tuple(ask["keys"]), pattern(ask["words"])) for ask in load("fields")["ask"])


_ASKED_OTHERWISE = frozenset({"batteries_required"})
"""电池 asks for its size or life more often than whether batteries are needed."""


def read(text: str, shop: Shop) -> list[str]:
    """Canonical keys in the order they are asked for; price, stock, rating and brand among them."""
    hits: list[tuple[int, int, str]] = []
    for keys, words in _PATTERNS:
        match = words.search(text)
        if match:
            stated = [key for key in keys if key in shop.attributes] or list(keys)
            hits.append((match.start(), match.end(), stated[0]))
    parts = phrases(text)
    hits += [(phrase.start, phrase.end, key) for phrase, key in lookup(parts, lexicon.attribute_names())]
    for phrase, concept in lookup(parts, concepts()):
        stated = [key for key in concept if key in shop.attributes]
        if stated and stated[0] not in _ASKED_OTHERWISE:
            hits.append((phrase.start, phrase.end, stated[0]))
    return list(dict.fromkeys(key for _, _, key in sorted(_longest(hits))))


def _longest(hits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Without hits that lie wholly inside another (充电 in 无线充电)."""
    return [
        hit
        for hit in hits
        if not any(o[0] <= hit[0] and hit[1] <= o[1] and o[1] - o[0] > hit[1] - hit[0] for o in hits)
    ]
