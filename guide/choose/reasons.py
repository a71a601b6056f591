"""Why a product is shown: what its own records say to the wish, a few words each."""

import re

import msgspec

from catalog.model import Measure, Product
from guide.choose import phrases, sayings
from guide.choose.draft import Draft
from guide.choose.rank import Scorer
from guide.evidence import LIKED, Statement, localised, of_product, titles
from guide.model import Question

_PLAIN = {"brand", "type"}
"""Attributes that the name already says: no reason to buy."""
_CHARS = {"zh": 18, "en": 42}
"""A reason may be this much longer than the product's name, so that no advice is mostly somebody else's sentence."""
_SPEAKS = -0.5
"""Log-odds at which a statement is a reason."""
_ANSWERED = 1.0
"""An answered question speaks to somebody else's matter; so much is needed of it."""
_FOREIGN = 2.0
"""Log-odds that a statement in another language than the answer has to make up for."""
# Cautions, care and what lies in the box: true, and no reason to buy.
_NO_PRAISE = re.compile(
    r"不|没|请|建议|盒内|包装|\b(?:not|no|only|never|harms?|avoid|please|in the box|wash)\b|n't\b", re.IGNORECASE
)
_WISHED = 2
"""Most attributes told that the wish asks for by name."""


class Reasons(msgspec.Struct):
    """A product with its statements, each with its log-odds for the wish."""

    product: Product
    scored: list[tuple[float, Statement]]

    def values(self) -> dict[str, Statement]:
        """Its numbers by key."""
        return {s.key: s for _, s in self.scored if s.key and isinstance(s.value, Measure)}


def of_all(question: Question, draft: Draft, products: list[Product]) -> list[list[Statement]]:
    """For each product up to four statements.

    What the wish asks for by name, what else speaks to it most, and one number in which the products differ.
    """
    every = [_scored(question, draft, product) for product in products]
    telling = _telling(every)
    return [_chosen(draft, found, telling) for found in every]


def _chosen(draft: Draft, found: Reasons, telling: str) -> list[Statement]:
    wished = {*draft.understanding.filter.attributes, *draft.understanding.filter.not_attributes}
    named = [s for _, s in found.scored if s.key in wished][:_WISHED]
    best = _best(draft, found, wished, alone=not named)
    value = found.values().get(telling)
    return list({s.text: s for s in (*named, value, best) if s is not None}.values())


def _telling(every: list[Reasons]) -> str:
    """The key of the number that all products state, differently, and that speaks most to the wish; "" if none."""
    if len(every) < 2:
        return ""
    values = [found.values() for found in every]
    shared = [key for key in values[0] if all(key in v for v in values) and len({v[key].quote for v in values}) > 1]
    odds = {key: max(o for found in every for o, s in found.scored if s.key == key) for key in shared}
    return max(shared, key=lambda key: odds[key], default="")


def say(draft: Draft, statements: list[Statement]) -> str:
    """Add the reasons to the draft; returns them in short, for the card."""
    plain = [s for s in statements if s.key and sayings.predicate(s, draft.language)]
    valued = [s for s in statements if s.key and s not in plain]
    told: list[str] = []
    for text, cited in [*sayings.together(plain, valued, draft.language)]:
        draft.say(text, *(draft.cite(s) for s in cited), kind="advice")
        told.append(text)
    for statement in statements:
        if not statement.key:
            draft.say(phrases.quoted(statement, draft.language), draft.cite(statement), kind="advice")
            told.append(statement.quote)
    return " ".join(told).rstrip("。.")


def _may_speak(statement: Statement) -> bool:
    if statement.variant_id is not None or statement.key in _PLAIN:
        return False
    return statement.source != "customer" or (statement.rating or 0.0) >= LIKED


def _scored(question: Question, draft: Draft, product: Product) -> Reasons:
    statements = [s for s in of_product(draft.view, product, draft.language) if _may_speak(s)]
    asked = draft.understanding.query.strip() or question.text
    scores = Scorer(draft.view, asked, "product", titles(product)).score(statements)
    return Reasons(product, [(_handicapped(o, s, draft), s) for o, s in zip(scores, statements, strict=True)])


def _best(draft: Draft, found: Reasons, wished: set[str], *, alone: bool) -> Statement | None:
    """The short statement that speaks most to the wish; to stand `alone`, else the merchant's nearest word."""
    longest = _CHARS[draft.language] + len(localised(found.product, draft.language))
    short = [(odds, s) for odds, s in found.scored if len(s.quote) <= longest and s.key not in wished]
    best = max(short, key=lambda row: row[0], default=None)
    if best is not None and best[0] >= _SPEAKS:
        return best[1]
    own = [row for row in short if _praises(row[1], draft.language)]
    return max(own, key=lambda row: row[0])[1] if alone and own else None


def _praises(statement: Statement, language: str) -> bool:
    own = statement.field in {"bullets", "description"} and statement.language == language
    return own and not _NO_PRAISE.search(statement.quote)


def _handicapped(odds: float, statement: Statement, draft: Draft) -> float:
    foreign = _FOREIGN if statement.language != draft.language else 0.0
    return odds - foreign - (_ANSWERED - _SPEAKS if statement.source == "qa" else 0.0)
