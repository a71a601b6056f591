"""Admin over a real small shop: what is taken, what is refused row by row, and when it is seen."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_shop import FakeStore, open_fake
from litestar.testing import TestClient
from small_shop import built, offer, product, sale, variant

from guide.app import create_app
from guide.config import Settings
from guide.security import keys
from index.layout import Layout
from index.lock import exclusive

CNY = "CNY"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    built(tmp_path, product("lamp", "Red lamp", offer=offer("10.00")))
    built(
        tmp_path,
        product("lamp", "Red lamp", offer=offer("20.00")),
        product("shirt", "Linen shirt", variants=[variant("shirt-m", "30.00"), variant("shirt-l", "31.00")]),
        product("rug", "Wool rug"),
        sale("sale-old", "9.00", "lamp", ends_at="2026-11-11T01:00:00+00:00"),
    )
    return tmp_path


@pytest.fixture
def secret(data: Path) -> keys.Made:
    return keys.add(data, "secret", "ERP")


@pytest.fixture
def client(data: Path, secret: keys.Made) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(data=data)), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as made:
        made.headers["authorization"] = f"Bearer {secret.token}"
        yield made


def send(client: TestClient, *offers: dict[str, Any], promotions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    body = {"offers": list(offers), "promotions": promotions or []}
    response = client.patch("/v1/admin/offers", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def yuan(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": CNY}


def until(look: Callable[[], Any], expected: Any) -> None:
    """Workers look for news by the clock: ask until they have it."""
    for _ in range(200):
        if (found := look()) == expected:
            return
        time.sleep(0.02)
    assert found == expected


def price(client: TestClient, name: str) -> int | None:
    live = client.get(f"/v1/products/{name}").json()["offer"]
    return live and live["price"]["amount"]


def trail(data: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data / "audit.jsonl").read_text("utf-8").splitlines()]


def test_a_change_is_acknowledged_and_then_seen_everywhere(client: TestClient, data: Path, secret: keys.Made) -> None:
    answer = send(client, {"id": "lamp", "price": yuan(1550), "list_price": yuan(2000), "stock": 3})
    assert answer == {"accepted": 1, "rejected": [], "seq": 1, "visible_within_ms": 1000}
    until(lambda: price(client, "lamp"), 1550)
    hit = client.post("/v1/search", json={"filters": {"price": {"currency": CNY, "max": 1600}}}).json()
    assert [one["id"] for one in hit["hits"]] == ["lamp"]
    assert hit["hits"][0]["offer"]["list_price"] == yuan(2000)
    assert hit["hits"][0]["offer"]["stock"] == 3
    assert hit["as_of"] > "2026"
    asked = client.post("/v1/ask", json={"question": "How much is the red lamp?"}).json()
    assert asked["products"][0]["offer"]["price"] == yuan(1550)
    assert client.get("/v1/capabilities").json()["facets"]["prices"][0]["cheapest"] == "lamp"
    event = trail(data)[-1]
    assert (event["event"], event["by"], event["accepted"], event["last_seq"]) == ("offers", secret.key.id, 1, 1)
    assert secret.token not in (data / "audit.jsonl").read_text("utf-8")


def test_each_row_stands_by_itself(client: TestClient) -> None:
    rows = [
        {"id": "nothing", "price": yuan(1)},
        {"id": "shirt", "variant_id": "shirt-xl", "price": yuan(1)},
        {"id": "lamp", "price": yuan(-1)},
        {"id": "lamp", "price": {"amount": 100, "currency": "yuan"}},
        {"id": "lamp", "price": yuan(10**30)},
        {"id": "lamp", "price": yuan(100), "list_price": {"amount": 200, "currency": "USD"}},
        {"id": "lamp", "stock": -1},
        {"id": "lamp", "stock": 10**30},
        {"id": "lamp"},
        {"id": "lamp", "stock": 1, "as_of": "yesterday"},
        {"id": "rug", "stock": 1},
        {"id": "shirt", "variant_id": "shirt-m", "price": yuan(2900)},
    ]
    answer = send(client, *rows, promotions=[{"id": "odd"}, {"type": "offer", "id": "lamp", "stock": 1}, {"id": 5}])
    assert answer["accepted"] == 1
    assert [(one["list"], one["index"], one["reason"]) for one in answer["rejected"]] == [
        ("offers", 0, "unknown_id"), ("offers", 1, "unknown_variant"), ("offers", 2, "bad_price"),
        ("offers", 3, "bad_currency"), ("offers", 4, "bad_price"), ("offers", 5, "bad_currency"),
        ("offers", 6, "bad_stock"), ("offers", 7, "bad_stock"), ("offers", 8, "nothing_to_change"),
        ("offers", 9, "bad_time"), ("offers", 10, "no_price"),
        ("promotions", 0, "bad_promotion"), ("promotions", 1, "bad_promotion"), ("promotions", 2, "bad_promotion"),
    ]  # fmt: skip
    assert all(one["detail"] for one in answer["rejected"])
    until(lambda: price(client, "shirt"), 2900)
    assert price(client, "lamp") == 2000


def test_a_promotion_begins_and_ends_at_once(client: TestClient) -> None:
    flash = {
        "id": "flash", "kind": "flash_sale", "product_ids": ["lamp"], "price": "12.00",
        "starts_at": "2020-01-01T00:00:00+00:00", "ends_at": "2999-01-01T00:00:00+00:00",
    }  # fmt: skip
    assert send(client, promotions=[flash])["accepted"] == 1
    until(lambda: price(client, "lamp"), 1200)
    assert send(client, promotions=[{"type": "delete", "id": "flash"}])["accepted"] == 1
    until(lambda: price(client, "lamp"), 2000)


def test_the_newest_word_holds_whatever_comes_in_last(client: TestClient) -> None:
    answer = send(client, {"id": "lamp", "price": yuan(900), "as_of": "2001-01-01T00:00:00Z"})
    assert [one["reason"] for one in answer["rejected"]] == ["overtaken"]
    assert answer["seq"] == 0


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"offers": [{"id": "lamp", "prise": yuan(1)}]}, 400, "unknown_field"),
        ({"offers": [{"id": "lamp", "stock": "many"}]}, 400, "invalid_body"),
        ({"offers": [{"id": "lamp", "availability": "soon"}]}, 400, "invalid_body"),
        ({"offers": [{"price": yuan(1)}]}, 400, "invalid_body"),
        ({"offer": []}, 400, "unknown_field"),
        ({"offers": [{"id": "lamp", "stock": 1}] * 1001}, 413, "batch_too_large"),
        ({"offers": [{"id": "x" * 2000, "stock": 1}] * 1000}, 413, "body_too_large"),
    ],
)
def test_a_body_of_another_shape_changes_nothing(
    client: TestClient, data: Path, body: Any, status: int, kind: str
) -> None:
    response = client.patch("/v1/admin/offers", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"].endswith(f":{kind}")
    assert not Layout(data).overlay.exists()


def test_a_lone_surrogate_is_no_fault_of_ours(client: TestClient) -> None:
    content = b'{"offers": [{"id": "\\ud800", "stock": 1}], "promotions": [{"id": "\\udc00"}]}'
    response = client.patch("/v1/admin/offers", content=content, headers={"content-type": "application/json"})
    assert response.status_code in {200, 400}


def test_what_cannot_be_stored_is_not_acknowledged(data: Path, secret: keys.Made) -> None:
    shop = open_fake(Settings(data=data))
    assert isinstance(shop.store, FakeStore)
    shop.store.full = True
    with TestClient(create_app(shop.settings, lambda _: shop), base_url="http://127.0.0.1") as client:
        headers = {"authorization": f"Bearer {secret.token}"}
        response = client.patch("/v1/admin/offers", json={"offers": [{"id": "audio-1", "stock": 1}]}, headers=headers)
    assert response.status_code == 503
    assert response.json()["type"].endswith(":not_stored")
    assert int(response.headers["retry-after"]) > 0


def test_snapshots_are_listed_and_switched(client: TestClient, data: Path, secret: keys.Made) -> None:
    listed = client.get("/v1/admin/snapshots").json()
    older, newer = (one["name"] for one in listed["snapshots"])
    assert (listed["live"], listed["previous"]) == (newer, older)
    cursor = client.post("/v1/search", json={"k": 1}).json()["cursor"]
    done = client.post(f"/v1/admin/snapshots/{older}/activate")
    assert done.status_code == 200
    assert done.json() == {"before": newer, "live": older, "changed": True}
    until(lambda: client.get("/readyz").json()["snapshot"], older)
    assert price(client, "lamp") == 1000
    gone = client.post("/v1/search", json={"k": 1, "cursor": cursor})
    assert (gone.status_code, gone.json()["type"]) == (410, "urn:shopguide:error:cursor_gone")
    event = trail(data)[-1]
    assert (event["event"], event["to"], event["by"]) == ("activate", older, secret.key.id)


def test_a_switch_that_cannot_be_made_says_why(client: TestClient, data: Path) -> None:
    def kind(name: str) -> tuple[int, str]:
        response = client.post(f"/v1/admin/snapshots/{name}/activate")
        return response.status_code, response.json()["type"].rpartition(":")[2]

    older, newer = Layout(data).names()
    assert kind("absent") == (404, "unknown_snapshot")
    assert kind("..") == (404, "not_found")
    with exclusive(Layout(data).lock):
        assert kind(older) == (409, "busy")
    damaged = Layout(data).snapshot(older) / "records.jsonl"
    damaged.write_bytes(damaged.read_bytes() + b"x")
    assert kind(older) == (409, "snapshot_damaged")
    assert client.get("/readyz").json()["snapshot"] == newer


def test_a_damaged_snapshot_is_refused_and_told(client: TestClient, data: Path) -> None:
    older, newer = Layout(data).names()
    damaged = Layout(data).snapshot(older) / "records.jsonl"
    damaged.write_bytes(damaged.read_bytes() + b"x")
    Layout(data).current.write_text(older + "\n", "utf-8")
    until(lambda: "older_snapshot" in client.get("/readyz").json()["degraded"], True)
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["snapshot"]) == ("degraded", newer)
    assert "does not match its checksum" in ready["why"]
    assert price(client, "lamp") == 2000


def test_admin_is_for_secret_keys_only(client: TestClient, data: Path) -> None:
    public = keys.add(data, "publishable").token
    for method, path in (
        ("PATCH", "/v1/admin/offers"), ("GET", "/v1/admin/snapshots"), ("POST", "/v1/admin/snapshots/x/activate"),
    ):  # fmt: skip

        def kind(key: str, method: str = method, path: str = path) -> str:
            sent = {"authorization": f"Bearer {key}"} if key else {"authorization": ""}
            return client.request(method, path, json={}, headers=sent).json()["type"].rpartition(":")[2]

        assert kind("") == "key_missing"
        until(lambda kind=kind: kind(public), "secret_key_needed")


def test_without_keys_admin_is_closed_and_says_how_to_open_it(data: Path) -> None:
    with TestClient(create_app(Settings(data=data)), base_url="http://127.0.0.1") as client:
        response = client.get("/v1/admin/snapshots", headers={"authorization": "Bearer sk_x"})
        assert response.status_code == 403
        assert "guide keys add" in response.json()["detail"]
        made = keys.add(data, "secret")
        headers = {"authorization": f"Bearer {made.token}"}
        until(lambda: client.get("/v1/admin/snapshots", headers=headers).status_code, 200)
        keys.revoke(data, made.key.id)
        until(lambda: client.get("/v1/admin/snapshots", headers=headers).status_code, 401)
