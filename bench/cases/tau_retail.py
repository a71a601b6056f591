"""tau_retail (MIT): 50 products whose gold answers are computed from their variants.

    python -m bench.cases.tau_retail ../shared/data/tau_retail bench/out

Prices, options and availability are those of products.json; the questions are written here, and every expected
value is computed, none is typed in. The policy questions are about wiki_policy.md, one record a section.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.cases.write import folders, write
from catalog.model import Availability, Offer, Policy, Product, Record, Variant
from eval.cases import Case, Filter, PriceBounds

PRICE = (
    "How much is the {name} with {options}?",
    "What does the {name} cost if I take {options}?",
    "Price of the {name}, {options}, please.",
)
STOCK = ("Is the {name} with {options} in stock?", "Can I get the {name} with {options} right now?")
CHEAPEST = ("What is the cheapest {name} you have in stock?", "Which in-stock {name} has the lowest price?")
OPTIONS = ("Which {option} choices does the {name} come in?", "What {option} options are there for the {name}?")
BUDGET = ("I am looking for a {name} under ${limit}.", "Show me a {name} for at most ${limit} that is in stock.")
ABSENT = (
    "canoe", "piano", "winter tyre", "wedding ring", "microscope", "lawn mower", "drone", "violin", "rain boots",
    "dishwasher", "baby stroller", "chess set", "sleeping bag", "hair dryer", "wheelbarrow", "fishing rod",
    "typewriter", "snowboard",
)  # fmt: skip
FIELDS = ("warranty period", "country of origin", "weight in grams", "number of customer complaints", "release year")
ACCOUNT = (
    "Where is my order #W2378156?", "Please cancel order #W9911714.", "What is my gift card balance?",
    "Change the shipping address of my last order to 12 Oak Street.", "Has my refund arrived yet?",
    "Which credit card do you have on file for me?", "Exchange the shoes I got yesterday for a size 10.",
    "Send me the invoice of my last purchase.", "Log in as yusuf_rossi_9620 and list the orders.",
    "When will the parcel I ordered on Monday get here?", "Return item 1151293680 from my order.",
    "Update the email address of my account.", "Was my payment of last week declined?",
    "What did I order last month?", "Use my paypal account for order #W5918442 instead.",
    "Tell me the zip code you have for me.",
)  # fmt: skip
# (section, question, must): about the texts of wiki_policy.md.
POLICY: tuple[tuple[str, str, list[str | list[str]]], ...] = (
    ("cancel-pending-order", "How long does a refund to my credit card take after I cancel?", ["5 to 7 business days"]),
    (
        "cancel-pending-order",
        "For which reasons may an order be cancelled?",
        ["no longer needed", "ordered by mistake"],
    ),
    ("cancel-pending-order", "In what status must an order be so that it can still be cancelled?", ["pending"]),
    ("cancel-pending-order", "How fast do I get my money back on a gift card when I cancel?", ["immediately"]),
    ("modify-pending-order", "What can be changed on a pending order?", ["shipping address", "payment method"]),
    ("modify-items", "How many times can the items of a pending order be modified?", [["once", "one time"]]),
    ("modify-items", "Can a shirt in my pending order be swapped for shoes?", [["product type", "same product"]]),
    ("modify-payment", "What must a gift card have so that I can switch a payment to it?", [["enough balance"]]),
    (
        "return-delivered-order",
        "Where does the refund of a returned item go?",
        ["original payment method", "gift card"],
    ),
    ("return-delivered-order", "In what status must an order be before it can be returned?", ["delivered"]),
    (
        "exchange-delivered-order",
        "Do I have to place a new order when I exchange something?",
        [["no need", "not need"]],
    ),
    (
        "exchange-delivered-order",
        "What does the status of an order change to after an exchange?",
        ["exchange requested"],
    ),
    ("domain-basic", "How many types of products does the store have?", ["50"]),
    ("domain-basic", "Which statuses can an order have?", ["pending", "processed", "delivered", "cancelled"]),
    ("domain-basic", "Which payment methods can be stored in a profile?", ["gift card", "paypal", "credit card"]),
    ("domain-basic", "Which time zone do the times refer to?", ["EST"]),
)


def products(data: Path) -> list[Product]:
    """The products with their variants; options are the variants' attributes."""
    raw = json.loads((data / "products.json").read_text(encoding="utf-8"))
    return [_product(item) for item in raw.values()]


def policies(data: Path) -> list[Policy]:
    """One record for each `##` or `###` section that has text."""
    text = (data / "wiki_policy.md").read_text(encoding="utf-8")
    parts = re.split(r"^#{1,3} +(.+)$", text, flags=re.MULTILINE)
    sections = zip(parts[1::2], parts[2::2], strict=True)
    return [
        Policy(id=f"policy-{_slug(title)}", title=title, body=body.strip(), language="en")
        for title, body in sections
        if body.strip()
    ]


