"""A parsed object becomes clean canonical records, or issues that say why not."""

import re
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

import msgspec

from catalog import model
from catalog.errors import MoneyError
from catalog.issues import Code, Issue
from catalog.model import Offer, Product, Promotion, Record
from catalog.money import to_minor
from catalog.text import MAX_CHARS, clean, junk

Row = dict[str, Any]

_TYPES: dict[str, type[Any]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (model.Product, model.Review, model.Qa, model.Faq, model.Policy, model.Promotion, model.Delete)
}


def _fields(kind: type[Any]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(kind)}


_FIELDS = {name: _fields(kind) for name, kind in _TYPES.items()}
_OFFER, _VARIANT = _fields(Offer), _fields(model.Variant)
_PATH = re.compile(r" - at `\$\.?([^`]*)`$")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_CURRENCY = re.compile(r"[A-Z]{3}")
_VERBATIM = {"id", "product_id", "url", "type", "source"}
_UNTIDY = re.compile("[^ -%'-;=-[\\]-~、-〟一-鿿！-～]")
"""All but what is plain in `catalog.text`, blanks and JSON's quotation marks; every escape has a backslash."""
_DEEP = "}" * 20
"""No record nests so deep: the walks find out whether it is too deep for them."""


def normalise(value: Row, file: str, line: int) -> Iterator[Record | Issue]:
    """The records of one object: itself, then the reviews and questions nested in a product."""
    where = _Place(file, line)
    try:
        found = list(where.records(value))
    except RecursionError:
        found = [where.issue("bad_json", "nested too deep")]
    yield from found


class _Place:
    """Makes records and issues that point at one line."""

    def __init__(self, file: str, line: int) -> None:
        self._file = file
        self._line = line

    def issue(self, code: Code, message: str, field: str = "", value: object = "") -> Issue:
        return Issue(code=code, file=self._file, line=self._line, field=field, value=str(value)[:80], message=message)

    def records(self, value: Row) -> Iterator[Record | Issue]:
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in _TYPES:
            yield self.issue("unknown_type", "no such record type", "type", kind)
            return
        nested = _nested(value) if kind == "product" else []
        own = {key: item for key, item in value.items() if kind != "product" or key not in {"reviews", "questions"}}
        record = yield from self._record(own, kind)
        if record is not None:
            for child in nested:
                yield from self._record(child, child["type"])

    def _record(self, value: Row, kind: str) -> Generator[Record | Issue, None, Record | None]:
        """Issues of one object, then its record; the record is returned too."""
        yield from self._keep_unknown(value, kind)
        if not _is_tidy(value):
            yield from self._report_junk(value)
            value = _clean(value)
            yield from self._cut_long(value)
        yield from self._drop_bad_dates(value)
        record = self._convert(value)
        yield record
        return None if isinstance(record, Issue) else record

    def _keep_unknown(self, value: Row, kind: str) -> Iterator[Issue]:
        """Move fields that the record has no place for into its attributes (products), or report them."""
        for name in [name for name in value if name != "type" and name not in _FIELDS[kind]]:
            content, attributes = value.pop(name), value.get("attributes") or {}
            if kind == "product" and isinstance(content, str | bool | int | float) and isinstance(attributes, dict):
                value["attributes"] = {**attributes, name: content}
                yield self.issue("unknown_field", "kept as an attribute", name, content)
            else:
                yield self.issue("unknown_field", f"a {kind} has no place for it; it was left out", name, content)
        for path, part, known in _parts(value):
            for name in (name for name in part if name not in known):
                yield self.issue("unknown_field", "there is no place for it; it was left out", f"{path}.{name}")

    def _report_junk(self, value: Row) -> Iterator[Issue]:
        """One note a record: where the first text stands that was not plain, and how many there are."""
        found = list(_junk(value))
        if found:
            path, kind, text = found[0]
            more = f", and in {len(found) - 1} more texts" if len(found) > 1 else ""
            yield self.issue("cleaned_text", f"{kind} taken out{more}", path, text)

    def _cut_long(self, value: Any, path: str = "") -> Iterator[Issue]:
        """Report and cut texts beyond the limit, wherever they stand."""
        places = value.items() if isinstance(value, dict) else enumerate(value)
        for name, content in places:
            inner = f"{path}.{name}" if path else str(name)
            if isinstance(content, dict | list):
                yield from self._cut_long(content, inner)
            elif isinstance(content, str) and len(content) > MAX_CHARS:
                value[name] = content[:MAX_CHARS].strip()
                yield self.issue("truncated_text", f"{len(content)} characters, {MAX_CHARS} kept", inner)

    def _drop_bad_dates(self, value: Row) -> Iterator[Issue]:
        """A date that nobody can read is left out rather than the whole record."""
        for name in ("updated_at", "date"):
            if isinstance(text := value.get(name), str) and _moment(text) is None:
                del value[name]
                yield self.issue("bad_date", "not an ISO 8601 date; it was left out", name, text)

    def _convert(self, value: Row) -> Record | Issue:
        """The object as a record, or the issue that stops it."""
        try:
            record = model.convert(value)
        except msgspec.ValidationError as error:
            return self._invalid(str(error))
        return self._empty(record) or self._bad_money(record) or self._bad_promotion(record) or record

    def _invalid(self, text: str) -> Issue:
        path = _PATH.search(text)
        field = path[1] if path else ""
        if missing := _MISSING.search(text):
            field = ".".join(part for part in (field, missing[1]) if part)
            if field.endswith("offer.currency"):
                return self.issue("no_currency", "a price without a currency says nothing", field)
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
                return self.issue(
                    "bad_currency", "not an ISO 4217 code", f"{field.rpartition('.')[0]}.currency", currency
                )
            try:
                to_minor(price, currency)
            except MoneyError as error:
                return self.issue("bad_price", str(error), field, price)
        return None

    def _bad_promotion(self, record: Record) -> Issue | None:
        """A promotion must say when it runs and what it takes off, or nobody can tell whether its price holds."""
        if not isinstance(record, Promotion):
            return None
        for name in ("starts_at", "ends_at"):
            moment = _moment(getattr(record, name))
            if moment is None or moment.tzinfo is None:
                message = "not an ISO 8601 time with an offset, such as 2026-11-11T00:00:00+08:00"
                return self.issue("bad_field", message, name, getattr(record, name))
        if datetime.fromisoformat(record.ends_at) <= datetime.fromisoformat(record.starts_at):
            return self.issue("bad_field", "it ends before it begins", "ends_at", record.ends_at)
        if record.discount is not None:
            percent, amount = record.discount.percent, record.discount.amount
            if (percent is None) == (amount is None):
                return self.issue("bad_field", "say either `percent` or `amount` with its `currency`", "discount")
            if percent is not None and not 0 < percent <= 100:
                return self.issue("bad_field", "not a percentage above 0 and up to 100", "discount.percent", percent)
        return None


