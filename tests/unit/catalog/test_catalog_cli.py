import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.cli import main
from catalog.model import decode

GOOD = {"type": "product", "id": "a", "title": "Lamp"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "shop.jsonl"
    path.write_text(json.dumps(GOOD) + '\n{"type": "product", "id": "b"}\n', "utf-8")
    return path


def test_help_shows_examples() -> None:
    for command in ([], ["check"], ["convert"]):
        shown = run(*command, "--help")
        assert shown.exit_code == 0
        assert "\n  guide-catalog " in shown.output or "\n    guide-catalog " in shown.output


def test_the_sample_shop_is_clean() -> None:
    shown = run("check", "sample", "--json")
    assert shown.exit_code == 0
    report = json.loads(shown.output)
    assert report["errors"] == 0
    assert report["issues"] == {}
    assert report["records"]["product"] >= 120


def test_errors_are_counted_located_and_fail_the_check(feed: Path) -> None:
    shown = run("check", str(feed))
    assert shown.exit_code == 1
    assert "shop.jsonl:2: missing_field title" in shown.stderr
    assert "add the required field" in shown.stdout
    assert run("check", str(feed), "--max-errors", "1").exit_code == 0


def test_the_report_holds_every_issue(feed: Path, tmp_path: Path) -> None:
    report = tmp_path / "issues.jsonl"
    run("check", str(feed), "--report", str(report))
    note, row = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert (note["code"], note["severity"], note["line"]) == ("no_image", "note", 1)
    assert (row["line"], row["code"], row["severity"], row["fix"]) == (
        2, "missing_field", "error", "add the required field",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["check"], 2, "Missing argument"),
        (["check", "absent.jsonl"], 3, "does not exist"),
        (["convert", "absent.csv"], 3, "does not exist"),
        (["check", "sample", "--report", "no/such/folder/x"], 3, "cannot write the report"),
        (["check", "sample", "--mapping", "absent.toml"], 2, "absent.toml"),
    ],
)
def test_wrong_use_is_one_clear_line_and_an_exit_code(arguments: list[str], code: int, message: str) -> None:
    shown = run(*arguments)
    assert shown.exit_code == code
    assert message in shown.stderr
    assert "Traceback" not in shown.output


def test_convert_writes_canonical_lines_that_read_the_same_again(feed: Path, tmp_path: Path) -> None:
    first = run("convert", str(feed))
    assert first.exit_code == 0
    assert decode(first.stdout_bytes.splitlines()[0]).id == "a"
    assert "missing_field" in first.stderr
    again = tmp_path / "again.jsonl"
    again.write_bytes(first.stdout_bytes)
    assert run("convert", str(again)).stdout == first.stdout


def test_ctrl_c_is_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("catalog.feeds.placed", interrupted)
    assert run("check", "sample").exit_code == 130


def test_the_table_goes_by_code_the_gravest_first(feed: Path) -> None:
    lines = run("check", str(feed)).stdout.splitlines()
    assert lines[:2] == ["       1 product", "language: en 1"]
    assert [line.split()[:4] for line in lines[2:]] == [
        ["count", "severity", "code", "first"],
        ["1", "error", "missing_field", "shop.jsonl:2"],
        ["1", "note", "no_image", "shop.jsonl:1"],
    ]
    shown = json.loads(run("check", str(feed), "--json").stdout)
    assert shown == {
        "records": {"product": 1}, "languages": {"en": 1}, "errors": 1, "issues": {"missing_field": 1, "no_image": 1},
        "first": {"missing_field": "shop.jsonl:2", "no_image": "shop.jsonl:1"},
    }  # fmt: skip


def test_only_the_first_problems_are_shown_and_all_are_reported(tmp_path: Path) -> None:
    feed, report = tmp_path / "bad.jsonl", tmp_path / "issues.jsonl"
    feed.write_text("{}\n" * 50, "utf-8")
    shown = run("check", str(feed), "--report", str(report))
    assert shown.stderr.count("unknown_type") == 20
    assert [json.loads(row)["line"] for row in report.read_text("utf-8").splitlines()] == list(range(1, 51))


def test_a_feed_that_breaks_off_is_unusable_though_its_first_rows_were_fine(tmp_path: Path) -> None:
    feed = tmp_path / "shop.jsonl.gz"
    rows = "".join(json.dumps(GOOD | {"id": f"{number * 7919:x}"}) + "\n" for number in range(5000))
    feed.write_bytes(gzip.compress(rows.encode())[:-2000])
    shown = run("check", str(feed))
    assert shown.exit_code == 3
    assert shown.stderr.startswith("error: shop.jsonl.gz is damaged")


def test_a_named_format_goes_before_what_the_content_shows(tmp_path: Path) -> None:
    feed = tmp_path / "odd.txt"
    feed.write_text("sku,name\nL1,Lamp\n", "utf-8")
    assert run("check", str(feed)).exit_code == 3
    shown = run("check", str(feed), "--format", "canonical", "--json")
    assert json.loads(shown.stdout)["issues"] == {"bad_json": 2}
    assert run("check", str(feed), "--format", "odd").exit_code == 2


def test_map_proposes_a_file_that_check_takes(tmp_path: Path) -> None:
    feed, mapping = tmp_path / "export.csv.gz", tmp_path / "shop.toml"
    feed.write_bytes(gzip.compress(b"sku,name,price,currency\nL1,Lamp,9.90,EUR\nL2,Bulb,1.90,EUR\n"))
    shown = run("map", str(feed))
    assert shown.exit_code == 0, shown.output
    mapping.write_text(shown.stdout, "utf-8")
    report = json.loads(run("check", str(feed), "--mapping", str(mapping), "--json").stdout)
    assert report["records"] == {"product": 2}
    assert report["errors"] == 0


def test_map_of_what_is_no_feed_is_one_clear_line(tmp_path: Path) -> None:
    shown = run("map", str(tmp_path / "absent.csv"))
    assert shown.exit_code == 3
    assert "does not exist" in shown.stderr
