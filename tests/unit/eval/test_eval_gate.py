import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from defusedxml import ElementTree
from saved_run import SCORED, good, saved_run

from eval import compare, rules
from eval.cli import main
from eval.errors import ThresholdError
from eval.judges.card import JudgeCard, save
from eval.judges.version import NAME, version
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
    silent = dict.fromkeys(("a", "b", "difference", "interval", "test", "p", "detectable"))
    assert comparison["metrics"]["nDCG@10"] == silent | {"n_a": 0, "n_b": 0, "n_paired": 0, "moved": []}
    assert (accuracy["test"], accuracy["p"]) == ("sign-flip", 1.0)  # the error of c05 is no wrong answer
    assert accuracy["interval"][0] < accuracy["difference"] < accuracy["interval"][1]
    assert accuracy["detectable"] > 0.2


def test_people_read_the_same_comparison_with_why_a_case_is_wrong(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {"c03": SCORED | {"accuracy": [0.0]}})
    lines = (b / "scores.jsonl").read_text().splitlines()
    lines[3] = json.dumps(json.loads(lines[3]) | {"wrong": ["must:219"]})
    (b / "scores.jsonl").write_text("\n".join(lines))
    printed = call("compare", a, b).stdout
    figures = r"accuracy +1\.0000 +0\.9500 +-0\.0500 +-0\.1500 \+0\.0000 +1\.000 +0\.395 +20 +1"
    assert re.search(figures + r"\n  c03: 1\.0000 -> 0\.0000 \(must:219\)", printed)
    assert re.search(r"nDCG@10( +-){6} +0 +0\n", printed)


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
    silent = {"nDCG@10", "constraint_violations", "out_of_stock_offered"}
    found = {bound: state for bound, state in states(verdict).items() if state != "no judge card"}
    assert {metric for metric, _ in states(verdict)} - {metric for metric, _ in found} == {"faithfulness_offline"}
    assert {metric for metric, _ in found} == silent | {"accuracy", "wrong_price", "unknown_product"}
    assert {kind for metric, kind in found if metric == "accuracy"} == {"min", "tolerance", "significant"}
    assert all(state == ("not applicable" if metric in silent else "ok") for (metric, _), state in found.items())


def test_without_a_baseline_only_absolute_rules_count_and_the_rest_is_said(a: Path) -> None:
    verdict = gated(a)
    assert verdict["exit_code"] == 0
    assert states(verdict)["accuracy", "tolerance"] == "no baseline"
    assert "no baseline    accuracy 1.0000 (tolerance 0.05)" in call("gate", a).stdout


def test_one_wrong_price_and_two_wrong_answers_are_refused_by_name(a: Path, tmp_path: Path) -> None:
    wrong = SCORED | {"accuracy": [0.0]}
    b = saved_run(tmp_path / "b", good() | {"c03": wrong, "c04": wrong, "c07": SCORED | {"wrong_price": [1.0, 2.0]}})
    verdict = gated(b, "--baseline", a)
    assert verdict["exit_code"] == 1
    assert missed(verdict) == {"accuracy": ["c03", "c04"], "wrong_price": ["c07"]}
    assert missed(gated(b)) == {"wrong_price": ["c07"]}
    printed = call("gate", b, "--baseline", a).stdout
    assert "FAIL: missed: accuracy, wrong_price" in printed
    assert re.search(r"accuracy 1\.0000 -> 0\.9000 \(tolerance 0\.05, tells 0\.\d+\): c03, c04\n", printed)


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


