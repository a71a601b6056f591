"""A question about one product: fields first, then what its texts, answers and reviews say."""

import math

from catalog.model import Product
from guide.choose import cues, expected, negated, phrases
from guide.choose.conflicts import opposed
from guide.choose.draft import Draft
from guide.choose.offers import meant, say_offers
from guide.choose.rank import Scorer, probability, without_names
from guide.choose.settled import settles
from guide.evidence import Statement, joined, localised, of_product, titles
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
    if not part and (asks_offer(question, draft) or formed):
        say_offers(draft, product, chosen, order=cues.price_order(question.text))
    offered = bool(draft.sentences)
    best = _say_statements(question, draft, product, asked, enough=offered and not asked, part=part)
    if not offered and best is None:
        draft.say(phrases.text("no_field", draft.language, title=localised(product, draft.language)), kind="notice")
        return draft.decide("unanswerable", "no_field")
    if not offered:
        say_offers(draft, product, [], brief=True)
    return draft.decide("answered", confidence=1.0 if best is None else probability(best))


def odds(question: Question, draft: Draft, product: Product) -> float:
    """Log-odds that the product's best statement answers; a question of price or stock always can be answered."""
    if asks_offer(question, draft) and draft.view.offer(product.id) is not None:
        return math.inf
    ranked = _ranked(question, draft, product, _scorer(question, draft, product), [])
    return ranked[0][0] if ranked else -math.inf


def asks_offer(question: Question, draft: Draft) -> bool:
    """Whether price, stock or promotions are asked for."""
    asked = bool(_OFFER_FIELDS.intersection(draft.understanding.fields)) and not cues.asks_weight(question.text)
    return asked or cues.asks_offer(question.text) or bool(cues.price_order(question.text))


def _scorer(question: Question, draft: Draft, product: Product) -> Scorer:
    return Scorer(draft.view, question.text, "product", _names(product))


def _ranked(
    question: Question, draft: Draft, product: Product, scorer: Scorer, asked: list[str]
) -> list[tuple[float, Statement]]:
    statements = [s for s in of_product(draft.view, product, draft.language) if s.key != "brand" or "brand" in asked]
    distinct = list({(s.record_id, s.field, s.quote): s for s in statements}.values())
    reviewed = cues.asks_opinions(question.text)
    ranked = [
        (odds + (_REVIEWED if reviewed and statement.source == "customer" else 0.0), statement)
        for odds, statement in zip(scorer.score(distinct), distinct, strict=True)
    ]
    return sorted(ranked, key=lambda row: -row[0])


def _names(product: Product) -> list[str]:
    return [*titles(product), product.brand or ""]


def _say_statements(
    question: Question, draft: Draft, product: Product, asked: list[str], *, enough: bool, part: bool
) -> float | None:
    """Say the asked fields and what else answers best; returns the best log-odds, None when nothing does."""
    scorer = _scorer(question, draft, product)
    ranked = _ranked(question, draft, product, scorer, asked)
    stated = {statement.key for _, statement in ranked} & set(asked)
    needed = _EXTRA if part or enough else SURE
    best = ranked[0][0] if ranked else -math.inf
    bar = max(needed, best - _NEAR)
    plain = without_names(question.text, _names(product))
    lacking = expected.wanting(plain, [statement.text for _, statement in ranked])
    fields = [s for (_, s), lacks in zip(ranked, lacking, strict=True) if s.key in stated and not lacks]
    chosen = fields[:_FIELDS] + [s for at, s in ranked if at >= bar and s.key not in stated]
    answering = [s for at, s in ranked if at >= needed]
    rival = opposed(question.text, chosen[0], answering, scorer) if chosen else None
    if rival is not None:
        _say_both(draft, product, chosen[0], rival)
        chosen = [s for s in chosen if s not in {chosen[0], rival}][: _MOST - 2]
    said: set[str] = set()
    for statement in chosen[:_MOST]:
        if statement.variant_id is not None and statement.key in said:
            continue
        said.add(statement.key)
        first = rival is None and statement is chosen[0]
        _say(question, draft, product, statement, settles(question.text, statement, scorer) if first else None)
    return max(best, _ASKED) if fields else best if chosen or rival else None


def _say_both(draft: Draft, product: Product, one: Statement, other: Statement) -> None:
    """Two records that contradict each other, each with who says it."""
    draft.say(phrases.text("conflict", draft.language), kind="notice")
    for statement in (one, other):
        say = phrases.recorded if statement.key else phrases.quoted
        draft.say(say(statement, draft.language), draft.cite(statement))


def _say(question: Question, draft: Draft, product: Product, statement: Statement, holds: bool | None) -> None:
    """One statement; `holds` is the yes or no that it settles the question with."""
    named = product.id not in question.product_ids
    if statement.variant_id is not None:
        options = [
            s for s in of_product(draft.view, product, draft.language) if s.variant_id and s.key == statement.key
        ]
        _say_options(draft, product, options)
    elif statement.key:
        text = phrases.fact(product, statement, draft.language, plainly=negated.denies(question.text), named=named)
        draft.say(text, *([draft.cite_title(product)] if named else []), draft.cite(statement))
    else:
        lead = "" if holds is None else phrases.direct(question.text, draft.language, holds=holds)
        draft.say(f"{lead}{phrases.quoted(statement, draft.language)}", draft.cite(statement))


def _say_options(draft: Draft, product: Product, options: list[Statement]) -> None:
    """All values of an option."""
    distinct = {statement.quote: statement for statement in reversed(options)}
    numbers = [draft.cite(statement) for statement in reversed(distinct.values())]
    values = joined(reversed(distinct), draft.language)
    title, label = localised(product, draft.language), options[0].label
    draft.say(
        f"{title}的{label}有：{values}。" if draft.language == "zh" else f"{title} — {label}: {values}.", *numbers
    )
