"""What to recommend: like a product, for somebody, or what buyers like best; never what is out of stock first.

Each pick carries the reason from its own record. When no record speaks of the person or occasion, that is said, and
ratings decide; when nothing passes the filters, that is said, and nothing is shown.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from catalog.model import Product
from guide.choose import advice, find, popular, similar, suited
from guide.choose.draft import Draft, product_of
from guide.evidence import Statement
from guide.model import Decision, Question
from guide.understand import pointers
from index.api import Filter, FilterError, Hit, Query, View

Kind: TypeAlias = Literal["similar", "complementary", "suited", "popular"]

_NEAREST = 10
"""So many of what the words find are near to the wish, even if they name nobody."""
_POOL = 150
"""So many of the best rated are looked at."""
_FOUND = 40
"""So many of the products, and of the reviews and answers, that the words find are looked at."""
_LIKE = re.compile(
    r"类似|相似|差不多|同类|同款|替代|平替|搭配|"
    r"\bsimilar\b|\balternatives?\b|\blike (?:this|it|that|these|those)\b"
    r"|\b(?:something|anything|others?|ones?) like\b|\bgo(?:es)? with\b",
    re.IGNORECASE,
)
_ABOUT_PEOPLE = {"gender"}
"""Attributes that a wish without a kind does not filter by: tea has no gender."""


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """A recommended product and what of its record speaks for it."""

    product: Product
    kind: Kind
    reasons: list[Statement]
    variant_id: str | None = None
    unverified: list[str] = []


class _Found(NamedTuple):
    """A product that passes, and whether the words of the wish lead to it."""

    hit: Hit
    product: Product
    near: bool


def answer(question: Question, draft: Draft, scope: Filter) -> Decision:
    """Cards and advice. `scope` is the request's own filter and always holds."""
    anchor, own = _anchor(question, draft), draft.understanding.filter
    if anchor is None and (own.category or own.brand or set(own.attributes) - _ABOUT_PEOPLE):
        return find.answer(question, draft, scope)
    most = find.shown(question)
    try:
        chosen = like(draft, [anchor], scope, most) if anchor else liked(question, draft, scope, most)
    except FilterError:
        chosen = []
    if not chosen:
        draft.say(advice.nothing(draft.language, anchor), kind="notice")
        return draft.decide("no_match", "nothing_passes")
    said = suited.words(draft.understanding, covered(draft, chosen))
    draft.say(advice.opening(said, draft.language, anchor), kind="frame")
    for pick in chosen:
        advice.say(draft, pick.product, pick.variant_id, pick.reasons, pick.unverified)
    for notice in notices(draft, chosen):
        draft.say(notice, kind="notice")
    had = any(card.offer is not None and card.offer.available for card in draft.cards)
    return draft.decide("answered" if had else "nearest_match")


def like(draft: Draft, anchors: list[Product], scope: Filter, k: int) -> list[Pick]:
    """What a bundle sells together with the anchors, and what is like them; available first."""
    wished = find.merged(_bounds(draft), scope)
    view, named = draft.view, {anchor.id for anchor in anchors}
    with_it = [row for anchor in anchors for row in similar.together(view, anchor) if row[0].id not in named]
    near = [row for anchor in anchors for row in similar.alike(view, anchor, wished) if row.product.id not in named]
    near.sort(key=lambda row: (not _available(draft.view, row.hit), -row.nearness))
    picks = [
        Pick(
            product=row.product, kind="similar", reasons=similar.shared(draft.view, row, draft.language),
            variant_id=row.hit.variant_id, unverified=row.hit.unverified,
        )
        for row in near
    ]  # fmt: skip
    passing = _passing(draft.view, wished, [product.id for product, _ in with_it])
    goes_with = [
        Pick(product=product, kind="complementary", reasons=[said], variant_id=passing[product.id].variant_id)
        for product, said in with_it
        if product.id in passing and _available(draft.view, passing[product.id])
    ]
    return _distinct([*picks[: max(1, k - 1)], *goes_with, *picks[max(1, k - 1) :]])[:k]


def liked(question: Question, draft: Draft, scope: Filter, k: int) -> list[Pick]:
    """What speaks of the person or occasion first, then the best rated, each from another category while there are."""
    wished = find.merged(_bounds(draft), scope)
    pool = _pool(question, draft, wished)
    before = popular.prior(product for _, product, _ in pool)
    names = suited.wanted(draft.understanding)
    rows = [(_rank(draft, row, pick, before, names), pick) for row, pick in _picks(draft, pool, names)]
    rows.sort(key=lambda row: row[0])
    groups = groupby(rows, key=lambda row: row[0][:-1])
    return [pick for _, group in groups for pick in _spread([pick for _, pick in group])][:k]


