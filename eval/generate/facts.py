"""Facts of one product: an attribute, a yes or no, what it costs, whether it can be had."""

import re
from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import NamedTuple

from catalog.model import Attributes, AttributeValue, Measure, Product, Variant
from eval.cases import Case
from eval.generate.amounts import written
from eval.generate.gold import case
from eval.generate.names import called, title_in
from eval.generate.shop import Shop
from eval.generate.values import musts
from eval.generate.wordings import Language, asked, in_turn, ways
from eval.products import Sellable, sellables, value_text
from eval.text.fold import fold, key
from eval.text.quantities import of_value


class Fact(NamedTuple):
    """One thing the records say of a product, and how a right answer is told."""

    product: Product
    intent: str
    field: str
    frames: str
    """Which wordings ask for it."""
    words: dict[str, str]
    """What they are filled with besides the product's name."""
    must: list[str | list[str]]
    must_not: list[str]

    @property
    def group(self) -> str:
        """What all wordings of this fact share."""
        return f"{self.product.id}/{self.field}"


def facts(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Each fact in one wording, then in the next; the intents in turn, so that attributes do not crowd out prices."""
    by_intent = _by_intent(shop, language)
    yield from in_turn(_worded(shop, language, random, own) for own in by_intent.values())


def paraphrases(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Each fact in three wordings, one after the other; the intents in turn."""
    by_intent = _by_intent(shop, language)
    for own in by_intent.values():
        random.shuffle(own)
    for fact in in_turn(map(iter, by_intent.values())):
        frames = random.sample(ways(language, fact.frames), 3)
        for frame in frames:
            yield said(fact, frame, called(shop.name(fact.product, language), language))


def _by_intent(shop: Shop, language: Language) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for product in shop.speaking(language):
        for fact in of_product(shop, product, language):
            found.setdefault(fact.intent, []).append(fact)
    return found


def _worded(shop: Shop, language: Language, random: Random, own: list[Fact]) -> Iterator[Case]:
    """The facts of one intent, by every name of their products."""
    plans = [(fact, name) for fact in own for name in shop.names(fact.product, language)]
    by_frames = [[plan for plan in plans if plan[0].frames == frames] for frames in sorted({one.frames for one in own})]
    yield from in_turn(_framed(language, random, plans) for plans in by_frames)


def _framed(language: Language, random: Random, plans: list[tuple[Fact, str]]) -> Iterator[Case]:
    """Facts that the same wordings ask for."""
    for (fact, name), frame in asked(random, plans, ways(language, plans[0][0].frames)):
        yield said(fact, frame, called(name, language))


def said(fact: Fact, frame: str, name: str) -> Case:
    """The fact asked for in one wording."""
    question = frame.format(product=name, **fact.words)
    relevant = {fact.product.id: 1.0}
    return case(fact.intent, fact.group, question, relevant=relevant, must=fact.must, must_not=fact.must_not)


def of_product(shop: Shop, product: Product, language: Language) -> list[Fact]:
    """Every fact of one product that can be asked for without doubt."""
    return _known(shop, language)[product.id]


@lru_cache(maxsize=4)
def _known(shop: Shop, language: Language) -> dict[str, list[Fact]]:
    """The facts of all products by id: five kinds of questions need them."""
    return {product.id: list(_facts(shop, product, language)) for product in shop.speaking(language)}


def _facts(shop: Shop, product: Product, language: Language) -> Iterator[Fact]:
    yield from _attributes(shop, product, language)
    price = shop.priced(product)
    if price:
        yield Fact(product, "price", "price", "price", {}, [written(price)], [])
    yield from _variant_prices(shop, product, language)
    yield from _stock(product, language)


def _attributes(shop: Shop, product: Product, language: Language) -> Iterator[Fact]:
    """The attributes of the product that are stated once, or in both languages alike."""
    own, keyed = _attributes_in(product, language), _keyed(product)
    for name, value in own.items():
        group = shop.truth.labels.get(key(name), frozenset({key(name)}))
        stated = [held for one, held in keyed if one in group]
        if _is_varied(product, group) or _is_part_of_another(name, own) or not _agree(stated):
            continue
        words = {"label": name.replace("_", " ")}
        if isinstance(value, bool):
            if _is_plain(name, value, language) and not shop.titled(product, [name]):
                yield _flag(product, name, value, language, words)
            continue
        must = musts([value, *(other for other in stated if other != value)])
        if must and not shop.titled(product, must) and len(must) <= 3:
            frames = "measure" if isinstance(value, Measure) else "feature"
            yield Fact(product, "attribute", key(name), frames, words, must, [])


def _attributes_in(product: Product, language: Language) -> Attributes:
    """The product's attributes with labels of the language."""
    if title_in(product, language) == product.title:
        return product.attributes
    said = (one for code, one in product.translations.items() if code.split("-")[0] == language)
    return next((one.attributes or {} for one in said), {})


def _keyed(product: Product) -> list[tuple[str, AttributeValue]]:
    """All attributes in all languages, under the keys of their labels."""
    sources = [product.attributes, *(said.attributes or {} for said in product.translations.values())]
    return [(key(name), value) for source in sources for name, value in source.items()]


def _is_varied(product: Product, group: frozenset[str]) -> bool:
    """Whether the forms of the product differ in it."""
    return any(key(name) in group for variant in product.variants for name in variant.options)


def _is_part_of_another(name: str, own: Attributes) -> bool:
    """续航 beside 总续航: which of the two would be meant?"""
    return any(fold(name) in fold(other) for other in own if other != name)


def _agree(stated: list[AttributeValue]) -> bool:
    """Whether values of several languages say the same, as far as numbers tell."""
    if any(isinstance(value, bool) for value in stated):
        return len({repr(value) for value in stated}) == 1
    quantities = [held for value in stated if (held := of_value(value))]
    first = quantities[0] if quantities else []
    return all(
        len(held) == len(first) and all(one.same(other) for one, other in zip(held, first, strict=True))
        for held in quantities
    )


def _is_plain(name: str, value: bool, language: Language) -> bool:
    """Whether the value has a short form; that a thing is not without something (不是无糖) is said in too many ways."""
    return value or not any(re.search(form, name) for form in ways(language, "denial"))


def _flag(product: Product, name: str, value: bool, language: Language, words: dict[str, str]) -> Fact:
    """A yes/no field: the words of the right answer, and of the wrong one where they cannot be part of a right one."""
    yes = [form.format(label=name) for form in ways(language, "yes_forms")]
    no = [form.format(label=name) for form in ways(language, "no_forms")]
    must, must_not = (yes, no) if value else (no + ways(language, "no_words"), [])
    return Fact(product, "yes_no", key(name), "yes_no", words, [must], must_not)


def _variant_prices(shop: Shop, product: Product, language: Language) -> Iterator[Fact]:
    """What one form costs, where the forms cost differently; option values stand only in the record's language."""
    forms = sellables(product)
    if title_in(product, language) != product.title or shop.priced(product) or len(forms) < 2:
        return
    for form in forms:
        amounts = shop.costs(form)
        if form.variant and form.variant.options and len(amounts) == 1 and _is_only(form.variant, forms):
            (amount,) = amounts
            options = (" " if language == "zh" else ", ").join(map(value_text, form.variant.options.values()))
            words = {"options": options}
            yield Fact(
                product, "variant_price", f"{form.variant.id}/price", "variant_price", words, [written(amount)], []
            )


def _is_only(variant: Variant, forms: list[Sellable]) -> bool:
    """Whether no other form has the same options."""
    return sum(form.variant is not None and form.variant.options == variant.options for form in forms) == 1


def _stock(product: Product, language: Language) -> Iterator[Fact]:
    """Whether it can be had, where that is the same for all its forms."""
    states = {form.offer.availability if form.offer else "" for form in sellables(product)}
    if states == {"in_stock"}:
        yield Fact(product, "stock", "stock", "stock", {}, [ways(language, "in_stock_words")], [])
    elif states == {"out_of_stock"}:
        yield Fact(product, "stock", "stock", "stock", {}, [ways(language, "out_of_stock_words")], [])
