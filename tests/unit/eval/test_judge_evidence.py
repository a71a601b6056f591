"""What a judge can read, what it has answered before, and why it gave no score: without ragas."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import JudgeError
from eval.judges.fit import cut, tokens
from eval.judges.outcome import TooLong, Unjudged, reason_of
from eval.judges.settings import JudgeSettings, check
from eval.judges.store import Store


@given(st.lists(st.text(max_size=80), max_size=6), st.integers(0, 200))
def test_cut_evidence_is_smaller_by_what_had_to_go(texts: list[str], excess: int) -> None:
    before = sum(map(tokens, texts))
    after = cut(texts, excess)
    assert sum(map(tokens, after)) <= max(before - excess, 0)
    assert all(any(text.startswith(short) for text in texts) for short in after)


def test_the_longest_text_is_cut_and_short_facts_stay_whole() -> None:
    facts = ["Price: $49.90", "电池：30 小时"]
    long = "A long review. " * 50
    assert cut([*facts, long], 100)[:2] == facts
    assert long.startswith(cut([*facts, long], 100)[2])
    assert cut(facts, 1000) == []
    assert cut(["价格低"], 1) == ["价格"]


def test_an_answer_is_found_again_only_for_the_same_question_to_the_same_judge(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(("model", "url", 1, "prompt"), '{"a": "是"}')
    assert store.get(("model", "url", 1, "prompt")) == '{"a": "是"}'
    for other in (("model2", "url", 1, "prompt"), ("model", "url2", 1, "prompt"), ("model", "url", 2, "prompt"),
                  ("model", "url", 1, "prompt2"), ("modelurl", "", 1, "prompt")):  # fmt: skip
        assert store.get(other) is None
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".json"]


def test_the_reason_is_the_first_known_cause() -> None:
    def chained(*errors: Exception) -> Exception:
        for error, cause in itertools.pairwise(errors):
            error.__cause__ = cause
        return errors[0]

    class StatusError(Exception):
        status_code = 429

    assert reason_of(chained(RuntimeError(), TimeoutError())) == "timeout"
    assert reason_of(chained(RuntimeError(), StatusError())) == "status 429"
    assert reason_of(TooLong(5)) == "longer than the judge's context"
    assert reason_of(Unjudged("for a reason")) == "for a reason"
    assert reason_of(KeyError("x")) == "KeyError"
    loop = RuntimeError()
    loop.__cause__ = loop
    assert reason_of(loop) == "RuntimeError"


@pytest.mark.parametrize("url", ["judge:8099", "ftp://judge/v1", "http://user:word@judge/v1", "http://judge/v1?key=1"])
def test_a_judge_that_could_not_be_named_in_a_report_is_refused(url: str) -> None:
    with pytest.raises(JudgeError, match="plain http"):
        check(JudgeSettings(url=url, model="m"))


def test_an_unknown_metric_is_refused() -> None:
    with pytest.raises(JudgeError, match="'truth'; there are faithfulness, "):
        check(JudgeSettings(url="http://judge/v1", model="m", metrics=("truth",)))


def test_the_key_comes_from_the_environment_alone() -> None:
    settings = JudgeSettings(url="http://judge/v1", model="m", key_env="JUDGE_KEY")
    assert settings.key({"JUDGE_KEY": " k "}) == "k"
    with pytest.raises(JudgeError, match="JUDGE_KEY holds no key"):
        settings.key({})
    assert (settings.max_tokens, JudgeSettings(url="", model="", context=4096).max_tokens) == (2730, 1365)
