"""`guide-index offers`: a table or JSONL in, every bad line named, a line in the audit log for each batch."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_shop import NOW, built, offer, product, variant

from catalog.money import Money
from index import api
from index.cli import main
from index.layout import Layout


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shirt = product("shirt", variants=[variant("m", "30.00"), variant("l")], offer=offer("20.00"))
    built(tmp_path / "data", product("lamp", offer=offer("10.00")), shirt)
    return tmp_path / "data"


def run(data: Path, name: str, content: str | bytes, *options: str) -> Result:
    path = data.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(main, ["offers", str(path), "--data", str(data), *options])


def test_a_table_changes_offers_and_leaves_a_trail(data: Path) -> None:
    header = "id,variant_id,price,currency,list_price,availability,stock,as_of"
    table = f"{header}\nlamp,,12.00,,15.00,preorder,4,\nshirt,m,,,,,0,\n"
    result = run(data, "offers.csv", table, "--by", "erp", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (
        0,
        {"accepted": 2, "rejected": 0, "first_seq": 1, "last_seq": 2, "issues": []},
    )
    live = api.open(data).view(NOW).offer("lamp")
    assert live is not None
    assert (live.price, live.list_price, live.availability, live.stock) == (
        Money(1200, "CNY"), Money(1500, "CNY"), "preorder", 4,
    )  # fmt: skip
    line = json.loads(Layout(data).audit.read_text("utf-8").splitlines()[-1])
    assert {"event": "offers", "by": "erp", "count": 2, "first_seq": 1, "last_seq": 2}.items() <= line.items()


def test_every_bad_line_is_named_and_the_rest_is_kept(data: Path) -> None:
    table = 'id,price,stock\nlamp,12.00,1\nvase,1.00,1\nlamp,free,1\nlamp,1.00,-1\nlamp,"1.00,1\n'
    result = run(data, "offers.csv", table)
    assert result.exit_code == 1
    assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [
        ["offers.csv:3", "unknown_id"], ["offers.csv:4", "bad_price"], ["offers.csv:5", "bad_field"],
        ["offers.csv:6", "bad_row"],
    ]  # fmt: skip
    assert result.stdout == "1 accepted (rows 1 to 1 of the overlay), 4 rejected\n"


def test_jsonl_may_clear_values_and_set_promotions(data: Path) -> None:
    lines = [
        {"id": "lamp", "stock": 3},
        {"id": "lamp", "clear": ["stock"]},
        {"id": "lamp", "prize": "1.00"},
        {"type": "promotion", "id": "noon", "kind": "flash_sale", "product_ids": ["lamp"], "price": "7.00",
         "starts_at": "2026-11-11T00:00:00Z", "ends_at": "2026-11-12T00:00:00Z"},
    ]  # fmt: skip
    result = run(data, "changes.jsonl", "\n".join(map(json.dumps, lines)) + "\nno json\n", "--json")
    report = json.loads(result.stdout)
    assert (report["accepted"], [(issue["code"], issue["line"]) for issue in report["issues"]]) == (
        3,
        [("bad_field", 3), ("bad_json", 5)],
    )
    live = api.open(data).view(NOW).offer("lamp")
    assert live is not None
    assert (live.price, live.stock) == (Money(700, "CNY"), None)


@pytest.mark.parametrize("header", ["price,stock", "id,prize", "id,id", ""])
def test_a_table_without_the_right_columns_is_refused_whole(data: Path, header: str) -> None:
    result = run(data, "offers.csv", f"{header}\nlamp,1\n")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "the columns of offers are id, variant_id, price" in result.stderr
    assert not Layout(data).overlay.exists()


def test_bytes_that_are_no_text_spoil_their_row_alone(data: Path) -> None:
    result = run(data, "offers.csv", b"id,stock\nlamp\xff,1\nlamp,2\n")
    assert (result.exit_code, result.stdout) == (1, "1 accepted (rows 1 to 1 of the overlay), 1 rejected\n")
