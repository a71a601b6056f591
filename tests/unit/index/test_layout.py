import json
import os
from pathlib import Path

import pytest

from index.activate import activate
from index.layout import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    for name in ("1", "2", "3", "4"):
        (tmp_path / "snapshots" / name).mkdir(parents=True)
        (tmp_path / "snapshots" / name / "manifest.json").write_text("{}")
    return Layout(tmp_path)


def age(layout: Layout, *names: str) -> None:
    for name in names:
        os.utime(layout.snapshot(name), (0, 0))


def test_an_empty_data_directory_has_nothing(tmp_path: Path) -> None:
    assert Layout(tmp_path / "absent").live() is None
    assert Layout(tmp_path / "absent").names() == []


def test_half_written_snapshots_are_not_listed(layout: Layout) -> None:
    (layout.snapshots / "5.tmp").mkdir()
    (layout.snapshots / "5.tmp" / "manifest.json").write_text("{}")
    (layout.snapshots / "6").mkdir()
    assert layout.names() == ["1", "2", "3", "4"]
    assert layout.before("3") == ["1", "2"]


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_an_empty_current_names_nothing(layout: Layout, content: str) -> None:
    layout.current.write_text(content)
    assert layout.live() is None


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


def test_going_back_keeps_both(layout: Layout) -> None:
    layout.current.write_text("4\n")
    age(layout, "1", "2", "3", "4")
    activate(layout, "3", by="rollback")
    assert layout.names() == ["3", "4"]


def test_every_switch_is_written_down(layout: Layout) -> None:
    activate(layout, "3", by="build")
    activate(layout, "4", by="rollback")
    lines = [json.loads(line) for line in layout.audit.read_text().splitlines()]
    assert [(line["from"], line["to"], line["by"]) for line in lines] == [(None, "3", "build"), ("3", "4", "rollback")]
