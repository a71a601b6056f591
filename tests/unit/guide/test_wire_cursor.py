"""Cursors: opaque, and bound to their snapshot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.problems import Problem
from guide.wire import cursor


@given(st.text(max_size=40), st.integers(0, 10**9))
def test_round_trip(snapshot, offset):
    assert cursor.decode(cursor.encode(snapshot, offset), snapshot) == offset


def test_another_snapshot_is_gone():
    with pytest.raises(Problem) as caught:
        cursor.decode(cursor.encode("a", 1), "b")
    assert caught.value.kind == "cursor_gone"


@given(st.text(max_size=60))
def test_anything_else_is_refused(text):
    with pytest.raises(Problem):
        cursor.decode(text, "snapshot")


def test_a_negative_offset_is_refused():
    with pytest.raises(Problem, match="begin anew"):
        cursor.decode(cursor.encode("a", -1), "a")
