"""Follow-ups after products were shown: another budget, something cheaper, no such brand, the second one."""

import msgspec

from bench.shopper import words
from bench.shopper.facts import is_there, with_names
from bench.shopper.forms import Want
from bench.shopper.questions import Asked, Shop, expected
from bench.shopper.words import Language
from catalog.money import to_minor
from eval.cases import Turn


def budget(shop: Shop, language: Language) -> Asked:
    """The kind that was shown, for less than a new amount."""
    kind = shop.kind()
    value, currency = shop.bound(kind)
    want = Want(kind=kind, currency=currency, high=to_minor(str(value), currency))
    text = shop.say(language, "then_below").format(n=words.amount(value, currency, language, shop.random))
    return _then(shop, language, kind, shop.of_kind(kind)[:3], text, want)


def cheaper(shop: Shop, language: Language) -> Asked | None:
    """The kind that was shown, below the cheapest shown."""
    kind = shop.kind()
    shown = shop.random.sample(shop.of_kind(kind), 1)
    prices = {form.price for form in shop.sold if form.product.id in shown and form.price}
    if len(prices) != 1:
        return None  # cheaper than which form?
    (least,) = prices
    want = Want(kind=kind, currency=least.currency, high=least.amount - 1)
    return _then(shop, language, kind, shown, shop.say(language, "then_cheaper"), want)


def refused(shop: Shop, language: Language) -> Asked:
    """The kind that was shown, of another brand."""
    kind = shop.kind()
    shown = shop.of_kind(kind)[:3]
    brand = shop.products[shown[0]].brand or ""
    text = shop.say(language, "then_out").format(brand=words.brand(brand, language))
    return _then(shop, language, kind, shown, text, Want(kind=kind, not_brand=brand))


def place(shop: Shop, language: Language) -> Asked | None:
    """Price or stock of the first, second or third that was shown."""
    kind = shop.kind()
    shown = shop.of_kind(kind)[:3]
    if len(shown) < 2:
        return None
    at = shop.random.randrange(len(shown))
    stock = shop.random.random() < 0.5
    frame = shop.say(language, "then_stock" if stock else "then_price")
    text = frame.format(nth=words.wordings(language, "nth")[at])
    asked = _then(shop, language, kind, shown, text, Want())
    return msgspec.structs.replace(
        asked, shape="then_place", product=shown[at], available=is_there(shop, shown[at]) if stock else None
    )


def _then(shop: Shop, language: Language, kind: str, shown: list[str], text: str, want: Want) -> Asked:
    frame = "推荐几款{kind}" if language == "zh" else "show me some {kinds}"
    one, many = shop.named(kind, language)
    said = Turn(role="user", content=frame.format(kind=one, kinds=many))
    answer = Turn(role="assistant", content=with_names(shop, language, shown), product_ids=shown)
    outcomes = expected(want, shop.sold) if want != Want() else ("answered",)
    return Asked(
        shape="then_wish", language=language, question=text, history=[said, answer], want=want, outcomes=outcomes
    )
