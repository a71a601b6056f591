"""report.html as a file: its parts, its policy, its data, and that nothing an answer says becomes markup."""

import base64
import hashlib
import json
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hostile_run import ANSWERS, CASES, MARKUP, call, hostile_page, saved
from hypothesis import given
from hypothesis import strategies as st

from eval.page import plots
from eval.page.write import SCRIPT, STYLE, island


class Parsed(HTMLParser):
    """Elements in order, and what stands in style and script elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = (dict(attrs).get("id") or tag) if tag in ("script", "style", "title") else ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open] = self.inside.get(self._open, "") + data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_page(tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="module")
def parsed(page_file: Path) -> Parsed:
    return Parsed(page_file.read_text("utf-8"))


@pytest.fixture(scope="module")
def data(parsed: Parsed) -> Any:
    return json.loads(parsed.inside["data"])


def test_the_verdict_stands_first_and_every_part_is_there(parsed: Parsed) -> None:
    sections = [attributes["id"] for attributes in parsed.named("section")]
    assert sections == ["verdict", "difference", "figures", "slices", "cases", "about"]
    assert parsed.inside["title"].startswith("<cases>.jsonl: FAIL")
    assert len(parsed.named("figure")) == len(parsed.named("svg")) == 3


def test_nothing_is_loaded_from_anywhere(parsed: Parsed) -> None:
    for tag, attributes in parsed.elements:
        assert not {"src", "action", "srcset", "style", "data", "xlink:href"} & set(attributes), tag
        assert (attributes.get("href") or "#").startswith("#"), tag
        assert not [name for name in attributes if name.startswith("on")], tag
    for name in ("style", "script"):
        assert "http:" not in parsed.inside[name]
        assert "https:" not in parsed.inside[name]
        assert "url(" not in parsed.inside[name]


def test_the_policy_allows_this_script_and_this_style_alone(parsed: Parsed) -> None:
    (policy,) = [m["content"] or "" for m in parsed.named("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(parsed.inside[name].encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"


def test_what_an_answer_says_stays_text(parsed: Parsed, data: Any, page_file: Path) -> None:
    assert [attributes.get("type") for attributes in parsed.named("script")] == ["application/json", "module"]
    assert not parsed.named("img")
    assert not set("<>&\u2028") & set(parsed.inside["data"])
    assert "\u2028" not in page_file.read_text("utf-8")
    by_id = {case["case"]["id"]: case for case in data["cases"]}
    assert by_id["markup"]["case"]["question"] == by_id["markup"]["now"]["text"] == MARKUP
    assert by_id["late"]["now"] == {"error": MARKUP}
    assert data["report"]["snapshot"] == MARKUP


@given(st.text())
def test_any_text_survives_the_island_and_none_can_end_it(text: str) -> None:
    written = island({"text": text})
    assert json.loads(written) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(written)


def test_a_case_carries_both_answers_and_what_was_found(data: Any) -> None:
    by_id = {case["case"]["id"]: case for case in data["cases"]}
    price = by_id["price"]
    assert (price["before"]["right"], price["now"]["right"]) == (True, False)
    assert price["now"]["wrong"] == ["must:$49.90|49.90 USD"]
    assert price["now"]["claims"][0]["verdict"] == "contradicted"
    assert price["before"]["claims"][0]["verdict"] == "supported"
    assert {"accuracy", "wrong_price"} <= set(price["moved"])
    assert "tag:fact" in price["slices"]
    assert len(data["passages"]) == 1  # four answers were offered the same one
    assert by_id["boats"]["now"]["text"] == by_id["boats"]["before"]["text"]
    assert data["comparison"]["metrics"]["accuracy"]["difference"] < 0
    assert data["gate"]["passed"] is False
    assert [check["ok"] for check in data["report"]["verdict"]["checks"]] == [True, False]


def test_every_file_of_the_page_is_used() -> None:
    files = {entry.name for entry in resources.files("eval.page").iterdir() if entry.name.endswith((".js", ".css"))}
    assert files == {*STYLE, *(f"{name}.js" for name in SCRIPT)}


def test_without_the_extra_the_page_has_no_plots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    folder = saved(tmp_path / "run", ANSWERS["before"])
    out = tmp_path / "elsewhere.html"
    assert f"report: {out}" in call("report", folder, "--html", out).output
    alone = Parsed(out.read_text("utf-8"))
    assert not alone.named("svg")
    assert json.loads(alone.inside["data"])["comparison"] is None
    assert not (folder / "report.html").exists()


def test_a_page_that_cannot_be_written_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    failed = call("report", saved(tmp_path / "run", ANSWERS["before"]), "--html", tmp_path / "no" / "page.html")
    assert failed.exit_code == 2
    assert "cannot be written" in failed.stderr


def test_a_baseline_of_other_cases_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    run = saved(tmp_path / "run", ANSWERS["before"])
    other = saved(tmp_path / "other", ANSWERS["before"], CASES[:2])
    assert call("report", other).exit_code == 0
    refused = call("report", run, "--baseline", other)
    assert refused.exit_code == 2
    assert "cannot be compared" in refused.stderr
