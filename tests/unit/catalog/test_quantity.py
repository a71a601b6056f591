import pytest

from catalog import numerals
from catalog.model import Measure
from catalog.quantity import canonical, parse, render


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千", 3000), ("两千五", 2500), ("一万二", 12_000), ("3千", 3000), ("1.5万", 15_000), ("半", 0.5),
        ("二十五", 25), ("十五", 15), ("一百零五", 105), ("三百二", 320), ("两万五千", 25_000), ("1万2", 12_000),
        ("三点五", 3.5), ("二〇二四", 2024), ("5,000", 5000), ("1,299.50", 1299.5), ("twenty-five", 25),
        ("two hundred and fifty", 250), ("十万", 100_000), ("2 thousand", 2000), ("两三千", 2000),
    ],
)  # fmt: skip
def test_one_number(text, value):
    assert [number.value for number in numerals.find(text)] == [value]


def test_digits_of_a_model_number_are_no_number():
    assert numerals.find("SY-K87 Pro+ WH-1000") == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "upper"),
    [
        ("续航50小时", 50, "h", None), ("两个半小时", 2.5, "h", None), ("一年半质保", 1.5, "year", None),
        ("半斤", 0.5, "斤", None), ("10-15 inches", 10, "inch", 15), ("10到15英寸", 10, "inch", 15),
        ('17" laptop', 17, "inch", None), ("30-hour battery", 30, "h", None), ("10.5 inches", 10.5, "inch", None),
        ("16G内存", 16, "GB", None), ("1.5万毫安时", 15_000, "mAh", None), ("3年到5年", 3, "year", 5),
        ("3-5岁", 3, "year", 5), ("1T硬盘", 1, "TB", None), ("2 fl oz", 2, "fl_oz", None),
        ("1,200 W", 1200, "W", None),
        ("35分贝", 35, "dB", None), ("2.5公斤", 2.5, "kg", None), ("144Hz", 144, "Hz", None),
        ("7 days", 7, "day", None),
        ("between 10 and 15 kg", 10, "kg", 15), ("两三年", 2, "year", 3),
    ],
)  # fmt: skip
def test_one_quantity(text, value, unit, upper):
    (found,) = parse(text)
    assert (found.value, found.unit, found.upper) == (value, unit, upper)


@pytest.mark.parametrize(
    "text", ["5G手机", "4K 显示器", "2024年新款", "16T触屏版", "IP68", "5 in stock", "US 8", "2.4G"]
)
def test_what_only_looks_like_a_quantity(text):
    assert parse(text) == []


def test_two_measures_joined_by_and_are_no_range():
    assert [(q.value, q.upper) for q in parse("2 kg and 3 kg")] == [(2, None), (3, None)]


def test_spans_point_into_the_text():
    text = "6.6 英寸 5000mAh"
    assert [text[q.start : q.end] for q in parse(text)] == ["6.6 英寸", "5000mAh"]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure(2, "kg"), (2000, "g")), (Measure(30, "min"), (0.5, "h")), (Measure(1, "inch"), (2.54, "cm")),
        (Measure(2, "斤"), (1000, "g")), (Measure(1, "TB"), (1000, "GB")), (Measure(212, "°F"), (100, "°C")),
        (Measure(2, "小时"), (2, "h")), (Measure(3, "parsec"), (3, "parsec")), (Measure(8, ""), (8, "")),
    ],
)  # fmt: skip
def test_canonical(measure, expected):
    value, unit = canonical(measure)
    assert (pytest.approx(value), unit) == expected


@pytest.mark.parametrize(
    ("measure", "zh", "en"),
    [
        (Measure(30, "h"), "30 小时", "30 hours"), (Measure(1, "h"), "1 小时", "1 hour"),
        (Measure(5000, "mAh"), "5,000 mAh", "5,000 mAh"), (Measure(0.75, "l"), "0.75 L", "0.75 L"),
        (Measure(98, "%"), "98%", "98%"), (Measure(2024, ""), "2024", "2024"),
        (Measure(6.6, "inch"), "6.6 英寸", "6.6 inches"),
    ],
)  # fmt: skip
def test_render(measure, zh, en):
    assert (render(measure, "zh"), render(measure, "en")) == (zh, en)


def test_the_table_agrees_with_pint_where_pint_is_installed():
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry()
    for name in ("inch", "foot", "lb", "oz", "year", "month", "gallon", "horsepower", "psi", "kWh"):
        value, unit = canonical(Measure(1, name))
        assert value == pytest.approx(registry.Quantity(1, name).to(unit).magnitude, rel=1e-9)