def cases(shop: list[Product]) -> Iterator[Case]:
    """All questions."""
    for at, product in enumerate(shop):
        yield from _variant_cases(at, product)
        yield from _product_cases(at, product)
    for name in ABSENT:
        question = f"Do you sell a {name}?"
        yield Case(id=f"tau-absent-{_slug(name)}", question=question, answerable=False, tags=["absent"])
    for at, question in enumerate(ACCOUNT):
        yield Case(
            id=f"tau-account-{at}", question=question, answerable=False, outcome=["out_of_scope", "refused"],
            tags=["order_account"],
        )  # fmt: skip
    for at, (section, question, must) in enumerate(POLICY):
        relevant = {f"policy-{section}": 1.0}
        yield Case(id=f"tau-policy-{at}", question=question, relevant=relevant, must=must, tags=["policy"])


def _variant_cases(at: int, product: Product) -> Iterator[Case]:
    """Price and availability of named variants."""
    relevant = {product.id: 1.0}
    stocked, gone = (_in_state(product, state) for state in ("in_stock", "out_of_stock"))
    asked = stocked[at % len(stocked)]
    price = _dollars(_price(asked))
    yield Case(
        id=f"tau-price-{asked.id}", question=_ask(PRICE, at, product, asked), relevant=relevant,
        references=[f"The {product.title} with {_options(asked)} costs {price}."], must=[price], tags=["price"],
    )  # fmt: skip
    there = stocked[(at + 1) % len(stocked)]
    yield Case(
        id=f"tau-in-stock-{there.id}", question=_ask(STOCK, at, product, there), relevant=relevant,
        must=[["in stock", "available"]], must_not=["not in stock", "not available"], tags=["stock"],
    )  # fmt: skip
    if gone:
        out = gone[at % len(gone)]
        words = ["out of stock", "sold out", "not in stock", "unavailable", "not available"]
        yield Case(
            id=f"tau-out-of-stock-{out.id}", question=_ask(STOCK, at, product, out), relevant=relevant,
            must=[list(words)],
            outcome=["answered", "nearest_match", "no_match"], tags=["stock"],
        )  # fmt: skip


def _product_cases(at: int, product: Product) -> Iterator[Case]:
    """Cheapest, options, budgets, and what the records do not say."""
    name, relevant = product.title, {product.id: 1.0}
    prices = sorted(_price(variant) for variant in _in_state(product, "in_stock"))
    yield Case(
        id=f"tau-cheapest-{product.id}", question=CHEAPEST[at % 2].format(name=name), relevant=relevant,
        references=[f"The cheapest {name} in stock costs {_dollars(prices[0])}."], must=[_dollars(prices[0])],
        tags=["cheapest"],
    )  # fmt: skip
    values = _values(product)
    option = sorted(values)[at % len(values)]
    yield Case(
        id=f"tau-options-{product.id}", question=OPTIONS[at % 2].format(name=name, option=option), relevant=relevant,
        must=sorted(values[option]), tags=["options"],
    )  # fmt: skip
    limit = int((prices[0] + prices[-1]) / 2) + 1
    # Only the second phrasing asks for stock.
    bounds = PriceBounds(currency="USD", max=limit * 100)
    wanted = Filter(price=bounds, in_stock=True if at % 2 else None, ids=[product.id])
    yield Case(
        id=f"tau-budget-{product.id}", question=BUDGET[at % 2].format(name=name, limit=limit), relevant=relevant,
        constraints=wanted, tags=["budget"],
    )  # fmt: skip
    if at % 3 == 0:
        tight = int(prices[0] / 2)
        yield Case(
            id=f"tau-tight-{product.id}", question=BUDGET[at % 2].format(name=name, limit=tight),
            outcome=["nearest_match", "no_match"], tags=["budget", "impossible"],
        )  # fmt: skip
        field = FIELDS[at // 3 % len(FIELDS)]
        yield Case(
            id=f"tau-field-{product.id}", question=f"What is the {field} of the {name}?", answerable=False,
            outcome=["unanswerable", "no_match"], tags=["no_field"],
        )  # fmt: skip


def _product(raw: dict[str, Any]) -> Product:
    variants = [_variant(variant) for variant in raw["variants"].values()]
    return Product(id=raw["product_id"], title=raw["name"], variants=variants, language="en")


def _variant(raw: dict[str, Any]) -> Variant:
    price = str(Decimal(str(raw["price"])).quantize(Decimal("0.01")))
    availability: Availability = "in_stock" if raw["available"] else "out_of_stock"
    return Variant(
        id=raw["item_id"], options=raw["options"], offer=Offer(price=price, currency="USD", availability=availability)
    )


def _in_state(product: Product, state: str) -> list[Variant]:
    return [variant for variant in product.variants if variant.offer and variant.offer.availability == state]


def _values(product: Product) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            values.setdefault(name, set()).add(str(value))
    return values


def _ask(phrasings: tuple[str, ...], at: int, product: Product, variant: Variant) -> str:
    return phrasings[at % len(phrasings)].format(name=product.title, options=_options(variant))


def _options(variant: Variant) -> str:
    return ", ".join(f"{name} {value}" for name, value in variant.options.items())


def _price(variant: Variant) -> Decimal:
    return Decimal(variant.offer.price) if variant.offer else Decimal(0)


def _dollars(price: Decimal) -> str:
    return f"${price:,.2f}"


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


if __name__ == "__main__":
    source, out = folders("bench.cases.tau_retail")
    shop = products(source)
    records: list[Record] = [*shop, *policies(source)]
    write(out, "tau_retail", records, list(cases(shop)))
