"""What the values of a column show: prices, lists, dates, a currency, a language."""

import re
from collections import Counter
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.feeds.offers import amount
from catalog.language import HAN

_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "元": "CNY", "¥": "CNY", "￥": "CNY"}
_SEPARATORS = {
    "categories": (">", "/", "|", ";", "；"),
    "images": ("|", ";", ",", " "),
    "tags": ("|", ";", "；", ",", "，", "、"),
    "bullets": ("|", ";", "；", "\n"),
}
_SHARE = 0.3
"""Share of the values that must hold a separator before it is taken for one."""


def mostly(values: list[Any], test: Any) -> bool:
    """Whether nine of ten values pass; no values pass nothing."""
    return bool(values) and sum(map(bool, map(test, values))) >= 0.9 * len(values)


def is_number(value: Any) -> bool:
    """A plain number, however it is typed."""
    try:
        return not isinstance(value, bool | list | dict) and Decimal(str(value).strip()).is_finite()
    except InvalidOperation:
        return False


def is_price(value: Any) -> bool:
    """A number, alone or with a currency or symbol beside it."""
    return is_number(amount(value)[0])


def is_address(value: Any) -> bool:
    """A web address, or a list that begins with one."""
    first = value[0] if isinstance(value, list) and value else value
    return str(first).strip().startswith(("http://", "https://", "//"))


def is_date(value: Any) -> bool:
    """An ISO 8601 date or time."""
    try:
        datetime.fromisoformat(str(value).strip())
    except ValueError:
        return False
    return not is_number(value)


def is_key(values: list[Any]) -> bool:
    """Different in every row, and short without blanks."""
    texts = [str(value).strip() for value in values]
    return len(set(texts)) == len(texts) and mostly(texts, lambda text: len(text) <= 64 and not re.search(r"\s", text))


def separator(values: list[Any], field: str | None = None) -> str | None:
    """What parts the items of a list in one cell."""
    texts = [str(value) for value in values if isinstance(value, str)]
    if not texts or (field and field not in _SEPARATORS):
        return None
    choices = _SEPARATORS[field] if field else ("|", "；", ";")
    counts = {mark: sum(mark in text.strip() for text in texts) for mark in choices}
    if field == "images":  # a comma or blank parts addresses only where another address follows it
        counts |= {
            mark: sum(bool(re.search(rf"{mark}\s*(?:https?:)?//", text.strip())) for text in texts) for mark in ", "
        }
    best = max(choices, key=lambda mark: counts[mark])
    return best if counts[best] >= _SHARE * len(texts) else None


def currency(values: list[Any]) -> tuple[str | None, str]:
    """The currency that most prices name, and by what."""
    codes = Counter(code for value in values if (code := amount(value)[1]))
    signs = Counter(sign for value in values for sign in _SYMBOLS if sign in str(value))
    if codes:
        code = codes.most_common(1)[0][0]
        return code, f"the prices say {code}"
    if signs:
        sign = signs.most_common(1)[0][0]
        more = " (or JPY?)" if sign in "¥￥" else " (or another dollar?)" if sign == "$" else ""
        return _SYMBOLS[sign], f"the prices carry {sign}{more}"
    return None, ""


def looks_like_cents(values: list[Any]) -> bool:
    """Whole numbers, large, and most of them ending as prices in cents do."""
    texts = [str(value).strip() for value in values]
    ends = [text for text in texts if text.isdecimal() and len(text) >= 3 and text[-1] in "059"]
    return len(texts) > 0 and all(text.isdecimal() for text in texts) and (
        sum(len(text) >= 4 for text in ends) >= 0.8 * len(texts)
    )  # fmt: skip


def language(values: list[Any]) -> str | None:
    """Chinese (zh) where most texts hold Chinese characters, en where most hold none but Latin words."""
    texts = [str(value) for value in values]
    if mostly(texts, HAN.search):
        return "zh"
    return "en" if mostly(texts, lambda text: not HAN.search(text) and re.search(r"[A-Za-z]{2}", text)) else None
