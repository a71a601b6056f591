import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import model
from catalog.model import Measure, Product, as_measure, convert, decode, encode, type_name


def test_every_sample_record_survives_encoding(sample_records: list[model.Record]) -> None:
    for record in sample_records:
        assert decode(encode(record)) == record


def test_equal_records_give_equal_bytes_whatever_the_order_of_their_attributes() -> None:
    one = Product(id="a", title="t", attributes={"x": 1, "y": True})
    other = Product(id="a", title="t", attributes={"y": True, "x": 1})
    assert encode(one) == encode(other)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (True, True), (1, 1), (2.5, 2.5), ("x", "x"), (["a", "b"], ["a", "b"]),
        ({"value": 30, "unit": "h"}, Measure(30.0, "h")),
    ],
)  # fmt: skip
def test_attribute_values_keep_their_kind(value: object, kept: object) -> None:
    record = convert({"type": "product", "id": "a", "title": "t", "attributes": {"k": value}})
    assert isinstance(record, Product)
    assert record.attributes["k"] == kept
    assert type(record.attributes["k"]) is type(kept)


@pytest.mark.parametrize(
    "fields",
    [
        {"attributes": {"k": 10**30}},
        {"offer": {"price": "1", "currency": "CNY", "stock": -1}},
        {"offer": {"price": "1", "currency": "CNY", "stock": 2**31}},
        {"offer": {"price": 89.0, "currency": "CNY"}},
        {"rating": {"value": 9.5, "count": 3}},
        {"rating": {"value": 4.5, "count": -3}},
    ],
)
def test_numbers_that_no_column_can_hold_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        convert({"type": "product", "id": "a", "title": "t", **fields})


def test_type_name_is_the_tag(sample_records: list[model.Record]) -> None:
    assert {type_name(record) for record in sample_records} == {
        "product", "review", "qa", "faq", "policy", "promotion",
    }  # fmt: skip


@given(st.one_of(st.booleans(), st.text(), st.lists(st.text())))
def test_only_numbers_are_measures(value: bool | str | list[str]) -> None:
    assert as_measure(value) is None


def test_a_bare_number_is_a_measure_without_a_unit() -> None:
    assert as_measure(3) == Measure(3.0, "")
    assert as_measure(Measure(3.0, "h")) == Measure(3.0, "h")
