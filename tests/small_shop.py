"""Records and stores in one line each, for tests that build their own shop."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from catalog.model import Record, convert
from index import api
from index.build import BuildOptions, BuildReport, build

NOW = datetime(2026, 11, 11, 12, tzinfo=UTC)


def product(id_: str, title: str = "A thing", **fields: Any) -> Record:
    return convert({"type": "product", "id": id_, "title": title, "source": "erp", **fields})


def offer(price: str, currency: str = "CNY", **fields: Any) -> dict[str, Any]:
    return {"price": price, "currency": currency, **fields}


def variant(id_: str, price: str | None = None, **fields: Any) -> dict[str, Any]:
    options = fields.pop("options", {})
    return {"id": id_, "options": options, **({"offer": offer(price, **fields)} if price else {})}


def sale(id_: str, price: str, *product_ids: str, **fields: Any) -> Record:
    times = {"starts_at": "2026-11-11T00:00:00+00:00", "ends_at": "2026-11-12T00:00:00+00:00"}
    return convert(
        {"type": "promotion", "id": id_, "kind": "flash_sale", "product_ids": [*product_ids], "price": price}
        | times
        | fields
    )


def delete(id_: str, updated_at: str | None = None) -> Record:
    return convert({"type": "delete", "id": id_, "updated_at": updated_at, "source": "erp"})


def built(data: Path, *records: Record, **options: Any) -> BuildReport:
    settings = BuildOptions(**{"encoder": None, "threads": 1, **options})
    return build(data, list(records), settings, lambda _stage, _done, _total: None)


def view(data: Path, now: datetime = NOW) -> api.View:
    return api.open(data).view(now)


def ids(found: api.Results) -> list[str]:
    return [hit.id for hit in found.hits]
