"""A question about one product: fields first, then what its texts, answers and reviews say."""

from catalog import lexicon
from catalog.model import Product, Variant
from catalog.money import display
from catalog.text import fold
from guide.choose import cues, phrases
from guide.choose.draft import Draft, variant_name
from guide.choose.rank import Scorer
from guide.evidence import Statement, localised, of_product
from guide.model import Decision, Question
from index.api import tokens

SURE = 0.31
"""A statement that scores this much answers the question (tuned on the tune cases)."""
_SURE_OF_FIELD = 0.31
"""So much is needed where the question asks for an attribute that the record does not have."""
_EXTRA = 0.5
"""So much is needed to be said beside an answered price or stock question."""
_SUPPORT = 0.72
"""Further statements must come this near to the best one."""
_MOST = 3
_LISTED = 8
"""Most variants whose offers are said one by one."""
_ASKED = 0.3
_REVIEWED = 0.4
_OFFER_FIELDS = {"price", "list_price", "stock", "availability", "discount", "offer"}
_OPINION_FIELDS = {"rating", "reviews"}


def answer(question: Question, draft: Draft, product: Product) -> Decision:
    """What the records say of the product, or that they do not say."""
    draft.show(product)
    asked = [field for field in draft.understanding.fields if field not in _OFFER_FIELDS | _OPINION_FIELDS]
    part = cues.asks_part(question.text)
    chosen = meant(question.text, product)
    offered = not part and (asks_offer(question, draft) or bool(chosen))
    if offered:
        say_offers(draft, product, chosen)
    best = _say_statements(question, draft, product, asked, enough=offered and not asked, part=part)
    if not (offered or best):
        draft.say(phrases.text("no_field", draft.language, title=localised(product, draft.language)), kind="notice")
        return draft.decide("unanswerable", "no_field")
    if not offered:
        say_offers(draft, product, [], brief=True)
    return draft.decide("answered", confidence=1.0 if offered else best)


def score(question: Question, draft: Draft, product: Product) -> float:
    """How well the best statement of the product answers; offers count in full."""
    if asks_offer(question, draft):
        return 1.0
    ranked = _ranked(question, draft, product, [])
    return ranked[0][0] if ranked else 0.0


def asks_offer(question: Question, draft: Draft) -> bool:
    """Whether price, stock or promotions are asked for."""
    asked = _OFFER_FIELDS.intersection(draft.understanding.fields)
    return bool(asked) or cues.asks_offer(question.text)


def _ranked(question: Question, draft: Draft, product: Product, asked: list[str]) -> list[tuple[float, Statement]]:
    statements = [s for s in of_product(draft.view, product, draft.language) if s.key != "brand" or "brand" in asked]
    distinct = list({(s.record_id, s.field, s.quote): s for s in statements}.values())
    names = [product.title, *(t.title or "" for t in product.translations.values()), product.brand or ""]
    scores = Scorer(draft.view, question.text, "product", names).score(distinct)
    reviewed = cues.asks_opinions(question.text)
    ranked = []
    for base, statement in zip(scores, distinct, strict=True):
        bonus = _ASKED if statement.key in asked else 0.0
        bonus += _REVIEWED if reviewed and statement.source == "customer" else 0.0
        ranked.append((base + bonus, statement))
    return sorted(ranked, key=lambda row: -row[0])


def _say_statements(
    question: Question, draft: Draft, product: Product, asked: list[str], *, enough: bool, part: bool
) -> float:
    """Say the asked fields and what else answers best; returns the best score, 0 when nothing does."""
    ranked = _ranked(question, draft, product, asked)
    stated = {statement.key for _, statement in ranked} & set(asked)
    needed = _EXTRA if part else SURE if stated or not asked else _SURE_OF_FIELD
    best = ranked[0][0] if ranked else 0.0
    bar = max(needed, _SUPPORT * best)
    chosen = [(at, s) for at, s in ranked if s.key in stated or (at >= bar and not (enough and at < _SURE_OF_FIELD))]
    said: set[str] = set()
    for _, statement in chosen[:_MOST]:
        if statement.variant_id is not None and statement.key in said:
            continue
        said.add(statement.key)
        _say(draft, product, statement)
    return min(1.0, best) if chosen else 0.0


