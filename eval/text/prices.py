"""Amounts of money out of English and Chinese text."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from eval.text.blank import blank
from eval.text.english_numbers import NUMBER, english_number
from eval.text.fold import READ_ONCE
from eval.text.quantities import CHINESE, chinese_number

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d+(?:\.\d{1,3})?"
_SYMBOLS = {
    "¥": {"CNY", "JPY"}, "￥": {"CNY", "JPY"}, "€": {"EUR"}, "£": {"GBP"}, "₩": {"KRW"}, "₹": {"INR"},
    "US$": {"USD"}, "HK$": {"HKD"}, "A$": {"AUD"}, "C$": {"CAD"}, "S$": {"SGD"},
    "$": {"USD", "AUD", "CAD", "HKD", "SGD", "NZD", "TWD", "MXN"},
}  # fmt: skip
_WORDS = {
    "元": {"CNY"}, "块钱": {"CNY"}, "块": {"CNY"}, "人民币": {"CNY"}, "rmb": {"CNY"}, "yuan": {"CNY"},
    "dollar": {"USD", "AUD", "CAD", "HKD", "SGD", "NZD", "TWD"}, "dollars": {"USD", "AUD", "CAD", "HKD", "SGD"},
    "美元": {"USD"}, "欧元": {"EUR"}, "英镑": {"GBP"}, "日元": {"JPY"}, "港元": {"HKD"}, "港币": {"HKD"},
    "euro": {"EUR"}, "euros": {"EUR"}, "yen": {"JPY"},
}  # fmt: skip
_CODES = "USD|CNY|EUR|GBP|JPY|HKD|AUD|CAD|SGD|NZD|TWD|KRW|INR|SEK|NOK|DKK|CHF|PLN|CZK|MXN|BRL|THB|RMB"
_BEFORE = re.compile(
    rf"(?P<unit>{'|'.join(re.escape(symbol) for symbol in sorted(_SYMBOLS, key=len, reverse=True))}|\b(?:{_CODES})\b)"
    rf"\s?(?P<number>{_NUMBER})"
)
_AFTER = re.compile(
    rf"(?<![\d.,])(?P<number>{_NUMBER})\s?(?P<big>[万千])?(?P<unit>块钱|人民币|美元|欧元|英镑|日元|港元|港币|元|块(?!装)"
    rf"|(?:{_CODES}|dollars?|yuan|euros?|yen)\b|[€£])",
    re.IGNORECASE,
)
# Numbers in words: a bare 两块 is two pieces of something, 三百块 is money.
_HAN = re.compile(
    rf"(?<![\d.])(?P<number>[{CHINESE}]+(?:点[{CHINESE}]+)?)"
    r"(?P<unit>块钱|人民币|美元|欧元|英镑|日元|港元|港币|元|(?<=[百千万])块(?!装))"
)
_ENGLISH = re.compile(rf"(?P<number>{NUMBER})\s(?P<unit>dollars?|yuan|euros?|yen|{_CODES})\b", re.IGNORECASE)


class Price(NamedTuple):
    """An amount, the currencies its sign may mean, and where it stands."""

    amount: Decimal
    currencies: frozenset[str]
    start: int
    end: int

    def is_(self, amount: Decimal, currency: str) -> bool:
        """Whether it may mean exactly this amount of this currency."""
        return self.amount == amount and currency in self.currencies


@lru_cache(maxsize=READ_ONCE)
def prices(text: str) -> tuple[Price, ...]:
    """All amounts of a text in order of appearance; a number without a currency is none."""
    found: dict[int, Price] = {}
    for match in [*_BEFORE.finditer(text), *_AFTER.finditer(text), *_HAN.finditer(text), *_ENGLISH.finditer(text)]:
        start, end = match.span("number")
        if start in found:  # "US$12 USD" names one amount twice
            found[start] = found[start]._replace(end=max(end, match.end()))
            continue
        unit = match["unit"]
        currencies = _SYMBOLS.get(unit) or _WORDS.get(unit.lower()) or {unit.upper().replace("RMB", "CNY")}
        found[start] = Price(_amount(match), frozenset(currencies), min(match.start(), start), max(match.end(), end))
    return tuple(found[start] for start in sorted(found))


def _amount(match: re.Match[str]) -> Decimal:
    if match.re is _HAN:
        return Decimal(str(chinese_number(match["number"])))
    if match.re is _ENGLISH:
        return Decimal(str(english_number(match["number"])))
    big = {"千": 1000, "万": 10_000}.get(match.groupdict().get("big") or "", 1)
    return Decimal(match["number"].replace(",", "")) * big


def without_prices(text: str) -> str:
    """The text with blanks where its amounts stand, so that they are not taken for quantities."""
    return blank(text, prices(text))
