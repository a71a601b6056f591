"""Numbers with their units, out of English and Chinese text, in canonical units.

"1.5 liters", "1500毫升", "一点五升" and "one point five litres" are one quantity; "5 to 7 business days" is two. A
number inside a word (iPhone15, IPX7, 4K) is no quantity but part of a name.
"""

import math
import re
from functools import lru_cache
from typing import NamedTuple

from catalog.model import AttributeValue, as_measure
from eval.text.blank import blank
from eval.text.english_numbers import NUMBER, english_number
from eval.text.fold import CJK, READ_ONCE
from eval.text.units import UNITS

# Whoever converts also rounds: 15.6 inches are written as 40 cm (39.6), 5 pounds as 2.3 kg (2.27).
CONVERTED_TOLERANCE = 1.5e-2
_SAME_UNIT_TOLERANCE = 1e-6
TEMPERATURES = frozenset({"celsius", "fahrenheit"})
"""Canonical units that people call degrees."""

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
CHINESE = "".join([*_DIGITS, *_POWERS])

_SPELLINGS = sorted(UNITS, key=len, reverse=True)
_LATIN = "|".join(re.escape(unit) for unit in _SPELLINGS if unit.isascii() and unit[-1].isalpha())
_OTHER = "|".join(re.escape(unit) for unit in _SPELLINGS if not (unit.isascii() and unit[-1].isalpha()))
_HAN_UNIT = "|".join(re.escape(unit) for unit in _SPELLINGS if not unit.isascii())
_UNIT = (
    rf"(?:[\s-]?(?P<workday>(?:business|working)\s+days?)|[\s-]?(?P<latin>{_LATIN})(?![a-z])|\s?(?P<other>{_OTHER})"
    r"|\s?(?P<inch>in)(?=\s*(?:[.,;:)]|$)|\s(?:and|or|but|for|versus|vs)\b))"
)
_BELOW = rf"(?:(?P<below>(?<![^\W{CJK}])(?<![.)\]-])(?<!\d\s)[-−]|\bminus\s|零下\s?))?"
_ARABIC = re.compile(
    rf"{_BELOW}(?<![a-z\d.])(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s?(?P<big>[万千](?!克|米|瓦|帕|赫|卡))|(?P<k>k)(?=\s(?:{_LATIN})(?![a-z])))?"
    rf"(?:{_UNIT}|(?P<tail>[a-z]+[\da-z]*))?",
    re.IGNORECASE,
)
_HAN = re.compile(
    rf"(?P<below>零下)?(?<![\d.])(?P<number>[{CHINESE}]+(?:点[{''.join(_DIGITS)}]+)?|半)(?P<unit>{_HAN_UNIT})"
)
_STORAGE = re.compile(
    r"内存|显存|运存|存储|闪存|硬盘|固态|(?<![a-z])(?:memory|storage|ram|rom|ssd)(?![a-z])", re.IGNORECASE
)
# A letter is no unit behind a word: "five m" is not written, "two s" would be a typing error.
_WRITTEN_UNIT = "|".join(re.escape(unit) for unit in _SPELLINGS if unit.isalpha() and unit.isascii() and len(unit) > 2)
_ENGLISH = re.compile(
    rf"(?P<number>{NUMBER})[\s-](?:(?P<workday>(?:business|working)\s+days?)|(?P<unit>{_WRITTEN_UNIT}))\b",
    re.IGNORECASE,
)
# 一升半, 两个半小时; two and a half litres, an hour and a half, half a kilo.
_HALVES = re.compile(
    rf"(?<![\d.])(?P<zh>\d+|[{CHINESE}]+)\s?(?:个半(?P<time>小时|钟头|月|星期|礼拜)|(?P<behind>{_HAN_UNIT})半(?![价年月天小夜数]))"
    rf"|(?P<en>{NUMBER}|\ban?\b|(?<![\d.])\d+)\s(?:and\sa\shalf[\s-](?P<of>{_WRITTEN_UNIT})|(?P<more>{_WRITTEN_UNIT})\sand\sa\shalf)\b"
    rf"|\bhalf\san?\s(?P<half>{_WRITTEN_UNIT})\b",
    re.IGNORECASE,
)
# 一斤二两; 一斤半 is read above.
_JIN = re.compile(rf"(?<![\d.])(?P<jin>\d+|[{CHINESE}]+)斤(?P<liang>[一二两三四五六七八九\d])两?(?!块|元|[\d.])")
_DOZEN = re.compile(rf"(?:(?P<half>half\s)|(?P<number>{NUMBER})\s)?(?:\ba\s)?\bdozen\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|~|～|to|and|至|到)\s*", re.IGNORECASE)


class Quantity(NamedTuple):
    """A number in its canonical unit ("" for a bare one), and where it stands; `given` is the number as written."""

    value: float
    unit: str
    given: float
    start: int
    end: int

    def same(self, other: "Quantity") -> bool:
        """Whether both say the same; a bare number agrees with the same number of any unit."""
        if "" in (self.unit, other.unit):
            return _close(self.given, other.given, _SAME_UNIT_TOLERANCE)
        if self.unit != other.unit:
            bare_degrees = "degree" in (self.unit, other.unit) and {self.unit, other.unit} & TEMPERATURES
            return bool(bare_degrees) and _close(self.given, other.given, _SAME_UNIT_TOLERANCE)
        exact = _is_power_of_ten(self._factor / other._factor)
        return _close(self.value, other.value, _SAME_UNIT_TOLERANCE if exact else CONVERTED_TOLERANCE)

    @property
    def _factor(self) -> float:
        return self.value / self.given if self.given else 1.0


