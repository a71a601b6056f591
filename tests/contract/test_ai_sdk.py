"""The parser of the npm package `ai`, which useChat stands on, reads our stream; it needs node, nothing else."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from golden import WHOLE, load, said
from served import REAL, served
from test_golden import given, joined

from guide.wire import ui_stream

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).parent / "js" / "read.mjs"
Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def read() -> Read:
    """Runs the package over what is given to it; the first time it is installed."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not on this machine")
    subprocess.run(["make", "--silent", "ai-sdk"], cwd=ROOT, check=True, timeout=300)

    def run(value: object, *arguments: str) -> list[dict[str, Any]]:
        done = subprocess.run(
            ["node", str(SCRIPT), *arguments], input=json.dumps(value), capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told: list[dict[str, Any]] = json.loads(done.stdout)
        return told

    return run


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, sample_data: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("guide")
    with served(folder, REAL, SHOPGUIDE_DATA=str(shutil.copytree(sample_data, folder / "data"))) as found:
        yield found


def parts(message: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [part for part in message["parts"] if part["type"] == kind]


def cards(message: dict[str, Any]) -> list[str]:
    return [card["id"] for part in parts(message, "data-products") for card in part["data"]["products"]]


def text(message: dict[str, Any]) -> str:
    return "".join(part["text"] for part in parts(message, "text"))


def test_the_golden_answers_become_whole_messages(read):
    streams = [joined(ui_stream.stream(given(load(name)), 5.0)) for name in WHOLE]
    for name, told in zip(WHOLE, read(streams, "fold"), strict=True):
        expected, message = said(load(name)), told["message"]
        assert told["errors"] == []
        assert (message["id"], message["role"]) == ("a_golden", "assistant")
        assert text(message) == expected.text
        assert cards(message) == expected.products
        assert [int(part["sourceId"]) for part in parts(message, "source-document")] == expected.marks
        tables = [part["data"]["table"]["columns"] for part in parts(message, "data-table")]
        assert tables == ([expected.table] if expected.table else [])
        questions = [part["data"]["follow_ups"] for part in parts(message, "data-followups")]
        assert questions == ([expected.follow_ups] if expected.follow_ups else [])
        assert message["metadata"]["outcome"] == expected.outcome
        assert all(part["state"] == "done" for part in parts(message, "text"))
        assert told["chunks"][0] == "start"
        assert told["chunks"][-1] == "finish"


def test_an_answer_that_broke_keeps_its_text_and_tells_why(read):
    expected = said(load("broken"))
    (told,) = read([joined(ui_stream.stream(given(load("broken")), 5.0))], "fold")
    assert text(told["message"]) == expected.text
    assert [error.split(": ", 1)[1] for error in told["errors"]] == [expected.error]
    assert told["chunks"][-1] == "error"


@pytest.mark.parametrize(
    "questions",
    [["三千以内的手机", "第二个防水吗？"], ["phones under 3000", "Is the second one waterproof?"]],
    ids=["zh", "en"],
)
def test_a_conversation_over_the_sdk_knows_the_second_one(read, address, questions):
    first, second = read(questions, "chat", f"{address}/v1/ui/chat")
    assert first["errors"] == second["errors"] == []
    assert len(cards(first["message"])) > 1
    assert cards(second["message"]) == [cards(first["message"])[1]]
    assert second["message"]["metadata"]["outcome"] == "answered"
    assert parts(second["message"], "source-document")
