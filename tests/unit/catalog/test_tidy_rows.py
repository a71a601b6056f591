"""Rows that are taken for tidy at a glance are exactly those that cleaning would not change."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.feeds import normalise
from catalog.text import MAX_CHARS

TEXTS = st.text("aZ0 &<>\"'\\\n\t;,-~ é灯　（\u200b\ud800\ufeff#x", max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(["id", "title", "attributes", "images"]), VALUES))
def test_a_tidy_row_has_nothing_to_clean(row: dict[str, Any]) -> None:
    if normalise._is_tidy(row):
        assert normalise._clean(row) == row
        assert list(normalise._junk(row)) == []


@pytest.mark.parametrize(
    ("row", "tidy"),
    [
        ({"id": "a", "title": "Lamp 灯，30 cm", "images": ["https://shop.example/a.jpg"]}, True),
        ({"title": "a" * (MAX_CHARS + 1)}, False),
        ({"title": " a"}, False),
        ({"title": "a "}, False),
        ({"title": "a  b"}, False),
        ({"title": "a &amp; b"}, False),
        ({"title": None}, False),
        ({"title": "\ud800"}, False),
    ],
)
def test_what_is_tidy(row: dict[str, Any], tidy: bool) -> None:
    assert normalise._is_tidy(row) is tidy
