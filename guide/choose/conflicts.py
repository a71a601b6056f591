"""Two records of one product that contradict each other on what is asked: both are told, with who says what."""

import re

from catalog.model import Measure
from catalog.quantity import canonical, parse
from guide.choose.rank import Scorer
from guide.choose.settled import asks_whether, repeats, settles
from guide.evidence import Statement

_APART = 0.1
"""Numbers of one unit that differ by more than this share of the larger one disagree; less is rounding."""
_YES = re.compile(r"\W*(?:yes|yep|yeah)\b|^\W*(?:是的|可以的?|能的?|有的)[，,。！!]?", re.IGNORECASE)
_NO = re.compile(
    r"\W*(?:no|nope)\b(?! (?:problem|doubt))|^\W*(?:不是|不可以|不能|不会|没有|不行)[，,。！!]?", re.IGNORECASE
)
# "alcohol free: yes" is a no to "does it contain alcohol": such a label is left out of yes and no.
_DENYING = re.compile(r"\b(?:free|without|non|no|not)\b|不|无(?!线)|免|未", re.IGNORECASE)


def opposed(question: str, said: Statement, others: list[Statement], scorer: Scorer) -> Statement | None:
    """The first of `others` that contradicts `said`: a number over a tenth apart, or yes against no."""
    for other in others:
        if (other.record_id, other.field) == (said.record_id, said.field) or other.variant_id or said.variant_id:
            continue
        if said.key and other.key and said.key != other.key:
            continue  # two fields, each with a number of its own: with and without its case
        if _far_apart(said, other) or _denied(_holds(question, said, scorer), _holds(question, other, scorer)):
            return other
    return None


def _far_apart(one: Statement, other: Statement) -> bool:
    """Whether both give numbers of one unit and no two of them agree."""
    mine, theirs = _measures(one), _measures(other)
    shared = mine.keys() & theirs.keys()
    return bool(shared) and not any(_agree(a, b) for unit in shared for a in mine[unit] for b in theirs[unit])


def _measures(statement: Statement) -> dict[str, list[tuple[float, float]]]:
    """(from, to) of the numbers by canonical unit."""
    if isinstance(statement.value, Measure):
        value, unit = canonical(statement.value)
        return {unit: [(value, value)]}
    found: dict[str, list[tuple[float, float]]] = {}
    for quantity in parse(statement.quote):
        low, unit = canonical(quantity.measure)
        high = low if quantity.upper is None else canonical(Measure(quantity.upper, quantity.unit))[0]
        found.setdefault(unit, []).append((min(low, high), max(low, high)))
    return found


def _agree(one: tuple[float, float], other: tuple[float, float]) -> bool:
    gap = max(one[0], other[0]) - min(one[1], other[1])
    return gap <= _APART * max(abs(one[1]), abs(other[1]))


def _denied(one: bool | None, other: bool | None) -> bool:
    return one is not None and other is not None and one != other


def _holds(question: str, statement: Statement, scorer: Scorer) -> bool | None:
    """Whether the statement says yes or no to the question; None when neither is plain."""
    if isinstance(statement.value, bool):
        return None if _DENYING.search(statement.label) else statement.value
    plain = True if _YES.match(statement.quote) else False if _NO.match(statement.quote) else None
    if plain is None:
        return settles(question, statement, scorer)
    return plain if asks_whether(question) and repeats(question, statement.label, scorer) else None
