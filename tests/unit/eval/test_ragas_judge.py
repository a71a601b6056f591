"""A language model as ragas judge: an endpoint that answers well, badly or not at all.

ragas runs in a process of its own: its dependencies warn on import, and warnings are errors here.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lamp_shop import lamp_answer
from model_endpoint import head, serving

from eval.cli import main
from eval.errors import ThresholdError
from eval.verdict import parse_thresholds

pytestmark = pytest.mark.slow

SCORE = """
import json, os, sys
from pathlib import Path
import msgspec
from eval.answer import Answer
from eval.cases import Case
from eval.judges.ragas_judge import RagasJudge
from eval.judges.settings import JudgeSettings
from eval.metrics.model import Judged

settings, evidence, folder = json.loads(sys.argv[1]), json.loads(sys.argv[2]), Path(sys.argv[3])
def case(id, text, outcome="answered", references=("It costs $49.90 and lasts 30 hours.",), evidence=evidence):
    answer = {"outcome": outcome, "text": text, "evidence": [{"record_id": "lamp", "text": one} for one in evidence]}
    return Judged(Case(id=id, question="Which lamp?", references=list(references)), msgspec.convert(answer, Answer))
judge = RagasJudge(JudgeSettings(**settings), folder)
rows = judge.score([
    case("good", "It costs $49.90 [1]. It flies."),
    case("bare", "It costs $49.90.", references=[], evidence=[]),
    case("declined", "Sorry.", outcome="refused"),
    Judged(Case(id="lost", question="?"), error="500"),
])
print(json.dumps({"rows": [{k: [s.state, *s.values] for k, s in row.items()} for row in rows],
                  "outcome": msgspec.to_builtins(judge.outcome()),
                  "telemetry": [os.environ["RAGAS_DO_NOT_TRACK"], os.environ["LANGSMITH_TRACING"]]}))
