"""POST /v1/compare over the sample shop: aligned, grounded, live, and clear about what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Settings

PHONES = ["audio-001", "audio-002", "audio-003"]


@pytest.fixture(scope="module")
def client(sample_data: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=sample_data)), base_url="http://127.0.0.1") as running:
        yield running


def test_cells_rest_on_citations_and_offers_are_live(client: TestClient) -> None:
    body = client.post("/v1/compare", json={"product_ids": PHONES, "locale": "en"}).json()
    assert body["table"]["columns"] == [card["id"] for card in body["products"]] == PHONES
    cited = {citation["n"]: citation for citation in body["citations"]}
    for row in body["table"]["rows"]:
        assert len(row["cells"]) == 3
        for column, cell in zip(PHONES, row["cells"], strict=True):
            assert (cell["value"] is None) == ("n" not in cell)
            assert cell["value"] is None or cited[cell["n"]]["record_id"] == column
    offer = client.get("/v1/products/audio-001").json()["offer"]
    assert body["products"][0]["offer"] == offer
    assert body["table"]["rows"][0]["field"] == "price"
    assert body["language"] == "en"


def test_fields_are_named_in_either_language_and_unknown_ones_are_null(client: TestClient) -> None:
    asked = {"product_ids": PHONES[:2], "fields": ["battery capacity", "价格", "moonlight"], "locale": "zh-CN"}
    rows = client.post("/v1/compare", json=asked).json()["table"]["rows"]
    assert [row["field"] for row in rows] == ["电池容量", "价格", "moonlight"]
    assert [cell["value"] for cell in rows[0]["cells"]] == ["5,000 mAh", "5,500 mAh"]
    assert [cell["value"] for cell in rows[2]["cells"]] == [None, None]


@pytest.mark.parametrize(
    ("asked", "status", "kind", "named"),
    [
        ({"product_ids": ["audio-001", "no-1", "no-2"]}, 404, "unknown_product", "'no-1', 'no-2'"),
        ({"product_ids": ["audio-001", "faq-001"]}, 404, "unknown_product", "faq-001"),
        ({"product_ids": ["audio-001", "audio-001"]}, 400, "invalid_body", "several times"),
        ({"product_ids": ["audio-001"]}, 400, "invalid_body", "product_ids"),
        ({"product_ids": ["a"] * 7}, 400, "invalid_body", "product_ids"),
        ({"ids": ["a"]}, 400, "unknown_field", "product_ids"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, asked: dict, status: int, kind: str, named: str) -> None:
    response = client.post("/v1/compare", json=asked)
    assert (response.status_code, response.json()["type"]) == (status, f"urn:shopguide:error:{kind}")
    assert named in response.json()["detail"]
