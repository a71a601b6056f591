"""Amounts as merchants write them."""

import pytest

from catalog.feeds.offers import amount


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("49,90", "49.90"),
        ("49,90 EUR", "49.90"),
        ("€ 1299,00", "1299.00"),
        ("1,299", "1299"),
        ("1,299.00", "1299.00"),
        ("1.299", "1.299"),
        ("1.299,00", "1.299,00"),
        ("49,9", "49,9"),
        ("49,900", "49900"),
        ("1,29,90", "1,29,90"),
    ],
)
def test_a_comma_is_read_only_where_one_meaning_is_left(text: str, price: str) -> None:
    assert amount(text)[0] == price