def test_a_loss_is_significant_when_chance_does_not_explain_it(a: Path, tmp_path: Path) -> None:
    wrong = {f"c{at:02}": SCORED | {"accuracy": [0.0]} for at in range(5)}
    lost = [
        saved_run(tmp_path / name, good() | some) for name, some in (("4", dict([*wrong.items()][:4])), ("5", wrong))
    ]
    file = rules_file(tmp_path, "[metrics.accuracy]\nsignificant = 0")
    four, five = (gated(run, "--baseline", a, "--rules", file) for run in lost)
    assert (four["exit_code"], four["checks"][0]["p"]) == (0, 1 / 16)
    assert (five["exit_code"], five["checks"][0]["p"]) == (1, 1 / 32)
    assert missed(five) == {"accuracy": ["c00", "c01", "c02", "c03", "c04"]}
    assert gated(a, "--baseline", lost[1], "--rules", file)["exit_code"] == 0
    margin = rules_file(tmp_path, "[metrics.accuracy]\nsignificant = 0.2")  # a loss of .25 is not surely above .2
    assert gated(lost[1], "--baseline", a, "--rules", margin)["exit_code"] == 0


def test_the_more_is_tested_the_surer_each_loss_has_to_be(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {f"c{at:02}": SCORED | {"accuracy": [0.0]} for at in range(5)})
    file = rules_file(tmp_path, "[metrics.accuracy]\nsignificant = 0\n[metrics.wrong_price]\nsignificant = 0")
    verdict = gated(b, "--baseline", a, "--rules", file)
    assert (verdict["exit_code"], verdict["checks"][0]["p"]) == (0, 2 / 32)


def test_few_wrong_amounts_in_many_are_a_loss_by_the_answers_that_hold_them(tmp_path: Path) -> None:
    """1 % wrong amounts is within the tolerance; eight answers that had none before are no chance."""
    many = {f"c{at:03}": {"wrong_price": [0.0, 4.0]} for at in range(300)}
    faulty = many | {f"c{at:03}": {"wrong_price": [1.0, 4.0]} for at in range(8)}
    one_answer = many | {"c000": {"wrong_price": [4.0, 4.0]}}
    a, b, c = (saved_run(tmp_path / name, run) for name, run in (("a", many), ("b", faulty), ("c", one_answer)))  # type: ignore[arg-type]
    file = rules_file(tmp_path, "[metrics.wrong_price]\ntolerance = 0.01\nsignificant = 0")
    assert states(gated(b, "--baseline", a, "--rules", file)) == {
        ("wrong_price", "tolerance"): "ok", ("wrong_price", "significant"): "missed",
    }  # fmt: skip
    assert gated(c, "--baseline", a, "--rules", file)["exit_code"] == 0


def test_a_slice_has_rules_of_its_own(tmp_path: Path) -> None:
    tags = {f"c{at:02}": ["budget"] for at in range(4)}
    a = saved_run(tmp_path / "a", good(), tags=tags)
    b = saved_run(tmp_path / "b", good() | {"c03": SCORED | {"accuracy": [0.0]}}, tags=tags)
    text = "[metrics.accuracy]\ntolerance = 0.1\n[slices.'tag:budget'.accuracy]\nmin = 0.8\ntolerance = 0.1"
    verdict = gated(b, "--baseline", a, "--rules", rules_file(tmp_path, text))
    assert verdict["says"] == "missed: accuracy of tag:budget"
    assert [(check["slice"], check["state"], check["n"]) for check in verdict["checks"]] == [
        (None, "ok", 20), ("tag:budget", "missed", 4), ("tag:budget", "missed", 4),
    ]  # fmt: skip
    gone = rules_file(tmp_path, "[slices.'tag:gone'.accuracy]\nmin = 0.8")
    assert gated(b, "--baseline", a, "--rules", gone)["says"] == "too little was scored by accuracy of tag:gone"


def test_an_intent_is_what_the_baseline_read(tmp_path: Path) -> None:
    a = saved_run(tmp_path / "a", good(), intents=dict.fromkeys(("c01", "c02"), "compare"))
    b = saved_run(tmp_path / "b", good() | {"c01": SCORED | {"accuracy": [0.0]}}, intents={"c01": "find"})
    file = rules_file(tmp_path, "[slices.'intent:compare'.accuracy]\ntolerance = 0.1")
    verdict = gated(b, "--baseline", a, "--rules", file)
    assert (missed(verdict), verdict["checks"][0]["n"]) == ({"accuracy": ["c01"]}, 2)


