"""Products that fit the wishes, each with the reason from its own record; or the nearest ones, and what they miss."""

from typing import Any

import msgspec

from catalog.model import Product
from guide.choose import negated, phrases
from guide.choose.draft import Draft, product_of
from guide.choose.rank import Scorer
from guide.evidence import Statement, localised, of_product
from guide.model import Decision, Question
from index.api import Filter, FilterError, Hit, PriceFilter, Query

SHOWN = 3
_NEAR = 0.45
"""A further product is shown if it scores this share of the best one."""
_RELEVANT_WORDS = 0.6
_RELEVANT_ODDS = 0.5
"""Without a category or brand, a hit must share so much of the words or have such a statement to count as sold here."""
_RELATED = -1.3
_SAID = 0.7
"""With a reader, so much is needed of the sum of its log-odds for the title and this share of the best statement's:
about 7 in 10 wishes for things of other shops stay below (docs/design/reader.md)."""
_EASE = 0.5
"""A bound on price or an attribute already says what is meant; then so much less is needed."""
_FOR_SALE = {"zh": "在售：", "en": "for sale: "}
"""How the reader was taught to see a title."""
_CHECKED = 6
_PLAIN = {"brand", "type"}
"""Attributes that the name already says: no reason to buy."""
_REASON_CHARS = {"zh": 18, "en": 42}
"""A reason may be this much longer than the product's name, so that no advice is mostly somebody else's sentence."""
_REASON = -0.5
"""Log-odds at which a statement is a reason."""
_RELAXATIONS: tuple[dict[str, Any], ...] = (
    {"price": None},
    {"attributes": {}},
    {"price": None, "attributes": {}, "in_stock": None, "rating_min": None},
)
"""What is given up, in this order, to find the nearest product."""


def answer(question: Question, draft: Draft, scope: Filter) -> Decision:
    """Cards and advice. `scope` is the request's own filter and always holds."""
    wished = merged(draft.understanding.filter, scope)
    hits = _search(question, draft, wished)
    if hits:
        return _advise(question, draft, hits, nearest=False)
    relaxed = _relaxed(question, draft, scope)
    if relaxed:
        return _advise(question, draft, relaxed, nearest=True)
    draft.say(phrases.text("nothing_passes" if wished else "not_sold", draft.language), kind="notice")
    return draft.decide("no_match", "nothing_passes" if wished else "unknown_product")


def merged(own: Filter, scope: Filter) -> Filter:
    """Both filters at once: lists are joined, the stricter bound wins, the request's value comes first."""
    changes: dict[str, Any] = {}
    for name in Filter.__struct_fields__:
        mine, theirs = getattr(own, name), getattr(scope, name)
        if isinstance(mine, dict):
            changes[name] = {**mine, **theirs}
        elif name == "not_brand":
            changes[name] = [*mine, *theirs]
        elif name == "rating_min":
            changes[name] = max((bound for bound in (mine, theirs) if bound is not None), default=None)
        elif name == "price":
            changes[name] = _stricter(mine, theirs)
        else:
            changes[name] = theirs if theirs not in (None, []) else mine
    return msgspec.structs.replace(own, **changes)


def _stricter(mine: PriceFilter | None, theirs: PriceFilter | None) -> PriceFilter | None:
    if mine is None or theirs is None or mine.currency != theirs.currency:
        return theirs or mine
    lows = [bound for bound in (mine.min, theirs.min) if bound is not None]
    highs = [bound for bound in (mine.max, theirs.max) if bound is not None]
    return PriceFilter(currency=theirs.currency, min=max(lows, default=None), max=min(highs, default=None))


def _search(question: Question, draft: Draft, wished: Filter) -> list[Hit]:
    understanding = draft.understanding
    text = understanding.query if understanding.query.strip() else ("" if wished else question.text)
    query = Query(text=text, filter=wished, k=20, sort=understanding.sort)
    try:
        hits = draft.view.search(query).hits
        if not hits and text:
            hits = draft.view.search(msgspec.structs.replace(query, text="")).hits if wished.category else []
    except FilterError:
        return []
    if wished.category or wished.brand or not text:
        return hits
    return [
        hit for hit in hits[:_CHECKED] if _related(draft, hit, text, bounded=bool(wished.price or wished.attributes))
    ]


def _related(draft: Draft, hit: Hit, text: str, *, bounded: bool) -> bool:
    """Whether a hit has to do with the wish at all: by its title, by what it says, by the words it shares."""
    product = product_of(draft.view, hit.id)
    if product is None:
        return False
    title = localised(product, draft.language)
    scorer = Scorer(draft.view, text, "product")
    statements = of_product(draft.view, product, draft.language)
    odds = max(scorer.score(statements), default=-1.0)
    read = draft.view.answers(text, [_FOR_SALE[draft.language] + title])
    if read is not None:
        return read[0] + _SAID * odds >= _RELATED - (_EASE if bounded else 0.0)
    words = scorer.words(" ".join([title, *(s.text for s in statements)]))
    return words >= _RELEVANT_WORDS * (0.5 if bounded else 1.0) or odds >= _RELEVANT_ODDS


