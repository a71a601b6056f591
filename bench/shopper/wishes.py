"""Wishes for a kind of goods within a budget, by or not by a brand, in stock, and several of these at once."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import msgspec

from bench.shopper import words
from bench.shopper.forms import Want
from bench.shopper.questions import AROUND, SURELY, Asked, Shop, expected, rounded
from bench.shopper.words import Language
from catalog.money import to_minor


class Part(NamedTuple):
    """One constraint: as a clause of its own, and before a Chinese noun; the want with it, and a narrower one."""

    also: str
    of: str
    want: Want
    surely: Want


Maker: TypeAlias = Callable[[Shop, Language, Want], Part]


def below(shop: Shop, language: Language, want: Want) -> Part:
    """At most so much."""
    value, currency = shop.bound(want.kind)
    limited = msgspec.structs.replace(want, currency=currency, high=to_minor(str(value), currency))
    return _part(shop, language, "below", limited, n=words.amount(value, currency, language, shop.random))


def above(shop: Shop, language: Language, want: Want) -> Part:
    """At least so much."""
    value, currency = shop.bound(want.kind)
    limited = msgspec.structs.replace(want, currency=currency, low=to_minor(str(value), currency))
    return _part(shop, language, "above", limited, n=words.amount(value, currency, language, shop.random))


def between(shop: Shop, language: Language, want: Want) -> Part:
    """From so much to so much."""
    value, currency = shop.bound(want.kind)
    other = rounded(value * shop.random.uniform(1.5, 2.5))
    low, high = (to_minor(str(end), currency) for end in (value, other))
    limited = msgspec.structs.replace(want, currency=currency, low=low, high=high)
    first, last = words.pair(value, other, currency, language, shop.random)
    return _part(shop, language, "between", limited, a=first, b=last)


def around(shop: Shop, language: Language, want: Want) -> Part:
    """About so much: what is far off is wrong, what is near must be found."""
    value, currency = shop.bound(want.kind)
    minor = to_minor(str(value), currency)

    def within(share: float) -> Want:
        low, high = round(minor * (1 - share)), round(minor * (1 + share))
        return msgspec.structs.replace(want, currency=currency, low=low, high=high)

    said = _part(shop, language, "around", within(AROUND), n=words.amount(value, currency, language, shop.random))
    return said._replace(surely=within(SURELY))


def brand_out(shop: Shop, language: Language, want: Want) -> Part:
    """Anything but this brand."""
    name = shop.random.choice(shop.brands(want.kind))
    refused = msgspec.structs.replace(want, not_brand=name)
    return _part(shop, language, "out", refused, brand=words.brand(name, language))


def brand_in(shop: Shop, language: Language, want: Want) -> Part:
    """Only this brand."""
    name = shop.random.choice(shop.brands(want.kind))
    return _part(shop, language, "in", msgspec.structs.replace(want, brand=name), brand=words.brand(name, language))


def in_stock(shop: Shop, language: Language, want: Want) -> Part:
    """What can be had now."""
    return _part(shop, language, "stock", msgspec.structs.replace(want, in_stock=True))


def _part(shop: Shop, language: Language, name: str, want: Want, **values: str) -> Part:
    also = shop.say(language, f"{name}_also").format(**values)
    of = shop.say(language, f"{name}_of").format(**values) if language == "zh" else ""
    return Part(also, of, want, want)


BUDGETS = (below, below, above, between, around)


def budget(shop: Shop, language: Language) -> Asked:
    """A kind within a budget."""
    return _find(shop, language, "budget", shop.random.choice(BUDGETS))


def refused(shop: Shop, language: Language) -> Asked:
    """A kind, but not of one brand."""
    return _find(shop, language, "brand_out", brand_out)


def wanted(shop: Shop, language: Language) -> Asked:
    """A kind of one brand."""
    return _find(shop, language, "brand_in", brand_in)


def at_hand(shop: Shop, language: Language) -> Asked:
    """A kind that is in stock."""
    return _find(shop, language, "stock", in_stock)


def several(shop: Shop, language: Language) -> Asked:
    """Two or three constraints at once."""
    chosen = [shop.random.choice(BUDGETS), in_stock, shop.random.choice((brand_out, brand_in))]
    shop.random.shuffle(chosen)
    return _find(shop, language, "several", *chosen[: shop.random.choice((2, 2, 3))])


def anything(shop: Shop, language: Language) -> Asked:
    """Whatever costs less."""
    value, currency = shop.bound("")
    want = Want(currency=currency, high=to_minor(str(value), currency))
    text = shop.say(language, "any").format(n=words.amount(value, currency, language, shop.random))
    return Asked(shape="any", language=language, question=text, want=want, outcomes=expected(want, shop.sold))


def _find(shop: Shop, language: Language, shape: str, *makers: Maker) -> Asked:
    kind = shop.kind()
    want = surely = Want(kind=kind)
    said: list[Part] = []
    for maker in makers:
        made = maker(shop, language, want)
        said.append(made)
        changes = {name: getattr(made.surely, name) for name in ("currency", "low", "high")}
        want = made.want
        surely = msgspec.structs.replace(want, **changes) if maker is around else _narrowed(want, surely)
    return Asked(
        shape=shape, language=language, question=_said(shop, language, kind, said), want=want,
        outcomes=expected(want, shop.sold, surely),
    )  # fmt: skip


def _narrowed(want: Want, surely: Want) -> Want:
    """The want so far, with the tighter bounds of an "around" that was said before."""
    if not surely.currency:
        return want
    return msgspec.structs.replace(want, currency=surely.currency, low=surely.low, high=surely.high)


def _said(shop: Shop, language: Language, kind: str, parts: list[Part]) -> str:
    one, many = shop.named(kind, language)
    before_noun = language == "zh" and shop.random.random() < 0.5
    frame = shop.say(language, "find_of" if before_noun else "find_also")
    joint = "，" if language == "zh" else " "
    return frame.format(
        kind=one, kinds=many, of="".join(part.of for part in parts), also=joint.join(part.also for part in parts)
    )
