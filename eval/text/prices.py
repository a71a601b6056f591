"""Amounts of money out of English and Chinese text."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from eval.text.blank import blank
from eval.text.english_numbers import NUMBER, english_number
from eval.text.fold import READ_ONCE
from eval.text.listed import listed
from eval.text.quantities import CHINESE, chinese_number

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d+(?:\.\d{1,3})?"
_CALLED: dict[str, dict[str, list[str]]] = listed("eval.text", "currencies.toml")
_CODES = "USD|CNY|EUR|GBP|JPY|HKD|AUD|CAD|SGD|NZD|TWD|KRW|INR|SEK|NOK|DKK|CHF|PLN|CZK|MXN|BRL|THB|RMB"
_MEANT = {name: frozenset(codes) for names in _CALLED.values() for name, codes in names.items()}


def _any(names: Iterable[str]) -> str:
    """A pattern of these names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_ENGLISH_WORDS = _any(_CALLED["english"]).replace("\\ ", r"\s")
# Knives and blocks are counted with the words for dollars and yuan: 3 刀具, 80 块装, 两块积木.
_CHINESE_WORDS = rf"(?:{_any(_CALLED['chinese'])})(?!装|积木|拼图|电池|具|片|头|刃|洲|式|盒|桶)"
_WHOLE_WORDS = _any(word for word in _CALLED["chinese"] if len(word) > 1 and not word.startswith(("元", "块")))
_BEFORE = re.compile(
    rf"(?P<unit>{_any(_CALLED['signs'])}|(?<![A-Za-z])(?:{_CODES})(?![A-Za-z])|(?<!\d)(?<!\d\s)(?:{_WHOLE_WORDS}))"
    rf"\s?(?P<number>{_NUMBER})(?:\s?(?P<big>[万千])|(?P<k>k)(?![a-z]))?"
)
_AFTER = re.compile(
    rf"(?<![\d.,])(?P<number>{_NUMBER})(?:\s?(?P<big>[万千])|(?P<k>k))?"
    rf"\s?(?P<unit>{_CHINESE_WORDS}|(?:{_CODES}|{_ENGLISH_WORDS})(?![a-z])|[€£])",
    re.IGNORECASE,
)
# Numbers in words: a bare 两块 is two pieces of something, 三百块 is money.
_HAN = re.compile(
    rf"(?<![\d.])(?<!\d\s)(?P<number>[{CHINESE}]+(?:点[{CHINESE}]+)?)"
    rf"(?P<unit>(?!块(?!钱|大洋)){_CHINESE_WORDS})"
    rf"|(?<![\d.])(?<!\d\s)(?P<round>[{CHINESE}]*[百千万][{CHINESE}]*)(?P<pieces>块)(?!装|积木|拼图|电池)"
)
_ENGLISH = re.compile(rf"(?P<number>{NUMBER})\s(?P<unit>{_ENGLISH_WORDS}|{_CODES})\b", re.IGNORECASE)


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
        groups = match.groupdict()
        start, end = match.span("number" if groups["number"] else "round")
        if start in found:  # "US$12 USD" names one amount twice
            found[start] = found[start]._replace(end=max(end, match.end()))
            continue
        unit = groups["unit"] or groups["pieces"]
        currencies = (
            _MEANT.get(" ".join(unit.lower().split())) or _MEANT.get(unit) or {unit.upper().replace("RMB", "CNY")}
        )
        found[start] = Price(_amount(match), frozenset(currencies), min(match.start(), start), max(match.end(), end))
    return tuple(found[start] for start in sorted(found))


def _amount(match: re.Match[str]) -> Decimal:
    if match.re is _HAN:
        return Decimal(str(chinese_number(match["number"] or match["round"])))
    if match.re is _ENGLISH:
        return Decimal(str(english_number(match["number"])))
    big = {"千": 1000, "万": 10_000, "k": 1000, "K": 1000}.get(match["big"] or match["k"] or "", 1)
    return Decimal(match["number"].replace(",", "")) * big


def without_prices(text: str) -> str:
    """The text with blanks where its amounts stand, so that they are not taken for quantities."""
    return blank(text, prices(text))
