"""A wish and the words that change it, as one wish."""

import re

import msgspec

from guide.model import Constraint, Level, Understanding
from guide.understand.found import price_and, union
from guide.understand.pointers import Price
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from index.filters import AttributeFilter, Filter, PriceFilter

_DATA = load("carried")
_GOES_ON, _CHEAPER, _DEARER, _ALSO, _OTHER_BRAND, _RESET, _FILLER = (
    pattern(_DATA[name]) for name in ("goes_on", "cheaper", "dearer", "also", "other_brand", "reset", "filler")
)


_EDGES = " ,.?!,。?!"


def goes_on(text: str) -> bool:
    """Whether a message is too short to stand alone: it speaks of what was asked for before."""
    return any(words.search(text) for words in (_GOES_ON, _CHEAPER, _DEARER, _OTHER_BRAND))


def moves(text: str) -> bool:
    """Whether other products than those shown are asked for: cheaper ones, dearer ones, another brand's."""
    return any(words.search(text) for words in (_CHEAPER, _DEARER, _OTHER_BRAND))


def is_reset(text: str) -> bool:
    """Whether everything said before is taken back."""
    return _RESET.search(text) is not None


def revised(
    wish: Understanding, new: Understanding, text: str, shown: tuple[str, ...], shop: Shop, price: Price
) -> Understanding:
    """The new words on top of the wish before them.

    What they say replaces what was said of the same thing (也行 and "is fine too" add to it); `cheaper` sets a price
    below the cheapest shown; what no longer matters is dropped. Another kind of thing starts a new wish, which keeps
    for whom and what for it is, and nothing of the old thing: neither its attributes nor its budget.
    """
    if new.unsold or new.unresolved:
        return new
    if _is_other_kind(wish, new, text):
        return _for_the_same(wish, new) if goes_on(text) else new
    limit = _merged(wish.filter, new.filter, also=_ALSO.search(text) is not None)
    brands = _brands_of(shown, shop) if _OTHER_BRAND.search(text) else []
    if brands:
        limit = msgspec.structs.replace(limit, brand=[], not_brand=union(limit.not_brand, brands))
    level, bound = new.level or wish.level, _bound(text, new.filter, shown, price)
    if bound is not None:
        limit = msgspec.structs.replace(limit, price=price_and(_open(limit.price, bound), bound))
    if limit.price is not None and (bound is not None or new.filter.price is not None):
        level = ""
    return msgspec.structs.replace(
        new,
        intent=new.intent if limit.category == [] else "find",
        query=_query(wish, new),
        filter=limit,
        sort=new.sort if new.sort != "relevance" else wish.sort,
        level=level,
        audience=list(dict.fromkeys([*wish.audience, *new.audience])),
        occasion=list(dict.fromkeys([*wish.occasion, *new.occasion])),
        constraints=[*_carried(wish, new, limit, level), *new.constraints],
    )


def _is_other_kind(wish: Understanding, new: Understanding, text: str) -> bool:
    before, now = wish.filter.category, new.filter.category
    if before and now:
        return not set(before) & set(now)
    return bool(before) and new.intent == "recommend" and not goes_on(text)


def _for_the_same(wish: Understanding, new: Understanding) -> Understanding:
    carried = [
        msgspec.structs.replace(one, carried=True)
        for one in wish.constraints
        if one.kind in {"audience", "occasion"} and not getattr(new, one.kind)
    ]
    return msgspec.structs.replace(
        new,
        audience=new.audience or wish.audience,
        occasion=new.occasion or wish.occasion,
        constraints=[*carried, *new.constraints],
    )


