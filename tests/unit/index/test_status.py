import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_shop import built, product

from index.activate import go_back
from index.cli import main
from index.layout import Layout
from index.status import status


def run(data: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["status", "--data", str(data), *more])


@pytest.fixture
def three(tmp_path: Path) -> Layout:
    built(tmp_path, product("a"), product("b", source="web"))
    built(tmp_path, product("c"), mode="upsert")
    built(tmp_path, product("d"), mode="upsert")
    return Layout(tmp_path)


def test_every_snapshot_has_its_role_age_size_and_sources(three: Layout) -> None:
    found = status(three.root, datetime.now(UTC) + timedelta(hours=5))
    assert (found.live, found.previous, found.damage) == (three.names()[2], three.names()[1], "")
    assert [row.role for row in found.snapshots] == ["earlier", "previous", "live"]
    live = found.snapshots[2]
    assert live.sources == {"erp": 3, "web": 1}
    assert (live.records, live.encoders, live.overlay_seq, live.damage) == (4, [], 0, "")
    assert (
        live.bytes
        == sum(path.stat().st_size for path in three.snapshot(live.name).rglob("*") if path.is_file())
        - (three.snapshot(live.name) / "manifest.json").stat().st_size
    )
    assert 5 * 3600 <= live.age_seconds < 5 * 3600 + 600
    go_back(three, three.names()[1], by="test")
    assert [row.role for row in status(three.root, datetime.now(UTC)).snapshots] == ["previous", "live", ""]


def test_it_prints_a_line_a_snapshot_and_one_for_its_sources(three: Layout) -> None:
    lines = run(three.root).stdout.splitlines()
    assert lines[2].startswith(f"< {three.names()[1]}  3 records, ")
    assert lines[4].startswith(f"* {three.names()[2]}  4 records, ")
    assert lines[5] == "    sources: erp 3, web 1"
    assert json.loads(run(three.root, "--json").stdout)["snapshots"][2]["role"] == "live"


def test_damage_is_seen_at_a_glance(three: Layout) -> None:
    first, second, third = (three.snapshot(name) for name in three.names())
    (first / "manifest.json").write_text("{")
    (second / "ids.json").unlink()
    (third / "ids.json").write_text("{}")
    damage = [row.damage for row in status(three.root, datetime.now(UTC)).snapshots]
    assert "manifest" in damage[0]
    assert damage[1] == "ids.json is missing"
    assert damage[2].startswith("ids.json has 2 bytes instead of ")
    shown = run(three.root)
    assert shown.exit_code == 0
    assert all("damaged: " in line for line in shown.stdout.splitlines() if "sources: " not in line)


def test_a_current_that_names_nothing_is_damage(three: Layout) -> None:
    three.current.write_text("absent\n")
    assert "CURRENT names 'absent', which is not there" in run(three.root).stderr


def test_nothing_built_says_what_to_do(tmp_path: Path) -> None:
    shown = run(tmp_path)
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "guide-index build" in shown.stderr
