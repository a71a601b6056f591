import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lamp_shop import lamp_answer

from eval.cli import main
from eval.errors import ThresholdError
from eval.metrics.statistics import Result as MetricResult
from eval.verdict import decide, parse_thresholds

CASES = [
    {"id": "price", "question": "How much is the lamp?", "must": ["$49.90"], "relevant": {"lamp": 1}, "tags": ["fact"],
     "references": ["The Aurora Desk Lamp costs $49.90."]},
    {"id": "boats", "question": "Do you sell boats?", "answerable": False, "tags": ["absent"]},
    {"id": "broken", "question": "break"},
]  # fmt: skip


def guide(path: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
    if path == "/v1/search":
        return 200, {}, {"hits": [{"id": "cup"}, {"id": "lamp"}]}
    if "boats" in body["question"]:
        return (
            200,
            {},
            lamp_answer("We have no boats.", outcome="no_match", reason="nothing_passes", products=[], citations=[]),
        )
    if body["question"] == "break":
        return 500, {}, {"title": "broken"}
    return 200, {}, lamp_answer()


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def cases_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in CASES), encoding="utf-8")
    return path


def test_a_run_over_a_real_socket_is_scored_resumed_and_scored_again(
    serve: Callable[..., str], cases_file: Path, catalog_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    target = serve(guide)
    words = ["run", cases_file, "--target", target, "--out", out, "--catalog", catalog_file, "--json"]
    first = call(*words)
    assert first.exit_code == 3  # one case in three has no answer
    report = json.loads(first.stdout)
    assert report == json.loads((out / "report.json").read_bytes())
    assert report["snapshot"] == "snap-1"
    assert report["errors"].keys() == {"broken"}
    assert report["metrics"]["accuracy"] | {"interval": None} == {
        "value": 1.0, "interval": None,
        "n_total": 3, "n_scored": 2, "n_error": 1, "n_abstained": 0, "n_not_applicable": 0,
    }  # fmt: skip
    assert report["metrics"]["RR@10"]["value"] == 0.5
    assert report["slices"]["tag:absent"]["accuracy"]["n_total"] == 1
    assert report["verdict"]["exit_code"] == 3
    second = call(*words)
    assert "2 of 3 cases were not asked again" in second.stderr
    again = call("report", out, "--json")
    assert json.loads(again.stdout)["metrics"]["wrong_price"] == report["metrics"]["wrong_price"]
    assert "| accuracy | 1.000 |" in (out / "report.md").read_text(encoding="utf-8")
    scores = [json.loads(line) for line in (out / "scores.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [score["id"] for score in scores] == ["price", "boats", "broken"]
    assert scores[0]["claims"][0]["verdict"] == "supported"


def test_thresholds_set_the_exit_code(
    serve: Callable[..., str], cases_file: Path, catalog_file: Path, tmp_path: Path
) -> None:
    lines = cases_file.read_text(encoding="utf-8").splitlines()[:2]
    cases_file.write_text("\n".join(lines), encoding="utf-8")
    words = ["run", cases_file, "--target", serve(guide), "--out", tmp_path / "run", "--catalog", catalog_file]
    assert call(*words, "--min", "accuracy=0.9", "--max", "wrong_price=0").exit_code == 0
    missed = call(*words, "--min", "nDCG@10=0.9")
    assert missed.exit_code == 1
    assert "MISSED nDCG@10" in missed.stdout
    assert call(*words, "--max", "ask_ms_p95=0.001", "--min", "token_f1=0.2").exit_code == 1
    assert call("report", tmp_path / "run", "--min", "search_ms_p50=0").exit_code == 0
    assert call(*words, "--min", "accurcy=1").exit_code == 2
    assert call(*words, "--min", "accuracy=high").exit_code == 2


def test_a_judge_without_a_card_cannot_gate() -> None:
    with pytest.raises(ThresholdError, match="judge card"):
        parse_thresholds(["faithfulness_offline=0.98"], [], ["faithfulness_offline"])


def test_a_gated_metric_that_scored_nothing_is_no_pass() -> None:
    nothing = MetricResult(
        value=None, interval=None, n_total=4, n_scored=0, n_error=0, n_abstained=0, n_not_applicable=4
    )
    assert (
        decide({"wrong_price": nothing}, parse_thresholds([], ["wrong_price=0"], ["wrong_price"]), 0.0).exit_code == 4
    )
    failing = MetricResult(
        value=1.0, interval=(1.0, 1.0), n_total=10, n_scored=8, n_error=2, n_abstained=0, n_not_applicable=0
    )
    thresholds = parse_thresholds(["m=0.5"], [], ["m"])
    assert decide({"m": failing}, thresholds, 0.0).exit_code == 4
    assert decide({"m": failing}, thresholds, 0.2).exit_code == 3


def test_nobody_at_the_target_is_exit_3(cases_file: Path, tmp_path: Path) -> None:
    gone = call("run", cases_file, "--target", "http://127.0.0.1:9", "--out", tmp_path / "run", "--deadline", "2")
    assert gone.exit_code == 3
    assert "cannot be reached" in gone.stderr
    assert not (tmp_path / "run").exists()


def test_usage_errors_are_exit_2(cases_file: Path, tmp_path: Path) -> None:
    assert call("validate", cases_file).stdout.startswith("cases.jsonl: 3 cases, sha256 ")
    assert json.loads(call("validate", cases_file, "--json").stdout)["cases"] == 3
    cases_file.write_text('{"id":"a"}', encoding="utf-8")
    wrong = call("validate", cases_file)
    assert wrong.exit_code == 2
    assert "cases.jsonl:1: " in wrong.stderr
    assert call("report", tmp_path).exit_code == 2
    assert call("validate", tmp_path / "missing.jsonl").exit_code == 2


def test_claims_scores_plain_texts(tmp_path: Path) -> None:
    rows = [
        {"id": "good", "evidence": ["The tent weighs 2 kg and sleeps 3."], "response": "The tent weighs 2000 g."},
        {"id": "bad", "evidence": ["The tent weighs 2 kg and sleeps 3."], "response": "The tent weighs 5 kg."},
        {"id": "none", "evidence": ["帐篷很轻。"], "response": "It is light and roomy."},
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert call("claims", source, "--out", out).exit_code == 0
    scored = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["verdict"] for row in scored] == ["supported", "contradicted", "not_checkable"]
    assert scored[0]["score"] > scored[2]["score"] > scored[1]["score"]
    source.write_text('{"id": "x"}\n', encoding="utf-8")
    assert "in.jsonl:1" in call("claims", source, "--out", out).stderr


def test_ctrl_c_keeps_whole_rows_and_the_next_run_goes_on(serve: Callable[..., str], tmp_path: Path) -> None:
    hold = threading.Event()
    started = threading.Event()

    def slow(path: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        if body["question"] == "stop":
            started.set()
            hold.wait(20)
        return guide(path, body)

    cases = tmp_path / "cases.jsonl"
    rows = [{"id": word, "question": word} for word in ("one", "two", "stop")]
    cases.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    words = ["run", str(cases), "--target", serve(slow), "--out", str(tmp_path / "run"), "--concurrency", "1"]
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from eval.cli import main; main()"
    with subprocess.Popen([sys.executable, "-c", code, *words], stderr=subprocess.PIPE, text=True) as process:
        assert started.wait(20)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    hold.set()
    assert process.returncode == 130, said
    assert "again to go on" in said
    saved = (tmp_path / "run" / "results.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["id"] for line in saved.splitlines()] == ["one", "two"]
    again = call(*words)
    assert again.exit_code == 0
    assert "2 of 3 cases were not asked again" in again.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom eval.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'httpx', 'numpy', 'ragas', 'rich', 'rjieba', 'torch'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "guide-eval run cases.jsonl" in done.stdout
