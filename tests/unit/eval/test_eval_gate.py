import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from saved_run import SCORED, good, saved_run

from eval import compare, rules
from eval.cli import main
from eval.errors import ThresholdError
from eval.rules import Rule, Rules

DOCS = Path(__file__).parents[3] / "docs"


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def gated(*words: object) -> dict[str, Any]:
    """The verdict; its exit code is the command's."""
    result = call("gate", *words, "--json")
    assert result.stdout, result.stderr
    verdict: dict[str, Any] = json.loads(result.stdout)["verdict"]
    assert verdict["exit_code"] == result.exit_code
    assert verdict["passed"] is (result.exit_code == 0)
    return verdict


def states(verdict: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(check["metric"], check["kind"]): check["state"] for check in verdict["checks"]}


def missed(verdict: dict[str, Any]) -> dict[str, list[str]]:
    return {check["metric"]: check["cases"] for check in verdict["checks"] if check["state"] == "missed"}


@pytest.fixture
def a(tmp_path: Path) -> Path:
    return saved_run(tmp_path / "a", good())


def rules_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gates.toml"
    path.write_text(text, "utf-8")
    return path


# --- comparing -------------------------------------------------------------------------------------------------------


def test_a_comparison_gives_both_values_the_difference_and_the_cases_that_moved(a: Path, tmp_path: Path) -> None:
    now = good() | {
        "c03": SCORED | {"accuracy": [0.0], "wrong_price": [1.0, 2.0]},
        "c04": {"accuracy": [1.0]},
        "c05": "timeout",
    }
    result = call("compare", a, saved_run(tmp_path / "b", now), "--json")
    assert result.exit_code == 0
    comparison = json.loads(result.stdout)["comparison"]
    assert (comparison["a"]["snapshot"], comparison["b"]["snapshot"]) == ("a", "b")
    assert comparison["b"]["n_errors"] == 1
    accuracy, price = comparison["metrics"]["accuracy"], comparison["metrics"]["wrong_price"]
    assert (accuracy["a"], accuracy["b"], accuracy["n_paired"]) == (1.0, 18 / 19, 19)
    assert accuracy["difference"] == pytest.approx(-1 / 19)
    moved = [(case["id"], case["from"], case["to"]) for case in accuracy["moved"]]
    assert moved == [("c03", 1.0, 0.0), ("c05", 1.0, None)]
    assert price["b"] == pytest.approx(1 / 36)
    assert [(case["id"], case["to"]) for case in price["moved"]] == [("c03", 0.5), ("c04", None), ("c05", None)]
    assert comparison["metrics"]["nDCG@10"] == {
        "a": None, "b": None, "difference": None, "n_a": 0, "n_b": 0, "n_paired": 0, "moved": [],
    }  # fmt: skip


def test_people_read_the_same_comparison_with_why_a_case_is_wrong(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {"c03": SCORED | {"accuracy": [0.0]}})
    lines = (b / "scores.jsonl").read_text().splitlines()
    lines[3] = json.dumps(json.loads(lines[3]) | {"wrong": ["must:219"]})
    (b / "scores.jsonl").write_text("\n".join(lines))
    printed = call("compare", a, b).stdout
    assert re.search(r"accuracy +1\.0000 +0\.9500 +-0\.0500 +20 +1\n  c03: 1\.0000 -> 0\.0000 \(must:219\)", printed)
    assert "nDCG@10                          -         -         -" in printed


def test_compare_with_rules_is_the_gate_of_b_with_a_as_baseline(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {"c03": SCORED | {"accuracy": [0.0]}})
    file = rules_file(tmp_path, "[metrics.accuracy]\ntolerance = 0.02")
    one, other = (
        call("compare", a, b, "--gate", file, "--json"),
        call("gate", b, "--baseline", a, "--rules", file, "--json"),
    )
    assert one.stdout == other.stdout
    assert one.exit_code == other.exit_code == 1


# --- passing and failing ---------------------------------------------------------------------------------------------


def test_a_run_as_good_as_its_baseline_passes_the_default_rules(a: Path, tmp_path: Path) -> None:
    verdict = gated(saved_run(tmp_path / "b", good()), "--baseline", a)
    assert verdict["exit_code"] == 0
    assert states(verdict) == {
        ("accuracy", "min"): "ok", ("accuracy", "tolerance"): "ok", ("nDCG@10", "tolerance"): "not applicable",
        ("constraint_violations", "max"): "not applicable", ("wrong_price", "max"): "ok",
        ("unknown_product", "max"): "ok",
    }  # fmt: skip