def test_one_kind_of_bounds_alone(a: Path, tmp_path: Path) -> None:
    b = saved_run(tmp_path / "b", good() | {"c07": SCORED | {"wrong_price": [1.0, 2.0]}})
    relative, absolute = (gated(b, "--baseline", a, f"--{kind}-only") for kind in ("relative", "absolute"))
    assert {kind for _, kind in states(relative)} == {"tolerance", "significant"}
    assert {kind for _, kind in states(absolute)} == {"min", "max"}
    assert (missed(relative), missed(absolute)) == ({"wrong_price": ["c07"]}, {"wrong_price": ["c07"]})
    assert "needs --baseline" in refused("gate", b, "--relative-only")
    file = rules_file(tmp_path, "[metrics.accuracy]\nmin = 0.5")
    assert "nothing would be checked" in refused("gate", b, "--baseline", a, "--rules", file, "--relative-only")


def test_strict_wants_cases_enough_to_tell_the_tolerance_from_chance(tmp_path: Path) -> None:
    file = rules_file(tmp_path, "[metrics.accuracy]\nmin = 0.5\ntolerance = 0.05")
    runs = [saved_run(tmp_path / f"{name}{count}", good(count)) for count in (20, 200) for name in "ab"]
    few = gated(runs[1], "--baseline", runs[0], "--rules", file, "--strict")
    assert (few["exit_code"], states(few)) == (
        5, {("accuracy", "min"): "ok", ("accuracy", "tolerance"): "inconclusive"},
    )  # fmt: skip
    assert gated(runs[1], "--baseline", runs[0], "--rules", file)["exit_code"] == 0
    assert gated(runs[3], "--baseline", runs[2], "--rules", file, "--strict")["exit_code"] == 0
    worse = saved_run(tmp_path / "worse", good() | dict.fromkeys(("c01", "c02"), SCORED | {"accuracy": [0.0]}))
    assert gated(worse, "--baseline", runs[0], "--rules", file, "--strict")["exit_code"] == 1


def test_a_judged_metric_gates_with_a_card_and_a_wrong_card_is_refused(tmp_path: Path) -> None:
    run = saved_run(tmp_path / "a", {"c1": {"faithfulness_offline": [3.0, 4.0], "must_coverage": [1.0, 1.0]}})
    file = rules_file(tmp_path, "[metrics.faithfulness_offline]\nmin = 0.7")
    assert "without a card" in refused("gate", run, "--rules", file)
    rule = "[metrics.faithfulness_offline]\nmin = 0.9\nwith_card = true\n"
    assert "no judge card is given" in refused("gate", run, "--rules", rules_file(tmp_path, rule))
    lenient = rules_file(tmp_path, rule + "[metrics.must_coverage]\nmin = 0.9\n")
    left_out = gated(run, "--rules", lenient)
    assert (left_out["says"], left_out["exit_code"]) == (
        "1 of 2 bounds checked, all met; no judge card: faithfulness_offline", 0,
    )  # fmt: skip
    card = JudgeCard(judge=NAME, version=version(), date="2026-11-22", labels_sha256="0", n=100, sets=[])
    save(card, tmp_path / "card.json")
    assert gated(run, "--rules", lenient, "--judge-card", tmp_path / "card.json")["exit_code"] == 1
    file = rules_file(tmp_path, "[metrics.faithfulness_offline]\nmin = 0.7")
    assert gated(run, "--rules", file, "--judge-card", tmp_path / "card.json")["exit_code"] == 0
    save(msgspec.structs.replace(card, n=3), tmp_path / "card.json")
    assert "3 labels" in refused("gate", run, "--rules", file, "--judge-card", tmp_path / "card.json")


# --- files for build servers and pull requests -----------------------------------------------------------------------


