"""Money without floats: decimal strings in records, minor units on the wire, never converted."""

from decimal import Decimal, InvalidOperation

import msgspec

from catalog.errors import MoneyError

# ISO 4217 minor-unit exponents that differ from 2, among the currencies shops commonly price in.
_EXPONENTS = {
    "BHD": 3, "CLP": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3,
    "PYG": 0, "TND": 3, "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0,
}  # fmt: skip
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
        MoneyError: not a finite non-negative number, or more decimals than the currency has.
    """
    try:
        value = Decimal(price)
    except InvalidOperation as error:
        raise MoneyError(f"not a decimal amount: {price!r}") from error
    if not value.is_finite() or value < 0:
        raise MoneyError(f"not a finite amount of zero or more: {price!r}")
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