def test_without_a_baseline_only_absolute_rules_count_and_the_rest_is_said(a: Path) -> None:
    verdict = gated(a)
    assert verdict["exit_code"] == 0
    assert states(verdict)["accuracy", "tolerance"] == "no baseline"
    assert "no baseline    accuracy 1.0000 (tolerance 0.02)" in call("gate", a).stdout


def test_one_wrong_price_and_one_wrong_answer_are_refused_by_name(a: Path, tmp_path: Path) -> None:
    now = good() | {"c03": SCORED | {"accuracy": [0.0]}, "c07": SCORED | {"wrong_price": [1.0, 2.0]}}
    b = saved_run(tmp_path / "b", now)
    verdict = gated(b, "--baseline", a)
    assert verdict["exit_code"] == 1
    assert missed(verdict) == {"accuracy": ["c03"], "wrong_price": ["c07"]}
    assert missed(gated(b)) == {"wrong_price": ["c07"]}
    printed = call("gate", b, "--baseline", a).stdout
    assert "FAIL: missed: accuracy, wrong_price" in printed
    assert "accuracy 1.0000 -> 0.9500 (tolerance 0.02): c03" in printed


def test_a_loss_of_exactly_the_tolerance_passes_and_a_gain_is_none(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {"c03": SCORED | {"accuracy": [0.0]}})
    file = rules_file(tmp_path, "[metrics.accuracy]\ntolerance = 0.05\n[metrics.wrong_price]\ntolerance = 0")
    assert gated(b, "--baseline", a, "--rules", file)["exit_code"] == 0
    assert gated(a, "--baseline", b, "--rules", file)["exit_code"] == 0


def test_for_a_metric_that_is_better_low_a_rise_is_the_loss(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {"c03": SCORED | {"wrong_price": [1.0, 2.0]}})
    file = rules_file(tmp_path, "[metrics.wrong_price]\ntolerance = 0.02")
    assert missed(gated(b, "--baseline", a, "--rules", file)) == {"wrong_price": ["c03"]}
    assert gated(a, "--baseline", b, "--rules", file)["exit_code"] == 0


# --- what cannot be measured never passes ----------------------------------------------------------------------------


def test_a_ruled_metric_that_scored_nothing_is_4(tmp_path: Path) -> None:
    run = saved_run(tmp_path / "b", {"c1": {"accuracy": [1.0]}, "c2": {"accuracy": [1.0]}})
    verdict = gated(run)
    assert verdict["exit_code"] == 4
    assert verdict["says"] == "too little was scored by wrong_price, unknown_product"


def test_an_optional_metric_may_be_silent_only_if_it_always_was(tmp_path: Path) -> None:
    graded = saved_run(tmp_path / "a", {id_: scores | {"nDCG@10": [1.0]} for id_, scores in good().items()})  # type: ignore[operator]
    silent = saved_run(tmp_path / "b", good())
    assert gated(silent, "--baseline", graded)["exit_code"] == 4
    assert gated(graded, "--baseline", silent)["exit_code"] == 0
    assert states(gated(graded, "--baseline", silent))["nDCG@10", "tolerance"] == "no baseline"


def test_a_baseline_that_did_not_score_a_needed_metric_is_4(a: Path, tmp_path: Path) -> None:
    blind = saved_run(tmp_path / "blind", {id_: {"wrong_price": [0.0, 1.0]} for id_ in good()})
    file = rules_file(tmp_path, "[metrics.accuracy]\ntolerance = 0.02")
    assert gated(a, "--baseline", blind, "--rules", file)["exit_code"] == 4


def test_a_run_that_scores_fewer_cases_than_its_baseline_is_4(a: Path, tmp_path: Path) -> None:
    now = good() | {id_: {key: value for key, value in SCORED.items() if key != "accuracy"} for id_ in ("c01", "c02")}
    assert gated(saved_run(tmp_path / "b", now), "--baseline", a)["exit_code"] == 4


@pytest.mark.parametrize("broken", [1, 20])
def test_cases_without_an_answer_are_3_on_either_side(a: Path, tmp_path: Path, broken: int) -> None:
    bad = saved_run(tmp_path / "b", good() | dict.fromkeys(list(good())[:broken], "500"))
    verdict = gated(bad, "--baseline", a)
    assert (verdict["exit_code"], verdict["says"]) == (3, f"{broken} of 20 cases of the run have no answer")
    assert gated(a, "--baseline", bad)["says"] == f"{broken} of 20 cases of the baseline have no answer"


def test_a_share_of_errors_may_be_allowed(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {"c01": "500"})
    file = rules_file(tmp_path, "max_error_share = 0.05\n[metrics.accuracy]\nmin = 1")
    assert gated(b, "--baseline", a, "--rules", file)["exit_code"] == 0


# --- folders that cannot be used are 2 -------------------------------------------------------------------------------


