"""tau_retail (MIT): 50 products whose gold answers are computed from their variants (shared set).

Prices, options and availability are those of products.json; the questions are ours (tau_retail.toml), and every
expected value is computed, none is typed in. The policy questions are about wiki_policy.md, one record a section.
"""

import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from catalog.model import Product, Record, Variant
from eval.cases import Case, Filter, PriceBounds
from eval.importers.model import Found, Options, Plain, Problem
from eval.importers.tau_shop import policies, products, slug


class TauRetail(Plain):
    """Prices, stock, options and budgets of variants, policies, and what to decline."""

    name = "tau_retail"
    source = "the set's folder"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """All questions, in English; the line is the product's place in products.json."""
        path = str(source / "products.json")
        for at, product in enumerate(products(source)):
            if not _in_state(product, "in_stock"):
                continue
            for case in (*_variant_cases(at, product), *_product_cases(at, product)):
                yield Found(path, at + 1, msgspec.structs.replace(case, language="en"))
        for case in _shop_cases({policy.id for policy in policies(source)}):
            yield Found(path, 1, msgspec.structs.replace(case, language="en"))

    def records(self, source: Path) -> Iterator[Record]:
        """The products and the sections of the policy."""
        yield from products(source)
        yield from policies(source)


@cache
def _own() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _shop_cases(sections: set[str]) -> Iterator[Case]:
    """What is not sold, what only the shopper knows, and the policy as far as its sections are there."""
    own = _own()
    for name in own["absent"]:
        question = f"Do you sell a {name}?"
        yield Case(id=f"tau-absent-{slug(name)}", question=question, answerable=False, tags=["absent"])
    for at, question in enumerate(own["account"]):
        yield Case(
            id=f"tau-account-{at}", question=question, answerable=False, outcome=["out_of_scope", "refused"],
            tags=["order_account"],
        )  # fmt: skip
    for at, (section, question, must) in enumerate(own["policy"]):
        id_, relevant = f"tau-policy-{at}", f"policy-{section}"
        if relevant in sections:
            yield Case(id=id_, question=question, relevant={relevant: 1.0}, must=must, tags=["policy"])


def _variant_cases(at: int, product: Product) -> Iterator[Case]:
    """Price and availability of named variants."""
    relevant = {product.id: 1.0}
    stocked, gone = (_in_state(product, state) for state in ("in_stock", "out_of_stock"))
    asked = stocked[at % len(stocked)]
    price = _dollars(_price(asked))
    yield Case(
        id=f"tau-price-{asked.id}", question=_ask("price", at, product, asked), relevant=relevant,
        references=[f"The {product.title} with {_options(asked)} costs {price}."], must=[price], tags=["price"],
    )  # fmt: skip
    there = stocked[(at + 1) % len(stocked)]
    yield Case(
        id=f"tau-in-stock-{there.id}", question=_ask("stock", at, product, there), relevant=relevant,
        must=[["in stock", "available"]], must_not=["not in stock", "not available"], tags=["stock"],
    )  # fmt: skip
    if gone:
        out = gone[at % len(gone)]
        words = ["out of stock", "sold out", "not in stock", "unavailable", "not available"]
        yield Case(
            id=f"tau-out-of-stock-{out.id}", question=_ask("stock", at, product, out), relevant=relevant,
            must=[list(words)],
            outcome=["answered", "nearest_match", "no_match"], tags=["stock"],
        )  # fmt: skip


def _product_cases(at: int, product: Product) -> Iterator[Case]:
    """Cheapest, options, budgets, and what the records do not say."""
    own, name, relevant = _own(), product.title, {product.id: 1.0}
    prices = sorted(_price(variant) for variant in _in_state(product, "in_stock"))
    yield Case(
        id=f"tau-cheapest-{product.id}", question=own["cheapest"][at % 2].format(name=name), relevant=relevant,
        references=[f"The cheapest {name} in stock costs {_dollars(prices[0])}."], must=[_dollars(prices[0])],
        tags=["cheapest"],
    )  # fmt: skip
    values = _values(product)
    option = sorted(values)[at % len(values)]
    yield Case(
        id=f"tau-options-{product.id}", question=own["options"][at % 2].format(name=name, option=option),
        relevant=relevant, must=sorted(values[option]), tags=["options"],
    )  # fmt: skip
    limit = int((prices[0] + prices[-1]) / 2) + 1
    # Only the second phrasing asks for stock.
    bounds = PriceBounds(currency="USD", max=limit * 100)
    wanted = Filter(price=bounds, in_stock=True if at % 2 else None, ids=[product.id])
    yield Case(
        id=f"tau-budget-{product.id}", question=own["budget"][at % 2].format(name=name, limit=limit),
        relevant=relevant, constraints=wanted, tags=["budget"],
    )  # fmt: skip
    if at % 3 == 0:
        tight = int(prices[0] / 2)
        yield Case(
            id=f"tau-tight-{product.id}", question=own["budget"][at % 2].format(name=name, limit=tight),
            outcome=["nearest_match", "no_match"], tags=["budget", "impossible"],
        )  # fmt: skip
        field = own["fields"][at // 3 % len(own["fields"])]
        yield Case(
            id=f"tau-field-{product.id}", question=f"What is the {field} of the {name}?", answerable=False,
            outcome=["unanswerable", "no_match"], tags=["no_field"],
        )  # fmt: skip


def _in_state(product: Product, state: str) -> list[Variant]:
    return [variant for variant in product.variants if variant.offer and variant.offer.availability == state]


def _values(product: Product) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            values.setdefault(name, set()).add(str(value))
    return values


def _ask(wordings: str, at: int, product: Product, variant: Variant) -> str:
    ways: Sequence[str] = _own()[wordings]
    return ways[at % len(ways)].format(name=product.title, options=_options(variant))


def _options(variant: Variant) -> str:
    return ", ".join(f"{name} {value}" for name, value in variant.options.items())


def _price(variant: Variant) -> Decimal:
    return Decimal(variant.offer.price) if variant.offer else Decimal(0)


def _dollars(price: Decimal) -> str:
    return f"${price:,.2f}"
