import json
import os
from pathlib import Path

import pytest

from index import history
from index.activate import activate, go_back
from index.layout import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    for name in ("1", "2", "3", "4"):
        (tmp_path / "snapshots" / name).mkdir(parents=True)
        (tmp_path / "snapshots" / name / "manifest.json").write_text("{}")
    return Layout(tmp_path)


def age(layout: Layout, *names: str) -> None:
    for name in names or layout.names():
        os.utime(layout.snapshot(name), (0, 0))


def trail(layout: Layout) -> list[tuple[str, str | None, str, str]]:
    lines = [json.loads(line) for line in layout.audit.read_text().splitlines()]
    return [(line["event"], line["from"], line["to"], line["by"]) for line in lines]


def lived(layout: Layout, *names: str) -> None:
    for name in names:
        activate(layout, name, by="build")


def test_the_live_and_the_previous_snapshot_are_kept(layout: Layout) -> None:
    layout.current.write_text("3\n")
    age(layout, "1", "2", "3", "4")
    activate(layout, "4", by="test")
    assert layout.live() == "4"
    assert layout.names() == ["3", "4"]


def test_a_snapshot_that_was_live_a_moment_ago_is_spared_and_goes_later(layout: Layout) -> None:
    layout.current.write_text("2\n")
    age(layout, "1", "2", "3")
    activate(layout, "3", by="test")
    activate(layout, "4", by="test")
    assert layout.names() == ["2", "3", "4"]  # 2 was live just now
    age(layout, "2", "3")
    activate(layout, "4", by="test")
    assert layout.names() == ["3", "4"]


def test_a_damaged_snapshot_is_not_the_one_to_go_back_to(layout: Layout) -> None:
    layout.current.write_text("3\n")
    age(layout, "1", "2", "4")
    activate(layout, "4", by="build", damaged=True)
    assert layout.names() == ["2", "3", "4"]  # 3 was live just now
    age(layout, "3")
    activate(layout, "4", by="build")
    assert {"4"} < set(layout.names()) <= {"2", "3", "4"}


def test_a_first_snapshot_has_no_previous_one(layout: Layout) -> None:
    age(layout, "1", "2", "3")
    activate(layout, "4", by="build")
    assert layout.names() == ["3", "4"]


def test_going_back_keeps_the_one_before_and_drops_what_was_taken_back(layout: Layout) -> None:
    lived(layout, "1", "2", "3")
    age(layout)
    go_back(layout, "2", by="rollback")
    assert (layout.live(), history.earlier(layout)) == ("2", ["1"])
    assert layout.names() == ["1", "2", "3"]  # 3 was live just now; 4 never was
    age(layout)
    activate(layout, "2", by="again")
    assert layout.names() == ["1", "2"]


def test_a_build_after_a_rollback_keeps_the_good_one_and_not_the_bad_one(layout: Layout) -> None:
    lived(layout, "2", "3")
    go_back(layout, "2", by="rollback")
    age(layout)
    lived(layout, "4")
    assert history.earlier(layout) == ["2"]
    assert layout.names() == ["2", "4"]


def test_switching_to_an_earlier_one_by_name_can_be_undone(layout: Layout) -> None:
    lived(layout, "1", "2", "3")
    activate(layout, "1", by="activate")
    assert history.lived(layout) == ["2", "3", "1"]


def test_every_switch_is_written_down(layout: Layout) -> None:
    lived(layout, "3", "4", "4")
    go_back(layout, "3", by="rollback")
    assert trail(layout) == [
        ("activate", None, "3", "build"),
        ("activate", "3", "4", "build"),
        ("rollback", "4", "3", "rollback"),
    ]
    line = json.loads(layout.audit.read_text().splitlines()[0])
    assert line["user"]
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("live", "stack", "earlier"),
    [
        ("4", ["1", "2", "3", "4"], ["3", "2", "1"]),
        ("2", ["1", "2"], ["1"]),
        ("gone", ["1", "2", "3", "gone"], ["3", "2", "1"]),
    ],
)
def test_a_switch_that_was_cut_off_after_its_first_write_is_understood(
    layout: Layout, live: str, stack: list[str], earlier: list[str]
) -> None:
    lived(layout, "1", "2", "3")
    layout.current.write_text(f"{live}\n")
    assert history.lived(layout) == stack
    assert history.earlier(layout) == earlier
    lived(layout, "4")
    assert ("found", "3", live, "a switch that was cut off") in trail(layout)
    assert history.interrupted(layout) is None


def test_a_data_directory_without_a_stack_takes_older_snapshots_for_earlier_ones(layout: Layout) -> None:
    layout.current.write_text("3\n")
    assert history.lived(layout) == ["1", "2", "3"]
    layout.current.unlink()
    assert (history.lived(layout), history.earlier(layout), history.interrupted(layout)) == ([], [], None)
