"""A disk that fills up at an awkward moment is noticed, and what is said of it is true."""

import errno
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from small_shop import NOW, built, offer, product

from catalog.money import Money
from index import api, audit
from index.atomic import save_array, save_arrays, write_bytes
from index.cli import main
from index.errors import StorageError
from index.layout import Layout

FULL = Path("/dev/full")
"""A device that takes nothing."""


@pytest.fixture
def no_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _line: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(audit, "append_line", full)


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("size", [1, 29, 1_000_000])
def test_no_array_however_small_is_cut_off_in_silence(size: int) -> None:
    array = np.zeros(size, np.int64)
    for write in (
        lambda: save_array(FULL, array),
        lambda: save_arrays(FULL, array=array),
        lambda: write_bytes(FULL, array.tobytes()),
    ):
        with pytest.raises(OSError, match="No space left"):
            write()


def test_a_build_whose_switch_is_not_written_down_says_that_it_is_live(tmp_path: Path, no_trail: None) -> None:
    with pytest.raises(StorageError, match=r"No space left on device; the new snapshot '.*' is live already"):
        built(tmp_path, product("a", "Lamp"))
    assert Layout(tmp_path).live() is not None
    assert api.open(tmp_path).refused is None


def test_offers_that_are_not_written_down_are_kept_and_said_to_be(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    built(tmp_path / "data", product("a", "Lamp", offer=offer("10.00")))
    feed = tmp_path / "offers.csv"
    feed.write_text("id,price\na,12.00\n")
    request.getfixturevalue("no_trail")
    result = CliRunner().invoke(main, ["offers", str(feed), "--data", str(tmp_path / "data")])
    assert result.exit_code == 3
    assert "the changes were kept (rows 1 to 1 of the overlay)" in result.output
    live = api.open(tmp_path / "data").view(NOW).offer("a")
    assert live is not None
    assert live.price == Money(1200, "CNY")
