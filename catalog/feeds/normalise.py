"""A parsed object becomes clean canonical records, or issues that say why not."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from catalog import model
from catalog.errors import MoneyError
from catalog.issues import Issue
from catalog.model import Offer, Product, Promotion, Record
from catalog.money import to_minor
from catalog.text import MAX_CHARS, clean

_TYPES: dict[str, type[Any]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (model.Product, model.Review, model.Qa, model.Faq, model.Policy, model.Promotion, model.Delete)
}
_FIELDS = {name: {*(field.encode_name for field in msgspec.structs.fields(kind))} for name, kind in _TYPES.items()}
_PATH = re.compile(r" - at `\$\.?([^`]*)`$")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_CURRENCY = re.compile(r"[A-Z]{3}")


def normalise(value: dict[str, Any], file: str, line: int) -> Iterator[Record | Issue]:
    """The records of one object: itself, then the reviews and questions nested in a product."""
    kind = value.get("type")
    if kind not in _TYPES:
        yield Issue(code="unknown_type", file=file, line=line, field="type", value=str(kind), message="no such record type")
        return
    where = _Place(file, line)
    nested = _nested(value) if kind == "product" else []
    value = {key: item for key, item in value.items() if key not in {"reviews", "questions"} or kind != "product"}
    yield from where.keep_unknown(value, str(kind))
    yield from where.cut_long(value)
    record = where.convert(_clean(value))
    yield record
    if not isinstance(record, Issue):
        for child in nested:
            yield where.convert(_clean(child))


class _Place:
    """Makes issues that point at one line."""

    def __init__(self, file: str, line: int) -> None:
        self._file = file
        self._line = line

    def issue(self, code: Any, message: str, field: str = "", value: object = "") -> Issue:
        return Issue(code=code, file=self._file, line=self._line, field=field, value=str(value)[:80], message=message)

    def keep_unknown(self, value: dict[str, Any], kind: str) -> Iterator[Issue]:
        """Move fields that the record has no place for into its attributes (products), or report them."""
        for name in [name for name in value if name != "type" and name not in _FIELDS[kind]]:
            content = value.pop(name)
            if kind == "product" and isinstance(content, str | bool | int | float):
                value["attributes"] = {**(value.get("attributes") or {}), name: content}
                yield self.issue("unknown_field", "kept as an attribute", name, content)
            else:
                yield self.issue("unknown_field", f"a {kind} has no place for it; it was left out", name, content)

    def cut_long(self, value: dict[str, Any]) -> Iterator[Issue]:
        """Report and cut texts beyond the limit."""
        for name, content in value.items():
            if isinstance(content, str) and len(content) > MAX_CHARS:
                value[name] = content[:MAX_CHARS]
                yield self.issue("truncated_text", f"{len(content)} characters, {MAX_CHARS} kept", name)

    def convert(self, value: dict[str, Any]) -> Record | Issue:
        """The object as a record, or the issue that stops it."""
        try:
            record = model.convert(value)
        except msgspec.ValidationError as error:
            return self._invalid(str(error))
        return self._empty(record) or self._bad_money(record) or record

    def _invalid(self, text: str) -> Issue:
        path = _PATH.search(text)
        field = path[1] if path else ""
        if missing := _MISSING.search(text):
            field = ".".join(part for part in (field, missing[1]) if part)
            return self.issue("missing_field", f"`{field}` is required", field)
        return self.issue("bad_field", _PATH.sub("", text), field)

    def _empty(self, record: Record) -> Issue | None:
        for name in ("id", "title", "question", "answer", "body", "text", "product_id"):
            if getattr(record, name, "set") == "":
                return self.issue("missing_field", f"`{name}` is empty", name)
        return None

    def _bad_money(self, record: Record) -> Issue | None:
        for field, price, currency in _prices(record):
            if not _CURRENCY.fullmatch(currency):
                return self.issue("bad_currency", "not an ISO 4217 code", f"{field}.currency", currency)
            try:
                to_minor(price, currency)
            except MoneyError as error:
                return self.issue("bad_price", str(error), field, price)
        return None


def _prices(record: Record) -> Iterator[tuple[str, str, str]]:
    if isinstance(record, Product):
        offers: list[tuple[str, Offer | None]] = [("offer", record.offer)]
        offers += [(f"variants[{row}].offer", variant.offer) for row, variant in enumerate(record.variants)]
        for name, offer in offers:
            if offer is not None:
                yield f"{name}.price", offer.price, offer.currency
                if offer.list_price is not None:
                    yield f"{name}.list_price", offer.list_price, offer.currency
    elif isinstance(record, Promotion) and record.discount and record.discount.amount is not None:
        yield "discount.amount", record.discount.amount, record.discount.currency or ""


def _nested(product: dict[str, Any]) -> list[dict[str, Any]]:
    """Reviews and questions inside a product, as records of their own with ids below the product's."""
    owner = product.get("id")
    children = []
    for row, review in enumerate(_dicts(product.get("reviews")), 1):
        child = {**review, "type": "review", "id": f"{owner}/review/{review.get('id', row)}", "product_id": owner}
        children.append(child)
    for row, qa in enumerate(_dicts(product.get("questions")), 1):
        children.append({"language": product.get("language"), **qa, "type": "qa", "id": f"{owner}/qa/{row}", "product_id": owner})
    return children


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _clean(value: Any, key: str = "") -> Any:
    """Clean every text below; ids and addresses are only stripped."""
    if isinstance(value, str):
        return value.strip() if key in {"id", "product_id", "url", "type", "source"} else clean(value)
    if isinstance(value, list):
        return [_clean(item, key) for item in value]
    if isinstance(value, dict):
        return {clean(name): _clean(item, name) for name, item in value.items() if item is not None}
    return value
