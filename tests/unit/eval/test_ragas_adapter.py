"""ragas itself runs in a process of its own: its dependencies warn on import, and warnings are errors here."""

import builtins
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from catalog.errors import MissingExtraError
from eval import ragas_adapter
from eval.cases import Case
from eval.metrics.model import Judged

SCORE = """
import json, os
from eval.answer import Answer, Evidence
from eval.cases import Case
from eval.metrics.model import Judged
from eval import ragas_adapter
def case(text, references, language="en", outcome="answered", evidence=()):
    return Judged(Case(id="a", question="q", language=language, references=references),
                  Answer(outcome=outcome, text=text, evidence=[Evidence(record_id="r", text=one) for one in evidence]))
rows = ragas_adapter.score([
    case("It costs $49.90 [1]", ["nothing like it", "It costs $49.90"], evidence=["Price: $49.90"]),
    case("价格是 299 元", ["价格是 299 元"], "zh"),
    case("sorry", ["x"], outcome="refused"),
    case("no reference", []),
    case("It lasts 30 hours. It lasts 40 hours. May I help?", ["It lasts 30 hours."], evidence=["Battery: 30 h"]),
])
print(json.dumps({"rows": [{k: [s.state, *s.values] for k, s in row.items()} for row in rows],
                  "track": os.environ["RAGAS_DO_NOT_TRACK"], "trace": os.environ["LANGSMITH_TRACING"]}))
"""


@pytest.mark.slow
def test_the_collections_api_scores_against_the_best_reference() -> None:
    pytest.importorskip("sacrebleu", reason="the eval extra is not installed")
    env = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, "-c", SCORE], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    english, chinese, refused, bare, mixed = said["rows"]
    assert english.keys() == {metric.name for metric in ragas_adapter.METRICS}
    assert {state for state, *_ in english.values()} == {"scored"}
    assert english["ragas.exact_match"][1] == english["ragas.non_llm_string_similarity"][1] == 1
    assert chinese["ragas.rouge_score"] == ["not_applicable"]
    assert chinese["ragas.exact_match"] == ["scored", 1]
    assert {state for state, *_ in refused.values()} == {"abstained"}
    assert {state for state, *_ in bare.values()} == {"not_applicable"}
    assert mixed["faithfulness_offline_ragas"] == ["scored", 0.5]
    assert mixed["factual_correctness_offline"][0] == "scored"
    assert 0 < mixed["factual_correctness_offline"][1] < 1
    assert (said["track"], said["trace"]) == ("true", "false")


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_ragas(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("ragas"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_ragas)
    monkeypatch.setenv("RAGAS_DO_NOT_TRACK", "")
    monkeypatch.setenv("LANGSMITH_TRACING", "")
    with pytest.raises(MissingExtraError, match=r"shopguide\[eval\]"):
        ragas_adapter.score([Judged(Case(id="a", question="q"))])
