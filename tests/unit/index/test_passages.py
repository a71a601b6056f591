from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model import Measure, Record, Review, convert
from index.passages import CHUNK, Passage, attribute_sentence, passages, say


def made(**fields: object) -> list[Passage]:
    return list(passages(convert({"id": "a", **fields})))


@given(st.text(alphabet="ab .。!?\n中文；", max_size=3000))
def test_chunks_are_exact_slices_in_order_that_lose_nothing(text: str) -> None:
    found = list(passages(Review(id="r", product_id="p", text=text, language="zh")))
    at = 0
    for passage in found:
        assert 0 < len(passage.text) <= CHUNK
        place = text.index(passage.text, at)
        assert not text[at:place].strip()
        at = place + len(passage.text)
    assert not text[at:].strip()


def test_a_cut_falls_after_a_sentence_where_there_is_one() -> None:
    sentence = "This sentence says a little something about it. "
    found = list(passages(Review(id="r", product_id="p", text=sentence * 30, language="en")))
    assert len(found) > 1
    assert all(passage.text.endswith("it.") for passage in found)
    assert all(len(one.text) + len(sentence) > CHUNK - len(sentence) for one, _ in pairwise(found))


def test_a_product_speaks_each_of_its_languages() -> None:
    found = made(
        type="product", title="台灯", language="zh", description="很亮。", bullets=["可调光"],
        attributes={"颜色": "黑色"},
        translations={"en": {"title": "Desk lamp", "description": "Very bright."}},
    )  # fmt: skip
    assert [(p.field, p.language) for p in found] == [
        ("title", "zh"), ("description", "zh"), ("bullets", "zh"), ("attributes", "zh"), ("title", "en"),
        ("description", "en"),
    ]  # fmt: skip
    assert found[1].encoded == "台灯 很亮。"
    assert found[-1].encoded == "Desk lamp Very bright."


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "faq", "question": "Can I return it?", "answer": "Yes."}, [("question", "en"), ("answer", "en")]),
        ({"type": "policy", "title": "Returns", "body": "One.\n\nTwo."}, [("body", "en"), ("body", "en")]),
        ({"type": "qa", "product_id": "p", "question": "防水吗", "answer": "防水"}, [("answer", "zh")]),
        ({"type": "review", "product_id": "p", "text": "Fine lamp"}, [("text", "en")]),
        ({"type": "delete"}, []),
        ({"type": "promotion", "kind": "coupon", "product_ids": ["p"], "starts_at": "x", "ends_at": "y"}, []),
    ],
)
def test_fields_of_the_other_records(fields: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert [(passage.field, passage.language) for passage in made(**fields)] == expected


def test_an_answer_is_encoded_with_its_question() -> None:
    _, answer = made(type="faq", question="Can I return it?", answer="Yes.")
    assert (answer.text, answer.encoded) == ("Yes.", "Can I return it? Yes.")


def test_the_attribute_sentence_says_everything_once() -> None:
    product = convert(
        {"type": "product", "id": "a", "title": "t", "brand": "Acme", "categories": ["Home", "Light"],
         "attributes": {"Dimmable": True, "Weight": {"value": 1.5, "unit": "kg"}},
         "variants": [{"id": "v1", "options": {"Color": "red"}}, {"id": "v2", "options": {"Color": "red"}},
                      {"id": "v3", "options": {"Color": "blue"}}]}
    )  # fmt: skip
    sentence = attribute_sentence(product, product.attributes, "en")  # type: ignore[arg-type,union-attr]
    assert sentence == "Acme; Home > Light; Dimmable: yes; Weight: 1.5 kg; Color: red, blue"


@pytest.mark.parametrize(
    ("value", "said"),
    [(True, "是"), (False, "否"), (Measure(30.0, "h"), "30 h"), (["a", "b"], "a, b"), (2.50, "2.5"), (7, "7")],
)
def test_values_in_words(value: object, said: str) -> None:
    assert say(value, "zh") == said  # type: ignore[arg-type]


def test_every_sample_record_that_is_searched_has_a_passage(sample_records: list[Record]) -> None:
    for record in sample_records:
        found = list(passages(record))
        assert bool(found) == (record.__struct_config__.tag != "promotion")
        assert all(0 < len(passage.text) <= CHUNK and passage.language in {"zh", "en"} for passage in found)
