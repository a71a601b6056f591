"""Products that fit the wishes, each with the reason from its own record; or the nearest ones, and what they miss."""

from typing import Any

import msgspec

from catalog.lexicon import label
from catalog.model import Product
from guide.choose import advice, levels, negated, phrases, picks, reasons
from guide.choose.draft import Draft, product_of
from guide.choose.nearest import Nearest, nearest
from guide.choose.rank import Scorer
from guide.evidence import joined, localised, of_product
from guide.model import Decision, Outcome, Question
from guide.understand import how_many, negation
from index.api import Filter, FilterError, Hit, PriceFilter, Query

_SHOWN = 3
"""Products shown where no number is wished for."""
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


def answer(question: Question, draft: Draft, scope: Filter) -> Decision:
    """Cards and advice. `scope` is the request's own filter and always holds."""
    wished = merged(draft.understanding.filter, scope)
    hits = _search(question, draft, wished)
    if hits:
        return _advise(question, draft, hits)
    own = draft.understanding.filter
    if own.category or own.brand or own.attributes or scope.ids:
        found = nearest(draft, lambda weaker: _search(question, draft, merged(weaker, scope)))
        if found is not None:
            return _advise(question, draft, found.hits, found)
    draft.say(phrases.text("nothing_passes" if wished else "not_sold", draft.language), kind="notice")
    return draft.decide("no_match", "nothing_passes" if wished else "unknown_product")


def shown(question: Question) -> int:
    """The most products to show: as many as are wished for."""
    return how_many.wished(question.text) or _SHOWN


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
    query = Query(text=text, filter=wished, k=20, sort=understanding.sort, without=negation.unheld(understanding))
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


def _advise(question: Question, draft: Draft, hits: list[Hit], instead: Nearest | None = None) -> Decision:
    unwanted = negated.unwanted(question, draft.understanding)
    kept = [hit for hit in hits if not negated.violates(draft, hit.id, unwanted)]
    if not kept:  # all of them have it: said, and not called open as well
        instead = instead or Nearest(hits, [negated.wish(thing, draft.understanding) for thing in unwanted])
        kept = [
            msgspec.structs.replace(hit, unverified=[n for n in hit.unverified if n not in unwanted]) for hit in hits
        ]
    chosen = _chosen(draft, kept, shown(question))
    _open(draft, len(chosen), instead)
    missing: set[str] = set()
    told = reasons.of_all(question, draft, [product for _, product in chosen])
    for (hit, product), found in zip(chosen, told, strict=True):
        missing.update(hit.unverified)
        advice.say(draft, product, hit.variant_id, found, hit.unverified)
    picks.say(draft)
    taken = levels.notice(draft.understanding, draft.language)
    if taken:
        draft.say(taken, kind="notice")
    if missing:
        words = ", ".join(label(name, draft.language) for name in sorted(missing))
        draft.say(phrases.text("unverified", draft.language, words=words), kind="notice")
    outcome: Outcome = "answered" if instead is None else "nearest_match"
    return draft.decide(outcome, confidence=chosen[0][0].score if chosen else 0.0)


def _open(draft: Draft, count: int, instead: Nearest | None) -> None:
    """How many fit; or that none does, and what was given up for these."""
    if instead is None:
        key = "found" if count > 1 else "found_one"
    elif instead.given_up:
        key = "nearest_but" if count > 1 else "nearest_but_one"
    else:
        key = "nearest"
    given_up = joined(instead.given_up, draft.language) if instead else ""
    draft.say(phrases.text(key, draft.language, count=count, words=given_up), kind="frame")


def _chosen(draft: Draft, hits: list[Hit], most: int) -> list[tuple[Hit, Product]]:
    found = [(hit, product) for hit in hits if (product := product_of(draft.view, hit.id)) is not None]
    if draft.understanding.sort != "relevance" or not found or found[0][0].score == 0:
        return found[:most]
    return [row for row in found if row[0].score >= _NEAR * found[0][0].score][:most]
