"""A price that held before, said as today's; with the card of an index that lags behind, or beside a right card."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from bench.mutations import money, wording
from bench.mutations.edit import Body, mutation, replaced
from bench.mutations.kinds import Mutation
from bench.mutations.saved import Price, Statement, price_of
from bench.mutations.shop import Shop, offers, prices

_FACTORS = (Decimal("0.88"), Decimal("0.93"), Decimal("1.08"), Decimal("1.12"), Decimal("1.2"))


def stale(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """The list price, the price without the running sale, or the price before a change."""
    price = price_of(statement, shop)
    if price is None:
        return
    for shape, amount in old_prices(price, random):
        for group, after in _told(statement, shop, price, amount):
            body, where = replaced(statement, after)
            named = wording.shaped(shape, group)
            yield mutation(statement, "stale_price", named, price.product.id, (body, where, after))
            carded, where = replaced(statement, after)
            if _set_card(carded, price, amount):
                yield mutation(statement, "stale_price_and_card", named, price.product.id, (carded, where, after))


def old_prices(price: Price, random: Random) -> Iterator[tuple[str, Decimal]]:
    """(where from, amount) of prices that no form of the product has now."""
    now = Decimal(price.amount)
    forms = offers(price.product)
    at_list = {Decimal(offer.list_price) for offer in forms if offer.list_price and Decimal(offer.price) == now}
    current = {now} | (prices(price.product) if now in prices(price.product) else set())
    found = [("list price", amount) for amount in at_list]
    if now not in prices(price.product):
        found += [("before the sale", amount) for amount in prices(price.product)]
    found += [("yesterday's", _near(now, factor)) for factor in random.sample(_FACTORS, 2)]
    listed = {Decimal(offer.list_price) for offer in forms if offer.list_price}
    for shape, amount in found:
        if amount not in current and (shape != "yesterday's" or amount not in listed):
            yield shape, amount


def _near(now: Decimal, factor: Decimal) -> Decimal:
    """A price as the shop would set it: ending in 9 from 50 on, as fine as today's below."""
    moved = now * factor
    if now == now.to_integral() and now >= 50:
        return (moved / 10).to_integral() * 10 - 1
    if now == now.to_integral():
        return max(Decimal(1), moved.to_integral() if moved.to_integral() != now else now + 1)
    return (moved * 10).to_integral() / 10


def _in_place(statement: Statement, price: Price, shown: str) -> str:
    """The new price for the first one; a list price behind it in brackets goes, for it may be the same."""
    bare = statement.text.replace(price.shown, shown, 1)
    for opening, closing in (("（原价", "）"), (" (was ", ")"), (" (list price", ")")):
        start = bare.find(opening)
        end = bare.find(closing, start)
        if 0 <= start < end:
            bare = bare[:start] + bare[end + 1 :]
    return bare


def _told(statement: Statement, shop: Shop, price: Price, amount: Decimal) -> Iterator[tuple[str, str]]:
    """(group, text) of the statement with the other price, and of the sentences that say it."""
    language = statement.language
    for form in shop.shapes.table(language, "price_in_sentences")[price.currency]:
        shown = money.told(form, amount, price.currency, language)
        if shown is not None:
            yield "plain", _in_place(statement, price, shown)
    if len(prices(price.product)) == 1:  # else a name alone does not say which form is meant
        called = wording.names(price.product, statement, shop)
        yield from wording.priced(price, amount, called, language, shop)


def _set_card(body: Body, price: Price, amount: Decimal) -> bool:
    """Let card and citation say the old price too; False where no card has the price that the statement has."""
    minor, now = int(amount * 100), int(Decimal(price.amount) * 100)
    cards = [card for card in body["products"] if card["id"] == price.product.id and card.get("offer")]
    cards = [card for card in cards if card["offer"]["price"]["amount"] == now]
    for card in cards:
        card["offer"]["price"]["amount"] = minor
        card["offer"].pop("list_price", None)
    for citation in body["citations"]:
        if citation["n"] == price.n:
            said = f"{price.shown[0]}{amount:,.{0 if amount == amount.to_integral() else 2}f}"
            citation["quote"] = citation["quote"].replace(price.shown, said)
            citation["value"] = f"{minor} {price.currency}"
    return bool(cards)