def test_junit_fails_whenever_the_verdict_does(a: Path, tmp_path: Path) -> None:
    out = tmp_path / "gate.xml"
    bad = saved_run(tmp_path / "b", good() | {"c07": SCORED | {"wrong_price": [1.0, 2.0]}})
    broken = saved_run(tmp_path / "c", good() | {"c07": "500"})
    found = []
    for run in (a, bad, broken):
        code = call("gate", run, "--baseline", a, "--junit", out).exit_code
        suite = ElementTree.fromstring(out.read_bytes()).find("testsuite")
        assert suite is not None
        counts = [int(suite.get(name, "")) for name in ("tests", "failures", "errors", "skipped")]
        said = [node.text for node in suite.findall("testcase[@name='wrong_price max 0']/failure")]
        found.append((code, counts, said))
    assert found == [(0, [20, 0, 0, 10], []), (1, [20, 3, 0, 10], ["c07"]), (3, [20, 1, 0, 10], [])]


def test_an_id_breaks_neither_the_xml_nor_the_table(tmp_path: Path) -> None:
    id_ = 'a<b>&"|`\x00\n'
    b = saved_run(tmp_path / "b", {id_: SCORED | {"accuracy": [0.0]}})
    call("gate", b, "--junit", tmp_path / "gate.xml", "--markdown", tmp_path / "gate.md")
    said = ElementTree.fromstring((tmp_path / "gate.xml").read_bytes()).findtext(".//failure")
    assert said == 'a<b>&"|`\n'
    assert '- accuracy min 0.5: a&lt;b>&amp;"\\|\\`\x00 \n' in (tmp_path / "gate.md").read_text("utf-8")


def test_markdown_says_the_verdict_first_and_holds_every_bound(a: Path, tmp_path: Path) -> None:
    bad = saved_run(tmp_path / "b", good() | {"c07": SCORED | {"wrong_price": [1.0, 2.0]}})
    call("gate", bad, "--baseline", a, "--markdown", tmp_path / "gate.md")
    text = (tmp_path / "gate.md").read_text("utf-8")
    assert text.startswith("### ❌ Gate failed: missed: wrong_price\n\n| | rule | value |")
    assert "| ❌ missed | wrong_price tolerance 0.005 | 0.0000 -> 0.0250 | +0.0000 +0.0750 | - | " in text
    assert "- wrong_price max 0: c07\n" in text
    assert "<details>" in text
    call("compare", a, bad, "--markdown", tmp_path / "compare.md")
    assert (tmp_path / "compare.md").read_text("utf-8").startswith("20 cases; A: ")
    assert "need --gate" in refused("compare", a, bad, "--junit", tmp_path / "x.xml")


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


def test_a_check_that_changed_is_no_difference_between_guides(tmp_path: Path) -> None:
    old, new = (saved_run(tmp_path / version, good(), checker=version) for version in ("1", "2"))
    silent = saved_run(tmp_path / "silent", good())
    assert "different checkers (1; 2): score both again" in refused("gate", new, "--baseline", old)
    assert call("compare", new, silent).exit_code == 0


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
        ("", "rules no metric"),
        ("[metrics]", "rules no metric"),
        ("[metrics.accuracy]", "none of min, max, tolerance and significant"),
        ("[metrics.accuracy]\noptional = true", "none of min, max, tolerance and significant"),
        ("[metrics.accuracy]\nminimum = 1", "minimum"),
        ("max_errors = 1\n[metrics.accuracy]\nmin = 1", "max_errors"),
        ("[metrics.acuracy]\nmin = 1", "no metric is called 'acuracy'"),
        ("[metrics.faithfulness_offline]\nmin = 1", "judge without a card"),
        ("[metrics.accuracy]\nmin = nan", "no finite number"),
        ("[metrics.accuracy]\nmax = inf", "no finite number"),
        ("[metrics.accuracy]\ntolerance = -0.1", "tolerance"),
        ("[metrics.accuracy]\nmin = 1\nwith_card = true", "scored by no judge"),
        ("[metrics.accuracy]\nsignificant = -1", "significant"),
        ("[metrics.accuracy]\nsignificant = true", "significant"),
        ("[slices.budget.accuracy]\nmin = 1", "budget is no slice; write language:…, intent:…, tag:…"),
        ("[slices.'tag:budget'.acuracy]\nmin = 1", "tag:budget: no metric is called 'acuracy'"),
        ("[slices.'tag:budget']", "rules no metric"),
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
