"""Answers behind two real workers: broken streams go on, those that nobody reads end, whoever takes the connection."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from httpx_sse import ServerSentEvent, connect_sse
from test_api_server import serving

PATIENCE = 20.0


class Server:
    """Every call is a new connection, so any worker may take it."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=PATIENCE, limits=httpx.Limits(max_keepalive_connections=0))

    def ask(self, question: str, **headers: str) -> httpx.Response:
        return self.client.post("/v1/ask", json={"question": question}, headers=headers)

    @contextlib.contextmanager
    def stream(self, question: str) -> Iterator[Iterator[ServerSentEvent]]:
        body = {"question": question, "stream": True}
        with connect_sse(self.client, "POST", "/v1/ask", json=body) as source:
            yield source.iter_sse()

    def resume(self, answer_id: str, after: int = 0) -> list[ServerSentEvent]:
        path, headers = f"/v1/answers/{answer_id}/events", {"Last-Event-ID": str(after)}
        with connect_sse(self.client, "GET", path, headers=headers) as source:
            return list(source.iter_sse())


class Running(NamedTuple):
    """Two workers and the file that they keep their state in."""

    server: Server
    state: Path

    def told(self, sql: str, *values: str) -> list[Any]:
        with contextlib.closing(sqlite3.connect(self.state, timeout=5)) as state:
            return [row[0] for row in state.execute(sql, values)]

    def ended(self, answer_id: str) -> bool:
        return self.told("SELECT ended FROM answers WHERE id = ?", answer_id) == [1]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("state")
    environ = {"SHOPGUIDE_STATE__URL": f"sqlite:///{folder / 'state.db'}", "SHOPGUIDE_STATE__RESUME_SECONDS": "1.5",
               "SHOPGUIDE_WORKERS": "2", "FAKE_PAUSE": "0.1"}  # fmt: skip
    with serving(folder, **environ) as (_, address):
        server = Server(address)
        try:
            yield Running(server, folder / "state.db")
        finally:
            server.client.close()


def until(look: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_broken_stream_goes_on_where_it_broke(running):
    for _ in range(5):
        with running.server.stream("降噪耳机") as events:
            begun = [next(events) for _ in range(3)]
        answer = begun[0].json()["answer_id"]
        rest = running.server.resume(answer, int(begun[-1].id))
        assert [int(event.id) for event in begun + rest] == list(range(1, 10))
        assert rest[-1].event == "done"
        again = running.server.resume(answer)
        assert [(one.id, one.event, one.data) for one in again] == [
            (one.id, one.event, one.data) for one in begun + rest
        ]


def test_an_answer_that_nobody_reads_is_stopped(running):
    with running.server.stream("slow") as events:
        begun = next(events).json()
    until(lambda: running.ended(begun["answer_id"]))
    last = running.server.resume(begun["answer_id"])[-1]
    assert (last.event, last.json()["type"]) == ("error", "urn:shopguide:error:answer_stopped")
    assert running.told("SELECT count(*) FROM turns WHERE conversation = ?", begun["conversation_id"]) == [0]


def test_an_answer_that_somebody_reads_again_is_not_stopped(running):
    for _ in range(3):
        with running.server.stream("slow") as events:
            answer = next(events).json()["answer_id"]
        with running.server.client.stream("GET", f"/v1/answers/{answer}/events") as response:
            lines = response.iter_lines()
            assert next(lines) == "event: status"
            time.sleep(2.5)
            assert not running.ended(answer)
        until(lambda answer=answer: running.ended(answer))


def test_one_key_at_two_workers_is_one_answer(running):
    before = running.told("SELECT count(*) FROM answers")[0]
    answers: list[dict[str, Any]] = []

    def send() -> None:
        answers.append(running.server.ask("降噪耳机", **{"Idempotency-Key": "same"}).raise_for_status().json())

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)
    assert running.told("SELECT count(*) FROM answers") == [before + 1]


def test_a_conversation_goes_on_at_any_worker(running):
    body = {"question": "降噪耳机"}
    conversation = running.server.client.post("/v1/ask", json=body).json()["conversation_id"]
    for _ in range(5):
        running.server.client.post("/v1/ask", json={**body, "conversation_id": conversation}).raise_for_status()
    shown = running.server.client.get(f"/v1/conversations/{conversation}").json()
    assert [turn["turn"] for turn in shown["turns"]] == list(range(1, 13))


def test_a_locked_state_holds_up_no_answer(running):
    assert running.server.ask("降噪耳机").json()["degraded"] == []
    with contextlib.closing(sqlite3.connect(running.state, timeout=5, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for _ in range(3):
            answer = running.server.ask("降噪耳机").raise_for_status().json()
            assert answer["degraded"] == ["state_unavailable"]
            assert "conversation_id" not in answer
        other.execute("ROLLBACK")
    until(lambda: running.server.ask("降噪耳机").json()["degraded"] == [])
