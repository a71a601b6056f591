"""Two or more products side by side: an aligned table, and the asked or differing fields in words."""

import math

from catalog.model import Product
from guide.choose import against, cues, phrases, picks, ranking, sayings, table
from guide.choose.draft import Draft, product_of
from guide.choose.offers import price_range
from guide.choose.product import SURE
from guide.choose.rank import Scorer
from guide.evidence import Statement, by_key, localised, of_product
from guide.model import Decision, Question, Table

_MOST_ROWS = 12
_SAID = 4
_BEHIND = 2.5
_NEAR = -2.0
"""A field whose statement scores this much is said: in a comparison one field too many does little harm."""


def answer(question: Question, draft: Draft, ids: list[str]) -> Decision:
    """The comparison of known products."""
    products = [p for p in (product_of(draft.view, id_) for id_ in ids[: table.MOST_COLUMNS]) if p is not None]
    for product in products:
        draft.show(product)
    every = [of_product(draft.view, product, draft.language) for product in products]
    stated = [by_key(statements) for statements in every]
    asked = [key for key in draft.understanding.fields if any(key in fields for fields in stated)]
    titles = [localised(product, draft.language) for product in products]
    scorer = Scorer(draft.view, question.text, "product", [*titles, *(product.title for product in products)])
    rank = ranking.asked(question.text)
    priced = cues.compared_price(question.text)
    if rank is not None:
        named = [key for key in rank.keys if any(key in f for f in stated)] or ranking.named(question.text, stated)
        asked = list(dict.fromkeys([*asked, *named]))
        if not asked and not priced:
            return _unranked(draft, products, rank)
        any(ranking.say(draft, rank, titles, stated, key) for key in asked)
    if priced:
        picks.compare_prices(draft, priced)
    only_price = bool(priced) and not asked
    near = _differing(stated) if cues.asks_difference(question.text) else _nearest_keys(scorer, stated)
    keys = list(dict.fromkeys([*asked, *near])) or _differing(stated)
    said = [] if only_price else [key for key in keys[:_SAID] if key in asked or _differs(key, stated)]
    texts = [None if only_price else _text(scorer, statements) for statements in every]
    for product, fields, text in zip(products, stated, texts, strict=True):
        _say_product(draft, product, fields, said)
        for key in asked[:_SAID]:
            if key not in fields:
                _say_unknown(draft, product, table.label(key, stated, draft.language))
        if text is not None:
            draft.say(phrases.quoted(text, draft.language), draft.cite(text), kind="quote")
    draft.table = table.build(draft, products, keys, most=_MOST_ROWS)
    _say_conflicts(draft, titles, draft.table)
    return draft.decide("answered")


def _unranked(draft: Draft, products: list[Product], rank: ranking.Rank) -> Decision:
    """None of the records says what would decide it."""
    draft.say(phrases.text("not_ranked", draft.language, words=rank.word), kind="notice")
    draft.table = table.build(draft, products, [], most=_MOST_ROWS)
    return draft.decide("unanswerable", "no_field")


def _say_unknown(draft: Draft, product: Product, label: str) -> None:
    title = localised(product, draft.language)
    text = (
        f"{title}的资料没有写明{label}。" if draft.language == "zh" else f"The records of {title} do not state {label}."
    )
    draft.say(text, kind="notice")


def _say_product(draft: Draft, product: Product, fields: dict[str, Statement], keys: list[str]) -> None:
    """One product in a line: what it costs, then the compared fields."""
    opened = _say_price(draft, product)
    told = [fields[key] for key in keys if key in fields]
    plain = [statement for statement in told if sayings.predicate(statement, draft.language)]
    for text, cited in sayings.together(plain, [s for s in told if s not in plain], draft.language):
        title = "" if opened else f"{localised(product, draft.language)}{'：' if draft.language == 'zh' else ': '}"
        draft.say(f"{title}{text}", draft.cite_title(product), *(draft.cite(s) for s in cited), opens=not opened)
        opened = True


def _say_price(draft: Draft, product: Product) -> bool:
    offer, title = draft.view.offer(product.id), localised(product, draft.language)
    if offer is None:
        return False
    spread = price_range(draft, product)
    numbers = [draft.cite_title(product)]
    for variant in product.variants:
        live = draft.view.offer(product.id, variant.id)
        if live is not None:
            numbers.append(draft.cite_offer(product, live, variant.id))
    numbers.append(draft.cite_offer(product, offer))
    text = f"{title}：{spread}。" if draft.language == "zh" else f"{title}: {spread}."
    draft.say(text, *dict.fromkeys(numbers), kind="price", opens=True)
    return True


def _nearest_keys(scorer: Scorer, stated: list[dict[str, Statement]]) -> list[str]:
    """Fields whose statements speak to the question."""
    best: dict[str, float] = {}
    for fields in stated:
        listed = list(fields.values())
        for statement, score in zip(listed, scorer.score(listed), strict=True):
            best[statement.key] = max(best.get(statement.key, -math.inf), score)
    ordered = sorted((key for key in best if key != "brand"), key=lambda key: -best[key])
    return [key for key in ordered if best[key] >= max(_NEAR, best[ordered[0]] - _BEHIND)][:3]


def _differs(key: str, stated: list[dict[str, Statement]]) -> bool:
    return len({fields[key].quote if key in fields else "" for fields in stated}) > 1


def _differing(stated: list[dict[str, Statement]]) -> list[str]:
    shared = [key for key in stated[0] if all(key in fields for fields in stated)]
    return [key for key in shared if key != "brand" and _differs(key, stated)]


def _text(scorer: Scorer, statements: list[Statement]) -> Statement | None:
    """The one text that speaks most to the question, where one does."""
    texts = [s for s in statements if not s.key]
    best = max(zip(scorer.score(texts), texts, strict=True), key=lambda row: row[0], default=None)
    return best[1] if best is not None and best[0] >= SURE else None


def _say_conflicts(draft: Draft, titles: list[str], found: Table) -> None:
    """What a product's texts say against a value of the table; both are told."""
    for row in found.rows:
        for title, cell in zip(titles, row.cells, strict=True):
            for conflict in cell.conflicts:
                text = against.told(title, row.field, cell.value, conflict.quote, draft.language)
                draft.say(text, *([cell.n] if cell.n else []), conflict.n, kind="notice")
