"""Other ways to write the same amount: another word for its unit, another unit, in words, in thousands, with a half."""

from collections.abc import Iterator

from bench.mutations.amounts import NAMES, equals, joined, numeral, others, plain, spoken, worded
from bench.mutations.kinds import Language
from bench.mutations.shapes import Shapes
from catalog.model import Measure


def ways(value: Measure, shown: str, language: Language, shapes: Shapes) -> Iterator[tuple[str, str]]:
    """(shape, text) of each, none with the word for the unit that the text `shown` ends with."""
    figure = plain(value.value)
    names: dict[str, list[str]] = shapes.table(language, "units")
    for name in others(value.unit, shown.rstrip("。."), language, names.get(value.unit)):
        yield "other word", joined(figure, value.unit, language, name)
    for converted, unit in equals(value.value, value.unit, language, shapes.sentences.get("equal")):
        yield "other unit", joined(converted, unit, language, names.get(unit, NAMES[unit][language])[0])
    words, unit_in_words = spoken(figure, language, shapes.sentences["most_in_words"]), _spelled(value.unit, language)
    if words and unit_in_words:
        yield "in words", joined(words, value.unit, language, unit_in_words)
    if value.value >= 1000 and value.value % 500 == 0:
        thousands = plain(value.value / 1000)
        yield "in thousands", joined(f"{thousands} 千" if language == "zh" else f"{thousands}k", value.unit, language)
    if value.value % 1 == 0.5 and 1 < value.value < 100 and unit_in_words:
        yield "with a half", _with_a_half(int(value.value), unit_in_words, language)


def _with_a_half(whole: int, unit: str, language: Language) -> str:
    """两升半, 一个半小时; two and a half litres."""
    if language == "en":
        return f"{worded(whole)} and a half {unit}"
    return f"{numeral(whole)}个半{unit.removeprefix('个')}" if unit in {"小时", "个月"} else f"{numeral(whole)}{unit}半"


def _spelled(unit: str, language: Language) -> str | None:
    """The unit as a word, not as a sign."""
    names = NAMES[unit][language]
    return next((name for name in names if (name > "一" if language == "zh" else len(name) > 3)), None)
