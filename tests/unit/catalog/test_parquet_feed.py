import builtins
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from catalog.errors import FeedError, MissingExtraError
from catalog.feeds.mapping import Column, Mapping
from catalog.feeds.parquet import ParquetReader
from catalog.feeds.reader import FeedFile
from catalog.issues import Issue
from catalog.model import Measure, Product, Record

MAPPING = Mapping(
    fields={
        "id": "sku", "title": "name", "images": "photos", "offer.price": "price", "updated_at": "changed",
        "offer.stock": "left",
    },
    attributes={"weight": Column("kg", unit="kg"), "since": "since"},
    currency="EUR",
)  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {
        "sku": "a", "name": "Lamp", "photos": ["https://cdn.example/1.jpg", None], "price": Decimal("49.90"),
        "changed": datetime(2026, 11, 1, 8, tzinfo=UTC), "left": 3, "kg": 1.5, "since": date(2020, 1, 2), "extra": "x",
    },
    {
        "sku": "b", "name": None, "photos": [], "price": Decimal("1.00"), "changed": None, "left": None, "kg": None,
        "since": None, "extra": None,
    },
    {
        "sku": "c", "name": "Bad price", "photos": None, "price": Decimal("-1.00"), "changed": None, "left": 1,
        "kg": 1.0, "since": None, "extra": None,
    },
    {
        "sku": "d", "name": "杯子", "photos": None, "price": None, "changed": None, "left": None, "kg": None,
        "since": None, "extra": None,
    },
]  # fmt: skip


def write(folder: Path, rows: list[dict[str, Any]] = ROWS, **options: Any) -> FeedFile:
    path = folder / "shop.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path, **options)
    return FeedFile(path, path.name, "shop")


def read(file: FeedFile) -> list[tuple[int, Record | Issue]]:
    return list(ParquetReader(file, MAPPING).read())


def test_columns_become_fields_with_lists_decimals_and_times(tmp_path: Path) -> None:
    (lamp, cup) = [item for _, item in read(write(tmp_path)) if isinstance(item, Product)]
    assert lamp.images == ["https://cdn.example/1.jpg"]
    assert lamp.offer is not None
    assert (lamp.offer.price, lamp.offer.currency, lamp.offer.stock) == ("49.90", "EUR", 3)
    assert lamp.updated_at == "2026-11-01T08:00:00+00:00"
    assert lamp.attributes == {"weight": Measure(1.5, "kg"), "since": "2020-01-02", "extra": "x"}
    assert (cup.title, cup.offer) == ("杯子", None)


def test_bad_rows_are_named_by_their_number_and_spare_the_others(tmp_path: Path) -> None:
    items = read(write(tmp_path))
    assert [(line, item.code) for line, item in items if isinstance(item, Issue)] == [
        (1, "unmapped_column"), (2, "missing_field"), (3, "bad_price"),
    ]  # fmt: skip
    assert [(line, item.id) for line, item in items if not isinstance(item, Issue)] == [(1, "a"), (4, "d")]


def test_rows_are_numbered_across_row_groups(tmp_path: Path) -> None:
    many = [{"sku": f"p{number}", "name": f"Product {number}"} for number in range(1, 2502)]
    items = read(write(tmp_path, many, row_group_size=700))
    assert [(line, item.id) for line, item in items if isinstance(item, Product)] == [
        (number, f"p{number}") for number in range(1, 2502)
    ]


def test_a_file_that_is_damaged_or_no_parquet_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path)
    content = file.path.read_bytes()
    for broken in (b"", b"PAR1", b"sku,name\n1,2\n", content[:-20], content[: len(content) // 2]):
        file.path.write_bytes(broken)
        with pytest.raises(FeedError, match="Parquet"):
            read(file)


def test_without_the_column_of_the_id_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="no column 'sku' for `id`"):
        read(write(tmp_path, [{"code": "a"}]))


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, real = write(tmp_path), builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtraError, match=r"shopguide\[parquet\]"):
        read(file)