def _merged(old: Filter, new: Filter, *, also: bool) -> Filter:
    """Both filters; of what both name the new one holds, or either value where it is added."""
    brand = union(old.brand, new.brand) if also else new.brand or old.brand
    return Filter(
        price=price_and(_open(old.price, new.price), new.price),
        brand=[name for name in brand if name not in new.not_brand],
        not_brand=[name for name in union(old.not_brand, new.not_brand) if name not in new.brand],
        category=new.category or old.category,
        in_stock=old.in_stock if new.in_stock is None else new.in_stock,
        rating_min=old.rating_min if new.rating_min is None else new.rating_min,
        attributes=_attributes(old.attributes, new, also=also),
        not_attributes={
            **{key: value for key, value in old.not_attributes.items() if key not in new.attributes},
            **new.not_attributes,
        },
    )


def _attributes(old: dict[str, AttributeFilter], new: Filter, *, also: bool) -> dict[str, AttributeFilter]:
    kept = {key: _less(value, new.not_attributes.get(key)) for key, value in old.items()}
    found = {key: value for key, value in kept.items() if value} | new.attributes
    for key, value in new.attributes.items():
        before = old.get(key)
        if also and isinstance(value, list) and isinstance(before, list):
            found[key] = list(dict.fromkeys([*before, *value]))
    return found


def _less(value: AttributeFilter, refused: AttributeFilter | None) -> AttributeFilter:
    if not isinstance(value, list) or not isinstance(refused, list):
        return value
    return [one for one in value if one not in refused]


def _open(old: PriceFilter | None, new: PriceFilter | None) -> PriceFilter | None:
    """The earlier price less the bounds that the new one replaces: those of its kind, and one it contradicts."""
    if old is None or new is None or old.currency != new.currency:
        return None if new is not None else old
    low, high = old.min, old.max
    if new.min is not None or (low is not None and new.max is not None and low > new.max):
        low = None
    if new.max is not None or (high is not None and new.min is not None and high < new.min):
        high = None
    return PriceFilter(currency=old.currency, min=low, max=high)


def _bound(text: str, new: Filter, shown: tuple[str, ...], price: Price) -> PriceFilter | None:
    """`cheaper` and `dearer` as a price beside those shown; None without them, or where a number says it."""
    cheaper, dearer = _CHEAPER.search(text), _DEARER.search(text)
    costs = [cost for id_ in shown if (cost := price(id_)) is not None]
    if new.price is not None or not (cheaper or dearer) or len({cost.currency for cost in costs}) != 1:
        return None
    amounts = [cost.amount for cost in costs]
    if cheaper:
        return PriceFilter(currency=costs[0].currency, max=min(amounts) - 1)
    return PriceFilter(currency=costs[0].currency, min=max(amounts) + 1)


def _brands_of(shown: tuple[str, ...], shop: Shop) -> list[str]:
    return list(dict.fromkeys(item.brand for id_ in shown if (item := shop.product(id_)) is not None and item.brand))


def _query(wish: Understanding, new: Understanding) -> str:
    """Words that are searched: the earlier ones, and of the new ones those that wish for something."""
    own = " ".join(_FILLER.sub(" ", new.query).split()).strip(_EDGES)
    said = wish.query if not new.filter.category else ""
    return " ".join(part for part in (said, own) if part and re.search(r"\w", part))


def _carried(wish: Understanding, new: Understanding, limit: Filter, level: Level) -> list[Constraint]:
    """The earlier constraints that still hold."""
    said = {one.kind for one in new.constraints if one.kind not in _ADDING}
    same = {(one.kind, one.value) for one in new.constraints}
    parts = {
        "price": limit.price, "rating": limit.rating_min, "in_stock": limit.in_stock, "brand": limit.brand,
        "not_brand": limit.not_brand, "category": limit.category, "level": level,
    }  # fmt: skip
    held = {
        *limit.attributes,
        *limit.not_attributes,
        "sort",
        "without",
        "audience",
        "occasion",
        *(name for name, part in parts.items() if part),
    }
    return [
        msgspec.structs.replace(one, carried=True)
        for one in wish.constraints
        if one.kind in held and one.kind not in said and (one.kind, one.value) not in same
    ]


_ADDING = frozenset({"without", "not_brand", "audience", "occasion"})
"""Constraints that new ones of their kind join rather than replace."""
