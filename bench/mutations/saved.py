"""The statements of a run's saved answers, each with what it says as data."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from bench.mutations.kinds import Language
from bench.mutations.shop import Shop, Value
from catalog.lexicon.attributes import key
from catalog.model import Product

_LIST_PRICE = re.compile(r"[（(][^（()）]*[)）]")


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of a saved answer; `fields` are what it cites besides the title."""

    case: str
    body: dict[str, Any]
    at: int
    language: Language
    text: str
    records: list[str]
    fields: list[str]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        claim = self.body["claims"][self.at]
        return claim["start"], claim["end"]

    @property
    def offers(self) -> list[str]:
        """The forms whose price or stock it states: ids of variants, "" for the product itself."""
        cited = [field for field in self.fields if field.endswith("offer")]
        return [field.removesuffix("offer").strip(".").removeprefix("variants.") for field in cited]

    @property
    def alone(self) -> bool:
        """Whether the answer shows one product only, so that "it" can be no other."""
        return len(self.body["products"]) == 1


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement says: one attribute of one product."""

    product: Product
    key: str
    label: str
    value: Value


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement says: the price of a product or of one of its forms, as written in `shown`."""

    product: Product
    shown: str
    currency: str
    amount: str
    n: int


def statements(run: Path) -> Iterator[Statement]:
    """Every claim of every answer that has any, in the order of the run."""
    for line in (run / "results.jsonl").read_bytes().splitlines():
        row = json.loads(line)
        body: dict[str, Any] = (row.get("ask") or {}).get("body") or {"claims": []}
        for at, claim in enumerate(body["claims"]):
            cited = {one["n"]: one for one in body["citations"]}
            sources = [cited[n] for n in claim["citations"]]
            yield Statement(
                case=row["id"],
                body=body,
                at=at,
                language=body["language"],
                text=body["text"][claim["start"] : claim["end"]],
                records=list(dict.fromkeys(one["record_id"] for one in sources)),
                fields=[one["field"] for one in sources if one["field"] != "title"],
            )


def product_of(statement: Statement, shop: Shop) -> Product | None:
    """The one product that it stands on, also by a review or an answered question of it."""
    ids = {record.partition("/")[0] for record in statement.records}
    return shop.products.get(ids.pop()) if len(ids) == 1 else None


def about(statement: Statement, shop: Shop) -> str:
    """The id of the product, or of the shop text, that it stands on; "" if it cites nothing."""
    product = product_of(statement, shop)
    return product.id if product else next(iter(statement.records), "")


def facts_of(statement: Statement, shop: Shop) -> list[Fact]:
    """The attributes that it states, those left out of which the records know several values, or words only."""
    product = product_of(statement, shop)
    if product is None or not all(field.startswith("attributes.") for field in statement.fields):
        return []
    labels = [field.removeprefix("attributes.") for field in statement.fields]
    known = [(label, shop.value(product, key(label))) for label in labels]
    return [
        Fact(product=product, key=key(label), label=label, value=value) for label, value in known if value is not None
    ]


def fact_of(statement: Statement, shop: Shop) -> Fact | None:
    """The one attribute that it states."""
    facts = facts_of(statement, shop)
    return facts[0] if len(facts) == len(statement.fields) == 1 else None


def price_of(statement: Statement, shop: Shop) -> Price | None:
    """The one price that it states, besides a list price in brackets."""
    product = product_of(statement, shop)
    shown = re.findall(r"[¥$](?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", _LIST_PRICE.sub("", statement.text))
    marks = statement.body["claims"][statement.at]["citations"]
    cited = [one for one in statement.body["citations"] if one["n"] in marks and one["field"].endswith("offer")]
    values = {(one["value"], one["n"]) for one in cited if one.get("value")}
    if product is None or len(shown) != 1 or len(values) != 1:
        return None
    value, n = values.pop()
    minor, _, currency = value.partition(" ")
    amount = f"{int(minor) // 100}.{int(minor) % 100:02d}"
    return Price(product=product, shown=shown[0], currency=currency, amount=amount, n=n)