def _parts(value: Row) -> Iterator[tuple[str, Row, set[str]]]:
    """Offers and variants of a product with the fields they may have."""
    for offer in _dicts([value.get("offer")]):
        yield "offer", offer, _OFFER
    for row, variant in enumerate(_dicts(value.get("variants"))):
        yield f"variants[{row}]", variant, _VARIANT
        for offer in _dicts([variant.get("offer")]):
            yield f"variants[{row}].offer", offer, _OFFER


def _prices(record: Record) -> Iterator[tuple[str, str, str]]:
    if isinstance(record, Product):
        offers: list[tuple[str, Offer | None]] = [("offer", record.offer)]
        offers += [(f"variants[{row}].offer", variant.offer) for row, variant in enumerate(record.variants)]
        for name, offer in offers:
            if offer is not None:
                yield f"{name}.price", offer.price, offer.currency
                if offer.list_price is not None:
                    yield f"{name}.list_price", offer.list_price, offer.currency
    elif isinstance(record, Promotion):
        if record.discount and record.discount.amount is not None:
            yield "discount.amount", record.discount.amount, record.discount.currency or ""
        if record.price is not None:
            yield "price", record.price, "BHD"  # its currency is that of the product: as many decimals as any has


def _nested(product: Row) -> list[Row]:
    """Reviews and questions inside a product, as records of their own with ids below the product's."""
    owner = product.get("id")
    children = []
    for row, review in enumerate(_dicts(product.get("reviews")), 1):
        id_ = f"{owner}/review/{review.get('id', row)}"
        children.append({**review, "type": "review", "id": id_, "product_id": owner})
    for row, qa in enumerate(_dicts(product.get("questions")), 1):
        id_ = f"{owner}/qa/{row}"
        children.append({"language": product.get("language"), **qa, "type": "qa", "id": id_, "product_id": owner})
    return children


def _dicts(value: Any) -> list[Row]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _is_tidy(value: Row) -> bool:
    """Whether it is sure at one glance that there is nothing to clean or to cut in the texts below.

    Most rows are tidy, and a look at their JSON costs a fifth of the walks over their texts.
    """
    try:
        text = msgspec.json.encode(value).decode()
    except (msgspec.MsgspecError, UnicodeError, OverflowError, TypeError):
        return False
    if len(text) > MAX_CHARS or _UNTIDY.search(text):
        return False
    return not any(mark in text for mark in ("  ", '" ', ' "', "null", _DEEP))


def _clean(value: Any, key: str = "") -> Any:
    """Clean every text below; ids and addresses are only stripped."""
    if isinstance(value, str):
        return value.strip() if key in _VERBATIM else clean(value)
    if isinstance(value, list):
        return [_clean(item, key) for item in value]
    if isinstance(value, dict):
        return {clean(name): _clean(item, name) for name, item in value.items() if item is not None}
    return value


def _junk(value: Any, path: str = "", key: str = "") -> Iterator[tuple[str, str, str]]:
    """Path, kind and text of every text below that is not plain."""
    if isinstance(value, str):
        if key not in _VERBATIM and (kind := junk(value)):
            yield path, kind, value
    elif isinstance(value, dict | list):
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            inner = name if isinstance(name, str) else key
            yield from _junk(item, f"{path}.{name}" if path else str(name), inner)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
