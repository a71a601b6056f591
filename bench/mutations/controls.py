"""Changes that keep every fact: no checker may raise an alarm at them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from bench.mutations import wording
from bench.mutations.amounts import NAMES, equals, joined, numeral, others, plain, spoken
from bench.mutations.edit import framed, mutation, rewritten, swapped
from bench.mutations.figures import in_place
from bench.mutations.kinds import Language, Mutation
from bench.mutations.prose import changed
from bench.mutations.saved import Price, Statement, about, fact_of, price_of, product_of
from bench.mutations.shop import Shop, prices
from catalog.model import Measure

_MONEY: dict[str, dict[Language, list[str]]] = {
    "CNY": {
        "zh": ["{plain}元", "{plain} 元", "{plain} 块钱", "人民币 {plain} 元"],
        "en": ["CNY {plain}", "RMB {plain}", "{comma} yuan", "{plain} CNY"],
    },
    "USD": {
        "zh": ["{plain} 美元", "{plain}美元", "{plain} 美金"],
        "en": ["USD {plain}", "{plain} dollars", "US${plain}", "{plain} USD"],
    },
}
_IN_WORDS = {" 天": "{zh}天", " 小时": "{zh}个小时", " 个月": "{zh}个月", " days": "{en} days", " hours": "{en} hours"}


def same_amount(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """The same figure with another word for its unit, in another unit, or in words."""
    fact, price = fact_of(statement, shop), price_of(statement, shop)
    if price is not None:
        for said in money(price, statement.language):
            shown = statement.text.replace(price.shown, said, 1)
            yield rewritten(statement, "same_amount", "money", shown, price.product.id)
    elif fact is not None and isinstance(fact.value, Measure) and fact.value.unit in NAMES and fact.value.value > 0:
        for shape, said in amounts(fact.value, statement):
            told = in_place(statement, fact, shop, said)
            if told:
                yield rewritten(statement, "same_amount", shape, told, fact.product.id)
            called = wording.names(fact.product, statement, shop)
            for sentence in wording.figures(fact, said, called, statement.language):
                yield rewritten(statement, "same_amount", f"{shape}, sentence", sentence, fact.product.id)
    elif "“" not in statement.text:
        yield from changed(statement, shop, "same_amount", lambda found: _other_word(found.written("{}"), found.figure))


def same_fact(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """The fact in other words, its value as it was."""
    fact, price, product = fact_of(statement, shop), price_of(statement, shop), product_of(statement, shop)
    language = statement.language
    if product is None:
        return
    sentences: list[str] = []
    if fact is not None:
        called = wording.names(fact.product, statement, shop)
        if isinstance(fact.value, bool):
            sentences = list(wording.yes_no(fact, fact.value, called, language))
        elif fact.value.unit in NAMES:
            said = joined(plain(fact.value.value), fact.value.unit, language)
            sentences = list(wording.figures(fact, said, called, language))
    elif price is not None and len(prices(product)) == 1:
        for sentence in wording.wordings(language, "price"):
            sentences += wording.filled(sentence, wording.names(product, statement, shop), price=price.shown)
    elif "“" in statement.text:
        kind = "customer" if statement.fields == ["text"] else "merchant"
        quote = statement.text[statement.text.find("“") + 1 : statement.text.rfind("”")]
        framed_quotes = [sentence.format(quote=quote) for sentence in wording.wordings(language, kind)]
        sentences = framed_quotes if set(statement.fields) <= {"text", "description", "bullets"} else []
    for sentence in sentences:
        yield rewritten(statement, "same_fact", "quotation" if "“" in sentence else "sentence", sentence, product.id)


def politeness(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """A greeting before and a wish behind, outside the statement; or a greeting that became part of it."""
    whose = about(statement, shop)
    for opening in wording.wordings(statement.language, "opening"):
        for closing in wording.wordings(statement.language, "closing"):
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


def money(price: Price, language: Language) -> list[str]:
    """Other ways to write the same price."""
    amount = Decimal(price.amount)
    whole = amount == amount.to_integral()
    bare = plain(amount) if whole else f"{amount:.2f}"
    comma = f"{amount:,.0f}" if whole else bare
    found = [form.format(plain=bare, comma=comma) for form in _MONEY[price.currency][language]]
    if language == "zh" and whole and amount < 10_000:
        found.append(numeral(int(amount)) + ("元" if price.currency == "CNY" else "美元"))
    return found


def amounts(value: Measure, statement: Statement) -> Iterator[tuple[str, str]]:
    """(shape, text) of other ways to write the same amount."""
    figure, language = plain(value.value), statement.language
    for name in others(value.unit, statement.text.rstrip("。."), language):
        yield "other word", joined(figure, value.unit, language, name)
    for converted, unit in equals(value.value, value.unit, language):
        yield "other unit", joined(converted, unit, language)
    words, spelled = spoken(figure, language), _spelled(value.unit, language)
    if words and spelled:
        yield "in words", joined(words, value.unit, language, spelled)


def _spelled(unit: str, language: Language) -> str | None:
    """The unit as a word, not as a sign."""
    names = NAMES[unit][language]
    return next((name for name in names if (name > "一" if language == "zh" else len(name) > 3)), None)


def _other_word(written: str, figure: str) -> str | None:
    """Another way to write an amount of a shop text."""
    before, _, unit = written.partition("{}")
    if unit.strip() == "元":
        return f"¥{figure}" if "." in figure else f"{figure} 块钱"
    if before.strip() in {"CNY", "¥"}:
        return f"{figure} yuan" if not unit.strip() else None
    form = _IN_WORDS.get(unit)
    words = spoken(figure, "zh" if form and "zh" in form else "en")
    return form.format(zh=words, en=words) if form and words else None
