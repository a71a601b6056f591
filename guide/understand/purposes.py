"""For whom and for what a thing is wanted: 给爸爸, women's, for a beginner; 通勤, camping, as a birthday present."""

import re
from collections.abc import Sequence, Set
from typing import Any

from catalog.lexicon import fold
from guide.model import Audience, Constraint, Occasion
from guide.understand.found import Found
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from guide.understand.text import Span
from index.filters import Filter, RangeFilter

_DATA = load("purposes")
_AUDIENCE: dict[Audience, re.Pattern[str]] = {name: pattern(words) for name, words in _DATA["audience"].items()}
_OCCASION: dict[Occasion, re.Pattern[str]] = {name: pattern(words) for name, words in _DATA["occasion"].items()}
_PURPOSES: dict[str, re.Pattern[str]] = {str(n): words for n, words in (*_AUDIENCE.items(), *_OCCASION.items())}
_GENDERS: dict[Audience, tuple[str, ...]] = {
    "man": ("men", "unisex"),
    "woman": ("women", "unisex"),
    "child": ("kids", "unisex"),
}
_PART_OF_A_NAME: frozenset[Audience] = frozenset({"child", "baby", "pet"})
"""A 婴儿推车 is called so whoever asks for one."""
_AGES: tuple[tuple[float, Audience], ...] = ((3, "baby"), (13, "child"), (20, "teenager"), (60, ""), (150, "senior"))  # type: ignore[assignment]


def audience(text: str, heads: Sequence[Span], age: float | None) -> tuple[list[Audience], Found]:
    """For whom; `heads` are the nouns wanted, `age` is in years where one was said."""
    found: dict[Audience, re.Match[str]] = {}
    for name, words in _AUDIENCE.items():
        inside = heads if name in _PART_OF_A_NAME else ()
        hit = next((m for m in words.finditer(text) if not _within(m.span(), inside)), None)
        if hit:
            found[name] = hit
    names = _told_apart(list(found), age)
    return names, Found(constraints=tuple(Constraint("audience", found[n].group(), n) for n in names if n in found))


def occasion(text: str, heads: Sequence[Span]) -> tuple[list[Occasion], Found]:
    """What for."""
    hits: dict[Occasion, re.Match[str]] = {}
    for name, words in _OCCASION.items():
        hit = next((m for m in words.finditer(text) if not _within(m.span(), heads)), None)
        if hit:
            hits[name] = hit
    return list(hits), Found(constraints=tuple(Constraint("occasion", hit.group(), name) for name, hit in hits.items()))


def named(text: str, names: Set[str]) -> set[str]:
    """Which of these audiences and occasions a text speaks of."""
    return {name for name in names if _PURPOSES[name].search(text)}


def limit(names: Sequence[Audience], shop: Shop, categories: Sequence[str]) -> Filter:
    """What the shop's attributes can tell of an audience: the gender a thing is made for."""
    if not shop.coverage("gender", categories):
        return Filter()
    wanted = dict.fromkeys(value for name in names for value in _GENDERS.get(name, ()))
    stated = [value for value in wanted if value in shop.attributes["gender"].values]
    return Filter(attributes={"gender": list(stated)}) if stated and stated != ["unisex"] else Filter()


def years(limits: Filter) -> float | None:
    """The age in years that was read as a limit."""
    age: Any = limits.attributes.get("suitable_age")
    if not isinstance(age, RangeFilter):
        return None
    said = age.max if age.max is not None else age.min
    return None if said is None else said / 12 if fold(age.unit or "") == "month" else said


def _told_apart(names: list[Audience], age: float | None) -> list[Audience]:
    """A teenage son is no child; a baby of four is one; an age alone tells whom it is for."""
    if age is not None and set(names) <= {"baby", "child", "teenager"}:
        group = next(group for most, group in _AGES if age < most or most == _AGES[-1][0])
        return [group] if group else names
    if "teenager" in names:
        return [name for name in names if name not in {"child", "student"}]
    return names


def _within(span: Span, longer: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in longer)
