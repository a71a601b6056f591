"""The lock of a data directory between processes: held while a holder lives, gone with it however it ends."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_shop import built, product

from index.errors import BuildRefusedError
from index.layout import Layout
from index.lock import exclusive
from index.switch import roll_back, switch_on

HOLD = """
import sys
from pathlib import Path
from index.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends or it is killed."""
    command = [sys.executable, "-c", HOLD, lock]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        if holder.stdin:
            holder.stdin.close()


@pytest.fixture
def shop(tmp_path: Path) -> Layout:
    built(tmp_path, product("a", "Lamp"))
    built(tmp_path, product("a", "Other lamp"))
    return Layout(tmp_path)


def test_two_builders_never_work_on_one_data_directory(shop: Layout) -> None:
    before = shop.live()
    with held_elsewhere(shop.lock):
        with pytest.raises(BuildRefusedError, match="another build or switch is at work"):
            built(shop.root, product("a", "Third lamp"))
        with pytest.raises(BuildRefusedError):
            roll_back(shop.root)
        with pytest.raises(BuildRefusedError):
            switch_on(shop.root, shop.names()[0])
    assert (shop.live(), len(shop.names())) == (before, 2)
    assert built(shop.root, product("a", "Third lamp")).changed


def test_a_killed_holder_leaves_the_lock_free(shop: Layout) -> None:
    with held_elsewhere(shop.lock) as holder:
        holder.send_signal(signal.SIGKILL)
        assert holder.wait(10) == -signal.SIGKILL
        assert shop.lock.exists()
        assert built(shop.root, product("a", "Third lamp")).changed
        roll_back(shop.root)


def test_the_lock_is_given_back_when_the_work_fails(shop: Layout) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(shop.lock):
        raise ZeroDivisionError
    with exclusive(shop.lock):
        pass
