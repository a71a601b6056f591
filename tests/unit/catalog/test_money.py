import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import MoneyError
from catalog.money import LARGEST, Money, display, exponent, to_decimal, to_minor

CURRENCIES = st.sampled_from(["CNY", "USD", "JPY", "KWD", "SEK"])


@given(st.integers(0, 10**14), CURRENCIES)
def test_minor_units_survive_the_way_through_decimals(amount: int, currency: str) -> None:
    money = Money(min(amount, LARGEST), currency)
    assert to_minor(to_decimal(money), currency) == money.amount
    assert to_minor(f"{to_decimal(money):f}", currency) == money.amount


@given(st.integers(0, LARGEST), st.integers(0, 99))
def test_a_decimal_string_is_exact(whole: int, cents: int) -> None:
    if whole < LARGEST:
        assert to_minor(f"{whole}.{cents:02d}", "CNY") == whole * 100 + cents


@pytest.mark.parametrize(("currency", "decimals"), [("CNY", 2), ("JPY", 0), ("KWD", 3), ("XXX", 2)])
def test_exponents_follow_iso_4217(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@pytest.mark.parametrize(
    "price",
    [
        "",
        "-1",
        "abc",
        "1e5",
        "1E+999999999",
        "NaN",
        "Infinity",
        "1_000",
        " 5 ",
        "１２",
        "1,299.00",
        "9" * 14,
        "1.",
        ".5",
    ],
)
def test_what_is_no_plain_decimal_is_refused(price: str) -> None:
    with pytest.raises(MoneyError):
        to_minor(price, "CNY")


@pytest.mark.parametrize(("price", "currency"), [("1.001", "CNY"), ("1.5", "JPY"), ("1.0001", "KWD")])
def test_more_decimals_than_the_currency_has_are_refused(price: str, currency: str) -> None:
    with pytest.raises(MoneyError, match="more decimals"):
        to_minor(price, currency)


def test_trailing_zeros_are_no_decimals() -> None:
    assert to_minor("2999.00", "JPY") == 2999
    assert to_minor(Decimal("1.500"), "CNY") == 150


@given(st.text())
def test_any_text_is_money_or_a_money_error(price: str) -> None:
    with contextlib.suppress(MoneyError):
        assert 0 <= to_minor(price, "CNY") <= LARGEST * 100


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(299900, "CNY"), "¥2,999"), (Money(4990, "USD"), "$49.90"), (Money(12000, "SEK"), "120 SEK"),
        (Money(1500, "JPY"), "¥1,500"), (Money(1250, "KWD"), "1.250 KWD"), (Money(0, "CNY"), "¥0"),
    ],
)  # fmt: skip
def test_display(money: Money, shown: str) -> None:
    assert display(money) == shown
