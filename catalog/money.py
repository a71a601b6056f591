"""Money without floats: decimal strings in records, minor units on the wire, never converted."""

import re
from decimal import Decimal

import msgspec

from catalog.errors import MoneyError

# ISO 4217 minor-unit exponents that differ from 2, among the currencies shops commonly price in.
_EXPONENTS = {
    "BHD": 3, "CLP": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3,
    "PYG": 0, "TND": 3, "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0,
}  # fmt: skip
LARGEST = 10**12
"""Largest amount: in minor units it still fits the 53 bits that JSON readers keep exact."""
_PLAIN = re.compile(r"[0-9]{1,13}(\.[0-9]{1,9})?")
_SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


class Money(msgspec.Struct, frozen=True):
    """An amount on the wire: `amount` in minor units of the ISO 4217 `currency`."""

    amount: int
    currency: str


def exponent(currency: str) -> int:
    """Number of decimals of a currency (2 unless ISO 4217 says otherwise)."""
    return _EXPONENTS.get(currency, 2)


def to_minor(price: str | Decimal, currency: str) -> int:
    """A decimal amount as minor units.

    Raises:
        MoneyError: not a plain decimal between 0 and `LARGEST`, or more decimals than the currency has.
    """
    if isinstance(price, str) and not _PLAIN.fullmatch(price):
        raise MoneyError(f"not a plain decimal amount: {price[:40]!r}")
    value = Decimal(price)
    if not value.is_finite() or not 0 <= value <= LARGEST:
        raise MoneyError(f"not an amount between 0 and {LARGEST:,}: {str(price)[:40]!r}")
    scaled = value.scaleb(exponent(currency))
    if scaled != scaled.to_integral_value():
        raise MoneyError(f"{price!r} has more decimals than {currency} allows")
    return int(scaled)


def to_decimal(money: Money) -> Decimal:
    """Minor units back to a decimal amount with all its digits."""
    return Decimal(money.amount).scaleb(-exponent(money.currency))


def display(money: Money) -> str:
    """An amount as a shopper reads it: ¥2,999, $49.90, 120 SEK; trailing zero cents are left out."""
    value = to_decimal(money)
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,f}"
    symbol = _SYMBOLS.get(money.currency)
    return f"{symbol}{digits}" if symbol else f"{digits} {money.currency}"
