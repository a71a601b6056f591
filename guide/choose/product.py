"""A question about one product: fields first, then what its texts, answers and reviews say."""

import math

from catalog.model import Product
from guide.choose import cues, expected, negated, phrases
from guide.choose.draft import Draft
from guide.choose.offers import meant, say_offers
from guide.choose.rank import Scorer, probability, without_names
from guide.evidence import Statement, localised, of_product
from guide.model import Decision, Question

SURE = 0.0
"""Log-odds at which a statement answers the question."""
_EXTRA = 0.7
"""So much is needed to be said beside an answered price or stock question, or of a part the product has."""
_NEAR = 1.5
"""Further statements must come this near to the best one."""
_MOST = 3
_ASKED = 4.0
"""Log-odds of an attribute that the question asks for by name (fitted: 5.4)."""
_FIELDS = 2
"""Most asked attributes that are said first."""
_REVIEWED = 3.0
"""What it counts that customers are asked for and a customer speaks."""
_OFFER_FIELDS = {"price", "list_price", "stock", "availability", "discount", "offer"}
_OPINION_FIELDS = {"rating", "reviews"}


def answer(question: Question, draft: Draft, product: Product) -> Decision:
    """What the records say of the product, or that they do not say."""
    draft.show(product)
    asked = [field for field in draft.understanding.fields if field not in _OFFER_FIELDS | _OPINION_FIELDS]
    part = cues.asks_part(question.text)
    chosen = meant(question.text, product)
    # "The 14 cm one" alone asks for its price; its weight is another matter.
    formed = bool(chosen) and not expected.specific(without_names(question.text, _names(product)))
    offered = not part and (asks_offer(question, draft) or formed)
    if offered:
        say_offers(draft, product, chosen, order=cues.price_order(question.text))
    best = _say_statements(question, draft, product, asked, enough=offered and not asked, part=part)
    if not offered and best is None:
        draft.say(phrases.text("no_field", draft.language, title=localised(product, draft.language)), kind="notice")
        return draft.decide("unanswerable", "no_field")
    if not offered:
        say_offers(draft, product, [], brief=True)
    return draft.decide("answered", confidence=1.0 if best is None else probability(best))


def odds(question: Question, draft: Draft, product: Product) -> float:
    """Log-odds that the product's best statement answers; a question of price or stock always can be answered."""
    if asks_offer(question, draft):
        return math.inf
    ranked = _ranked(question, draft, product, [])
    return ranked[0][0] if ranked else -math.inf


def asks_offer(question: Question, draft: Draft) -> bool:
    """Whether price, stock or promotions are asked for."""
    asked = bool(_OFFER_FIELDS.intersection(draft.understanding.fields)) and not cues.asks_weight(question.text)
    return asked or cues.asks_offer(question.text) or bool(cues.price_order(question.text))


def _ranked(question: Question, draft: Draft, product: Product, asked: list[str]) -> list[tuple[float, Statement]]:
    statements = [s for s in of_product(draft.view, product, draft.language) if s.key != "brand" or "brand" in asked]
    distinct = list({(s.record_id, s.field, s.quote): s for s in statements}.values())
    scores = Scorer(draft.view, question.text, "product", _names(product)).score(distinct)
    reviewed = cues.asks_opinions(question.text)
    ranked = [
        (odds + (_REVIEWED if reviewed and statement.source == "customer" else 0.0), statement)
        for odds, statement in zip(scores, distinct, strict=True)
    ]
    return sorted(ranked, key=lambda row: -row[0])


def _names(product: Product) -> list[str]:
    return [product.title, *(t.title or "" for t in product.translations.values()), product.brand or ""]


def _say_statements(
    question: Question, draft: Draft, product: Product, asked: list[str], *, enough: bool, part: bool
) -> float | None:
    """Say the asked fields and what else answers best; returns the best log-odds, None when nothing does."""
    ranked = _ranked(question, draft, product, asked)
    stated = {statement.key for _, statement in ranked} & set(asked)
    needed = _EXTRA if part or enough else SURE
    best = ranked[0][0] if ranked else -math.inf
    bar = max(needed, best - _NEAR)
    plain = without_names(question.text, _names(product))
    lacking = expected.wanting(plain, [statement.text for _, statement in ranked])
    fields = [s for (_, s), lacks in zip(ranked, lacking, strict=True) if s.key in stated and not lacks]
    chosen = fields[:_FIELDS] + [s for at, s in ranked if at >= bar and s.key not in stated]
    said: set[str] = set()
    for statement in chosen[:_MOST]:
        if statement.variant_id is not None and statement.key in said:
            continue
        said.add(statement.key)
        _say(draft, product, statement, plainly=negated.denies(question.text))
    return max(best, _ASKED) if fields else best if chosen else None


def _say(draft: Draft, product: Product, statement: Statement, *, plainly: bool = False) -> None:
    if statement.variant_id is not None:
        options = [
            s for s in of_product(draft.view, product, draft.language) if s.variant_id and s.key == statement.key
        ]
        _say_options(draft, product, options)
    elif statement.key:
        text = phrases.fact(product, statement, draft.language, plainly=plainly)
        draft.say(text, draft.cite_title(product), draft.cite(statement))
    else:
        draft.say(phrases.quoted(statement, draft.language), draft.cite(statement), kind="quote")


def _say_options(draft: Draft, product: Product, options: list[Statement]) -> None:
    """All values of an option."""
    distinct = {statement.quote: statement for statement in reversed(options)}
    numbers = [draft.cite(statement) for statement in reversed(distinct.values())]
    joined = ("、" if draft.language == "zh" else ", ").join(reversed(distinct))
    title, label = localised(product, draft.language), options[0].label
    draft.say(
        f"{title}的{label}有：{joined}。" if draft.language == "zh" else f"{title} — {label}: {joined}.", *numbers
    )
