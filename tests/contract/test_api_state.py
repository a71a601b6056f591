"""What the server keeps, as clients see it: conversations, answers told again, feedback, unanswered questions."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_shop import FakeEngine, open_fake
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Limits, Settings, StateSettings
from guide.security import keys
from guide.shop import Shop

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def shop() -> Shop:
    return open_fake(Settings(limits=Limits(history_turns=4)))


def served(shop: Shop) -> TestClient:
    return TestClient(create_app(shop.settings, lambda _: shop), base_url=BASE, raise_server_exceptions=False)


@pytest.fixture
def client(shop: Shop) -> Iterator[TestClient]:
    with served(shop) as running:
        yield running


def ask(client, question="降噪耳机", headers=None, **fields) -> dict:
    response = client.post("/v1/ask", json={"question": question, **fields}, headers=headers or {})
    assert response.status_code == 200, response.text
    return response.json()


def problem(response, status: int, kind: str) -> dict:
    assert response.status_code == status, response.text
    assert response.json()["type"] == f"urn:shopguide:error:{kind}"
    return response.json()


def sent(text: str) -> list[tuple[int, str, dict]]:
    """(number, name, data) of each event of a stream."""
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.strip().split("\n\n") if block]
    return [(int(part["id"]), part["event"], json.loads(part["data"])) for part in blocks if "event" in part]


def test_a_conversation_carries_what_was_said_and_shown(client, shop):
    first = ask(client)
    second = ask(client, "第二个呢？", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    history = shop.engine.asked[1].history
    assert [(turn.role, turn.content) for turn in history] == [("user", "降噪耳机"), ("assistant", first["text"])]
    assert history[1].product_ids == ["audio-1", "audio-3"]
    for number in range(3):
        ask(client, f"又 {number}", conversation_id=first["conversation_id"])
    assert len(shop.engine.asked[-1].history) == 4  # limits.history_turns


def test_every_conversation_is_its_own_and_unguessable(client):
    ids = {ask(client)["conversation_id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(len(one) >= 24 for one in ids)


def test_a_question_with_history_belongs_to_no_conversation(client):
    answer = ask(client, history=[{"role": "user", "content": "y"}])
    assert "conversation_id" not in answer


def test_a_stream_names_the_conversation_first(client):
    events = sent(client.post("/v1/ask", json={"question": "x", "stream": True}).text)
    number, name, data = events[0]
    assert (number, name) == (1, "status")
    shown = client.get(f"/v1/conversations/{data['conversation_id']}").json()
    assert [turn["role"] for turn in shown["turns"]] == ["user", "assistant"]
    assert shown["turns"][1]["answer_id"] == data["answer_id"]


def test_a_conversation_is_shown_and_erased(client):
    answer = ask(client, "my card is 4111 1111 1111 1111")
    path = f"/v1/conversations/{answer['conversation_id']}"
    shown = client.get(path).json()
    assert shown["turns"][0]["content"] == "my card is [card]"
    assert shown["turns"][1]["product_ids"] == ["audio-1", "audio-3"]
    assert client.delete(path).status_code == 204
    problem(client.get(path), 404, "unknown_conversation")
    problem(client.delete(path), 404, "unknown_conversation")
    problem(
        client.post("/v1/ask", json={"question": "x", "conversation_id": answer["conversation_id"]}),
        404, "unknown_conversation",
    )  # fmt: skip
    problem(client.get(f"/v1/answers/{answer['answer_id']}/events"), 404, "unknown_answer")


def test_an_answer_is_told_again_from_any_event(client, shop):
    live = sent(client.post("/v1/ask", json={"question": "compare them", "stream": True}).text)
    path = f"/v1/answers/{live[0][2]['answer_id']}/events"
    assert sent(client.get(path).text) == live
    for last in range(1, len(live) + 1):
        assert sent(client.get(path, headers={"Last-Event-ID": str(last)}).text) == live[last:]
    assert len(shop.engine.asked) == 1
    problem(client.get("/v1/answers/a_none/events"), 404, "unknown_answer")
    problem(client.get(path, headers={"Last-Event-ID": "-1"}), 400, "invalid_body")


def test_an_error_is_told_again_too(client):
    live = sent(client.post("/v1/ask", json={"question": "boom", "stream": True}).text)
    assert live[-1][1] == "error"
    assert sent(client.get(f"/v1/answers/{live[0][2]['answer_id']}/events").text) == live


def test_the_same_key_and_body_give_the_same_answer(client, shop):
    key = {"Idempotency-Key": "7d1c"}
    first = ask(client, headers=key)
    assert ask(client, headers=key) == first
    streamed = sent(client.post("/v1/ask", json={"question": "降噪耳机", "stream": True}, headers=key).text)
    assert streamed[0][2]["answer_id"] == first["answer_id"]
    assert len(shop.engine.asked) == 1
    other = client.post("/v1/ask", json={"question": "别的"}, headers=key)
    problem(other, 422, "idempotency_conflict")
    assert ask(client, headers={"Idempotency-Key": "another"})["answer_id"] != first["answer_id"]
    problem(client.post("/v1/ask", json={"question": "x"}, headers={"Idempotency-Key": "k" * 256}), 400, "invalid_body")


def test_a_key_whose_answer_failed_may_be_used_again(client, shop):
    key = {"Idempotency-Key": "k"}
    for _ in range(2):
        problem(client.post("/v1/ask", json={"question": "boom"}, headers=key), 500, "internal")
    assert len(shop.engine.asked) == 2


def test_one_key_sent_many_times_at_once_is_one_answer():
    shop = open_fake(Settings(), pause=0.02)
    with served(shop) as client:
        answers: list[dict] = []

        def send() -> None:
            answers.append(ask(client, headers={"Idempotency-Key": "same"}))

        threads = [threading.Thread(target=send) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 6
    assert all(answer == answers[0] for answer in answers)
    assert len(shop.engine.asked) == 1


def test_feedback(client):
    answer = ask(client)["answer_id"]
    good = {"answer_id": answer, "rating": "up"}
    assert client.post("/v1/feedback", json=good).status_code == 204
    assert client.post("/v1/feedback", json={**good, "rating": "down", "comment": "too dear"}).status_code == 204
    problem(client.post("/v1/feedback", json={**good, "answer_id": "a_none"}), 404, "unknown_answer")
    problem(client.post("/v1/feedback", json={**good, "rating": "so so"}), 400, "invalid_body")
    problem(client.post("/v1/feedback", json={**good, "stars": 5}), 400, "unknown_field")
    problem(client.post("/v1/feedback", json={**good, "comment": "x" * 2001}), 400, "invalid_question")
    assert 'guide_feedback_total{rating="down"} 1.0' in client.get("/metrics").text


@pytest.fixture
def keyed(tmp_path: Path) -> Iterator[tuple[TestClient, Shop, dict[str, dict[str, str]]]]:
    """A shop with two publishable keys and a secret one."""
    tokens = {name: keys.add(tmp_path, "publishable").token for name in ("a", "b")}
    tokens["secret"] = keys.add(tmp_path, "secret").token
    shop = open_fake(Settings(data=tmp_path))
    with served(shop) as client:
        yield client, shop, {name: {"Authorization": f"Bearer {token}"} for name, token in tokens.items()}


def test_what_one_key_made_does_not_exist_for_another(keyed):
    client, _, auth = keyed
    answer = ask(client, headers=auth["a"])
    conversation, answer_id = answer["conversation_id"], answer["answer_id"]
    for other in ("b", "secret"):
        body = {"question": "x", "conversation_id": conversation}
        theirs = problem(client.post("/v1/ask", json=body, headers=auth[other]), 404, "unknown_conversation")
        nobodys = client.post("/v1/ask", json={**body, "conversation_id": "c_none"}, headers=auth[other]).json()
        assert theirs == nobodys
        path = f"/v1/conversations/{conversation}"
        problem(client.get(path, headers=auth[other]), 404, "unknown_conversation")
        problem(client.delete(path, headers=auth[other]), 404, "unknown_conversation")
        problem(client.get(f"/v1/answers/{answer_id}/events", headers=auth[other]), 404, "unknown_answer")
        feedback = {"answer_id": answer_id, "rating": "up"}
        problem(client.post("/v1/feedback", json=feedback, headers=auth[other]), 404, "unknown_answer")
    ask(client, conversation_id=conversation, headers=auth["a"])


def test_the_catalog_team_reads_what_had_no_answer(keyed):
    client, _, auth = keyed
    for question in ("unknown: does it float?", "Unknown - does it float", "unknown thing", "降噪耳机"):
        ask(client, question, headers=auth["a"])
    problem(client.get("/v1/admin/unanswered", headers=auth["a"]), 403, "secret_key_needed")
    whole = client.get("/v1/admin/unanswered", headers=auth["secret"]).json()
    assert [(group["question"], group["count"]) for group in whole["questions"]] == [
        ("Unknown - does it float", 2), ("unknown thing", 1),
    ]  # fmt: skip
    assert whole["questions"][0]["reasons"] == {"no_field": 2}
    assert whole["questions"][0]["outcomes"] == {"unanswerable": 2}
    assert whole["cursor"] is None
    first = client.get("/v1/admin/unanswered?k=1", headers=auth["secret"]).json()
    second = client.get(f"/v1/admin/unanswered?k=1&cursor={first['cursor']}", headers=auth["secret"]).json()
    assert first["questions"] + second["questions"] == whole["questions"]
    assert second["cursor"] is None
    problem(client.get("/v1/admin/unanswered?cursor=!!", headers=auth["secret"]), 400, "invalid_cursor")
    problem(client.get("/v1/admin/unanswered?k=0", headers=auth["secret"]), 400, "invalid_body")


@pytest.mark.parametrize("stream", [False, True])
def test_without_a_state_answers_go_out_and_say_so(tmp_path, stream):
    state = StateSettings(url=f"sqlite:///{tmp_path / 'no' / 'folder.db'}")
    shop = open_fake(Settings(state=state))
    with served(shop) as client:
        for body in ({"question": "x"}, {"question": "x", "conversation_id": "c_1"}):
            response = client.post("/v1/ask", json={**body, "stream": stream}, headers={"Idempotency-Key": "k"})
            assert response.status_code == 200
            answer = sent(response.text)[-1][2] if stream else response.json()
            assert answer["degraded"] == ["state_unavailable"]
        assert isinstance(shop.engine, FakeEngine)
        assert len(shop.engine.asked) == 2
        assert client.get("/readyz").json()["degraded"][-1] == "state_unavailable"
        problem(client.get("/v1/conversations/c_1"), 503, "state_unavailable")
        problem(client.post("/v1/feedback", json={"answer_id": "a", "rating": "up"}), 503, "state_unavailable")


def test_asks_of_one_conversation_at_once_all_find_their_place():
    shop = open_fake(Settings(), pause=0.01)
    with served(shop) as client:
        conversation = ask(client)["conversation_id"]
        threads = [
            threading.Thread(target=ask, args=(client, f"q{number}"), kwargs={"conversation_id": conversation})
            for number in range(5)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        turns = client.get(f"/v1/conversations/{conversation}").json()["turns"]
    assert [turn["turn"] for turn in turns] == list(range(1, 13))
    pairs = list(zip(turns[::2], turns[1::2], strict=True))
    assert {first["content"] for first, _ in pairs} == {"降噪耳机", "q0", "q1", "q2", "q3", "q4"}
    assert all(first["answer_id"] == second["answer_id"] for first, second in pairs)