def refused(*words: object) -> str:
    result = call(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr


def test_runs_of_other_cases_are_not_compared(a: Path, tmp_path: Path) -> None:
    fewer = saved_run(tmp_path / "fewer", good(19))
    assert "different case files" in refused("gate", fewer, "--baseline", a)
    same_file = json.loads((a / "run.json").read_text())["cases_hash"]
    drawn = saved_run(tmp_path / "drawn", good(19), cases_hash=same_file)
    assert "different cases" in refused("compare", a, drawn)
    older = saved_run(tmp_path / "older", good(), harness="shopguide-eval 0")
    assert "different harnesses" in refused("compare", older, a)


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("scores.jsonl", None, "was not scored"),
        ("scores.jsonl", "", "name different cases"),
        ("scores.jsonl", '{"id":"c00","scores":{"accuracy":[NaN]}}\n', "not the scores of a case"),
        ("scores.jsonl", '{"id":"c00","scores":{"accuracy":[null]}}\n', "not the scores of a case"),
        ("scores.jsonl", '{"id":"c00","scores":{"accuracy":[1e999]}}\n', "not the scores of a case"),
        ("scores.jsonl", '{"id":"c00","scores":{"wrong_price":[0]}}\n', "cannot be right"),
        ("scores.jsonl", '{"id":"c00","scores":{"accuracy":[]}}\n', "cannot be right"),
        ("scores.jsonl", '{"id":"c00","error":"500","scores":{"accuracy":[1]}}\n', "cannot be right"),
        ("scores.jsonl", '{"id":"c00"}\n{"id":"c00"}\n', "there twice"),
        ("scores.jsonl", '{"id":"c0', "not the scores of a case"),
        ("cases.jsonl", "", "holds no case"),
        ("run.json", "{}", "no run is saved here"),
        ("run.json", None, "no run is saved here"),
    ],
)
def test_a_folder_that_is_not_whole_is_refused(tmp_path: Path, file: str, content: str | None, says: str) -> None:
    run = saved_run(tmp_path / "run", good(1))
    (run / file).unlink()
    if content is not None:
        (run / file).write_text(content)
    assert says in refused("gate", run)


def test_a_run_of_no_cases_is_refused(tmp_path: Path) -> None:
    assert "holds no case" in refused("gate", saved_run(tmp_path / "none", {}))


# --- rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "metrics"),
        ("[metrics]", "rules no metric"),
        ("[metrics.accuracy]", "none of min, max and tolerance"),
        ("[metrics.accuracy]\noptional = true", "none of min, max and tolerance"),
        ("[metrics.accuracy]\nminimum = 1", "minimum"),
        ("max_errors = 1\n[metrics.accuracy]\nmin = 1", "max_errors"),
        ("[metrics.acuracy]\nmin = 1", "no metric is called 'acuracy'"),
        ("[metrics.faithfulness_offline]\nmin = 1", "judge without a card"),
        ("[metrics.accuracy]\nmin = nan", "no finite number"),
        ("[metrics.accuracy]\nmax = inf", "no finite number"),
        ("[metrics.accuracy]\ntolerance = -0.1", "tolerance"),
        ("max_error_share = 2\n[metrics.accuracy]\nmin = 1", "max_error_share"),
        ("[metrics.accuracy]\nmin = '1'", "metrics"),
        ("not toml", "no rules for a gate"),
    ],
)
def test_rules_that_would_check_nothing_or_something_else_are_refused(
    a: Path, tmp_path: Path, text: str, says: str
) -> None:
    file = rules_file(tmp_path, text)
    assert says in refused("gate", a, "--rules", file)
    with pytest.raises(ThresholdError):
        rules.load(file)


def test_validate_looks_at_the_rules_too(a: Path, tmp_path: Path) -> None:
    cases, file = a / "cases.jsonl", rules_file(tmp_path, "[metrics.acuracy]\nmin = 1")
    assert call("validate", cases, "--rules", rules.DEFAULT).exit_code == 0
    assert "acuracy" in refused("validate", cases, "--rules", file)


def test_the_page_lists_every_key_of_the_rules_and_every_compared_metric() -> None:
    section = (DOCS / "evaluation.md").read_text("utf-8").split("\n## Comparing and gating\n")[1].split("\n## ")[0]
    listed = set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))
    assert listed == {field.name for kind in (Rule, Rules) for field in msgspec.structs.fields(kind)}
    assert all(f"`{name}`" in section for name in compare.COMPARED)


def test_a_new_run_leaves_no_scores_of_an_earlier_one(a: Path) -> None:
    from eval.cases import load
    from eval.results import Folder

    folder = Folder(a)
    folder.start(folder.info(), load(folder.cases).cases)
    assert "was not scored" in refused("gate", a)
