"""Amounts of money, measures and availability as people say them."""

import pytest

from eval.text.prices import prices
from eval.text.quantities import quantities
from eval.text.stock import states


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("差不多 65 美刀", "65", "USD"),
        ("港币 240 就能拿下", "240", "HKD"),
        ("两百一十九块", "219", "CNY"),
        ("到手 3.2 千元", "3200", "CNY"),
        ("统共RMB75", "75", "CNY"),
        ("about 35 quid", "35", "GBP"),
        ("80 Chinese yuan", "80", "CNY"),
        ("twenty-five bucks", "25", "USD"),
        ("$1.2k in all", "1200", "USD"),
    ],
)
def test_an_amount_is_read_in_any_words_for_its_currency(text: str, amount: str, currency: str) -> None:
    (price,) = prices(text)
    assert f"{price.amount:f}".removesuffix(".0") == amount
    assert currency in price.currencies


def test_us_dollars_are_no_yuan_and_pieces_are_no_money() -> None:
    (price,) = prices("75 US dollars")
    assert price.currencies == {"USD"}
    assert not prices("两块积木，80块装，3 刀具")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("两公斤半", "2.5 kg"),
        ("三个半小时", "3.5 小时"),
        ("half a litre", "500 ml"),
        ("an hour and a half", "90 minutes"),
        ("four and a half kilos", "4500 g"),
        ("2k mAh", "2000 mAh"),
        ("4 千毫安", "4000 mAh"),
        ("13.3 in.", "13.3 inches"),
        ("8 gigs", "8 GB"),
        ("一刻钟", "15 分钟"),
        ("75 赫", "75 Hz"),
        ("零下 7 度", "-7 °C"),
        ("two dozen pieces", "24 pieces"),
    ],
)
def test_one_measure_in_two_spellings(said: str, plain: str) -> None:
    (one,), (other,) = quantities(said)[:1], quantities(plain)
    assert one.same(other)


@pytest.mark.parametrize(
    ("text", "available"),
    [
        ("这两天都卖断码了，得等到货", False),
        ("目前一件都没剩", False),
        ("the inventory is down to zero", False),
        ("it has sold out; we are waiting for a restock", False),
        ("nothing left, sadly", False),
        ("仓里还有不少", True),
        ("不会断货，随时能买到", True),
        ("no need to wait, it ships today", True),
        ("it hasn't sold out", True),
        ("back in stock, with plenty left", True),
    ],
)
def test_availability_in_other_words(text: str, available: bool) -> None:
    assert {"in_stock" in said.allowed for said in states(text)} == {available}


@pytest.mark.parametrize(
    "text", ["It is available in black and white.", "3 in every box", "made for left-handed people"]
)
def test_what_says_nothing_of_availability(text: str) -> None:
    assert not states(text)
