"""Numbers in running text: 5,000 · 1.5万 · 两千五 · twenty-five · 半."""

import re

import msgspec


class Number(msgspec.Struct, frozen=True):
    """A number and the code points [start, end) it stands in; `upper` is the far end of 两三千 (2000 to 3000)."""

    value: float
    start: int
    end: int
    upper: float | None = None


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HAN = "零〇一二两三四五六七八九十百千万亿"
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: i for i, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000}
_WORD = "|".join(sorted([*_WORDS, *_SCALES], key=len, reverse=True))

# A figure is not part of a model number: no letter, digit, dot or letter-hyphen stands before it.
_FIGURE = r"(?<![A-Za-z0-9_.])(?<![A-Za-z][-/])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PATTERN = re.compile(
    rf"(?P<loose>(?:[一二两三四五六七八][二三四五六七八九](?P<power>[十百千万]?)|(?:一两|三五)(?P<pair>[十百千万]))(?![{_HAN}]))"
    rf"|(?P<scaled>{_FIGURE})\s(?P<scale>hundred|thousand|grand)\b"
    rf"|(?P<mixed>{_FIGURE}(?:[百千万亿][{_HAN}\d]*))"
    rf"|(?P<figure>{_FIGURE})"
    rf"|(?P<han>[{_HAN}]+(?:点[{_HAN}]+)?)"
    r"|(?P<half>半|\bhalf(?: of)?(?: an?)?(?= [a-z]))"
    rf"|(?P<words>\b(?:{_WORD})(?:(?:[\s-]|(?<=hundred)\sand\s|(?<=thousand)\sand\s)(?:{_WORD}))*\b)",
    re.IGNORECASE,
)


def find(text: str) -> list[Number]:
    """Every number in the text, left to right; it knows no units, so 一 in 一款 is one of them."""
    return [_number(match) for match in _PATTERN.finditer(text)]


def _number(match: re.Match[str]) -> Number:
    if match["loose"]:
        power = _POWERS.get(match["power"] or match["pair"], 1)
        low, high = (_DIGITS[char] * power for char in match["loose"][:2])
        if match["pair"] or high == low + power:
            return Number(low, match.start(), match.end(), high)
    return Number(_value(match), match.start(), match.end())


def _value(match: re.Match[str]) -> float:
    text = match.group()
    kind = next(name for name in ("loose", "scaled", "mixed", "figure", "han", "half", "words") if match[name])
    if kind == "scaled":
        return float(match["scaled"].replace(",", "")) * _SCALES[match["scale"].lower()]
    if kind == "figure":
        return float(text.replace(",", ""))
    if kind == "half":
        return 0.5
    if kind == "words":
        return _spelled(text)
    return _chinese(text.replace(",", ""))


_PART = re.compile(r"\d+(?:\.\d+)?|.")


def _chinese(text: str) -> float:
    """两千五 = 2500: a last digit without its power counts in tenths of the power before it."""
    whole, _, decimals = text.partition("点")
    if decimals:
        return _chinese(whole) + float("0." + "".join(str(_DIGITS.get(c, 0)) for c in decimals))
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        return float("".join(str(_DIGITS[c]) for c in whole))
    total, section, digit, power, zero = 0.0, 0.0, None, 1, False
    for part in _PART.findall(whole):
        if part in _POWERS:
            power = _POWERS[part]
            if power >= 10_000:
                total = (total + section + (digit or 0.0) or 1) * power
                section = 0.0
            else:
                section += (1 if digit is None else digit) * power
            digit, zero = None, False
        else:
            digit = float(_DIGITS.get(part, part))
            zero = zero or part in "零〇"
    if digit is not None and power > 10 and not zero and digit < 10:
        digit *= power / 10
    return total + section + (digit or 0.0)


def _spelled(text: str) -> float:
    total, current = 0, 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in _WORDS:
            current += _WORDS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0
    return float(total + current)
