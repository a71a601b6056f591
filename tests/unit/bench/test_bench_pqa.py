"""The product questions benchmark: what it makes of candidates, how it finds them again, how it counts."""

import json

import pytest

from bench.pqa import answers, asked, attributes, catalog, score
from bench.pqa.answers import Given
from bench.pqa.traced import candidate_of
from bench.pqa.words import Bm25, token_f1


def row(qid, at, source, text, label=0, answer="", asin="B1"):  # noqa: PLR0917  the columns of the file
    return {
        "qid": qid, "qa_pair_id": f"{qid}-{at}", "ASIN": asin, "title": "Kappa lamp",
        "question": "how long is the cord?",
        "source": source, "candidate": text, "label": str(label), "answer": answer,
    }  # fmt: skip


ROWS = [
    row("1", 0, "review", "the cord is 2 m long. i like it.", 2, "A customer says that the cord is 2 m long."),
    row("1", 1, "attribute", "cord_length: { unit:meters, normalized_value:{ unit:inches, value:79 }, value:2. }", 2),
    row("1", 2, "cqa", "it dims. Question: does it dim? "),
    row("1", 3, "description", "made of brass."),
    row("1", 4, "bullet", "warm light"),
    row("2", 0, "review", "i like it.", asin="B2"),
]


@pytest.fixture
def questions(tmp_path):
    target = tmp_path / asked.FILE
    target.parent.mkdir(parents=True)
    target.write_text("".join(json.dumps(one) + "\n" for one in ROWS))
    return asked.read(tmp_path)


def test_questions_know_whether_they_can_be_answered_and_by_what(questions):
    assert [(one.id, one.answerable, len(one.candidates)) for one in questions] == [("1", True, 5), ("2", False, 1)]
    assert questions[0].references == ["A customer says that the cord is 2 m long."]


def test_candidates_become_the_records_of_one_product(questions):
    first, second = catalog.rows(questions)
    assert (first.asin, first.description, first.bullets) == ("B1", "made of brass.", ["warm light"])
    assert first.attributes == {"cord length": {"value": 2.0, "unit": "meters"}}
    assert first.questions == [{"question": "does it dim?", "answer": "it dims."}]
    assert [review["text"] for review in second.reviews] == ["i like it."]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("is_electric: { value:false }", "is electric", False),
        ('color: { value:"red" }; { value:"dark blue" }', "color", ["red", "dark blue"]),
        ("format: { value:game_console }", "format", "game console"),
        ("size: { length:{ unit:cm, value:3. }, width:{ unit:cm, value:4.5 } }", "size", "length 3 cm, width 4.5 cm"),
    ],
)
def test_the_notation_of_attributes_is_read(text, name, value):
    assert (attributes.name_of(text), attributes.value_of(text)) == (name, value)


@pytest.mark.parametrize(
    ("record", "field", "quote", "found"),
    [
        ("B1/review/1-0", "text", "The cord is 2 m long.", "1-0"),
        ("B1", "attributes.cord length", "2 m", "1-1"),
        ("B1/qa/1", "answer", "it dims.", "1-2"),
        ("B1", "description", "made of brass.", "1-3"),
        ("B1", "bullets", "warm light", "1-4"),
        ("B1/review/9", "text", "another question's review", None),
        ("B1", "description", "the cord is 2 m long.", None),
    ],
)
def test_a_citation_leads_back_to_its_candidate(questions, record, field, quote, found):
    candidate = candidate_of(questions[0], record, field, quote)
    assert (candidate.id if candidate else None) == found


def test_token_f1_is_the_best_over_the_references_without_articles_and_marks():
    assert token_f1("The cord: 2 m!", ["cord 2 m", "no"]) == 1.0
    assert token_f1("cord", ["the long cord", "x"]) == pytest.approx(2 / 3)
    assert token_f1("", ["x"]) == 0.0


def test_figures_count_declining_evidence_and_words(questions):
    given = [
        Given("1", "answered", "1-0", True, "A customer says that the cord is 2 m long."),
        Given("2", "unanswerable"),
    ]
    found = score.figures(questions, given, Bm25([one["candidate"] for one in ROWS]))
    assert found["p_at_1"]["answered"]["guide"]["mean"] == 1.0
    assert found["token_f1"]["answered"]["guide"]["mean"] == 1.0
    assert (found["abstention"]["precision"], found["abstention"]["recall"], found["abstention"]["f1"]) == (1, 1, 1)


def test_declining_what_can_be_answered_counts_against_the_guide(questions):
    found = score.figures(questions, [Given("1", "unanswerable")], Bm25(["cord"]))
    assert found["p_at_1"]["all_answerable_declined_is_wrong"]["guide"]["mean"] == 0.0
    assert found["p_at_1"]["answered"]["n"] == 0
    assert found["abstention"]["precision"] == 0.0


def test_kept_answers_come_back(tmp_path):
    given = [Given("1", "answered", "1-0", True, "long", ["long"])]
    answers.save(given, tmp_path / "a.jsonl")
    assert answers.load(tmp_path / "a.jsonl") == given


def test_the_same_questions_are_drawn_in_any_order():
    many = [asked.Asked(str(at), "B", "t", "q", []) for at in range(40)]
    drawn = asked.drawn(many, 5)
    assert drawn == asked.drawn(many[::-1], 5)
    assert {one.half for one in drawn} == {"report"}
