"""Facts of the shop and of one product: dearest, cheapest, how many, what it costs, whether it is there."""

from bench.shopper import wishes, words
from bench.shopper.forms import Want, ends, ids
from bench.shopper.questions import NONE_FITS, Asked, Shop, expected
from bench.shopper.words import Language

_LIMITS: tuple[wishes.Maker, ...] = (wishes.in_stock, wishes.brand_out, wishes.below)


def extreme(shop: Shop, language: Language) -> Asked | None:
    """The dearest or cheapest of a kind, sometimes within a limit."""
    dearest = shop.random.random() < 0.5
    kind, limit = shop.kind(), shop.random.choice((None, None, *_LIMITS))
    part = limit(shop, language, Want(kind=kind)) if limit else None
    want = part.want if part else Want(kind=kind)
    if not ids(want, shop.sold):
        return None
    text = _limited(shop, language, "dearest" if dearest else "cheapest", kind, part)
    return Asked(
        shape="dearest" if dearest else "cheapest", language=language, question=text, want=want,
        extremes=ends(want, shop.sold, dearest=dearest),
    )  # fmt: skip


def count(shop: Shop, language: Language) -> Asked:
    """How many of a kind, sometimes within a limit."""
    kind, limit = shop.kind(), shop.random.choice((None, *_LIMITS, wishes.between, wishes.brand_in))
    part = limit(shop, language, Want(kind=kind)) if limit else None
    want = part.want if part else Want(kind=kind)
    found = ids(want, shop.sold)
    return Asked(
        shape="count", language=language, question=_limited(shop, language, "count", kind, part), want=want,
        outcomes=expected(want, shop.sold) if found else ("answered", *NONE_FITS), count=len(found),
    )  # fmt: skip


def price(shop: Shop, language: Language) -> Asked:
    """What a product costs."""
    id_, name = shop.random.choice(sorted(shop.names[language].items()))
    return Asked(
        shape="price", language=language, question=shop.say(language, "price_of").format(product=name), product=id_
    )


def stock(shop: Shop, language: Language) -> Asked:
    """Whether a product is there."""
    id_, name = shop.random.choice(sorted(shop.names[language].items()))
    text = shop.say(language, "stock_of_product").format(product=name)
    return Asked(shape="product_stock", language=language, question=text, product=id_, available=is_there(shop, id_))


def is_there(shop: Shop, product_id: str) -> bool:
    """Whether any form of it is in stock."""
    return any(form.in_stock for form in shop.sold if form.product.id == product_id)


def _limited(shop: Shop, language: Language, name: str, kind: str, part: wishes.Part | None) -> str:
    one, many = shop.named(kind, language)
    frame = shop.say(language, name)
    if part is None:
        return frame.format(kind=one, kinds=many, of="", **{"and": ""})
    return frame.format(kind=one, kinds=many, of=part.of, **{"and": f" {part.also}"})


def with_names(shop: Shop, language: Language, shown: list[str]) -> str:
    """What the guide said when it showed these products."""
    titles = [words.titles(shop.products[id_]) for id_ in shown]
    listed = [title.get(language) or next(iter(title.values())) for title in titles]
    return words.shown(language).format(titles=("、" if language == "zh" else "; ").join(listed))
