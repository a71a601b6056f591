"""Collects what an answer will consist of: numbered evidence, cards, sentences."""

import msgspec

from catalog.model import Product, Variant
from guide.choose.phrases import availability_of, cost, moment
from guide.evidence import Statement, canonical, localised, spoken
from guide.model import (
    Card,
    Decision,
    Evidence,
    Language,
    Outcome,
    Reason,
    Sentence,
    SentenceKind,
    Table,
    Understanding,
)
from index.api import LiveOffer, View


class Draft:
    """One answer in the making; citations are numbered in the order they are first used."""

    def __init__(self, understanding: Understanding, view: View) -> None:
        self.understanding = understanding
        self.language: Language = understanding.language
        self.view = view
        self.cards: list[Card] = []
        self.evidence: list[Evidence] = []
        self.sentences: list[Sentence] = []
        self.table: Table | None = None
        self.shop_texts: list[tuple[float, Statement]] | None = None
        """Statements of the shop's texts with their log-odds for the question, once they were ranked."""
        self._numbers: dict[tuple[str, str, str], int] = {}

    def cite(self, statement: Statement) -> int:
        """The number of a statement's citation."""
        return self._number(
            Evidence(
                n=0,
                record_id=statement.record_id,
                field=statement.field,
                quote=statement.quote,
                language=statement.language,
                source=statement.source,
                value=None if statement.value is None else canonical(statement.value),
                variant_id=statement.variant_id,
            )
        )

    def cite_title(self, product: Product) -> int:
        """The number of the citation of a product's name."""
        title = localised(product, self.language)
        return self._number(
            Evidence(n=0, record_id=product.id, field="title", quote=title, language=self.language, source="merchant")
        )

    def cite_offer(self, product: Product, offer: LiveOffer, variant_id: str | None = None) -> int:
        """The number of the citation of a live offer; its quote says price and availability."""
        stock = f" · {offer.stock}" if offer.stock is not None else ""
        return self._number(
            Evidence(
                n=0,
                record_id=product.id,
                field=f"variants.{variant_id}.offer" if variant_id else "offer",
                quote=f"{cost(offer, self.language, until=False)} · {availability_of(offer, self.language)}{stock}",
                language=self.language,
                source="merchant",
                value=f"{offer.price.amount} {offer.price.currency}",
                variant_id=variant_id,
            )
        )

    def cite_price(self, product: Product, offer: LiveOffer, variant_id: str | None = None) -> list[int]:
        """The numbers of all that a sentence about a price rests on: name, offer, and when its sale ends."""
        numbers = [self.cite_title(product), self.cite_offer(product, offer, variant_id)]
        if offer.until and offer.promotion_id:
            end = Evidence(
                n=0, record_id=offer.promotion_id, field="ends_at", quote=moment(offer.until), language=self.language,
                source="merchant",
            )  # fmt: skip
            numbers.append(self._number(end))
        return numbers

    def _number(self, evidence: Evidence) -> int:
        mark = (evidence.record_id, evidence.field, evidence.quote)
        if mark not in self._numbers:
            self._numbers[mark] = len(self.evidence) + 1
            self.evidence.append(msgspec.structs.replace(evidence, n=self._numbers[mark]))
        return self._numbers[mark]

    def cite_rating(self, product: Product, stars: str) -> int:
        """The number of the citation of a product's mean rating."""
        rating = Evidence(
            n=0, record_id=product.id, field="rating", quote=stars, language=self.language, source="customer",
            value=stars,
        )  # fmt: skip
        return self._number(rating)

    def say(self, text: str, *citations: int, kind: SentenceKind = "answer", opens: bool = False) -> None:
        """Add a sentence; one that `opens` begins a new line."""
        self.sentences.append(Sentence(text=text, citations=list(citations), kind=kind, opens=opens))

    def tell_why(self, product_id: str, why: str) -> None:
        """Put the reason on the product's card."""
        self.cards = [msgspec.structs.replace(c, why=why) if c.id == product_id else c for c in self.cards]

    def show(
        self, product: Product, variant_id: str | None = None, why: str = "", unverified: list[str] | None = None
    ) -> Card:
        """Add the product's card, once."""
        offer = self.view.offer(product.id, variant_id)
        card = Card(
            id=product.id, title=localised(product, self.language), offer=offer, variant_id=variant_id, url=product.url,
            image=product.images[0] if product.images else None, why=why, unverified=unverified or [],
        )  # fmt: skip
        if all(shown.id != product.id for shown in self.cards):
            self.cards.append(card)
        return card

    def decide(self, outcome: Outcome, reason: Reason | None = None, confidence: float = 1.0) -> Decision:
        """The finished decision."""
        return Decision(
            outcome=outcome, reason=reason, language=self.language, understanding=self.understanding, cards=self.cards,
            evidence=self.evidence, sentences=self.sentences, table=self.table,
            confidence=round(confidence, 3), degraded=list(self.view.degraded),
        )  # fmt: skip


def product_of(view: View, product_id: str) -> Product | None:
    """The product with this id, or None."""
    record = view.record(product_id)
    return record if isinstance(record, Product) else None


def variant_name(variant: Variant, language: Language) -> str:
    """A variant by its options: 黑色 / 64GB."""
    return " / ".join(spoken(value, language) for value in variant.options.values())
