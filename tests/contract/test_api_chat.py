"""The chat wires in front of a fake shop: what reaches the engine, what is bounded, how refusals look."""

from collections.abc import Iterator
from typing import Any

import pytest
from fake_shop import FakeEngine, open_fake
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Limits, Settings
from guide.model import Question
from guide.shop import Shop

OPENAI, UI = "/v1/chat/completions", "/v1/ui/chat"
CARDS = {"type": "data-products", "id": "products", "data": {"products": [{"id": "audio-2"}, {"id": "audio-1"}]}}


@pytest.fixture
def shop() -> Shop:
    return open_fake(Settings(limits=Limits(history_turns=3)))


@pytest.fixture
def client(shop: Shop) -> Iterator[TestClient]:
    app = create_app(shop.settings, lambda _: shop)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as running:
        yield running


def asked(shop: Shop) -> Question:
    engine = shop.engine
    assert isinstance(engine, FakeEngine)
    return engine.asked[-1]


def message(role: str, content: str, *parts: Any, **fields: Any) -> dict[str, Any]:
    """Readable by both wires: one reads `content`, the other `parts`."""
    return {"role": role, "content": content, "parts": [{"type": "text", "text": content}, *parts], **fields}


def test_cards_that_come_back_are_what_was_shown(client, shop):
    talk = [message("user", "耳机"), message("assistant", "…", CARDS), message("user", "第二个防水吗")]
    response = client.post(UI, json={"messages": talk, "id": "c", "trigger": "submit-message", "product_ids": ["p"]})
    assert response.status_code == 200
    assert response.headers["x-vercel-ai-ui-message-stream"] == "v1"
    assert response.headers["content-type"].startswith("text/event-stream")
    question = asked(shop)
    assert question.text == "第二个防水吗"
    assert [(turn.role, turn.content, turn.product_ids) for turn in question.history] == [
        ("user", "耳机", []), ("assistant", "…", ["audio-2", "audio-1"]),
    ]  # fmt: skip
    assert question.product_ids == ("p",)


@pytest.mark.parametrize("data", [None, [], {"products": "x"}, {"products": [1, {"id": 2}, {}]}])
def test_parts_of_another_shape_show_nothing(client, shop, data):
    odd = message("assistant", "…", {"type": "data-products", "data": data}, {"type": "step-start"})
    assert client.post(UI, json={"messages": [odd, message("user", "x")]}).status_code == 200
    assert asked(shop).history[0].product_ids == []


def test_a_reference_that_comes_back_is_what_was_shown(client, shop):
    answer = message("assistant", "audio-1", reference={"products": [{"id": "audio-3", "title": "T"}], "outcome": "x"})
    client.post(OPENAI, json={"messages": [answer, message("user", "x")]}).raise_for_status()
    assert asked(shop).history[0].product_ids == ["audio-3"]


def test_without_a_reference_the_text_is_read(client, shop):
    talk = [message("assistant", "audio-1, audio-2"), message("user", "x")]
    client.post(OPENAI, json={"messages": talk}).raise_for_status()
    assert asked(shop).history[0].product_ids == ["audio-1", "audio-2"]


@pytest.mark.parametrize("path", [OPENAI, UI])
def test_the_last_turns_of_a_long_talk_are_kept(client, shop, path):
    talk = [message("system", "s"), *(message("user", f"q{i}") for i in range(50))]
    client.post(path, json={"messages": talk}).raise_for_status()
    assert [turn.content for turn in asked(shop).history] == ["q46", "q47", "q48"]
    assert asked(shop).text == "q49"


@pytest.mark.parametrize("path", [OPENAI, UI])
def test_a_long_talk_is_no_large_body(client, shop, path):
    talk = [message("assistant", "x" * 50_000), *(message("user", "y" * 5_000) for _ in range(30))]
    assert client.post(path, json={"messages": talk}).status_code == 200
    assert client.post(path, json={"messages": talk * 20}).status_code == 413


def shape(path: str, response: Any) -> tuple[int, str]:
    """Status and kind of a refusal, each in the shape of its wire."""
    body = response.json()
    if path == OPENAI:
        assert response.headers["content-type"] == "application/json"
        assert set(body) == {"error"}
        assert set(body["error"]) == {"message", "type", "code", "param"}
        return response.status_code, body["error"]["code"]
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, body["type"].rpartition(":")[2]


@pytest.mark.parametrize("path", [OPENAI, UI])
def test_refusals_have_the_shape_of_their_wire(client, path):
    def refused(**request: Any) -> tuple[int, str]:
        return shape(path, client.post(path, **request))

    assert refused(json={"messages": []}) == (400, "invalid_question")
    assert refused(json={"messages": [message("user", " ")]}) == (400, "invalid_question")
    assert refused(json={"messages": [message("user", "长" * 6000)]}) == (413, "question_too_large")
    assert refused(json={}) == (400, "invalid_body")
    assert refused(json=[]) == (400, "invalid_json")
    assert refused(content=b"{", headers={"content-type": "application/json"}) == (400, "invalid_json")
    assert refused(content=b"{}", headers={"content-type": "text/plain"}) == (415, "unsupported_media_type")
    assert refused(json={}, headers={"host": "shop.example"}) == (403, "host_refused")
    assert refused(json={}, headers={"origin": "https://evil.example"}) == (403, "origin_refused")


@pytest.mark.parametrize("path", [OPENAI, UI])
def test_over_the_limit_is_told_when_to_come_back(path):
    settings = Settings(limits=Limits(max_in_flight=0))
    with TestClient(create_app(settings, open_fake), base_url="http://127.0.0.1") as client:
        response = client.post(path, json={"messages": [message("user", "x")]})
        assert shape(path, response) == (503, "overloaded")
        assert int(response.headers["retry-after"]) > 0


def test_a_file_is_not_passed_over(client):
    picture = {"type": "file", "mediaType": "image/png", "url": "data:,"}
    response = client.post(UI, json={"messages": [message("user", "what is this?", picture)]})
    assert shape(UI, response) == (400, "invalid_question")


def test_a_fault_within_a_message_is_a_part(client):
    text = client.post(UI, json={"messages": [message("user", "boom")]}).text
    assert '"type":"error"' in text
    assert text.endswith("data: [DONE]\n\n")
    assert "secret" not in text
