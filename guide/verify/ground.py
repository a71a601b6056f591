"""What a statement may stand on: evidence, the offers of its products, and what is read from them."""

from collections.abc import Iterable
from functools import cached_property

from catalog import lexicon
from catalog.money import Money, to_decimal
from guide.model import Card, Decision, Evidence, Sentence
from guide.verify.figures import Figure, read
from guide.verify.mentions import Names, product_of
from guide.verify.text import folded, squeezed

_TEXTS = frozenset({"title", "description", "bullets", "question", "answer", "text", "body", "terms"})
_OFFER = frozenset({"offer", "price"})


class Fact:
    """One piece of evidence, read once."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.product = product_of(evidence)
        self.name = evidence.field.rsplit(".", 1)[-1]
        self.key = lexicon.key(self.name)
        """Canonical key of the field (attributes.续航 -> battery_life)."""
        self.text = folded(evidence.quote)
        self.field = self.name not in _TEXTS
        """Whether it is a value; a text says what it is about itself."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What a value's field is called: as in the record, in Chinese, in English."""
        if not self.field:
            return ()
        return (self.name, lexicon.label(self.key, "zh"), lexicon.label(self.key, "en"))

    @cached_property
    def figures(self) -> list[Figure]:
        """Numbers in the quote."""
        return read(self.text)

    @property
    def truth(self) -> bool | None:
        """What a yes/no field says; None for any other evidence."""
        return {"true": True, "yes": True, "false": False, "no": False}.get(lexicon.value(self.text.strip()))


class Ground:
    """What one statement may stand on."""

    def __init__(self, facts: Iterable[Fact], cards: Iterable[Card], texts: Iterable[str]) -> None:
        self.facts = list(facts)
        self.cards = list(cards)
        self.texts = [folded(text) for text in texts]

    @cached_property
    def figures(self) -> list[Figure]:
        """Every number in it, the offers' prices and stock among them."""
        quoted = [figure for fact in self.facts for figure in fact.figures]
        offered = [figure for card in self.cards for figure in _offered(card)]
        return [*quoted, *offered, *(figure for text in self.texts for figure in read(text))]

    @cached_property
    def text(self) -> str:
        """All its words, one piece a line."""
        named = ["\n".join((fact.text, *fact.names)) for fact in self.facts]
        return "\n".join([*named, *self.texts, *(folded(card.title) for card in self.cards)])

    @cached_property
    def squeezed(self) -> str:
        """The same, squeezed line by line."""
        return "\n".join(squeezed(line) for line in self.text.split("\n"))


class Grounds:
    """The grounds of one decision, cut to what a sentence cites and whom it is about."""

    def __init__(self, decision: Decision, names: Names) -> None:
        self._decision = decision
        self._names = names
        self.facts = {evidence.n: Fact(evidence) for evidence in decision.evidence}

    def of(self, sentence: Sentence, subjects: frozenset[str]) -> Ground:
        """What the sentence cites (everything, when it cites nothing), without what other products' records say."""
        cited = [self.facts[n] for n in sentence.citations if n in self.facts] or list(self.facts.values())
        others = self._names.titles.keys() - subjects if subjects else frozenset()
        facts = [fact for fact in cited if fact.product not in others]
        about = subjects or ({fact.product for fact in cited} if sentence.citations else self._names.titles.keys())
        titles = [title for product in about for title in self._names.titles.get(product, [])]
        # A cited offer may be another variant's than the card's: then the card's price is no proof.
        priced = {fact.product for fact in facts if fact.name in _OFFER} if sentence.citations else set()
        cards = [card for card in self._decision.cards if card.id in about and card.id not in priced]
        return Ground(facts, cards, [*titles, *self._computed(sentence)])

    def _computed(self, sentence: Sentence) -> list[str]:
        """Whole-shop facts and frames have no record to cite: the engine computed them and says them without marks."""
        own = sentence in self._decision.sentences
        if sentence.citations or not (own or self._decision.understanding.fact):
            return []
        return [said.text for said in self._decision.sentences if not said.citations and (not own or said == sentence)]


def _offered(card: Card) -> Iterable[Figure]:
    if card.offer is None:
        return
    for money in (card.offer.price, card.offer.list_price):
        if money is not None:
            yield _price(money)
    if card.offer.stock is not None:
        stock = float(card.offer.stock)
        yield Figure(kind="bare", start=0, end=0, written=stock, value=stock)


def _price(money: Money) -> Figure:
    value = float(to_decimal(money))
    return Figure(kind="price", start=0, end=0, written=value, value=value, unit=money.currency)
