"""Hostile feeds, smaller than those of `make fuzz` but of every kind: each is stopped with a clear word."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.feeds.bombs import bombs
from bench.feeds.defuse import MAPPING
from catalog.cli import main

# A hundredth of the size is still over every bound but that on the ratio of an archive, which begins at 4 MiB.
BOMBS = bombs(0.01) | {name: bomb for name, bomb in bombs(0.05).items() if "MB" in name or "its size" in name}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_stopped(tmp_path: Path, name: str) -> None:
    bomb = BOMBS[name]
    feed, report, mapping = tmp_path / bomb.name, tmp_path / "report", tmp_path / "mapping.toml"
    bomb.write(feed)
    mapping.write_text(MAPPING, "utf-8")
    options = ["--mapping", str(mapping)] if bomb.mapped else []
    result = CliRunner().invoke(main, ["check", str(feed), "--report", str(report), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    if result.exit_code == 3:
        assert result.stderr.startswith("error: ")
        assert len(result.stderr.splitlines()) == 1
        assert bomb.says in result.stderr
    else:
        issues = [json.loads(row) for row in report.read_text("utf-8").splitlines()]
        assert any(bomb.says in issue["code"] for issue in issues) or bomb.says == ""
        assert all(issue["line"] >= 1 for issue in issues)
    assert "root:" not in result.output + (report.read_text("utf-8") if report.exists() else "")
    assert [path.name for path in tmp_path.iterdir() if path not in {feed, report, mapping}] == []