"""

EVIDENCE = ["Price: $49.90", "Battery life: 30 h"]


async def score(url: str, folder: Path, evidence: list[str] = EVIDENCE, **settings: Any) -> dict[str, Any]:
    asked = {"url": url, "model": "judge-1", "key_env": "JUDGE_KEY", "concurrency": 1, **settings}
    env = {**os.environ, "PYTHONWARNINGS": "ignore", "JUDGE_KEY": "secret-key"}
    words = [sys.executable, "-c", SCORE, json.dumps(asked), json.dumps(evidence), str(folder)]
    process = await asyncio.create_subprocess_exec(*words, env=env, stdout=-1, stderr=-1)
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return json.loads(out.splitlines()[-1])


def completion(content: str, finish: str = "stop") -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    return {
        "id": "c", "object": "chat.completion", "created": 1, "model": "judge-1",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip


def judged(path: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
    """A judge that takes every sentence for a statement, and holds that nothing flies."""
    schema, prompt = body["messages"][0]["content"], body["messages"][-1]["content"]
    given = json.loads(prompt.rpartition("input: ")[2].removesuffix("\nOutput: "))
    if "NLIStatementOutput" in schema:
        said = [{"statement": s, "reason": "r", "verdict": int("flies" not in s)} for s in given["statements"]]
        return 200, {}, completion(json.dumps({"statements": said}))
    if "ContextPrecisionOutput" in schema:
        return 200, {}, completion(json.dumps({"reason": "r", "verdict": int("Price" in given["context"])}))
    if "ContextRecallOutput" in schema:
        rows = [{"statement": given["answer"], "reason": "r", "attributed": 1}]
        return 200, {}, completion(json.dumps({"classifications": rows}))
    text = given.get("answer") or given.get("response")
    sentences = [f"{one.strip(' .')}." for one in text.split(". ")]
    return 200, {}, completion(json.dumps({"statements": sentences, "claims": sentences}))


def test_the_metrics_are_those_of_ragas_and_answers_are_kept(serve: Callable[..., str], tmp_path: Path) -> None:
    bodies: list[dict[str, Any]] = []

    def answer(path: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        bodies.append(body)
        return judged(path, body)

    url = f"{serve(answer)}/v1"
    said = asyncio.run(score(url, tmp_path))
    good, bare, declined, lost = said["rows"]
    assert good == {
        "ragas.faithfulness[judge-1]": ["scored", 0.5],  # it flies: no
        "ragas.factual_correctness[judge-1]": ["scored", 0.67],  # one of two statements holds, the reference is covered
        "ragas.context_precision[judge-1]": ["scored", pytest.approx(1.0)],
        "ragas.context_recall[judge-1]": ["scored", 1.0],
    }
    assert {state for state, *_ in bare.values()} == {"not_applicable"}
    assert {state for state, *_ in declined.values()} == {"abstained"}
    assert {state for state, *_ in lost.values()} == {"error"}
    outcome = said["outcome"]
    assert (outcome["n_calls"], outcome["n_stored"], outcome["n_failed"], outcome["n_truncated"]) == (
        len(bodies),
        0,
        0,
        0,
    )
    assert outcome["n_cases"] == 2
    assert outcome["package"].startswith("ragas 0.4.3")
    assert said["telemetry"] == ["true", "false"]
    assert {body["max_tokens"] for body in bodies} == {8192 // 3}
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*.json"))
    assert b"secret-key" not in kept
    assert b"Which lamp" not in kept

    asked = len(bodies)
    again = asyncio.run(score(url, tmp_path))
    assert again["rows"] == said["rows"]
    assert (len(bodies), again["outcome"]["n_calls"], again["outcome"]["n_stored"]) == (asked, 0, asked)


def test_evidence_is_cut_to_the_context_and_counted(serve: Callable[..., str], tmp_path: Path) -> None:
    prompts: list[str] = []

    def answer(path: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        prompts.append("".join(message["content"] for message in body["messages"]))
        return judged(path, body)

    long = [*EVIDENCE, "A long review. " * 2000]
    said = asyncio.run(score(f"{serve(answer)}/v1", tmp_path, long, context=8192))
    assert said["rows"][0]["ragas.faithfulness[judge-1]"] == ["scored", 0.5]
    assert said["outcome"]["n_truncated"] == 3  # all that read evidence
    assert said["outcome"]["n_failed"] == 0
    assert max(map(len, prompts)) < 3 * 8192
    assert any("Price: $49.90" in prompt and "A long review." in prompt for prompt in prompts)


def test_what_fails_is_an_error_with_a_reason(tmp_path: Path) -> None:
    def reply(content: str, finish: str = "stop") -> list[bytes | float]:
        body = json.dumps(completion(content, finish)).encode()
        return [head(kind="application/json", extra=f"Content-Length: {len(body)}\r\n"), body]

    async def measure() -> dict[str, Any]:
        scripts: list[list[bytes | float]] = [
            reply("no JSON"), reply('{"other": 1}'),  # faithfulness: asked again once
            reply('{"claims": ["It', finish="length"),  # factual correctness
            [head("401 Unauthorized", kind="application/json", extra="Content-Length: 2\r\n"), b"{}"],  # precision
            [],  # recall: hung up on
        ]  # fmt: skip
        async with serving(*scripts) as endpoint:
            return await score(endpoint.url, tmp_path)

    said = asyncio.run(measure())
    assert {state for state, *_ in said["rows"][0].values()} == {"error"}
    assert said["outcome"]["failures"] == {
        "answer of another shape": 1, "answer cut short": 1, "status 401": 1, "connection": 1,
    }  # fmt: skip
    assert said["outcome"]["n_failed"] == 4
    assert not list(tmp_path.rglob("*.json"))


def test_a_judge_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    async def measure() -> dict[str, Any]:
        async with serving([600.0]) as endpoint:
            return await score(endpoint.url, tmp_path, deadline=1.0, concurrency=4)

    said = asyncio.run(measure())
    assert said["outcome"]["failures"] == {"timeout": 4}


def test_the_report_of_a_run_tells_of_its_judge(serve: Callable[..., str], tmp_path: Path) -> None:
    cases, out = tmp_path / "cases.jsonl", tmp_path / "run"
    cases.write_text('{"id": "a", "question": "How much is the lamp?"}\n', "utf-8")
    guide = serve(lambda path, body: (200, {}, lamp_answer()))
    assert CliRunner().invoke(main, ["run", str(cases), "--target", guide, "--out", str(out)]).exit_code == 0
    words = ["report", str(out), "--judge-url", f"{serve(judged)}/v1", "--judge-model", "m", "--json"]
    code = "import sys; from eval.cli import main; main(sys.argv[1:])"
    env = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--judge-metric", "faithfulness"],
        capture_output=True, text=True, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["metrics"]["ragas.faithfulness[m]"]["value"] == 1.0
    assert "ragas.context_recall[m]" not in report["metrics"]
    assert report["judge"] | {"seconds": 0, "url": ""} == {
        "model": "m", "url": "", "package": "ragas 0.4.3", "context": 8192, "n_cases": 1, "n_calls": 2, "n_stored": 0,
        "n_truncated": 0, "n_failed": 0, "failures": {}, "seconds": 0,
    }  # fmt: skip
    assert "## Judge\n\nm at http://127.0.0.1" in (out / "report.md").read_text("utf-8")
    alone = CliRunner().invoke(main, ["report", str(out), "--judge-model", "m"])
    assert alone.exit_code == 2
    assert "--judge-url" in alone.stderr


def test_a_language_model_cannot_gate() -> None:
    name = "ragas.faithfulness[m]"
    with pytest.raises(ThresholdError, match="language model"):
        parse_thresholds([f"{name}=0.5"], [], [name], judge_card=True)
