"""The labelling page: who may ask it, what it shows, and that no label is lost."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from lamp_shop import lamp_answer

from eval.answer import Answer, read_answer
from eval.cases import Case
from eval.cli import main
from eval.errors import CardError, ResultsError
from eval.faithfulness.check import check_answer
from eval.faithfulness.model import Setting
from eval.judges.labels import read_labels
from eval.label.server import LabelServer
from eval.label.session import Session
from eval.label.statements import Statement, draw, of_file, of_run
from eval.metrics.model import Judged
from eval.truth import Truth

ROWS = [
    {"id": f"r{at}", "evidence": ["Battery: 30 h."], "response": "It lasts 30 hours. It weighs <b>3</b> kg."}
    for at in range(5)
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def statements(source: Path) -> list[Statement]:
    return draw(of_file(source), 6)


@contextmanager
def served(session: Session) -> Iterator[LabelServer]:
    with LabelServer(session) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(
    server: LabelServer, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    data = json.dumps(body).encode() if body is not None else None
    kind = {"Content-Type": "application/json"} if data else {}
    connection.request(method, path, data, {**kind, **{name.replace("_", "-"): text for name, text in headers.items()}})
    response = connection.getresponse()
    found = response.status, {name.lower(): text for name, text in response.getheaders()}, response.read()
    connection.close()
    return found


def test_two_people_get_the_same_statements_in_the_same_order(source: Path) -> None:
    once, again = draw(of_file(source), 6), draw(reversed(list(of_file(source))), 4)
    assert [statement.place for statement in again] == [statement.place for statement in once][:4]
    assert len({statement.place for statement in once}) == 6


def test_the_statements_of_a_run_come_with_the_records_and_without_a_verdict(truth: Truth) -> None:
    answer = read_answer(lamp_answer())
    setting = Setting(truth=truth, cards=answer.products)
    case = Case(id="c", question="How much?")
    declined = Judged(Case(id="d", question="Boats?"), read_answer(lamp_answer(outcome="no_match")))
    found = list(of_run([Judged(case, answer, setting=setting, checked=check_answer(answer, setting)), declined]))
    assert [one.place for one in found] == [("c", 0)]
    assert found[0].question == "How much?"
    titles = {source.title for source in found[0].evidence}
    assert "[1] lamp description" in titles
    assert any("30 h" in source.text for source in found[0].evidence)
    made_up = msgspec.convert({**lamp_answer(), "citations": [
        {"n": 1, "record_id": "lamp", "quote": "It is made of gold."}, {"n": 2, "record_id": "none", "quote": "Gold."},
    ]}, Answer)  # fmt: skip
    shown = next(of_run([Judged(case, made_up, setting=setting, checked=check_answer(made_up, setting))])).evidence
    assert shown
    assert not any("gold" in source.text.lower() for source in shown)
    assert found[0].answer[found[0].start : found[0].end].startswith("The Aurora Desk Lamp")


def test_the_page_is_blind_to_the_judge(statements: list[Statement], tmp_path: Path) -> None:
    with served(Session(statements, "ann", "s", tmp_path / "l.jsonl")) as server:
        _, _, state = ask(server, "GET", f"/{server.token}/state")
    assert set(json.loads(state)["statement"]) == {
        "id", "claim", "text", "start", "end", "answer", "evidence", "question", "history",
    }  # fmt: skip


def test_labels_are_saved_at_once_and_taken_back(statements: list[Statement], tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    with served(Session(statements, "ann", "s", path)) as server:
        for label in ("supported", "contradicted"):
            view = json.loads(ask(server, "GET", f"/{server.token}/state")[2])
            body = {"id": view["statement"]["id"], "claim": view["statement"]["claim"], "label": label}
            status, _, after = ask(server, "POST", f"/{server.token}/label", body)
            assert status == 200
            assert json.loads(after)["done"] == view["done"] + 1
            assert path.read_text("utf-8").count("\n") == view["done"] + 1
        undone = json.loads(ask(server, "POST", f"/{server.token}/undo", {})[2])
    assert (undone["done"], undone["statement"]["id"]) == (1, statements[1].id)
    standing = read_labels([path])
    assert [(row.id, row.claim, row.label, row.labeller, row.set) for row in standing] == [
        (statements[0].id, statements[0].claim, "supported", "ann", "s")
    ]


def test_a_second_label_for_a_statement_changes_nothing(statements: list[Statement], tmp_path: Path) -> None:
    session = Session(statements, "ann", "s", tmp_path / "l.jsonl")
    session.label(statements[0].place, "supported")
    session.label(statements[0].place, "contradicted")
    session.label(("unknown", 0), "contradicted")
    assert session.view().done == 1
    assert [row.label for row in read_labels([tmp_path / "l.jsonl"])] == ["supported"]


def test_labelling_goes_on_after_a_crash_in_the_middle_of_a_line(statements: list[Statement], tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    first = Session(statements, "ann", "s", path)
    first.label(statements[0].place, "supported")
    first.label(statements[1].place, "not_checkable")
    path.write_bytes(path.read_bytes()[:-7])
    again = Session(statements, "ann", "s", path)
    assert again.view().done == 1
    assert again.view().statement == statements[1]
    again.label(statements[1].place, "contradicted")
    assert [row.label for row in read_labels([path])] == ["supported", "contradicted"]


def test_a_file_of_somebody_else_is_refused(statements: list[Statement], tmp_path: Path) -> None:
    Session(statements, "bo", "s", tmp_path / "l.jsonl").label(statements[0].place, "supported")
    with pytest.raises(CardError, match="labels of bo"):
        Session(statements, "ann", "s", tmp_path / "l.jsonl")


def test_labels_of_other_words_are_refused(statements: list[Statement], tmp_path: Path) -> None:
    Session(statements, "ann", "s", tmp_path / "l.jsonl").label(statements[0].place, "supported")
    row = json.loads((tmp_path / "l.jsonl").read_text("utf-8"))
    (tmp_path / "l.jsonl").write_text(json.dumps({**row, "text": "Other words."}) + "\n", "utf-8")
    with pytest.raises(CardError, match="other words"):
        Session(statements, "ann", "s", tmp_path / "l.jsonl")


def test_only_this_machine_with_the_token_is_answered(statements: list[Statement], tmp_path: Path) -> None:
    body = {"id": statements[0].id, "claim": statements[0].claim, "label": "supported"}
    with served(Session(statements, "ann", "s", tmp_path / "l.jsonl")) as server:
        assert server.server_address[0] == "127.0.0.1"
        page = f"/{server.token}/"
        assert [
            ask(server, "GET", path, **headers)[0]
            for path, headers in (
                ("/", {}), ("/state", {}), ("/wrong/state", {}), (page, {"Host": "evil.example"}),
                (f"{page}../cli.py", {}), (page, {}), (f"{page}page.js", {}), (f"{page}page.css", {}),
            )
        ] == [404, 404, 404, 404, 404, 200, 200, 200]  # fmt: skip
        assert ask(server, "POST", f"{page}label", body, Content_Type="text/plain")[0] == 415
        assert ask(server, "POST", f"{page}label", {**body, "label": "true"})[0] == 400
        assert ask(server, "POST", f"{page}label", {**body, "pad": "x" * 20_000})[0] == 415
        assert ask(server, "POST", "/wrong/label", body)[0] == 404
        status, headers, _ = ask(server, "OPTIONS", f"{page}label", Origin="https://evil.example")
        assert status == 501
        _, page_headers, _ = ask(server, "GET", page, Origin="https://evil.example")
    assert not any(name.startswith("access-control") for name in {**headers, **page_headers})
    assert "default-src 'none'" in page_headers["content-security-policy"]
    assert not (tmp_path / "l.jsonl").exists()


def test_agreement_names_every_statement_two_people_disagree_on(statements: list[Statement], tmp_path: Path) -> None:
    for name, labels in (("ann", ("supported", "contradicted", "supported")), ("bo", ("supported", "supported"))):
        session = Session(statements, name, "s", tmp_path / f"{name}.jsonl")
        for statement, label in zip(statements, labels, strict=False):
            session.label(statement.place, label)
    files = [str(tmp_path / "ann.jsonl"), str(tmp_path / "bo.jsonl")]
    said = json.loads(CliRunner().invoke(main, ["label", "--agreement", *files, "--json"]).stdout)
    assert said["agreement"]["n"] == 2
    assert said["agreement"]["raw"]["value"] == 0.5
    assert [(one["id"], one["a"], one["b"]) for one in said["disagreements"]] == [
        (statements[1].id, "contradicted", "supported")
    ]
    words = CliRunner().invoke(main, ["label", "--agreement", *files]).stdout
    assert words.startswith("ann and bo: kappa ")
    assert statements[1].text in words
    both = tmp_path / "both.jsonl"
    both.write_text("".join(Path(file).read_text("utf-8") for file in files), "utf-8")
    refused = CliRunner().invoke(main, ["label", "--agreement", str(both), files[0]])
    assert refused.exit_code == 2
    assert "ann, bo" in refused.stderr


def test_usage_and_a_wrong_file_are_refused(source: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["label", str(source)]).exit_code == 2
    source.write_text('{"id": "x"}\n', "utf-8")
    with pytest.raises(ResultsError, match=r"answers\.jsonl:1"):
        list(of_file(source))
