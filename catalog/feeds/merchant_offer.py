"""Price, sale price and availability of a Google Merchant item.

A sale price without dates, or within its dates at the time of reading, is the price; the price is then the list price.
"""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.feeds.merchant_item import Item
from catalog.feeds.offers import amount, availability


def offer(item: Item, now: datetime) -> dict[str, Any] | None:
    """The offer of an item, None without a price; amounts are checked when the record is made."""
    price, currency = _money(item, "price")
    if price is None:
        return None
    found: dict[str, Any] = {"price": price} | ({"currency": currency} if currency else {})
    sale = _sale(item, price, currency, now)
    if sale is not None:
        found |= {"price": sale, "list_price": price}
    if text := item.text("availability"):
        found["availability"] = availability(text) or text
    return found


def _money(item: Item, field: str) -> tuple[str | None, str | None]:
    """Amount and currency of a field such as `15.00 USD`; what is no amount is reported."""
    text = item.text(field)
    if text is None:
        return None, None
    price, currency = amount(text)
    if _number(price) is None:
        item.report("bad_price", "not an amount with a currency such as 15.00 USD", field, text)
    return price, currency


def _sale(item: Item, price: str, currency: str | None, now: datetime) -> str | None:
    """The sale price if it holds now."""
    sale, other = _money(item, "sale_price")
    if sale is None or not item.usable:
        return None
    if other != currency:
        message = f"the sale price is in {other or 'no currency'}, the price in {currency or 'none'}"
        item.report("bad_currency", message, "sale_price", item.text("sale_price"))
        return None
    if not _holds(item, now):
        return None
    if Decimal(sale) >= Decimal(price):
        item.report("odd_price", "the sale price is not below the price, which was kept", "sale_price", sale)
        return None
    return sale


def _holds(item: Item, now: datetime) -> bool:
    """Whether `now` is within the dates of the sale price, if it has any."""
    field = "sale_price_effective_date"
    text = item.text(field)
    if text is None:
        return True
    start, _, end = (part.strip() for part in text.partition("/"))
    try:
        begins, ends = _moment(start), _moment(end)
    except ValueError:
        item.report("bad_date", "not two ISO 8601 times parted by `/`; the sale price was left out", field, text)
        return False
    if now < begins:
        item.report("dated_price", f"the sale price begins at {start}; until then the price holds", field, text)
    elif now >= ends:
        item.report("dated_price", f"the sale price ended at {end}; the price holds again", field, text)
    else:
        item.report("dated_price", f"the sale price holds until {end}; this feed knows no later price", field, text)
    return begins <= now < ends


def _moment(text: str) -> datetime:
    """A time; without an offset it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
