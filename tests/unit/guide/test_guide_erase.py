"""`guide erase` in this process: what goes, what is told, what the audit log keeps."""

import json
import sys

import pytest

from guide import cli
from guide.config import Settings
from guide.model import Turn
from guide.state.model import Beginning, Ending
from guide.state.store import open_state


@pytest.fixture
def data(tmp_path):
    state = open_state(Settings(data=tmp_path))
    for answer, conversation, profile in (("a_1", "c_1", None), ("a_2", "c_2", "anna"), ("a_3", None, "anna")):
        state.answers.begin(Beginning(
            answer_id=answer, owner="", conversation_id=conversation, minted=True, profile_id=profile
        ))  # fmt: skip
        state.answers.end(Ending(
            answer_id=answer, turns=(Turn("user", "x"), Turn("assistant", "y")), turns_kept=9
        ))  # fmt: skip
    state.close()
    return tmp_path


def run(monkeypatch, capsys, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["guide", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, err = capsys.readouterr()
    return ended.value.code or 0, out, err


def test_a_conversation_is_erased_once(data, monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "erase", "c_1", "--data", str(data))
    assert (code, out) == (0, "erased: conversations 1, turns 2, answers 1\n")
    code, _, err = run(monkeypatch, capsys, "erase", "c_1", "--data", str(data))
    assert (code, err) == (1, "guide: nothing is kept under the id 'c_1'\n")
    line = json.loads((data / "audit.jsonl").read_text().splitlines()[-1])
    assert (line["event"], line["by"], line["turns"]) == ("erased", "cli", 2)
    assert "c_1" not in (data / "audit.jsonl").read_text()


def test_a_profile_is_erased_with_its_conversations(data, monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "erase", "anna", "--data", str(data), "--json")
    assert code == 0
    assert json.loads(out) == {"conversations": 1, "turns": 2, "answers": 2, "feedback": 0, "unanswered": 0}


def test_what_cannot_be_opened_is_told(tmp_path, monkeypatch, capsys):
    (tmp_path / "state.db").write_bytes(b"no database" * 1000)
    code, _, err = run(monkeypatch, capsys, "erase", "c_1", "--data", str(tmp_path))
    assert code == 3
    assert "state" in err
    monkeypatch.setenv("SHOPGUIDE_STATE__URL", "nonsense")
    code, _, err = run(monkeypatch, capsys, "erase", "c_1", "--data", str(tmp_path))
    assert code == 2
    assert "state.url" in err