def notices(draft: Draft, chosen: Sequence[Pick]) -> list[str]:
    """What is to be admitted: of whom or what no record speaks, or that not every one does."""
    names = suited.wanted(draft.understanding)
    silent = suited.words(draft.understanding, names - covered(draft, chosen))
    if silent:
        return [advice.silent(silent, draft.language, every=True)]
    if names and any(pick.kind == "popular" for pick in chosen):
        return [advice.silent(suited.words(draft.understanding, names), draft.language, every=False)]
    return []


def covered(draft: Draft, chosen: Sequence[Pick]) -> set[str]:
    """The persons and occasions that the given reasons speak of."""
    names = suited.wanted(draft.understanding)
    return {name for pick in chosen if pick.kind == "suited" for s in pick.reasons for name in suited.covers(s, names)}


def _picks(draft: Draft, pool: list[_Found], names: set[str]) -> Iterator[tuple[_Found, Pick]]:
    for row in pool:
        said = suited.speaks(draft.view, row.product, names, draft.language) if names else None
        spoken = [s for s in (said, popular.stated(row.product, draft.language)) if s is not None]
        yield row, Pick(
            product=row.product, kind="suited" if said else "popular", variant_id=row.hit.variant_id, reasons=spoken,
            unverified=row.hit.unverified,
        )  # fmt: skip


def _rank(draft: Draft, row: _Found, pick: Pick, before: popular.Prior, names: set[str]) -> tuple[bool | float, ...]:
    """Smaller is better: to be had, not made for others, spoken of, near to the words, well rated."""
    spoken = max((len(suited.covers(s, names)) for s in pick.reasons), default=0)
    return (
        not _available(draft.view, row.hit), suited.for_others(row.product, names), -spoken,
        bool(names) and not spoken and not row.near, -popular.standing(row.product, before),
    )  # fmt: skip


def _anchor(question: Question, draft: Draft) -> Product | None:
    """The product to be like: the one that is pointed at, or that of the page when nothing else is said."""
    ids = [*draft.understanding.referents, *pointers.shown(question)]
    pointed = _LIKE.search(question.text) is not None
    if not ids or not (pointed or (question.product_ids and not suited.wanted(draft.understanding))):
        return None
    return next((product for id_ in ids if (product := product_of(draft.view, id_)) is not None), None)


def _bounds(draft: Draft) -> Filter:
    """What the words demand of any kind of thing."""
    own = draft.understanding.filter
    kept = {key: value for key, value in own.attributes.items() if key not in _ABOUT_PEOPLE}
    return msgspec.structs.replace(own, attributes=kept)


def _pool(question: Question, draft: Draft, wished: Filter) -> list[_Found]:
    """Products that pass: the best rated, and those whose own words or buyers' words are near to the wish."""
    view, text = draft.view, draft.understanding.query.strip() or question.text.strip()
    hits, near = list(view.search(Query(filter=wished, sort="rating", k=_POOL)).hits), set[str]()
    if text:
        found = view.search(Query(text=text, filter=wished, k=_FOUND)).hits
        spoken = view.search(Query(text=text, types=("review", "qa"), filter=wished, k=_FOUND)).hits
        owners = [getattr(view.record(hit.id), "product_id", "") for hit in spoken]
        hits += [*found, *_passing(view, wished, owners).values()]
        near = {hit.id for hit in found[:_NEAREST]} if view.encoder else set()  # shared words alone say little here
    unique = {hit.id: hit for hit in reversed(hits)}
    products = [(hit, product_of(view, hit.id)) for hit in unique.values()]
    return [_Found(hit, product, hit.id in near) for hit, product in products if product is not None]


def _passing(view: View, wished: Filter, ids: list[str]) -> dict[str, Hit]:
    inside = [id_ for id_ in dict.fromkeys(ids) if id_ and (not wished.ids or id_ in wished.ids)]
    if not inside:
        return {}
    hits = view.search(Query(filter=msgspec.structs.replace(wished, ids=inside), k=len(inside))).hits
    return {hit.id: hit for hit in hits}


def _available(view: View, hit: Hit) -> bool:
    offer = view.offer(hit.id, hit.variant_id)
    return offer is not None and offer.available


def _spread(ranked: list[Pick]) -> list[Pick]:
    """The first of each outer category, then the second of each: a wish without a kind gets several kinds."""
    turns: Counter[str] = Counter()
    placed = []
    for pick in ranked:
        group = pick.product.categories[0] if pick.product.categories else ""
        placed.append((turns[group], pick))
        turns[group] += 1
    return [pick for _, pick in sorted(placed, key=lambda row: row[0])]


def _distinct(picks: list[Pick]) -> list[Pick]:
    return list({pick.product.id: pick for pick in reversed(picks)}.values())[::-1]
