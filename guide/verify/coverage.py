"""What has been said of a decision, and what an answer must not leave out."""

from guide.model import Decision, Sentence
from guide.verify.figures import Figure, read
from guide.verify.mentions import product_of
from guide.verify.numbers import agrees
from guide.verify.reading import Context
from guide.verify.text import folded, terms

_TRIED = 8
"""How many sources a sentence without marks is held against."""
_SHARED = 0.3
"""A fact without numbers counts as said when this share of its words was."""


class Coverage:
    """Keeps account of the sentences that went out."""

    def __init__(self, decision: Decision, context: Context) -> None:
        self.said: list[Sentence] = []
        self._decision = decision
        self._context = context

    def say(self, sentence: Sentence) -> None:
        """A sentence went out."""
        self.said.append(sentence)

    def with_same_evidence(self, sentence: Sentence) -> list[Sentence]:
        """The engine's own sentences that share a citation and were not said yet, the most shared first."""
        cited = set(sentence.citations)
        own = [known for known in self._facts() if cited & set(known.citations) and not self._covered(known)]
        return sorted(own, key=lambda known: -len(cited & set(known.citations)))

    def sources(self, sentence: Sentence) -> list[list[int]]:
        """Citations that a sentence without marks may have meant, the likeliest first."""
        words = terms(sentence.text)
        own = [(fact.text, fact.citations) for fact in self._facts() if fact.citations]
        single = [(evidence.quote, [evidence.n]) for evidence in self._decision.evidence if evidence.field != "title"]
        shared = [(len(words & terms(text)), citations) for text, citations in [*own, *single]]
        return [citations for count, citations in sorted(shared, key=lambda pair: -pair[0])[:_TRIED] if count]

    def missing(self, *, everything: bool) -> list[Sentence]:
        """What must still be said.

        With `everything`, or if no fact was said, all of it; else the first fact, a fact for each card that was passed
        over, and what the engine says at the end.
        """
        facts = self._facts()
        if everything or not any(self._covered(fact) for fact in facts):
            return [sentence for sentence in self._decision.sentences if sentence not in self.said]
        wanted = [fact for fact in facts[:1] if not self._covered(fact)]
        for card in self._decision.cards:
            if card.id not in self._spoken_of():
                wanted += [fact for fact in facts if card.id in self._products(fact)][:1]
        last = [s for s in self._decision.sentences if s.kind == "notice" and s not in self.said]
        return list({id(sentence): sentence for sentence in [*wanted, *last]}.values())

    def _facts(self) -> list[Sentence]:
        return [sentence for sentence in self._decision.sentences if sentence.kind not in {"frame", "notice"}]

    def _covered(self, fact: Sentence) -> bool:
        """Said itself, or by sentences that cite the same and hold all of its numbers, or some of its words."""
        if fact in self.said:
            return True
        near = [said for said in self.said if set(said.citations) & set(fact.citations)]
        text = folded(" ".join(said.text for said in near))
        if not near or not set(fact.citations) <= {n for said in near for n in said.citations} | self._titles():
            return False
        wanted = self._figures(fact)
        if wanted:
            known = read(text)
            return all(any(agrees(figure, other) for other in known) for figure in wanted)
        words = terms(fact.text)
        return len(words & terms(text)) >= _SHARED * len(words)

    def _figures(self, fact: Sentence) -> list[Figure]:
        """Its prices; if it has none, its other numbers; those of product names left out."""
        text = folded(fact.text)
        mentions = self._context.names.find(text)
        found = [f for f in read(text) if not any(m.start <= f.start < m.end for m in mentions)]
        return [figure for figure in found if figure.kind == "price"] or found

    def _titles(self) -> set[int]:
        """Citations that only prove a name."""
        return {evidence.n for evidence in self._decision.evidence if evidence.field == "title"}

    def _spoken_of(self) -> set[str]:
        """Products that were named; one that the shopper named or is looking at needs no more than a citation."""
        meant = set(self._decision.understanding.referents)
        return {product for said in self.said for product in self._named(said) | self._cited(said) & meant}

    def _products(self, sentence: Sentence) -> set[str]:
        return self._named(sentence) | self._cited(sentence)

    def _named(self, sentence: Sentence) -> set[str]:
        return {mention.product for mention in self._context.names.find(folded(sentence.text))}

    def _cited(self, sentence: Sentence) -> set[str]:
        return {product_of(e) for e in self._decision.evidence if e.n in sentence.citations}
