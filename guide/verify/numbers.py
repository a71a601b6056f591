"""Every price, measure and number of a sentence is one that its evidence states."""

import re
from collections.abc import Iterator
from itertools import combinations

from catalog import lexicon
from guide.verify.comparisons import compares
from guide.verify.figures import Figure, read
from guide.verify.ground import Ground
from guide.verify.reading import Reading
from guide.verify.text import folded, squeezed

_SAME_UNIT = 1e-6
# A conversion is rounded when it is written: 16 inches are 40.64 cm, and people say 40.6.
_CONVERTED = 5e-3
_MOST = ("up to", "at most", "maximum", "max", "最多", "最长", "最高", "最大", "可达", "以内")
_LEAST = ("from", "at least", "minimum", "starting", "最少", "至少", "最低", "起", "以上")
_STARS = re.compile(r"\s?(?:星|stars?\b)")
_FRAMES = frozenset({"frame", "notice"})


def numbers(reading: Reading) -> Iterator[str]:
    """Complaints about figures that the evidence does not hold."""
    for figure in reading.figures:
        ground = reading.ground(figure.start)
        if any(excuse(figure, reading) for excuse in (_echoes, _counts, _rendered, _labelled)):
            continue
        stated = [known for known in ground.figures if agrees(figure, known, reading.text)]
        written = reading.text[figure.start : figure.end]
        if not stated and not _difference(figure, ground, reading):
            yield f"{figure.kind} {written!r} is not in the evidence"
        elif _misplaced(figure, ground, reading):
            yield f"{figure.kind} {written!r} belongs to another field"


def agrees(claim: Figure, known: Figure, text: str = "") -> bool:
    """Whether a number says the same as one that is known: the value, and the unit or currency where it has one."""
    if claim.kind == "price":
        shared = known.kind == "price" and set(claim.unit.split()) & set(known.unit.split())
        return bool(shared) and _near(claim.value, known.value) and _same_end(claim, known)
    if claim.kind == "measure":
        if known.kind == "bare":
            return claim.spelled == "piece" and _near(claim.written, known.written)
        if known.kind != "measure" or known.unit != claim.unit:
            return False
        tolerance = _SAME_UNIT if known.spelled == claim.spelled else _CONVERTED
        if claim.upper is None and known.upper is not None:
            return _end_of_range(claim, known, text, tolerance)
        return _near(claim.value, known.value, tolerance) and _same_end(claim, known, tolerance)
    if claim.spelled == "piece" and known.kind != "bare" and known.spelled != "piece":
        return False  # five phones are not proved by 5 %
    return _near(claim.value, known.written)


def _near(left: float, right: float, tolerance: float = _SAME_UNIT) -> bool:
    return abs(left - right) <= tolerance * max(1.0 if tolerance == _SAME_UNIT else 0.0, abs(left), abs(right))


def _same_end(claim: Figure, known: Figure, tolerance: float = _SAME_UNIT) -> bool:
    if claim.upper is None or known.upper is None:
        return claim.upper == known.upper
    return _near(claim.upper, known.upper, tolerance)


def _end_of_range(claim: Figure, known: Figure, text: str, tolerance: float) -> bool:
    """One end of a stated range may stand alone only as a bound: up to 5 years, 3 岁以上."""
    around = text[max(0, claim.start - 12) : claim.end + 4].lower()
    upper = known.upper if known.upper is not None else known.value
    return (any(word in around for word in _MOST) and _near(claim.value, upper, tolerance)) or (
        any(word in around for word in _LEAST) and _near(claim.value, known.value, tolerance)
    )


def _echoes(figure: Figure, reading: Reading) -> bool:
    """A frame may repeat the question's own numbers (300 元以内的耳机)."""
    if reading.sentence.kind not in _FRAMES:
        return False
    asked = read(reading.context.question)
    return any(agrees(figure, one) or _near(figure.written, one.written) for one in asked)


def _counts(figure: Figure, reading: Reading) -> bool:
    """How many products are shown; a count has no unit but the piece."""
    countable = figure.kind == "bare" or figure.spelled == "piece"
    return countable and figure.written == len(reading.context.decision.cards)


def _rendered(figure: Figure, reading: Reading) -> bool:
    """What the engine renders from a record without citing it: a variant's name before its price, a review's stars."""
    if not reading.own or figure.kind == "price":
        return False
    return reading.sentence.kind == "price" or _STARS.match(reading.text, figure.end) is not None


def _labelled(figure: Figure, reading: Reading) -> bool:
    """A number that is part of a field's name: sugar per 100 g."""
    names = {folded(name) for fact in reading.ground(figure.start).facts for name in fact.names}
    spans = [match.span() for name in names for match in re.finditer(re.escape(name), reading.text)]
    return any(start <= figure.start and figure.end <= end for start, end in spans)


def _difference(figure: Figure, ground: Ground, reading: Reading) -> bool:
    """Two stated values may be subtracted where the engine itself compares them: 200 g lighter."""
    if figure.kind == "bare" or not compares(reading):
        return False
    known = [other for other in ground.figures if other.kind == figure.kind and _shares_unit(figure, other)]
    return any(_near(figure.value, abs(a.value - b.value), _CONVERTED) for a, b in combinations(known, 2))


def _shares_unit(left: Figure, right: Figure) -> bool:
    return bool(set(left.unit.split()) & set(right.unit.split()))


def _misplaced(figure: Figure, ground: Ground, reading: Reading) -> bool:
    """The clause names one field of the evidence, and only another field has this value (续航 2 小时 from 充电时间)."""
    if figure.kind != "measure":
        return False
    clause = squeezed(reading.clause(figure.start))
    holders = [fact for fact in ground.facts if any(agrees(figure, known, reading.text) for known in fact.figures)]
    named = {fact.key for fact in ground.facts if any(name in clause for name in _labels(fact.key, fact.name))}
    return bool(named and holders) and all(
        fact.key not in named and fact.key in lexicon.attribute_names().values() for fact in holders
    )


def _labels(key: str, name: str) -> set[str]:
    return {squeezed(text) for text in (name, lexicon.label(key, "zh"), lexicon.label(key, "en"))} - {""}
