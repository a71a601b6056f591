from pathlib import Path

import pytest

from index.layout import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    for name in ("1", "2", "3", "4"):
        (tmp_path / "snapshots" / name).mkdir(parents=True)
        (tmp_path / "snapshots" / name / "manifest.json").write_text("{}")
    return Layout(tmp_path)


def test_an_empty_data_directory_has_nothing(tmp_path: Path) -> None:
    assert Layout(tmp_path / "absent").live() is None
    assert Layout(tmp_path / "absent").names() == []


def test_half_written_snapshots_are_not_listed(layout: Layout) -> None:
    (layout.snapshots / "5.tmp").mkdir()
    (layout.snapshots / "5.tmp" / "manifest.json").write_text("{}")
    (layout.snapshots / "6").mkdir()
    assert layout.names() == ["1", "2", "3", "4"]


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_an_empty_current_names_nothing(layout: Layout, content: str) -> None:
    layout.current.write_text(content)
    assert layout.live() is None