def _relaxed(question: Question, draft: Draft, scope: Filter) -> list[Hit]:
    """Drop the price bound, then the attributes, then stock; brands and negations are never given up."""
    own = draft.understanding.filter
    if not (own.category or scope.ids or own.attributes):
        return []
    for dropped in _RELAXATIONS:
        weaker = msgspec.structs.replace(own, **dropped)
        if weaker == own:
            continue
        hits = _search(question, draft, merged(weaker, scope))
        if hits:
            return _by_distance(draft, hits)
    return []


def _by_distance(draft: Draft, hits: list[Hit]) -> list[Hit]:
    """The price nearest to the wanted one first."""
    wanted = draft.understanding.filter.price
    if wanted is None:
        return hits
    target = wanted.max if wanted.max is not None else wanted.min or 0

    def distance(hit: Hit) -> float:
        offer = draft.view.offer(hit.id, hit.variant_id)
        if offer is None or offer.price.currency != wanted.currency:
            return float("inf")
        return abs(offer.price.amount - target)

    return sorted((hit for hit in hits if distance(hit) < float("inf")), key=distance)[:1] or hits[:1]


def _advise(question: Question, draft: Draft, hits: list[Hit], *, nearest: bool) -> Decision:
    chosen = _chosen(draft, _without_unwanted(question, draft, hits))
    key = "nearest" if nearest else ("found" if len(chosen) > 1 else "found_one")
    draft.say(phrases.text(key, draft.language, count=len(chosen)), kind="frame")
    missing: set[str] = set()
    for hit, product in chosen:
        reason = _reason(question, draft, product)
        card = draft.show(product, hit.variant_id, _why(draft, reason), hit.unverified)
        missing.update(hit.unverified)
        if card.offer is not None:
            numbers = draft.cite_price(product, card.offer, hit.variant_id)
            draft.say(
                phrases.price(localised(product, draft.language), card.offer, draft.language), *numbers, kind="advice"
            )
        if reason is not None:
            _say_reason(draft, reason)
    if missing:
        draft.say(phrases.text("unverified", draft.language, words=", ".join(sorted(missing))), kind="notice")
    return draft.decide("nearest_match" if nearest else "answered", confidence=chosen[0][0].score if chosen else 0.0)


def _without_unwanted(question: Question, draft: Draft, hits: list[Hit]) -> list[Hit]:
    """Leave out products whose records say what the wish does not want; if all do, none is left out."""
    unwanted = negated.phrases(question.text)
    if not unwanted:
        return hits
    kept = [
        h for h in hits if (p := product_of(draft.view, h.id)) is not None and not negated.violates(draft, p, unwanted)
    ]
    return kept or hits


def _why(draft: Draft, reason: Statement | None) -> str:
    if reason is None:
        return ""
    return phrases.trait(reason, draft.language).rstrip("。.") if reason.key else reason.quote


def _say_reason(draft: Draft, reason: Statement) -> None:
    text = phrases.trait(reason, draft.language) if reason.key else phrases.quoted(reason, draft.language)
    draft.say(text, draft.cite(reason), kind="advice")


def _chosen(draft: Draft, hits: list[Hit]) -> list[tuple[Hit, Product]]:
    found = [(hit, product) for hit in hits if (product := product_of(draft.view, hit.id)) is not None]
    if draft.understanding.sort != "relevance" or not found or found[0][0].score == 0:
        return found[:SHOWN]
    return [row for row in found if row[0].score >= _NEAR * found[0][0].score][:SHOWN]


def _reason(question: Question, draft: Draft, product: Product) -> Statement | None:
    """The statement of the product that speaks most to the question."""
    statements = [
        s for s in of_product(draft.view, product, draft.language) if s.key not in _PLAIN and s.variant_id is None
    ]
    titles = [product.title, *(t.title or "" for t in product.translations.values())]
    scores = Scorer(draft.view, draft.understanding.query.strip() or question.text, "product", titles).score(statements)
    for name in [*draft.understanding.filter.attributes, *draft.understanding.filter.not_attributes]:
        for at, statement in enumerate(statements):
            if statement.key == name:
                scores[at] += 6.0
    ranked = sorted(zip(scores, range(len(scores)), strict=True), key=lambda row: (-row[0], row[1]))
    longest = _REASON_CHARS[draft.language] + len(localised(product, draft.language))
    short = [(odds, statements[at]) for odds, at in ranked if len(statements[at].quote) <= longest]
    if short and short[0][0] >= _REASON:
        return short[0][1]
    # Nothing speaks to the wish itself: what the merchant puts first says what the thing is good for.
    texts = [s for _, s in short if s.field in {"bullets", "description"} and s.language == draft.language]
    return min(texts, key=lambda s: s.place, default=None)
