"""What a product costs and whether it can be had: of the variants that are meant, or of all."""

from catalog import lexicon
from catalog.model import Product, Variant
from catalog.money import display
from catalog.text import fold
from guide.choose import phrases, promotions
from guide.choose.cues import PriceOrder
from guide.choose.draft import Draft, variant_name
from guide.evidence import localised
from index.api import tokens

_MEANT = 0.5
"""Half of an option's words have to be there for the variant to be meant."""
_LISTED = 8
"""Most variants whose offers are said one by one."""


def say_offers(
    draft: Draft, product: Product, chosen: list[Variant], *, brief: bool = False, order: PriceOrder = ""
) -> None:
    """Price and availability: of the variants that are meant, or of all of them.

    `brief` says only the range. With an `order` only the cheapest (or dearest) variant is said, one that can be had
    first.
    """
    title = localised(product, draft.language)
    if order and product.variants:
        chosen = _first(draft, product, chosen or product.variants, order)
    if brief and product.variants:
        offer = draft.view.offer(product.id)
        spread = price_range(draft, product)
        if offer is not None:
            numbers = [draft.cite_title(product), *_cite_variants(draft, product)]
            text = (
                f"{title}：{spread}，{phrases.availability_of(offer, 'zh')}。"
                if draft.language == "zh"
                else f"{title}: {spread}, {phrases.availability_of(offer, 'en')}."
            )
            draft.say(text, *numbers, kind="price")
        return
    if not product.variants:
        _say_offer(draft, product, None, title)
    for variant in (chosen or product.variants)[:_LISTED]:
        _say_offer(draft, product, variant, f"{title} {variant_name(variant, draft.language)}")
    if len(chosen) == 1 and draft.cards:
        draft.cards.pop()
        draft.show(product, chosen[0].id)
    if not brief:
        for promotion in draft.view.promotions(product.id):
            promotions.say(draft, promotion, draft.language)


def _first(draft: Draft, product: Product, variants: list[Variant], order: PriceOrder) -> list[Variant]:
    offers = [
        (variant, offer) for variant in variants if (offer := draft.view.offer(product.id, variant.id)) is not None
    ]
    sign = 1 if order == "asc" else -1
    offers.sort(key=lambda row: (not row[1].available, sign * row[1].price.amount))
    return [variant for variant, _ in offers[:1]]


def _cite_variants(draft: Draft, product: Product) -> list[int]:
    offers = [(variant.id, draft.view.offer(product.id, variant.id)) for variant in product.variants]
    return [draft.cite_offer(product, offer, id_) for id_, offer in offers if offer is not None]


def _say_offer(draft: Draft, product: Product, variant: Variant | None, title: str) -> None:
    offer = draft.view.offer(product.id, variant.id if variant else None)
    if offer is None:
        return
    numbers = draft.cite_price(product, offer, variant.id if variant else None)
    draft.say(phrases.price(title, offer, draft.language), *numbers, kind="price")


def meant(text: str, product: Product) -> list[Variant]:
    """The variants whose options the question names best; none when it names no option."""
    said = set(tokens(text)) | {fold(text)}
    folded = fold(text).replace(" ", "")
    scored = [(_named(variant, said, folded), variant) for variant in product.variants]
    best = max((score for score, _ in scored), default=0.0)
    return [variant for score, variant in scored if best >= _MEANT and score == best]


def _named(variant: Variant, said: set[str], folded: str) -> float:
    score = 0.0
    for value in variant.options.values():
        spellings = {
            str(value),
            lexicon.say(lexicon.value(str(value)), "zh"),
            lexicon.say(lexicon.value(str(value)), "en"),
        }
        score += max(_overlap(spelling, said, folded) for spelling in spellings)
    return score


def _overlap(value: str, said: set[str], folded: str) -> float:
    squeezed = fold(value).replace(" ", "")
    if len(squeezed) > 1 and squeezed in folded:
        return 1.0
    words = set(tokens(value))
    return len(words & said) / len(words) if words else 0.0


def price_range(draft: Draft, product: Product) -> str:
    """The price of a product in words, with its range when variants differ."""
    offers = [draft.view.offer(product.id, variant.id) for variant in product.variants] or [
        draft.view.offer(product.id)
    ]
    prices = sorted({offer.price.amount: offer.price for offer in offers if offer is not None}.items())
    if not prices:
        return ""
    low, high = prices[0][1], prices[-1][1]
    return display(low) if low == high else f"{display(low)} – {display(high)}"
