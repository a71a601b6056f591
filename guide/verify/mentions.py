"""Which products a text speaks of, and which one each part of it is about."""

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from guide.model import Decision, Evidence
from guide.verify.text import clauses, folded, squeezed

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.'’-]*|[\u3400-\u9fff]+")
_MODEL = re.compile(r"(?=[A-Za-z0-9+-]*\d)(?=[A-Za-z0-9+-]*[A-Za-z])[A-Za-z][A-Za-z0-9+-]+")
_NAMING = 4
"""A name is made of the first words of a title; what follows describes."""
_TOGETHER = re.compile(r"分别|依次|都|均|两款|两者|\brespectively\b|\bboth\b|\beach\b|\ball\b", re.IGNORECASE)


class Mention(msgspec.Struct, frozen=True):
    """A product's name in a text, at the code points [start, end)."""

    product: str
    start: int
    end: int


def product_of(evidence: Evidence) -> str:
    """The record a piece of evidence belongs to: reviews and answers belong to their product."""
    return evidence.record_id.split("/", 1)[0]


def titles(decision: Decision) -> dict[str, list[str]]:
    """Every title the decision knows, by product."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for card in decision.cards:
        found[card.id].append(folded(card.title))
    for evidence in decision.evidence:
        if evidence.field == "title":
            found[product_of(evidence)].append(folded(evidence.quote))
    return dict(found)


class Names:
    """The names of the decision's products: titles, their beginnings and their model numbers, where they are unique."""

    def __init__(self, decision: Decision) -> None:
        self.titles = titles(decision)
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for product, texts in self.titles.items():
            for name in {name for text in texts for name in _names(text)}:
                owners[name].add(product)
        self._owner = {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}

    def find(self, text: str) -> list[Mention]:
        """Names in a folded text, longest first where they overlap, in order of place."""
        found: list[Mention] = []
        compact, places = _compact(text)
        for name in sorted(self._owner, key=len, reverse=True):
            start = -1
            while (start := compact.find(name, start + 1)) >= 0:
                mention = Mention(self._owner[name], places[start], places[start + len(name) - 1] + 1)
                if _whole(text, mention) and not any(m.start < mention.end and mention.start < m.end for m in found):
                    found.append(mention)
        return sorted(found, key=lambda mention: mention.start)


class Subjects:
    """Whose each place of a text is: the products its clause names, else those named before, else after."""

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        self.mentions = mentions
        self._everything = frozenset(mention.product for mention in mentions)
        self._clauses = [(start, end, _named(mentions, start, end)) for start, end in clauses(text)]
        if _TOGETHER.search(text):
            self._clauses = [(start, end, self._everything) for start, end, _ in self._clauses]

    def at(self, place: int) -> frozenset[str]:
        """The products that a statement at this place is about; empty when the text names none."""
        last: frozenset[str] = frozenset()
        for start, end, named in self._clauses:
            last = named or last
            if start <= place < end:
                break
        return last or frozenset(mention.product for mention in self.mentions[:1])


def _named(mentions: list[Mention], start: int, end: int) -> frozenset[str]:
    return frozenset(mention.product for mention in mentions if start <= mention.start < end)


def _names(title: str) -> Iterable[str]:
    yield squeezed(title)
    words = _WORD.findall(title)
    for first in range(min(2, len(words))):
        for last in range(first + 1, min(_NAMING, len(words)) + 1):
            name = squeezed("".join(words[first:last]))
            if last - first > 1 or (first == 0 and len(name) > 1):
                yield name
    yield from (squeezed(word) for word in words[:_NAMING] if _MODEL.fullmatch(word))


def _compact(text: str) -> tuple[str, list[int]]:
    """The squeezed text and, for each of its characters, where it stood."""
    kept = [(char, place) for place, raw in enumerate(text) for char in squeezed(raw)]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def _whole(text: str, mention: Mention) -> bool:
    """Whether the name ends where a word does: N2 is not named by N20."""
    first, last = text[mention.start], text[mention.end - 1]
    before, after = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
    return not (_same_word(before, first) or _same_word(last, after))


def _same_word(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
