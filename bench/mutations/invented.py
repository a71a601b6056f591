"""A plausible sentence on something of which no record of the product speaks."""

from collections.abc import Iterator
from random import Random

from bench.mutations import wording
from bench.mutations.edit import added, mutation, rewritten
from bench.mutations.kinds import Language, Mutation
from bench.mutations.saved import Statement, product_of
from bench.mutations.shop import Shop
from catalog.model import Product

_OWN = {"attributes", "offer", "variants"}
"""Fields whose statements are about the product itself, so that a sentence on it may follow."""


def invent(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """A sentence behind the statement, or a clause within it."""
    product = product_of(statement, shop)
    if product is None or not {field.partition(".")[0] for field in statement.fields} <= _OWN:
        return
    for line in lines(product, shop, statement.language):
        for first, inside in wording.names(product, statement, shop):
            for sentence in shop.shapes.wordings(statement.language, "invented"):
                after = sentence.format(Name=first, name=inside, invented=line)
                body, where = added(statement, after)
                made = mutation(statement, "invented_attribute", "sentence", product.id, (body, where, after))
                made.before, made.was = "", None
                yield made
        named = statement.alone or shop.title(product, statement.language) in statement.text
        if named and statement.text[-1] in "。.":
            for also in shop.shapes.wordings(statement.language, "also"):
                clause = statement.text[:-1] + also.format(invented=line)
                yield rewritten(statement, "invented_attribute", "clause", clause, product.id)


def lines(product: Product, shop: Shop, language: Language) -> list[str]:
    """What could be made up of it and is nowhere in its records."""
    said = shop.said(product.id)
    found = []
    for line in shop.shapes.invented:
        kind = any(name.endswith(f" {of}") for name in product.categories for of in line["of"])
        if kind and not any(word in said for word in line["unless"]):
            found.append(line[language])
    return found
