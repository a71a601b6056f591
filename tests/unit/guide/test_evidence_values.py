"""A citation's value: the field's value in one form, whatever language it is quoted in."""

import pytest
from asking import ask

from catalog.model import Measure
from guide.evidence import canonical


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "true"),
        (False, "false"),
        (Measure(9, "hours"), "9 h"),
        (Measure(1.2, "kg"), "1200 g"),
        (Measure(1234567.5, "g"), "1234567.5 g"),
        (5, "5"),
        ("黑色", "black"),
        ("Nanyu 南榆", "Nanyu 南榆"),
        ("无", "无"),
        (["棉", "red"], "cotton, red"),
    ],
)
def test_one_form_in_every_language(value, said):
    assert canonical(value) == said


@pytest.mark.parametrize(
    ("chinese", "english", "field", "value"),
    [
        ("南榆 N20 多重？", "How heavy is the Nanyu N20?", ("attributes.重量", "attributes.weight"), "196 g"),
        ("南榆 N20 防水吗？", "Is the Nanyu N20 waterproof?", ("attributes.防水", "attributes.waterproof"), "false"),
    ],
)
def test_a_cited_attribute_carries_it(sample_view, chinese, english, field, value):
    found = [citation for text in (chinese, english) for citation in ask(sample_view, text).citations]
    assert {(c.field, c.value) for c in found if c.field in field} == {(name, value) for name in field}


def test_an_option_and_an_offer_carry_it_too(sample_view):
    found = ask(sample_view, "Which colours does the Nanyu N20 come in?").citations
    assert {"black", "blue"} <= {c.value for c in found if c.field.startswith("options.")}
    priced = ask(sample_view, "How much is the Nanyu N20?").citations
    assert "109900 CNY" in {c.value for c in priced if c.field.endswith("offer")}
    assert all(c.value is None for c in priced if c.field == "title")
