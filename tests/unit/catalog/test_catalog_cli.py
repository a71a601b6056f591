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
    (row,) = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
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
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("catalog.feeds.read", interrupted)
    assert run("check", "sample").exit_code == 130
