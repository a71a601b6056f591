"""Amounts as shoppers say them and as an answer may write them."""

from decimal import Decimal

from eval.generate.wordings import Language
from eval.worth import Amount

_DIGITS = "零一二三四五六七八九"
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_WORDS: dict[str, dict[Language, list[str]]] = {
    "CNY": {"zh": ["元", "块"], "en": ["yuan"]},
    "USD": {"zh": ["美元", "美金"], "en": ["dollars", "bucks"]},
    "EUR": {"zh": ["欧元"], "en": ["euros"]},
    "GBP": {"zh": ["英镑"], "en": ["pounds"]},
    "JPY": {"zh": ["日元"], "en": ["yen"]},
}


def written(amount: Amount) -> list[str]:
    """Every way an answer may write an amount; each suffices as a `must` entry (width, spaces, zeros aside)."""
    number, currency = plain(amount.value), amount.currency
    words = [f"{number}{word}" for words in _WORDS.get(currency, {}).values() for word in words if word != "bucks"]
    sign = [f"{_SIGNS[currency]}{number}"] if currency in _SIGNS else []
    aliases = [f"RMB {number}", f"人民币{number}"] if currency == "CNY" else []
    return [*sign, f"{currency} {number}", f"{number} {currency}", *words, *aliases]


def spoken(value: int, currency: str, language: Language, *, usual: str | None) -> list[str]:
    """Ways to say a whole amount in a question: digits and numerals; bare numbers only in the shop's own currency."""
    numeral = han(value) if language == "zh" else english(value)
    numbers = [
        str(value),
        *([f"{value:,}"] if value >= 1000 and language == "en" else []),
        *([numeral] if numeral else []),
    ]
    said = [
        f"{number}{'' if language == 'zh' else ' '}{word}" for number in numbers for word in _words(currency, language)
    ]
    said += [f"{_SIGNS[currency]}{value}"] if currency in _SIGNS else []
    said += numbers if currency == usual and language == "zh" else []
    return said or [f"{value} {currency}"]


def plain(value: Decimal) -> str:
    """A decimal without trailing zeros or an exponent."""
    return f"{value.normalize():f}"


def han(value: int) -> str:
    """A round amount in Chinese numerals as it is spoken (350 三百五十, 1500 一千五, 20000 两万), "" for others."""
    if value < 10 or value % 10 or value >= 100_000:
        return ""
    units = [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十")]
    said, rest, last = "", value, 0
    for unit, name in units:
        digit, rest = divmod(rest, unit)
        if not digit:
            continue
        if said and last > unit * 10:
            said += "零"
        said += ("两" if digit == 2 and unit >= 100 and not said else _DIGITS[digit]) + name
        last = unit
    colloquial = len(said) == 4 and "零" not in said and last >= 100
    return said[:-1] if colloquial else said.removeprefix("一") if value < 20 else said


def english(value: int) -> str:
    """A round amount up to 9,990 in English words, "" for others."""
    if value < 10 or value % 10 or value > 9990:
        return ""
    thousands, rest = divmod(value, 1000)
    hundreds, tens = divmod(rest, 100)
    words = [f"{_ONES[thousands]} thousand"] if thousands else []
    words += [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if tens:
        words += [("and " if words else "") + _TENS[tens // 10]]
    return " ".join(words)


def counted(count: int, language: Language) -> list[str]:
    """A count in digits and, where it is short, in words."""
    if language == "en":
        return [str(count), *([_ONES[count]] if count < len(_ONES) else [])]
    numeral = "两" if count == 2 else _DIGITS[count] if count < 10 else han(count)
    return [str(count), *([numeral] if numeral else [])]


def _words(currency: str, language: Language) -> list[str]:
    return _WORDS.get(currency, {}).get(language, [f" {currency}" if language == "zh" else currency])
