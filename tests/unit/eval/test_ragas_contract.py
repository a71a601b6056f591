"""What we lean on inside ragas 0.4.3; a version that moves one of these fails here, and not in the middle of a run."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

LOOK = """
import inspect, json, os
os.environ["RAGAS_DO_NOT_TRACK"] = "true"
import ragas
from ragas.embeddings import OpenAIEmbeddings
from ragas.llms import llm_factory
from ragas.llms.base import InstructorBaseRagasLLM
from ragas.metrics import collections as c
from ragas.metrics.collections.factual_correctness import util as correctness
from ragas.metrics.collections.faithfulness import util as faithfulness
from ragas._analytics import do_not_track
words = lambda f: [name for name in inspect.signature(f).parameters if name != "self"]
print(json.dumps({
    "version": ragas.__version__,
    "telemetry off": do_not_track(),
    "abstract": sorted(InstructorBaseRagasLLM.__abstractmethods__),
    "agenerate": words(InstructorBaseRagasLLM.agenerate),
    "factory": words(llm_factory),
    "embeddings": words(OpenAIEmbeddings.__init__)[:2],
    "hooks": {f"{k.__name__}.{n}": [words(getattr(k, n)), inspect.iscoroutinefunction(getattr(k, n))] for k, n in [
        (c.Faithfulness, "_create_statements"), (c.Faithfulness, "_create_verdicts"),
        (c.FactualCorrectness, "_decompose_claims"), (c.FactualCorrectness, "_verify_claims")]},
    "reads": {n: sorted(words(getattr(c, n).ascore)) for n in
              ("Faithfulness", "FactualCorrectness", "ContextPrecision", "ContextRecall", "AnswerRelevancy")},
    "verdict": [sorted(m.StatementFaithfulnessAnswer.model_fields) for m in (faithfulness, correctness)],
    "verdicts": [sorted(m.NLIStatementOutput.model_fields) for m in (faithfulness, correctness)],
    "only hooks ask": {k.__name__: inspect.getsource(k).count("self.llm.agenerate(")
                       for k in (c.Faithfulness, c.FactualCorrectness)},
}))
"""


def test_the_hooks_are_where_they_were() -> None:
    env = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "version": "0.4.3",
        "telemetry off": True,
        "abstract": ["agenerate", "generate"],
        "agenerate": ["prompt", "response_model"],
        "factory": ["model", "provider", "client", "adapter", "cache", "kwargs"],
        "embeddings": ["client", "model"],
        "hooks": {
            "Faithfulness._create_statements": [["question", "response"], True],
            "Faithfulness._create_verdicts": [["statements", "context"], True],
            "FactualCorrectness._decompose_claims": [["text"], True],
            "FactualCorrectness._verify_claims": [["claims", "reference"], True],
        },
        "reads": {
            "Faithfulness": ["response", "retrieved_contexts", "user_input"],
            "FactualCorrectness": ["reference", "response"],
            "ContextPrecision": ["reference", "retrieved_contexts", "user_input"],
            "ContextRecall": ["reference", "retrieved_contexts", "user_input"],
            "AnswerRelevancy": ["response", "user_input"],
        },
        "verdict": [["reason", "statement", "verdict"]] * 2,
        "verdicts": [["statements"]] * 2,
        "only hooks ask": {"Faithfulness": 2, "FactualCorrectness": 2},
    }
