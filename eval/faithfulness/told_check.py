"""A shop rule told again: against the one sentence or clause of the records that says nearly the same words.

"3 kg 以内收 10 元，每多 1 kg 加 3 元" holds four figures; each is true only in its own clause. So where a statement, or
a clause of it, is nearly word for word one of the records, its figures have to be the figures there, it denies what
is denied there, and it says free where free is said.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from eval.faithfulness.model import Finding, Source
from eval.text.blank import blank, blanked
from eval.text.dates import without_dates
from eval.text.fold import READ_ONCE, is_whole_in
from eval.text.prices import Price, prices
from eval.text.quantities import Quantity, quantities
from eval.text.tokens import features
from eval.text.wordlists import NEGATION, OPPOSITES

ALIKE = 0.75
"""Share of the content features of both sides together that both must hold (Jaccard); figures and what turns a
statement are left out."""
LEAST = 2
"""Fewer features than this are alike by chance."""
_TOLD = frozenset({"policy", "faq", "qa", "promotion"})
_SENTENCE = re.compile(r"[^.!?;。！？；\n]+(?:\.(?=\d)[^.!?;。！？；\n]+)*")
_CLAUSE = re.compile(r"[^,，;；:：—。.!！?？\n]+(?:(?:[.,]|(?<=\d):)(?=\d)[^,，;；:：—。.!！?？\n]+)*")
_FIGURE = re.compile(r"\d")


class _Said(NamedTuple):
    """A sentence or clause: its content features without figures, and what it says with them."""

    text: str
    words: frozenset[str]


def check_told(text: str, source: Source) -> list[Finding]:
    """One finding per part of the statement that turns what the records say; nothing where they say nothing alike."""
    held = [said for passage in source.passages if passage.kind in _TOLD for said in _parts(passage.text)]
    found: list[Finding] = []
    for pattern in (_SENTENCE, _CLAUSE):
        for match in pattern.finditer(text):
            said = _said(match[0])
            if any(is_whole_in(passage.text, said.text) for passage in source.passages):
                continue
            alike = [_likeness(said, other) for other in held]
            most = max(alike, default=0.0)
            nearest = [other.text for other, how in zip(held, alike, strict=True) if how == most]
            wrong = _wrong(said.text, nearest) if most >= ALIKE else None
            if wrong:
                found.append(Finding("contradicted", wrong, *match.span()))
    return found[:1]


def _wrong(text: str, others: Sequence[str]) -> str | None:
    """What none of the like parts bears out: a figure, the polarity, one side of a pair of opposites."""
    if not any(_same_figures(text, other) for other in others):
        return "told_number"
    if all(_denies(text) != _denies(other) for other in others):
        return "told_negation"
    return "told_opposite" if all(_opposed(text, other) for other in others) else None


def _same_figures(text: str, other: str) -> bool:
    held_prices, held = prices(other), _amounts(other)
    return all(any(_same_price(price, one) for one in held_prices) for price in prices(text)) and all(
        any(quantity.same(one) for one in held) for quantity in _amounts(text)
    )


def _same_price(one: Price, other: Price) -> bool:
    return one.amount == other.amount and bool(one.currencies & other.currencies)


@lru_cache(maxsize=READ_ONCE)
def _amounts(text: str) -> list[Quantity]:
    """The quantities that are no money and no part of a date."""
    spans = [(price.start, price.end) for price in prices(text)]
    read = quantities(without_dates(text))
    return [one for one in read if not any(start < one.end and one.start < end for start, end in spans)]


def _denies(text: str) -> bool:
    """Whether it is denied an odd number of times; "at no charge" is a side of a pair and denies nothing."""
    return len(NEGATION.findall(_without(text, [side for pair in OPPOSITES for side in pair]))) % 2 == 1


def _opposed(text: str, other: str) -> bool:
    """Whether one says one side of a pair of opposites and the other only the other side."""
    for one, two in OPPOSITES:
        mine, theirs = ((bool(one.search(said)), bool(two.search(said))) for said in (text, other))
        if any(mine) and any(theirs) and mine == (not theirs[0], not theirs[1]):
            return True
    return False


def _likeness(one: _Said, other: _Said) -> float:
    """The share of the content features of both that both hold; 0 for parts too short to compare."""
    if min(len(one.words), len(other.words)) < LEAST:
        return 0.0
    return len(one.words & other.words) / len(one.words | other.words)


@lru_cache(maxsize=READ_ONCE)
def _parts(text: str) -> tuple[_Said, ...]:
    return tuple(_said(match[0]) for match in _pieces(text))


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Sentences and clauses; a heading or a question only names what is told elsewhere."""
    for pattern in (_SENTENCE, _CLAUSE):
        for match in pattern.finditer(text):
            if not match[0].lstrip().startswith("#") and text[match.end() : match.end() + 1] not in ("?", "？"):
                yield match


def _said(text: str) -> _Said:
    """What can be alike in two tellings: figures, their units, negations and opposites are compared on their own."""
    bare = blank(text, [*prices(text), *quantities(text)])
    bare = _without(bare, [*(side for pair in OPPOSITES for side in pair), NEGATION])
    return _Said(text, frozenset(one.text for one in features(bare) if not _FIGURE.search(one.text)))


def _without(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = blanked(text, pattern)
    return text
