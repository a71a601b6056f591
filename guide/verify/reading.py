"""A sentence as the checks see it."""

import re
from functools import cached_property

from guide.model import Decision, Question, Sentence
from guide.verify.figures import Figure, read
from guide.verify.ground import Ground, Grounds
from guide.verify.mentions import Names, Subjects
from guide.verify.text import LINK, clauses, folded, squeezed

_QUOTED = re.compile(r"“([^“”]{2,})”|「([^「」]{2,})」|『([^『』]{2,})』|《([^《》]{2,})》|(?<!\d)\"([^\"]{2,})\"")


class Context:
    """One decision, read once for all of its sentences."""

    def __init__(self, decision: Decision, question: Question) -> None:
        self.decision = decision
        self.question = folded(question.text)
        self.names = Names(decision)
        self.grounds = Grounds(decision, self.names)

    def subjects(self, text: str) -> Subjects:
        """Whose each place of a folded text is."""
        return Subjects(text, self.names.find(text))


class Reading:
    """A sentence with what it may stand on at each place."""

    def __init__(self, sentence: Sentence, context: Context) -> None:
        self.sentence = sentence
        self.context = context
        self.whole = folded(sentence.text)
        self.own = sentence in context.decision.sentences
        self._grounds: dict[frozenset[str], Ground] = {}
        found = _QUOTED.finditer(self.whole)
        self.quotes = [(match.start(), match.end(), match[match.lastindex or 0]) for match in found]
        self.text = LINK.sub(lambda link: " " * len(link[0]), self._without_quotes())
        self.subjects = context.subjects(self.text)
        self.clauses = clauses(self.text)

    @cached_property
    def figures(self) -> list[Figure]:
        """Its numbers, but those inside verified quotes."""
        return read(self.text)

    def ground(self, place: int | None = None) -> Ground:
        """What a statement at this place may stand on; with no place, what the sentence as a whole may."""
        subjects = frozenset() if place is None else self.subjects.at(place)
        if subjects not in self._grounds:
            self._grounds[subjects] = self.context.grounds.of(self.sentence, subjects)
        return self._grounds[subjects]

    def clause(self, place: int) -> str:
        """The clause that a place lies in."""
        return next((self.text[start:end] for start, end in self.clauses if start <= place < end), self.text)

    def _without_quotes(self) -> str:
        """What stands in quotation marks word for word in the evidence is proved: blanks of the same length."""
        text, proof = self.whole, self.ground().squeezed
        for start, end, quote in self.quotes:
            if squeezed(quote) in proof and not self._is_name(quote):
                text = text[:start] + " " * (end - start) + text[end:]
        return text

    def _is_name(self, quote: str) -> bool:
        return bool(self.context.names.find(quote))