def _say(draft: Draft, product: Product, statement: Statement) -> None:
    if statement.variant_id is not None:
        options = [
            s for s in of_product(draft.view, product, draft.language) if s.variant_id and s.key == statement.key
        ]
        _say_options(draft, product, options)
    elif statement.key:
        draft.say(phrases.fact(product, statement, draft.language), draft.cite_title(product), draft.cite(statement))
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


def say_offers(draft: Draft, product: Product, chosen: list[Variant], *, brief: bool = False) -> None:
    """Price and availability: of the variants that are meant, or of all of them; `brief` says only the cheapest."""
    title = localised(product, draft.language)
    if brief and product.variants:
        offer = draft.view.offer(product.id)
        spread = price_range(draft, product)
        if offer is not None:
            numbers = [draft.cite_title(product), *_cite_variants(draft, product)]
            text = (
                f"{title}：{spread}，{phrases.availability_of(offer, 'zh')}。"
                if draft.language == "zh"
                else f"{title}: {spread}, {phrases.availability_of(offer, 'en')}."
            )
            draft.say(text, *numbers, kind="price")
        return
    if not product.variants:
        _say_offer(draft, product, None, title)
    for variant in (chosen or product.variants)[:_LISTED]:
        _say_offer(draft, product, variant, f"{title} {variant_name(variant, draft.language)}")
    if len(chosen) == 1 and draft.cards:
        draft.cards.pop()
        draft.show(product, chosen[0].id)
    if not brief:
        _say_promotions(draft, product)


def _cite_variants(draft: Draft, product: Product) -> list[int]:
    offers = [(variant.id, draft.view.offer(product.id, variant.id)) for variant in product.variants]
    return [draft.cite_offer(product, offer, id_) for id_, offer in offers if offer is not None]


def _say_promotions(draft: Draft, product: Product) -> None:
    """Group buys, coupons and bundles are conditions, never the price; their terms are quoted."""
    for promotion in draft.view.promotions(product.id):
        if promotion.terms:
            statement = Statement(
                record_id=promotion.id, field="terms", quote=promotion.terms, language=draft.language, source="merchant"
            )
            text = f"优惠：{promotion.terms}" if draft.language == "zh" else f"Offer: {promotion.terms}"
            draft.say(text, draft.cite(statement), kind="quote")


def _say_offer(draft: Draft, product: Product, variant: Variant | None, title: str) -> None:
    offer = draft.view.offer(product.id, variant.id if variant else None)
    if offer is None:
        return
    numbers = [draft.cite_title(product), draft.cite_offer(product, offer, variant.id if variant else None)]
    draft.say(phrases.price(title, offer, draft.language), *numbers, kind="price")


def meant(text: str, product: Product) -> list[Variant]:
    """The variants whose options the question names best; none when it names no option."""
    said = set(tokens(text)) | {fold(text)}
    folded = fold(text).replace(" ", "")
    scored = [(_named(variant, said, folded), variant) for variant in product.variants]
    best = max((score for score, _ in scored), default=0.0)
    return [variant for score, variant in scored if best > 0 and score == best]


def _named(variant: Variant, said: set[str], folded: str) -> float:
    score = 0.0
    for value in variant.options.values():
        spellings = {
            str(value),
            lexicon.say(lexicon.value(str(value)), "zh"),
            lexicon.say(lexicon.value(str(value)), "en"),
        }
        score += max(_overlap(spelling, said, folded) for spelling in spellings)
    return score


def _overlap(value: str, said: set[str], folded: str) -> float:
    squeezed = fold(value).replace(" ", "")
    if len(squeezed) > 1 and squeezed in folded:
        return 1.0
    words = set(tokens(value))
    return len(words & said) / len(words) if words else 0.0


def price_range(draft: Draft, product: Product) -> str:
    """The price of a product in words, with its range when variants differ."""
    offers = [draft.view.offer(product.id, variant.id) for variant in product.variants] or [
        draft.view.offer(product.id)
    ]
    prices = sorted({offer.price.amount: offer.price for offer in offers if offer is not None}.items())
    if not prices:
        return ""
    low, high = prices[0][1], prices[-1][1]
    return display(low) if low == high else f"{display(low)} – {display(high)}"
