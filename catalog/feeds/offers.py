"""What merchants write about price and stock, in the words of an offer.

>>> amount("1,299.00 USD"), amount("49,90 €"), amount("¥89"), amount(79.9)
(('1299.00', 'USD'), ('49.90', None), ('89', None), ('79.9', None))
>>> availability("https://schema.org/InStock"), availability("in stock"), availability("soon")
('in_stock', 'in_stock', None)
"""

import re
from math import inf
from typing import Any

from catalog.errors import MoneyError
from catalog.money import Money, exponent, to_decimal

_PRICE = re.compile(
    r"(?:(?P<before>[A-Z]{3})\s*)?[$¥￥€£]?\s*(?P<digits>[0-9][0-9.,]*)\s*(?P<after>[A-Z]{3})?(?<=[0-9A-Z])\s*[€£元]?"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{2}")
"""As much of Europe writes it: three digits behind the comma could be thousands, two never are."""
_WHOLE = re.compile(r"[0-9]{1,13}")
_LETTERS = re.compile(r"[^a-z]")
_AVAILABILITY = {
    "instock": "in_stock", "instoreonly": "in_stock", "onlineonly": "in_stock", "limitedavailability": "in_stock",
    "available": "in_stock", "true": "in_stock", "lowstock": "in_stock",
    "outofstock": "out_of_stock", "soldout": "out_of_stock", "discontinued": "out_of_stock",
    "unavailable": "out_of_stock", "reserved": "out_of_stock", "false": "out_of_stock",
    "preorder": "preorder", "presale": "preorder",
    "backorder": "backorder", "madetoorder": "backorder",
    "有货": "in_stock", "现货": "in_stock", "无货": "out_of_stock", "缺货": "out_of_stock", "售罄": "out_of_stock",
    "已售罄": "out_of_stock", "售完": "out_of_stock", "断货": "out_of_stock", "库存紧张": "in_stock",
    "预售": "preorder", "预订": "preorder",
}  # fmt: skip


def amount(value: Any) -> tuple[str, str | None]:
    """The decimal text and the currency that stands beside it, if one does; what is no price comes back as it is."""
    text = f"{value:.10g}" if isinstance(value, float) else str(value).strip()
    found = _PRICE.fullmatch(text)
    if found is None:
        return text, None
    digits = found["digits"]
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(digits):
        digits = digits.replace(",", ".")
    return digits, found["before"] or found["after"]


def minor_amount(value: Any, currency: str) -> str:
    """The decimal text of an amount in minor units: 7999 USD is 79.99, 7999 JPY is 7999.

    Raises:
        MoneyError: not a whole number, so nobody can tell which unit was meant.
    """
    if isinstance(value, bool) or not _WHOLE.fullmatch(str(value)):
        raise MoneyError(f"not a whole number of minor units: {str(value)[:40]!r}")
    return f"{to_decimal(Money(int(value), currency)):.{exponent(currency)}f}"


def availability(value: Any) -> str | None:
    """Our word for a state of stock, however spelt, as a word or a schema.org address; None if it is no such word."""
    word = str(value).rstrip("/").rpartition("/")[2].casefold()
    return _AVAILABILITY.get(_LETTERS.sub("", word) or word.strip())


def number(value: Any) -> Any:
    """A number that was written as text; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        found = float(value) if "." in value else int(value)
    except ValueError:
        return value
    return value if abs(found) == inf else found
