"""When nothing fits: the products that fit most, with as few wishes given up as can be, and which these are.

Brands, kinds and what is not wanted are never given up.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from guide.choose.draft import Draft
from guide.model import Constraint
from guide.understand import negation
from index.api import Filter, Hit, PriceFilter


class Nearest(NamedTuple):
    """Hits of a weaker wish, and the shopper's own words for what it gives up."""

    hits: list[Hit]
    given_up: list[str]


def nearest(draft: Draft, search: Callable[[Filter], list[Hit]]) -> Nearest | None:
    """The first weaker wish that something fits, in the currency of the budget if anything is sold in it."""
    own, abroad = draft.understanding.filter, None
    held = negation.held(draft.understanding)
    for weaker, names in _weaker(own, [name for name in own.attributes if name not in held]):
        hits = search(weaker)
        if hits and own.price is not None and "price" in names:
            near = _by_distance(draft, hits, own.price)
            abroad = abroad or Nearest(hits[:1], _words(draft, names))
            hits = near[:1]
        if hits:
            return Nearest(hits, _words(draft, names))
    return abroad


def _weaker(own: Filter, free: list[str]) -> Iterator[tuple[Filter, set[str]]]:
    """The wish without its price, without one other bound, without price and one other, without any bound at all.

    `free` are the attributes that may be given up.
    """
    attributes = set(free)
    bounds = {name for name in ("price", "rating_min", "in_stock") if getattr(own, name) is not None}
    one = [{name} for name in (*free, "in_stock", "rating_min")]
    steps = [{"price"}, *one, *({"price", *names} for names in one), attributes]
    tried: list[set[str]] = []
    for names in [*steps, attributes | bounds]:
        dropped = names & (attributes | bounds)
        if dropped and dropped not in tried:
            tried.append(dropped)
            yield _without(own, dropped), dropped


def _without(own: Filter, names: set[str]) -> Filter:
    kept = {key: value for key, value in own.attributes.items() if key not in names}
    bounds = dict.fromkeys(names - set(own.attributes))
    return msgspec.structs.replace(own, attributes=kept, **bounds)


def _by_distance(draft: Draft, hits: list[Hit], wanted: PriceFilter) -> list[Hit]:
    """Those priced in the wanted currency, the price nearest to the wanted one first."""
    target = wanted.max if wanted.max is not None else wanted.min or 0
    offers = [(hit, draft.view.offer(hit.id, hit.variant_id)) for hit in hits]
    near = [(abs(o.price.amount - target), h) for h, o in offers if o and o.price.currency == wanted.currency]
    return [hit for _, hit in sorted(near, key=lambda row: row[0])]


def _words(draft: Draft, names: set[str]) -> list[str]:
    kinds = {"rating" if name == "rating_min" else name for name in names} | ({"level"} if "price" in names else set())
    said = [_said(constraint) for constraint in draft.understanding.constraints if _is_about(constraint, kinds)]
    return list(dict.fromkeys(word for word in said if word))


def _is_about(constraint: Constraint, kinds: set[str]) -> bool:
    return constraint.kind in kinds or (constraint.kind == "without" and constraint.value in kinds)


def _said(constraint: Constraint) -> str:
    return constraint.text.strip(" ，,。.的")
