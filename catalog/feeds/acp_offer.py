"""Price, dated sale and stock of an Agentic Commerce Protocol product as an offer."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from catalog.errors import MoneyError
from catalog.feeds.grouping import Row
from catalog.feeds.offers import amount, availability, minor_amount
from catalog.issues import Code

Problem: TypeAlias = tuple[Code, str, Any, str]
"""Code, field, value, message."""


def offer(known: Row, currency: str | None, now: datetime) -> tuple[Row | None, list[Problem]]:
    """The offer of one row and what is odd about it.

    Args:
        known: values under the words of `acp_names.NAMES`.
        currency: what the metadata says; a currency beside the price is stronger.
        now: a sale with dates counts only between them.
    """
    problems: list[Problem] = []
    if "price" not in known:
        return None, problems
    text, unit = price(known["price"], known.get("currency") or currency)
    result: Row = {"price": text}
    if "list_price" in known:
        result["list_price"], unit = _beside(known["list_price"], unit)
    if "sale_price" in known:
        sale, unit = _beside(known["sale_price"], unit)
        problems += _apply_sale(result, sale, known, now)
    if unit is not None:
        result["currency"] = unit
    return result | _stock(known), problems


def price(value: Any, currency: str | None) -> tuple[str, str | None]:
    """Decimal text and currency of a price in any of its shapes; what is no price comes back for the check to name."""
    if not isinstance(value, dict):
        text, own = amount(value)
        return text, own or currency
    unit = value.get("currency") or currency
    try:
        return minor_amount(value.get("amount"), str(unit)), unit
    except MoneyError:
        return f"{value.get('amount')} in minor units", unit


def _beside(value: Any, unit: str | None) -> tuple[str, str | None]:
    """A second price of the row; one in another currency than the first is no price of this offer."""
    text, own = price(value, unit)
    return (text, unit or own) if own == unit or unit is None else (f"{text} {own} beside a price in {unit}", unit)


def _apply_sale(result: Row, sale: str, known: Row, now: datetime) -> Iterator[Problem]:
    regular, reduced = _decimal(result["price"]), _decimal(sale)
    if regular is not None and reduced is not None and reduced >= regular:
        yield "odd_price", "sale_price", sale, "the sale price is not below the price; it was left out"
        return
    try:
        dated, runs = _window(known, now)
    except ValueError:
        yield (
            "bad_date",
            "sale_price_effective_date",
            str(known.get("sale_dates")),
            "no two dates; the sale was left out",
        )
        return
    if runs:
        result["list_price"], result["price"] = result["price"], sale
    if dated:
        state = "it counts now" if runs else "it does not count now"
        yield "dated_price", "sale_price", sale, f"the sale price holds between two dates; {state}"


def _window(known: Row, now: datetime) -> tuple[bool, bool]:
    """Whether the sale has dates, and whether it runs now. Dates without a time are whole days, in UTC."""
    dates = str(known.get("sale_dates", ""))
    starts, _, ends = dates.partition("/") if "/" in dates else dates.partition(",")
    starts, ends = known.get("sale_starts", starts), known.get("sale_ends", ends)
    if not starts and not ends:
        return False, True
    after = not starts or now >= _moment(str(starts).strip(), time.min)
    before = not ends or now <= _moment(str(ends).strip(), time.max)
    return True, after and before


def _moment(text: str, hour: time) -> datetime:
    moment = datetime.fromisoformat(text)
    if len(text) <= len("2026-11-11"):
        moment = datetime.combine(moment, hour)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _stock(known: Row) -> Row:
    """State and count as far as they are known; a word that we do not know is left for the check to name."""
    result: Row = {}
    state = known.get("availability")
    if isinstance(state, dict):
        state = state.get("status", state.get("available"))
    if state is not None and str(state).casefold() != "unknown":
        result["availability"] = availability(state) or str(state)
    if "stock" in known:
        count = _decimal(known["stock"])
        result["stock"] = int(count) if count is not None and count == count.to_integral_value() else known["stock"]
    return result


def _decimal(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 20 else None
