"""Switching by hand through the command line, and what a later build makes of it."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_shop import built, product, view

from index.api import Query
from index.cli import main
from index.layout import Layout
from index.lock import exclusive


@pytest.fixture
def days(tmp_path: Path) -> Layout:
    """Three builds, a day's price each; the last one is bad."""
    for price in ("10.00", "11.00", "0.01"):
        built(tmp_path, product("lamp", "Lamp", offer={"price": price, "currency": "CNY"}), product("rug", "Rug"))
    return Layout(tmp_path)


def run(layout: Layout, *arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--data", str(layout.root)])


def price(layout: Layout) -> int:
    live = view(layout.root).offer("lamp")
    assert live is not None
    return live.price.amount


def damage(layout: Layout, name: str) -> None:
    (layout.snapshot(name) / "ids.json").write_text("{}")


def age(layout: Layout) -> None:
    for name in layout.names():
        os.utime(layout.snapshot(name), (0, 0))


def test_a_bad_day_is_undone_with_one_command(days: Layout) -> None:
    first, second, third = days.names()
    assert price(days) == 1
    shown = run(days, "rollback")
    assert (shown.exit_code, shown.stdout) == (0, f"live: {second} (was {third})\n")
    assert price(days) == 1100
    again = json.loads(run(days, "rollback", "--json").stdout)
    assert (again["before"], again["live"], again["changed"]) == (second, first, True)
    assert price(days) == 1000


def test_rolling_back_never_comes_round_to_what_was_rolled_back(days: Layout) -> None:
    first, _, third = days.names()
    run(days, "rollback")
    run(days, "rollback")
    refused = run(days, "rollback")
    assert refused.exit_code == 1
    assert f"nothing was live before {first!r}" in refused.stderr
    assert f"guide-index activate {third}" in refused.stderr
    assert days.live() == first


def test_the_next_build_merges_into_what_was_rolled_back_to_and_keeps_the_good_one(days: Layout) -> None:
    _, second, third = days.names()
    run(days, "rollback")
    age(days)
    report = built(days.root, product("sofa", "Sofa"), mode="upsert")
    assert price(days) == 1100
    assert {hit.id for hit in view(days.root).search(Query()).hits} == {"lamp", "rug", "sofa"}
    assert days.names() == [second, report.snapshot]
    assert third not in days.names()
    run(days, "rollback")
    assert days.live() == second


def test_a_rollback_passes_over_damage_and_says_so(days: Layout) -> None:
    first, second, _ = days.names()
    damage(days, second)
    shown = run(days, "rollback")
    assert shown.exit_code == 0
    assert "passed over" in shown.stderr
    assert "ids.json" in shown.stderr
    assert days.live() == first


def test_when_every_earlier_snapshot_is_damaged_a_rollback_changes_nothing(days: Layout) -> None:
    first, second, third = days.names()
    damage(days, first)
    damage(days, second)
    shown = run(days, "rollback")
    assert shown.exit_code == 1
    assert "every earlier snapshot is damaged" in shown.stderr
    assert days.live() == third


def test_a_snapshot_is_switched_on_by_name_and_that_can_be_undone(days: Layout) -> None:
    first, _, third = days.names()
    assert run(days, "activate", first).stdout == f"live: {first} (was {third})\n"
    assert run(days, "activate", first).stdout == f"{first} is live already\n"
    run(days, "rollback")
    assert days.live() == third
    events = [json.loads(line)["event"] for line in days.audit.read_text().splitlines()]
    assert events == ["activate"] * 4 + ["rollback"]


@pytest.mark.parametrize(("name", "code", "told"), [("absent", 3, "no snapshot 'absent'"), ("../..", 3, "no snapshot")])
def test_an_unknown_snapshot_is_refused(days: Layout, name: str, code: int, told: str) -> None:
    before = days.live()
    shown = run(days, "activate", name)
    assert (shown.exit_code, days.live()) == (code, before)
    assert told in shown.stderr


def test_a_damaged_snapshot_is_refused(days: Layout) -> None:
    first, _, third = days.names()
    damage(days, first)
    shown = run(days, "activate", first)
    assert shown.exit_code == 3
    assert "ids.json does not match its checksum" in shown.stderr
    assert days.live() == third


@pytest.mark.parametrize("command", [["rollback"], ["activate", "x"]])
def test_a_folder_without_a_snapshot_is_not_created(tmp_path: Path, command: list[str]) -> None:
    shown = run(Layout(tmp_path / "typo"), *command)
    assert shown.exit_code == 3
    assert "run `guide-index build" in shown.stderr
    assert not (tmp_path / "typo").exists()


@pytest.mark.parametrize("command", ["rollback", "activate"])
def test_no_switch_while_a_build_is_at_work(days: Layout, command: str) -> None:
    before = days.live()
    with exclusive(days.lock):
        shown = run(days, command, *([days.names()[0]] if command == "activate" else []))
    assert shown.exit_code == 1
    assert "another build or switch is at work" in shown.stderr
    assert days.live() == before


def test_a_data_directory_that_cannot_be_written_is_a_clear_error(
    days: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.activate.write_text", full)
    before = days.live()
    shown = run(days, "rollback")
    assert shown.exit_code == 3
    assert "No space left on device" in shown.stderr
    assert days.live() == before
