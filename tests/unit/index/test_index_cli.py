import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_shop import built, delete, offer, product

from index.cli import main

LINES = [
    {"type": "product", "id": str(n), "title": f"Lamp {n}", "offer": {"price": f"{n + 1}.00", "currency": "CNY"}}
    for n in range(5)
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def build(feed: Path, data: Path, *more: str) -> Result:
    return run("build", feed, "--data", data, "--encoder", "none", *more)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return write(tmp_path / "shop.jsonl", *LINES)


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["build"],
        ["search"],
        ["models", "fetch"],
        ["why"],
        ["status"],
        ["verify"],
        ["diff"],
        ["rollback"],
        ["activate"],
    ],
)
def test_every_command_has_help(command: list[str]) -> None:
    assert run(*command, "--help").exit_code == 0


def test_a_build_reports_itself_and_a_second_one_finds_nothing_to_do(feed: Path, tmp_path: Path) -> None:
    first = json.loads(build(feed, tmp_path / "d", "--json").stdout)
    assert first.keys() >= {"changed", "snapshot", "records", "passages", "encoded", "reused", "issues", "seconds"}
    assert (first["changed"], first["records"], first["encoded"], first["reused"]) == (True, 5, 0, 0)
    second = json.loads(build(feed, tmp_path / "d", "--json").stdout)
    assert (second["changed"], second["snapshot"]) == (False, first["snapshot"])
    assert "nothing changed" in build(feed, tmp_path / "d").stdout


def test_rows_with_errors_are_named_and_left_out(tmp_path: Path) -> None:
    feed = write(tmp_path / "shop.jsonl", *LINES, {"type": "product", "id": "x"})
    shown = build(feed, tmp_path / "d")
    assert shown.exit_code == 0
    assert "shop.jsonl:6: missing_field title" in shown.stderr
    assert "left out: 1 rows with errors" in shown.stderr


def test_many_issues_of_one_code_are_counted_and_not_all_printed(tmp_path: Path) -> None:
    bad = [{"type": "product", "id": f"x{n}"} for n in range(9)]
    shown = build(write(tmp_path / "shop.jsonl", *LINES, *bad, {"type": "nonsense", "id": "y"}), tmp_path / "d")
    assert shown.stderr.count(": missing_field title") == 5
    assert "4 more missing_field: `guide-catalog check` lists them" in shown.stderr
    assert "unknown_type" in shown.stderr
    assert "left out: 10 rows with errors" in shown.stderr


def test_a_shrinking_feed_is_refused_unless_it_is_meant(feed: Path, tmp_path: Path) -> None:
    build(feed, tmp_path / "d")
    write(feed, *LINES[:2])
    refused = build(feed, tmp_path / "d")
    assert refused.exit_code == 1
    assert "'shop' would lose 3 of 5 records" in refused.stderr
    assert build(feed, tmp_path / "d", "--allow-shrink").exit_code == 0


def test_search_prints_scores_per_retriever_and_what_is_missing(feed: Path, tmp_path: Path) -> None:
    build(feed, tmp_path / "d")
    shown = run("search", "lamp 3", "--data", tmp_path / "d", "--k", 2)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0].startswith("  1. 1.000  3  [lexical ")
    assert "degraded: no_vectors" in shown.stderr
    found = json.loads(run("search", "lamp 3", "--data", tmp_path / "d", "--json").stdout)
    assert found["hits"][0]["id"] == "3"
    assert found["total"] == 5


def test_search_filters(feed: Path, tmp_path: Path) -> None:
    build(feed, tmp_path / "d")
    budget = json.dumps({"price": {"currency": "CNY", "max": 200}})
    found = json.loads(run("search", "lamp", "--data", tmp_path / "d", "--json", "--filter", budget).stdout)
    assert [hit["id"] for hit in found["hits"]] == ["0", "1"]
    assert run("search", "zebra", "--data", tmp_path / "d").stderr.startswith("nothing found")


def test_why_speaks_in_lines_and_in_json(feed: Path, tmp_path: Path) -> None:
    build(feed, tmp_path / "d")
    assert "title [en] Lamp 2" in run("why", "2", "--data", tmp_path / "d", "--query", "lamp 2").stdout
    assert json.loads(run("why", "2", "--data", tmp_path / "d", "--json").stdout)["id"] == "2"


def test_verify_fails_when_a_file_differs(feed: Path, tmp_path: Path) -> None:
    name = json.loads(build(feed, tmp_path / "d", "--json").stdout)["snapshot"]
    assert run("verify", "--data", tmp_path / "d").exit_code == 0
    (tmp_path / "d" / "snapshots" / name / "ids.json").write_text("{}")
    failed = run("verify", "--data", tmp_path / "d", "--json")
    assert failed.exit_code == 1
    assert "ids.json" in json.loads(failed.stdout)[name]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["build", "absent.jsonl", "--encoder", "none"], 3, "does not exist"),
        (["search", "x"], 3, "run `guide-index build"),
        (["why", "x"], 3, "run `guide-index build"),
        (["verify"], 3, "run `guide-index build"),
        (["build", "sample", "--mode", "wild"], 2, "wild"),
        (["search", "x", "--k", "0"], 2, "--k"),
    ],
)
def test_wrong_use_is_one_clear_line_and_an_exit_code(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    shown = run(*arguments, "--data", tmp_path / "d")
    assert shown.exit_code == code
    assert message in shown.stderr
    assert "Traceback" not in shown.output


@pytest.mark.parametrize("text", ['{"colour": "red"}', '{"brand": "x"}', "{", '{"attributes": {"no": ["x"]}}'])
def test_a_wrong_filter_is_refused(feed: Path, tmp_path: Path, text: str) -> None:
    build(feed, tmp_path / "d")
    shown = run("search", "lamp", "--data", tmp_path / "d", "--filter", text)
    assert shown.exit_code == 1
    assert shown.stderr.startswith("error: ")


def test_the_data_directory_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHOPGUIDE_DATA", raising=False)
    assert run("status").exit_code == 2
    built(tmp_path, product("a", offer=offer("1.00")), delete("b"))
    monkeypatch.setenv("SHOPGUIDE_DATA", str(tmp_path))
    assert "2 records" in run("status").stdout


def test_models_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPGUIDE_MODELS", str(tmp_path))
    assert json.loads(run("models", "list", "--json").stdout) == {"e5-small": False, "minilm": False}
    assert "e5-small: not fetched (default)" in run("models", "list").stdout
    assert run("models", "fetch", "nonsense").exit_code == 1


def test_a_build_without_its_weights_names_the_command(
    feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPGUIDE_MODELS", str(tmp_path / "none"))
    shown = run("build", feed, "--data", tmp_path / "d")
    assert shown.exit_code == 1
    assert "guide-index models fetch" in shown.stderr
    assert not list((tmp_path / "d" / "snapshots").iterdir())
