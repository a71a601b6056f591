"""Which of the compared products comes first in what is asked: the longest battery life, 最轻, the biggest screen."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from catalog import lexicon, units
from catalog.model import AttributeValue, Measure
from guide.choose.draft import Draft
from guide.evidence import Statement
from index.api import tokens

_MOST = re.compile(
    r"(?:最|更|哪(?:个|款|双|只|台).{0,8}?(?:比较)?)(?P<zh>长|久|大|多(?!少)|高|重|快|宽|厚|亮)|"
    r"\b(?P<en>longest|longer|biggest|bigger|largest|larger|highest|higher|heaviest|heavier|fastest|faster|widest|"
    r"thickest|brightest|most)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:最|更|哪(?:个|款|双|只|台).{0,8}?(?:比较)?)(?P<zh>短|小|(?<!多)少|低|轻|慢|窄|薄|安静|静)|"
    r"\b(?P<en>shortest|shorter|smallest|smaller|lowest|lower|lightest|lighter|slowest|narrowest|thinnest|thinner|"
    r"quietest|quieter|least)\b",
    re.IGNORECASE,
)
# Adjectives that name their own field.
_FIELDS = (
    (re.compile(r"轻|重|light|heav", re.IGNORECASE), ("weight",)),
    (re.compile(r"静|quiet", re.IGNORECASE), ("noise", "noise_level", "sleep_mode_noise")),
    (re.compile(r"薄|厚|thin|thick", re.IGNORECASE), ("thickness",)),
    (re.compile(r"宽|窄|wid|narrow", re.IGNORECASE), ("width",)),
    (re.compile(r"亮|bright", re.IGNORECASE), ("brightness",)),
)


class Rank(NamedTuple):
    """What is asked to be first: the word for it, whether the highest value wins, the fields that the word names."""

    word: str
    highest: bool
    keys: tuple[str, ...]


def asked(text: str) -> Rank | None:
    """The ranking that a question asks for, or None."""
    for pattern, highest in ((_MOST, True), (_LEAST, False)):
        match = pattern.search(text)
        if match is not None:
            word = match["zh"] or match["en"].lower()
            keys = next((names for said, names in _FIELDS if said.search(word)), ())
            return Rank(re.sub(r"er$", "est", word) if word.isascii() else word, highest, keys)
    return None


def named(text: str, fields: Sequence[dict[str, Statement]]) -> list[str]:
    """Fields that a product states and whose name shares a word with the question: battery -> battery_life."""
    said = set(tokens(text))
    stated = {key: statement for found in fields for key, statement in found.items()}
    return [key for key, statement in stated.items() if said & set(tokens(statement.label))]


def say(draft: Draft, rank: Rank, titles: Sequence[str], fields: Sequence[dict[str, Statement]], key: str) -> bool:
    """Say who comes first in a field that all state as numbers of one dimension; whether it was said."""
    numbers = [_number(found[key].value) if key in found else None for found in fields]
    known = [number for number in numbers if number is not None]
    if len(known) < len(fields) or len({unit for _, unit in known}) != 1 or len({value for value, _ in known}) == 1:
        return False
    best = (max if rank.highest else min)(value for value, _ in known)
    first = [at for at, (value, _) in enumerate(known) if value == best]
    statement = fields[first[0]][key]
    text = _sentence(draft, rank, [titles[at] for at in first], statement)
    draft.say(text, *(draft.cite(fields[at][key]) for at in first))
    return True


def _number(value: AttributeValue | None) -> tuple[float, str] | None:
    if isinstance(value, Measure):
        return units.canonical(value)
    return (float(value), "") if isinstance(value, int | float) and not isinstance(value, bool) else None


def _sentence(draft: Draft, rank: Rank, names: list[str], statement: Statement) -> str:
    label = lexicon.label(statement.key, draft.language) if statement.language != draft.language else statement.label
    if draft.language == "zh":
        return f"{label}最{rank.word}的是{'、'.join(names)}，{statement.quote}。"
    who, has = " and ".join(names), "have" if len(names) > 1 else "has"
    if rank.keys:
        return f"The {rank.word} {'are' if len(names) > 1 else 'is'} {who}, with a {label} of {statement.quote}."
    return f"{who} {has} the {rank.word} {label}, {statement.quote}."
