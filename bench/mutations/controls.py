"""Changes that keep every fact: no checker may raise an alarm at them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from random import Random

import msgspec

from bench.mutations import money, wording
from bench.mutations.amounts import NAMES, joined, plain, spoken
from bench.mutations.edit import framed, mutation, rewritten, swapped
from bench.mutations.figures import in_place
from bench.mutations.flips import stocked
from bench.mutations.kinds import Mutation
from bench.mutations.prose import Amount, changed
from bench.mutations.saved import Fact, Price, Statement, about, fact_of, price_of, product_of
from bench.mutations.shop import Shop, prices
from bench.mutations.swaps import apart
from bench.mutations.ways import ways
from catalog.model import Measure

_IN_WORDS = {" 天": "{zh}天", " 小时": "{zh}个小时", " 个月": "{zh}个月", " days": "{en} days", " hours": "{en} hours"}


def same_amount(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """The same figure with another word for its unit, in another unit, or in words."""
    fact, price = fact_of(statement, shop), price_of(statement, shop)
    if price is not None:
        for form in shop.shapes.table(statement.language, "money")[price.currency]:
            said = money.told(form, Decimal(price.amount), price.currency, statement.language)
            if said is not None:
                shown = statement.text.replace(price.shown, said, 1)
                yield rewritten(statement, "same_amount", "money", shown, price.product.id)
    elif fact is not None and isinstance(fact.value, Measure) and fact.value.unit in NAMES and fact.value.value > 0:
        for shape, said in ways(fact.value, statement.text, statement.language, shop.shapes):
            told = in_place(statement, fact, shop, said)
            if told:
                yield rewritten(statement, "same_amount", shape, told, fact.product.id)
            called = wording.names(fact.product, statement, shop)
            for sentence in wording.figures(fact, said, called, statement.language, shop):
                yield rewritten(statement, "same_amount", f"{shape}, sentence", sentence, fact.product.id)
    elif "“" not in statement.text:
        yield from changed(statement, shop, "same_amount", lambda found: _other_word(found, shop))


def same_fact(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """The fact in other words, its value as it was."""
    fact, price, product = fact_of(statement, shop), price_of(statement, shop), product_of(statement, shop)
    if product is None:
        return
    if fact is not None:
        told = _fact(statement, shop, fact)
    elif price is not None and len(prices(product)) == 1:
        told = _price(statement, shop, price)
    else:
        told = _quoted(statement, shop)
    for shape, sentence in told:
        yield rewritten(statement, "same_fact", shape, sentence, product.id)


def _fact(statement: Statement, shop: Shop, fact: Fact) -> Iterator[tuple[str, str]]:
    """(shape, sentence) of an attribute, by itself and beside that of another product of its category."""
    called, language = wording.names(fact.product, statement, shop), statement.language
    sentences: Iterable[str] = ()
    if isinstance(fact.value, bool):
        sentences = wording.yes_no(fact, fact.value, called, language, shop)
    elif fact.value.unit in NAMES:
        said = joined(plain(fact.value.value), fact.value.unit, language)
        sentences = wording.figures(fact, said, called, language, shop)
    yield from (("sentence", sentence) for sentence in sentences)
    for other in shop.kin(fact.product):
        its = shop.value(other, fact.key)
        if its is not None and apart(fact.value, its):
            theirs = msgspec.structs.replace(fact, product=other, value=its)
            yield from (("comparison", sentence) for sentence in wording.compared(fact, theirs, statement, shop))


def _price(statement: Statement, shop: Shop, price: Price) -> Iterator[tuple[str, str]]:
    """(shape, sentence) of a price, and of whether it is in stock."""
    called, language = wording.names(price.product, statement, shop), statement.language
    for group, sentence in wording.priced(price, Decimal(price.amount), called, language, shop):
        yield wording.shaped("sentence", group), sentence
    in_stock = stocked(statement, shop, price.product)
    if in_stock is not None and len(price.product.variants) < 2:
        for sentence in shop.shapes.wordings(language, "in_stock" if in_stock else "sold_out"):
            yield from (("stock", said) for said in wording.filled(sentence, called))


def _quoted(statement: Statement, shop: Shop) -> Iterator[tuple[str, str]]:
    """(shape, sentence) of a quotation, with other words before it."""
    if "“" in statement.text and set(statement.fields) <= {"text", "description", "bullets"}:
        kind = "customer" if statement.fields == ["text"] else "merchant"
        quote = statement.text[statement.text.find("“") + 1 : statement.text.rfind("”")]
        for sentence in shop.shapes.wordings(statement.language, kind):
            yield "quotation", sentence.format(quote=quote)


def politeness(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """A greeting before and a wish behind, outside the statement; or a greeting that became part of it."""
    whose = about(statement, shop)
    for opening in shop.shapes.wordings(statement.language, "opening"):
        for closing in shop.shapes.wordings(statement.language, "closing"):
            body, where = framed(statement, opening, closing)
            yield mutation(statement, "politeness", "around", whose, (body, where, statement.text))
        if not re.match("是的|不是|没有|Yes|No", statement.text):
            yield rewritten(statement, "politeness", "within", opening + statement.text, whose)


def order(statement: Statement, following: Statement, shop: Shop) -> Iterator[Mutation]:
    """The statement behind its neighbour, where both are about the answer's one product and lean on nothing before."""
    one, two = product_of(statement, shop), product_of(following, shop)
    leaning = re.compile("是的|不是|没有|Yes|No|它|It ")
    if one is None or one != two or not statement.alone or any(leaning.match(s.text) for s in (statement, following)):
        return
    body, where = swapped(statement, following)
    yield mutation(statement, "sentence_order", "swapped", one.id, (body, where, statement.text))


def _other_word(amount: Amount, shop: Shop) -> str | None:
    """Another way to write an amount of a shop text."""
    figure = amount.figure
    if shop.shapes.sentences["prose_in_words"]:
        return amount.in_words(figure)
    before, _, unit = amount.written("{}").partition("{}")
    if unit.strip() == "元":
        return f"¥{figure}" if "." in figure else f"{figure} 块钱"
    if before.strip() in {"CNY", "¥"}:
        return f"{figure} yuan" if not unit.strip() else None
    form = _IN_WORDS.get(unit)
    words = spoken(figure, "zh" if form and "zh" in form else "en")
    return form.format(zh=words, en=words) if form and words else None
