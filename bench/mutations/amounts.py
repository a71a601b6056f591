"""Figures with units as people write them: other words for a unit, exact conversions, wrong units, Chinese numerals."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from bench.mutations.kinds import Language

NAMES: dict[str, dict[Language, list[str]]] = {
    "g": {"zh": ["克", "g"], "en": ["g", "grams"]},
    "kg": {"zh": ["公斤", "千克", "kg"], "en": ["kg", "kilograms", "kilos"]},
    "jin": {"zh": ["斤"], "en": []},
    "h": {"zh": ["小时", "个小时"], "en": ["h", "hours", "hrs"]},
    "min": {"zh": ["分钟"], "en": ["min", "minutes"]},
    "s": {"zh": ["秒"], "en": ["s", "seconds"]},
    "day": {"zh": ["天"], "en": ["days"]},
    "week": {"zh": ["周"], "en": ["weeks"]},
    "month": {"zh": ["个月"], "en": ["months"]},
    "year": {"zh": ["年"], "en": ["years"]},
    "W": {"zh": ["W", "瓦"], "en": ["W", "watts"]},
    "kW": {"zh": ["kW", "千瓦"], "en": ["kW", "kilowatts"]},
    "dB": {"zh": ["分贝", "dB"], "en": ["dB", "decibels"]},
    "l": {"zh": ["升", "L"], "en": ["L", "litres", "liters"]},
    "ml": {"zh": ["毫升", "ml"], "en": ["ml", "millilitres", "milliliters"]},
    "cm": {"zh": ["厘米", "cm"], "en": ["cm", "centimetres", "centimeters"]},
    "mm": {"zh": ["毫米", "mm"], "en": ["mm", "millimetres", "millimeters"]},
    "m": {"zh": ["米"], "en": ["m", "metres", "meters"]},
    "inch": {"zh": ["英寸"], "en": ["inches"]},
    "GB": {"zh": ["GB", "G"], "en": ["GB", "gigabytes"]},
    "MB": {"zh": ["MB"], "en": ["MB"]},
    "TB": {"zh": ["TB"], "en": ["TB", "terabytes"]},
    "Hz": {"zh": ["Hz", "赫兹"], "en": ["Hz", "hertz"]},
    "kHz": {"zh": ["kHz"], "en": ["kHz"]},
    "mAh": {"zh": ["mAh", "毫安时"], "en": ["mAh"]},
    "°C": {"zh": ["℃", "摄氏度", "°C"], "en": ["°C", "degrees Celsius"]},
    "°F": {"zh": ["华氏度"], "en": ["°F"]},
    "kPa": {"zh": ["kPa", "千帕"], "en": ["kPa"]},
    "Pa": {"zh": ["Pa"], "en": ["Pa"]},
    "lm": {"zh": ["流明"], "en": ["lumens", "lm"]},
    "m^2": {"zh": ["平方米", "㎡"], "en": ["square metres", "m²", "square meters"]},
    "": {"zh": [""], "en": [""]},
}
"""What each unit is called, the usual word first."""

WRONG = {
    "h": ["min", "day"], "min": ["h", "s"], "day": ["h", "month"], "month": ["day", "year"], "year": ["month"],
    "g": ["kg"], "kg": ["g"], "W": ["kW"], "l": ["ml"], "ml": ["l"], "cm": ["mm", "m"], "mm": ["cm", "m"], "m": ["cm"],
    "inch": ["cm"], "GB": ["MB", "TB"], "TB": ["GB"], "Hz": ["kHz"], "°C": ["°F"], "kPa": ["Pa"],
}  # fmt: skip
"""Units a writer may take for the right one; the same figure in them is another amount."""

_EQUAL = {
    "kg": [("g", Fraction(1000)), ("jin", Fraction(2))], "g": [("kg", Fraction(1, 1000))],
    "l": [("ml", Fraction(1000))], "ml": [("l", Fraction(1, 1000))], "m": [("cm", Fraction(100))],
    "cm": [("mm", Fraction(10)), ("m", Fraction(1, 100))], "mm": [("cm", Fraction(1, 10))],
    "year": [("month", Fraction(12))], "month": [("year", Fraction(1, 12))], "h": [("min", Fraction(60))],
    "W": [("kW", Fraction(1, 1000))],
}  # fmt: skip
_LEAST = {
    "kg": Fraction(1, 10),
    "l": Fraction(1, 10),
    "m": Fraction(1, 2),
    "cm": Fraction(3, 10),
    "kW": Fraction(1),
    "jin": Fraction(1, 2),
    "day": Fraction(1),
    "year": Fraction(1),
}
_MOST = {"min": 600, "month": 60, "mm": 1000}
"""Nobody writes 0.0046 kg or 3,000 minutes."""
_DIGITS = "零一二三四五六七八九"
_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_USUAL = 12
"""Up to here an English writer spells a figure out."""


def plain(value: float | Decimal) -> str:
    """A figure without needless zeros."""
    return f"{Decimal(str(value)).normalize():f}"


def equals(
    value: float, unit: str, language: Language, further: Mapping[str, Mapping[str, str]] | None = None
) -> list[tuple[str, str]]:
    """Exactly the same amount in other units, where somebody would write it so: [("1200", "g")] of 1.2 kg.

    `further` are more factors than the usual ones: {"inch": {"cm": "254/100"}}.
    """
    found = []
    factors = [(other, Fraction(factor)) for other, factor in (further or {}).get(unit, {}).items()]
    for other, factor in [*_EQUAL.get(unit, []), *factors]:
        amount = Fraction(str(value)) * factor
        short = (amount * 1000).denominator == 1
        if short and NAMES[other][language] and _LEAST.get(other, Fraction(0)) <= amount <= _MOST.get(other, 10**6):
            found.append((plain(float(amount)), other))
    return found


def spoken(figure: str, language: Language, most: int = _USUAL) -> str | None:
    """A figure in words: 三十, 一点七; three. None where nobody would say it in words, in English above `most`."""
    if language == "en":
        return worded(int(figure)) if figure.isdigit() and 0 < int(figure) <= most else None
    whole, _, part = figure.partition(".")
    if not whole.isdigit() or len(whole) > 4:
        return None
    return numeral(int(whole)) + ("点" + "".join(_DIGITS[int(digit)] for digit in part) if part else "")


def numeral(value: int) -> str:
    """0-9,999 in Chinese: 两千九百九十九, 三十, 一百零五."""
    digits = f"{value:04d}"
    runs = groupby(zip(digits, ("千", "百", "十", ""), strict=True), key=lambda pair: pair[0] == "0")
    said = "".join("零" if zero else "".join(_DIGITS[int(d)] + place for d, place in run) for zero, run in runs)
    said = said.strip("零") or "零"
    said = re.sub("^二(?=[千百])", "两", said)
    return said.removeprefix("一") if 10 <= value <= 19 else "两" if value == 2 else said


def worded(value: int) -> str:
    """0-9,999 in English: two thousand nine hundred and ninety-nine, thirty, one hundred and five."""
    if value < 20:
        return _SMALL[value]
    if value < 100:
        return _TENS[value // 10 - 2] + (f"-{_SMALL[value % 10]}" if value % 10 else "")
    size, name = (100, "hundred") if value < 1000 else (1000, "thousand")
    left = value % size
    behind = f" {'and ' if left < 100 else ''}{worded(left)}" if left else ""
    return f"{worded(value // size)} {name}{behind}"


def joined(figure: str, unit: str, language: Language, name: str | None = None) -> str:
    """The figure with its unit as written text; `name` instead of the unit's usual word."""
    word = NAMES[unit][language][0] if name is None else name
    if language == "en" and figure in {"1", "one"} and len(word) > 2:
        word = {"inches": "inch"}.get(word, word.removesuffix("s"))
    tight = not word or (language == "zh" and not figure[-1].isdigit()) or word in {"°C", "℃"}
    return f"{figure}{word}" if tight else f"{figure} {word}"


def others(unit: str, shown: str, language: Language, names: Sequence[str] | None = None) -> Sequence[str]:
    """Words for the unit that the text `shown` does not use: those of NAMES, or `names`."""
    known = NAMES.get(unit, {}).get(language, []) if names is None else names
    return [name for name in known if name and not shown.endswith(name)]


def stated(figure: str, unit: str, text: str) -> bool:
    """Whether the text has the figure with any word for the unit behind it."""
    words = [re.escape(word) for names in NAMES.get(unit, {}).values() for word in names if word]
    words += ["inch", "英寸", "寸", "day", "month", "year", "hour", "小时", "个", unit] if unit else []
    behind = rf"\s*-?\s*(?:{'|'.join(words)})" if words else ""
    return re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.]){behind}", text, re.IGNORECASE) is not None