def chinese_number(text: str) -> float:
    """三十二 -> 32, 一百零五 -> 105, 两万 -> 20000, 一点五 -> 1.5, 半 -> 0.5."""
    if text == "半":
        return 0.5
    whole, _, decimals = text.partition("点")
    total, section, digit = 0, 0, 0
    for char in whole:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char] if digit else _DIGITS[char]
        elif char == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _POWERS[char], 0
    tail = "".join(str(_DIGITS[char]) for char in decimals)
    return float(f"{total + section + digit}.{tail or 0}")


def chinese_numbers(text: str) -> list[float]:
    """The Chinese numerals of two characters or more, with a unit or without (三百以内)."""
    return [chinese_number(numeral) for numeral in re.findall(f"[{CHINESE}]{{2,}}", text)]


@lru_cache(maxsize=READ_ONCE)
def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text in order of appearance."""
    halves = [_halves(match) for match in _HALVES.finditer(text)] + [_dozen(match) for match in _DOZEN.finditer(text)]
    halves += [_jin(match) for match in _JIN.finditer(text)]
    whole, text = text, blank(text, halves)
    found = [*halves, *(quantity for match in _ARABIC.finditer(text) if (quantity := _arabic(match, whole)))]
    ends = {quantity.end for quantity in found}
    # 7.1 千克 is one quantity: its unit is no numeral with a unit of its own.
    found += [quantity for match in _HAN.finditer(text) if match.end() not in ends and (quantity := _han(match))]
    found += [quantity for match in _ENGLISH.finditer(text) if (quantity := _english(match))]
    found.sort(key=lambda quantity: quantity.start)
    return tuple(_share_units(whole, found))


def of_value(value: AttributeValue) -> list[Quantity]:
    """The quantities an attribute value holds: its measure, or what stands in its text."""
    measure = as_measure(value)
    if measure is not None:
        return [of_measure(measure.value, measure.unit)]
    texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return [quantity for text in texts for quantity in quantities(text)]


def of_measure(value: float, unit: str) -> Quantity:
    """A number and its unit's spelling; an unknown unit is kept as its own canonical unit."""
    canonical, factor = UNITS.get(unit.strip().lower(), (unit.strip().lower(), 1.0))
    return Quantity(value * factor, canonical, value, 0, 0)


def _halves(match: re.Match[str]) -> Quantity:
    if match["half"]:
        given = 0.5
    elif match["zh"]:
        given = 0.5 + (float(match["zh"]) if match["zh"].isdigit() else chinese_number(match["zh"]))
    else:
        said = match["en"].lower()
        given = 0.5 + (1 if said in ("a", "an") else float(said) if said.isdigit() else english_number(said))
    month = "个月" if match["time"] == "月" else match["time"]
    unit, factor = UNITS[month or match["behind"] or (match["of"] or match["more"] or match["half"]).lower()]
    return Quantity(given * factor, unit, given, match.start(), match.end())


def _jin(match: re.Match[str]) -> Quantity:
    """A 两 is a tenth of a 斤."""
    whole, tenths = (float(one) if one.isdigit() else chinese_number(one) for one in match.group("jin", "liang"))
    return Quantity((whole + tenths / 10) * UNITS["斤"][1], "g", whole + tenths / 10, match.start(), match.end())


def _dozen(match: re.Match[str]) -> Quantity:
    given = 6.0 if match["half"] else 12 * (english_number(match["number"]) if match["number"] else 1)
    return Quantity(given, "count", given, match.start(), match.end())


def _arabic(match: re.Match[str], text: str) -> Quantity | None:
    if match["tail"]:
        return None
    given = float(match["number"].replace(",", ""))
    given *= {"万": 10_000, "千": 1000, "k": 1000}.get((match["big"] or match["k"] or "").lower(), 1)
    given *= -1 if match["below"] else 1
    spelling = "工作日" if match["workday"] else "inch" if match["inch"] else ""
    spelling = spelling or (match["latin"] or match["other"] or "").lower()
    if match["latin"] == "G" and _STORAGE.search(text):  # 内存 6 G
        spelling = "gb"
    unit, factor = UNITS.get(spelling, ("", 1.0))
    return Quantity(given * factor, unit, given, match.start(), match.end())


def _han(match: re.Match[str]) -> Quantity | None:
    unit, factor = UNITS[match["unit"]]
    given = chinese_number(match["number"]) * (-1 if match["below"] else 1)
    # 一款 is an article, not a count.
    if unit == "count" and given == 1:
        return None
    return Quantity(given * factor, unit, given, match.start(), match.end())


def _english(match: re.Match[str]) -> Quantity | None:
    unit, factor = UNITS["工作日" if match["workday"] else match["unit"].lower()]
    given = english_number(match["number"])
    if unit == "count" and given == 1:
        return None
    return Quantity(given * factor, unit, given, match.start(), match.end())


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the first number of a range the unit of its second."""
    shared = list(found)
    for at in range(len(found) - 2, -1, -1):
        here, after = found[at], shared[at + 1]
        if not here.unit and after.unit and _RANGE.fullmatch(text[here.end : after.start]):
            factor = after.value / after.given if after.given else 1.0
            shared[at] = here._replace(value=here.given * factor, unit=after.unit)
    return shared


def _is_power_of_ten(ratio: float) -> bool:
    """Whether a number changes units without being rounded: grams to kilograms, or not at all."""
    return abs(math.log10(ratio) - round(math.log10(ratio))) < _SAME_UNIT_TOLERANCE


def _close(a: float, b: float, tolerance: float) -> bool:
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-9)
