"""One of the products shown, picked by what it is: the cheaper one, 评分高的那个, the white one, 防水的那款."""

from collections.abc import Callable

from catalog.lexicon import fold, value
from catalog.money import Money
from guide.understand import features
from guide.understand.mentions import Mentions
from guide.understand.rules import load, pattern
from guide.understand.shop import Item, Shop
from guide.understand.text import lookup, phrases

_DATA = load("pointers")
_MOST = {name: pattern(words) for name, words in _DATA["most"].items()}
_SUCH = pattern(_DATA["such"]["words"])


def most(text: str, before: tuple[str, ...], shop: Shop, price: Callable[[str], Money | None]) -> Mentions | None:
    """The one that has least or most of something, if it is the only one."""
    if len(before) < 2:
        return None
    for name, words in _MOST.items():
        match = words.search(text)
        if match is None:
            continue
        direction, _, key = name.partition("_")
        amounts = _prices(before, price) if key == "price" else _numbers(before, key, shop)
        ranked = sorted(amounts.items(), key=lambda pair: pair[1], reverse=direction == "most")
        if len(ranked) > 1 and ranked[0][1] != ranked[1][1]:
            return Mentions((ranked[0][0],), (match.span(),))
    return None


def such(text: str, before: tuple[str, ...], shop: Shop) -> Mentions | None:
    """The one that the words between `the` and `one` describe, if they describe one only."""
    items = [item for id_ in before if (item := shop.product(id_)) is not None]
    if len(items) < 2:
        return None
    for match in _SUCH.finditer(text):
        name, said = next((name, words) for name, words in match.groupdict().items() if words)
        scores = {item.id: _fits(said, item, shop, of_kind=name in {"kind", "noun"}) for item in items}
        best = max(scores.values())
        chosen = [id_ for id_, score in scores.items() if score == best]
        if best and len(chosen) == 1:
            return Mentions((chosen[0],), (match.span(),))
    return None


def _prices(before: tuple[str, ...], price: Callable[[str], Money | None]) -> dict[str, float]:
    """Prices, unless they are in several currencies."""
    costs = {id_: cost for id_ in before if (cost := price(id_)) is not None}
    same = len({cost.currency for cost in costs.values()}) == 1
    return {id_: float(cost.amount) for id_, cost in costs.items()} if same else {}


def _numbers(before: tuple[str, ...], key: str, shop: Shop) -> dict[str, float]:
    items = [item for id_ in before if (item := shop.product(id_)) is not None]
    return {item.id: item.numbers[key] for item in items if key in item.numbers}


def _fits(words: str, item: Item, shop: Shop, *, of_kind: bool) -> int:
    """How many of the words hold for a product: its kind; else its brand, values and features too."""
    parts = phrases(words)
    kinds = sum(item.category in noun.categories for _, noun in lookup(parts, shop.nouns))
    if of_kind:
        return kinds
    named = sum(item.brand in brands for _, brands in lookup(parts, shop.brands))
    values = sum(any(pair in item.traits for pair in pairs) for _, pairs in lookup(parts, shop.values))
    single = [value(phrase.folded) for phrase in parts if len(phrase.squeezed) == 1]
    colors = sum(("color", name) in item.traits for name in single)
    has = sum((key, fold("true")) in item.traits for key in features.named(words, shop))
    return kinds + named + values + colors + has
