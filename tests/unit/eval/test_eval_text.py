from decimal import Decimal

import pytest

from eval.text.dates import Date, dates, without_dates
from eval.text.fold import contains, is_whole_in, language_of
from eval.text.prices import prices
from eval.text.quantities import chinese_number, of_measure, quantities
from eval.text.stock import states


@pytest.mark.parametrize(
    ("text", "part", "found"),
    [
        ("It costs $1,299.00 today.", "$1299", True),
        ("It costs $46.665", "$46.66", False),
        ("within 130 days", "30 days", False),
        ("version 1.30", "1.3", True),
        ("ＡＢＣ　ｄｅｆ", "abc def", True),
        ("送货需 3 天", "需3天", True),
        ("it weighs 14 g", "14g", True),
        ("AF45，299 元", "299元", True),
        ("Free Returns", "free returns", True),
        ("line\nbreak", "line break", True),
    ],
)
def test_matching_sees_through_spelling_but_not_into_numbers(text: str, part: str, found: bool) -> None:
    assert contains(text, part) is found


def test_words_between_punctuation_are_whole() -> None:
    assert is_whole_in("七天内可退货，支持换货。", "支持换货。")
    assert not is_whole_in("七天内可退货，不支持换货。", "支持换货。")
    assert is_whole_in("Wear, drops and filters are not.", "wear, drops and filters are not")
    assert is_whole_in("Not covered\nWear and drops", "Wear and drops")
    assert not is_whole_in("It is not waterproof", "waterproof")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5 liters", [(1500, "ml")]),
        ("1500毫升", [(1500, "ml")]),
        ("一点五升", [(1500, "ml")]),
        ("5 to 7 business days", [(5, "workday"), (7, "workday")]),
        ("3-5个工作日", [(3, "workday"), (5, "workday")]),
        ("三十小时", [(108_000, "s")]),
        ("iPhone15 with IPX7 and 4K", []),
        ("only 3 in stock", [(3, "")]),
        ("一款", []),
        ("1.2万次", [(12_000, "count")]),
        ("2,500mAh", [(2500, "mah")]),
        ("极限温度为-13℃", [(-13, "celsius")]),
        ("model X-13 °C", [(13, "celsius")]),
        ("thirty hours", [(108_000, "s")]),
        ("A hundred and twenty-five grams", [(125, "g")]),
        ("two thousand millilitres", [(2000, "ml")]),
        ("one point five litres", [(1500, "ml")]),
        ("five to seven business days", [(7, "workday")]),
        ("one of two, one item, a second look", []),
        ("两年", [(2 * 365 * 86_400, "s")]),
        ("内存 6 G", [(6e9, "byte")]),
        ("净重 6 G", [(6, "g")]),
    ],
)
def test_quantities_are_read_in_canonical_units(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(quantity.value, quantity.unit) for quantity in quantities(text)] == expected


def test_converted_quantities_agree_and_others_do_not() -> None:
    (cm,) = quantities("40 cm")
    assert cm.same(of_measure(15.7, "inch"))
    assert not cm.same(of_measure(14, "inch"))
    assert not quantities("30 h")[0].same(of_measure(30, "min"))


@pytest.mark.parametrize(
    ("text", "value"), [("三十二", 32), ("一百零五", 105), ("两万", 20_000), ("半", 0.5), ("十", 10)]
)
def test_chinese_numerals(text: str, value: float) -> None:
    assert chinese_number(text) == value


def test_prices_are_read_with_the_currencies_their_signs_may_mean() -> None:
    found = prices("$12.50, ¥2,999起, 199 元, USD 30 and 45 EUR; 12 pieces")
    assert [price.amount for price in found] == [Decimal(text) for text in ("12.50", "2999", "199", "30", "45")]
    assert [sorted(price.currencies) for price in found[1:]] == [["CNY", "JPY"], ["CNY"], ["USD"], ["EUR"]]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("三千元", "3000", "CNY"),
        ("两千五百块", "2500", "CNY"),
        ("3千元", "3000", "CNY"),
        ("1.2万元", "12000", "CNY"),
        ("五十美元", "50", "USD"),
        ("two thousand five hundred yuan", "2500", "CNY"),
        ("forty-nine dollars", "49", "USD"),
    ],
)
def test_prices_in_words(text: str, amount: str, currency: str) -> None:
    (price,) = prices(text)
    assert price.is_(Decimal(amount), currency)


def test_pieces_are_no_prices() -> None:
    assert prices("两块电池") == ()


def test_languages() -> None:
    assert language_of("这款 Aurora 台灯很亮") == "zh"
    assert language_of("the lamp 灯") == "en"


@pytest.mark.parametrize(
    "text",
    ["2026-10-31T08:00:00+00:00", "2026年10月31日", "10月31号", "31 October 2026", "Oct 31st, 2026", "October 2026"],
)
def test_dates_of_one_day_are_the_same(text: str) -> None:
    (date,) = dates(text)
    day = Date(2026, 10, 31, 0, 0)
    assert date.same(day)
    assert not date.same(day._replace(month=11))
    assert not any(char.isdigit() for char in without_dates(text))


@pytest.mark.parametrize(
    "text", ["2026-10-31T08:00:00+00:00", "2026-10-31 08:00 UTC", "31 October 2026, 8:00", "10月31日 08:00"]
)
def test_a_time_goes_with_its_date(text: str) -> None:
    (date,) = dates(text)
    assert date.time == "08:00"
    assert not date.same(dates("2026-10-31 09:00")[0])
    assert not any(char.isdigit() for char in without_dates(text))


def test_numbers_are_no_dates() -> None:
    assert dates("1050-2200 mm, 5 to 7 days, 13月40日, 21 decibels, 5 marks") == ()


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("有货", [{"in_stock"}]),
        ("not in stock", [{"out_of_stock", "preorder", "backorder"}]),
        ("预售中", [{"preorder"}]),
        ("on backorder", [{"backorder"}]),
        (
            "暂无现货，补货中可预订",
            [{"out_of_stock", "preorder", "backorder"}, {"backorder"}, {"preorder", "backorder"}],
        ),
        ("stocky", []),
    ],
)
def test_availability_in_words(text: str, allowed: list[set[str]]) -> None:
    assert [set(state.allowed) for state in states(text)] == allowed


@pytest.mark.parametrize("text", ["-13 °C", "−13°C", "minus 13 °C", "零下13度", "零下十三度"])
def test_numbers_below_zero(text: str) -> None:
    (quantity,) = quantities(text)
    assert quantity.given == -13


def test_a_dash_between_numbers_is_no_minus() -> None:
    assert [quantity.given for quantity in quantities("5-13 °C or 5 -13 kg")] == [5, 13, 5, 13]
