"""POST /v1/recommend over the sample shop: grounded cards, live offers, a typed reason when nothing passes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Settings


@pytest.fixture(scope="module")
def client(sample_data: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=sample_data)), base_url="http://127.0.0.1") as running:
        yield running


def recommended(client: TestClient, **asked: object) -> dict:
    response = client.post("/v1/recommend", json=asked)
    assert response.status_code == 200, response.text
    body = response.json()
    cited = {citation["n"]: citation for citation in body["citations"]}
    for card in body["products"]:
        assert card["why"]
        assert card["offer"] is not None
        assert card["citations"]
        for n in card["citations"]:
            assert cited[n]["record_id"].startswith(card["id"]) or card["kind"] == "complementary"
    return body


def test_like_a_product(client: TestClient) -> None:
    body = recommended(client, product_ids=["audio-001"], k=3, locale="en")
    assert {card["kind"] for card in body["products"]} == {"similar"}
    assert {card["id"] for card in body["products"]} <= {"audio-002", "audio-003", "audio-004", "audio-005"}
    assert body["language"] == "en"


def test_what_is_sold_together(client: TestClient) -> None:
    kinds = {card["id"]: card["kind"] for card in recommended(client, product_ids=["sports-010"])["products"]}
    assert kinds["sports-015"] == kinds["audio-011"] == "complementary"


@pytest.mark.parametrize(("query", "words"), [("a gift for my dad under $50", "dad"), ("送女朋友的礼物", "女朋友")])
def test_for_somebody(client: TestClient, query: str, words: str) -> None:
    body = recommended(client, query=query, k=4)
    assert len(body["products"]) == 4
    assert any(words in notice for notice in body["notices"])
    if "$50" in query:
        assert all(card["offer"]["price"]["currency"] == "USD" for card in body["products"])
        assert all(card["offer"]["price"]["amount"] <= 5000 for card in body["products"])


def test_filters_hold_and_nothing_is_nothing(client: TestClient) -> None:
    body = recommended(client, filters={"category": ["手机 Phones"]}, k=20)
    assert {card["id"] for card in body["products"]} == {f"audio-00{n}" for n in range(1, 6)}
    available = [card["offer"]["availability"] for card in body["products"]]
    assert available[0] == "in_stock"
    empty = recommended(client, filters={"price": {"currency": "CNY", "max": 1}})
    assert (empty["products"], empty["reason"]) == ([], "nothing_passes")


def test_what_is_wrong_is_named(client: TestClient) -> None:
    def kind(**asked: object) -> str:
        return client.post("/v1/recommend", json=asked).json()["type"].rpartition(":")[2]

    assert kind(product_ids=["no-1"]) == "unknown_product"
    assert kind(filters={"attributes": {"moonlight": ["yes"]}}) == "invalid_filter"
    assert kind(k=21) == "invalid_body"
    assert kind(colour=1) == "unknown_field"
