"""Prices as people write them: ¥2,999, 2999 块, CNY 18.50, two thousand yuan."""

from decimal import Decimal

from bench.mutations.amounts import numeral, plain, worded
from bench.mutations.kinds import Language

_SIGNS = {"CNY": "¥", "USD": "$"}
_MOST = 10_000
"""From here on nobody writes a price in words."""


def told(form: str, amount: Decimal, currency: str, language: Language) -> str | None:
    """The price in a form that may have {sign}, {plain}, {comma} and {words}; None if it is not said in words."""
    whole = amount == amount.to_integral()
    spelled = "{words}" in form
    if spelled and not (whole and amount < _MOST):
        return None
    return form.format(
        sign=_SIGNS[currency],
        plain=plain(amount) if whole else f"{amount:.2f}",
        comma=f"{amount:,.0f}" if whole else f"{amount:,.2f}",
        words=(numeral if language == "zh" else worded)(int(amount)) if spelled else "",
    )
