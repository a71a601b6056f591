import pytest

from eval.cases import Case
from eval.slices import names_of, topic_of


def test_a_case_belongs_to_its_language_its_tags_and_an_intent() -> None:
    case = Case(id="a", question="多少钱", tags=["price", "zh"])
    assert names_of(case, None) == ["language:zh", "tag:price", "tag:zh"]
    assert names_of(case, "product_question") == ["language:zh", "intent:product_question", "tag:price", "tag:zh"]


def test_the_intent_of_the_case_goes_before_what_the_guide_read() -> None:
    case = Case(id="a", question="How much?", language="en", tags=["intent:find"])
    assert names_of(case, "compare") == ["language:en", "intent:find"]


def test_a_topic_is_no_slice() -> None:
    case = Case(id="a", question="How much?", tags=["price", "group:lamp/price", "topic:lamp"])
    assert names_of(case, None) == ["language:en", "tag:price"]


@pytest.mark.parametrize(
    ("fields", "topic"),
    [
        ({"tags": ["zh", "group:g1"], "relevant": {"lamp": 1}}, "group:g1"),
        ({"product_ids": ["lamp", "cup"]}, "record:lamp"),
        ({"relevant": {"lamp/review/1": 1}}, "record:lamp"),
        ({"relevant": {"lamp": 1, "cup": 1}}, "case:a"),
        ({}, "case:a"),
    ],
)
def test_what_a_case_is_about(fields: dict[str, object], topic: str) -> None:
    assert topic_of(Case(id="a", question="q", **fields)) == topic  # type: ignore[arg-type]
