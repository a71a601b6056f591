"""Messages of chat clients as a question: what is kept, and what "the second one" may stand on."""

import pytest

from guide.config import Limits
from guide.errors import QuestionError
from guide.model import Turn
from guide.problems import Problem
from guide.wire import turns


def talk(*texts: str, **ids: list[str]) -> list[Turn]:
    """User and guide in turns; `a1=[...]` are the ids that came back with the first answer."""
    roles = ("user", "assistant")
    return [Turn(roles[i % 2], text, ids.get(f"a{(i + 1) // 2}", []) if i % 2 else []) for i, text in enumerate(texts)]


def test_the_last_message_is_asked_and_those_before_are_kept_to_a_bound():
    question = turns.question(talk("q1", "a1", "q2", "a2", "q3"), Limits(history_turns=2), ["p"])
    assert question.text == "q3"
    assert [turn.content for turn in question.history] == ["q2", "a2"]
    assert question.product_ids == ("p",)
    assert turns.question(talk("q1", "a1", "q2"), Limits(history_turns=0)).history == ()


def test_an_old_message_is_cut_where_a_question_would_be_refused():
    question = turns.question(talk("x" * 50, "y" * 50, "z"), Limits(question_bytes=10))
    assert [len(turn.content) for turn in question.history] == [10, 10]
    with pytest.raises(Problem, match="10 bytes"):
        turns.question(talk("长" * 4), Limits(question_bytes=10))


@pytest.mark.parametrize("said", [[], talk("q", "a"), talk("")])
def test_it_must_end_in_a_question(said):
    with pytest.raises(QuestionError):
        turns.question(said, Limits())


READABLE = {"N20 and X5": ["n20", "x5"], "returns are free": [], "some phones": None}


def remembered(*said: Turn) -> list[list[str]]:
    question = turns.with_products(turns.question(list(said), Limits()), READABLE.__getitem__)
    return [turn.product_ids for turn in question.history if turn.role == "assistant"]


def test_products_are_read_from_the_texts_that_name_some():
    assert remembered(*talk("q", "N20 and X5", "q", "returns are free", "q")) == [["n20", "x5"], []]
    assert remembered(*talk("q", "N20 and X5", "q", "N20 and X5", "q", a2=["n20"])) == [["n20", "x5"], ["n20"]]


def test_only_the_last_texts_are_read():
    read = remembered(*talk(*["q", "N20 and X5"] * 7, "q"))
    assert read == [[], [], *[["n20", "x5"]] * 5]


def test_ids_that_came_back_need_no_reading():
    assert remembered(*talk("q", "some phones", "q", a1=["p1", "p2"])) == [["p1", "p2"]]


def test_behind_a_text_that_does_not_tell_nothing_is_remembered():
    assert remembered(*talk("q", "N20 and X5", "q", "some phones", "q", a1=["n20", "x5"])) == [[], []]
