"""Limits over HTTP: who is counted, what is exempt, what a page is told, and how many answers one may hold at once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fake_shop import open_fake
from litestar import Litestar
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Limits, Settings
from guide.security import keys

SHOP = "https://shop.example"
ASK = {"question": "x"}


def settings(data: Path, **limits: Any) -> Settings:
    return Settings(data=data, limits=Limits(**limits))


def serving(chosen: Settings) -> TestClient:
    return TestClient(create_app(chosen, open_fake), base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture
def page(tmp_path: Path) -> dict[str, str]:
    """Headers of a page that uses its key."""
    token = keys.add(tmp_path, "publishable", origins=(SHOP,)).token
    return {"authorization": f"Bearer {token}", "origin": SHOP}


@pytest.fixture
def client(tmp_path: Path, page: dict[str, str]) -> Iterator[TestClient]:
    with serving(settings(tmp_path, per_address="3/minute", per_key="5/hour", trusted_proxies=["0.0.0.0/0"])) as found:
        yield found


def test_a_page_that_asks_too_often_is_told_when_to_come_back(client: TestClient, page: dict[str, str]) -> None:
    for left in (2, 1, 0):
        response = client.post("/v1/ask", json=ASK, headers=page)
        assert response.status_code == 200
        assert f'"address-60";r={left};t=' in response.headers["ratelimit"]
    response = client.post("/v1/ask", json=ASK, headers=page)
    assert response.status_code == 429
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:shopguide:error:too_many_requests"
    seconds = int(response.headers["retry-after"])
    assert 1 <= seconds <= 60
    assert f"wait {seconds} s" in response.json()["detail"]
    assert response.headers["ratelimit-policy"] == '"key-3600";q=5;w=3600, "address-60";q=3;w=60'
    assert response.headers["ratelimit"].startswith('"key-3600";r=2;t=')
    assert response.headers["ratelimit"].endswith(f'"address-60";r=0;t={seconds}')


def test_a_page_may_read_what_it_is_told(client: TestClient, page: dict[str, str]) -> None:
    found = [client.post("/v1/ask", json=ASK, headers=page) for _ in range(4)][-1]
    assert found.status_code == 429
    assert found.headers["access-control-allow-origin"] == SHOP
    assert {"RateLimit", "Retry-After"} <= set(found.headers["access-control-expose-headers"].split(", "))


def test_all_routes_of_a_key_are_counted_together(client: TestClient, page: dict[str, str]) -> None:
    assert client.get("/v1/widget/config", headers=page).status_code == 200
    assert client.post("/v1/search", json={"query": "x"}, headers=page).status_code == 200
    assert client.get("/v1/products/none", headers=page).status_code == 404
    assert client.get("/v1/capabilities", headers=page).status_code == 429


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/readyz", "/widget.js", "/static/page.css", "/docs", "/openapi.json"]
)
def test_health_and_pages_are_not_counted(client: TestClient, page: dict[str, str], path: str) -> None:
    found = [client.get(path, headers=page) for _ in range(8)]
    assert {response.status_code for response in found} == {200}
    assert "ratelimit" not in found[0].headers


def test_preflights_are_not_counted(client: TestClient, page: dict[str, str]) -> None:
    asked = {"origin": SHOP, "access-control-request-method": "POST"}
    assert {client.options("/v1/ask", headers=asked).status_code for _ in range(8)} == {204}
    assert client.post("/v1/ask", json=ASK, headers=page).status_code == 200


def test_a_secret_key_asks_freely_and_for_figures(client: TestClient, tmp_path: Path) -> None:
    secret = {"authorization": f"Bearer {keys.add(tmp_path, 'secret').token}"}
    with serving(settings(tmp_path, per_address="1/hour", per_key="1/hour")) as fresh:
        for path in ("/v1/capabilities", "/metrics", "/v1/admin/snapshots"):
            assert 429 not in {fresh.get(path, headers=secret).status_code for _ in range(5)}


def test_a_key_may_carry_its_own_limit(tmp_path: Path) -> None:
    token = keys.add(tmp_path, "secret", caps=keys.Caps("2/hour")).token
    with serving(settings(tmp_path)) as client:
        found = [client.post("/v1/ask", json=ASK, headers={"authorization": f"Bearer {token}"}) for _ in range(3)]
    assert [response.status_code for response in found] == [200, 200, 429]


def test_without_keys_nothing_is_counted(tmp_path: Path) -> None:
    with serving(settings(tmp_path, per_address="1/hour", per_key="1/hour", max_in_flight_each=0)) as client:
        assert {client.post("/v1/ask", json=ASK).status_code for _ in range(4)} == {200}


def test_a_refused_key_is_counted_for_nobody(client: TestClient, page: dict[str, str]) -> None:
    for _ in range(8):
        client.post("/v1/ask", json=ASK, headers={"authorization": "Bearer pk_wrong", "origin": SHOP})
    assert client.post("/v1/ask", json=ASK, headers=page).status_code == 200


def test_a_page_gets_no_more_hits_than_its_key_may_ask_for(tmp_path: Path) -> None:
    plain = keys.add(tmp_path, "publishable").token
    wide = keys.add(tmp_path, "publishable", caps=keys.Caps(max_k=80)).token
    secret, narrow = keys.add(tmp_path, "secret").token, keys.add(tmp_path, "secret", caps=keys.Caps(max_k=5)).token
    with serving(settings(tmp_path, publishable_k=20)) as client:

        def status(token: str, k: int) -> int:
            headers = {"authorization": f"Bearer {token}"}
            return client.post("/v1/search", json={"query": "x", "k": k}, headers=headers).status_code

        assert [status(plain, k) for k in (20, 21)] == [200, 403]
        assert [status(wide, k) for k in (80, 81)] == [200, 403]
        assert [status(secret, k) for k in (100, 101)] == [200, 400]
        assert [status(narrow, k) for k in (5, 6)] == [200, 403]
        headers = {"authorization": f"Bearer {plain}", "content-type": "application/json"}
        assert client.post("/v1/search", content=b"{", headers=headers).json()["type"].endswith("invalid_json")


async def streams(app: Litestar, wanted: list[tuple[str, dict[str, str]]]) -> list[int]:
    """Status of each request while all the streams before it are open."""
    found: list[int] = []
    held: list[asyncio.Task[None]] = []

    async def hold(address: str, headers: dict[str, str]) -> None:
        body = b'{"question": "slow", "stream": true}'
        raw = {"host": "127.0.0.1", "content-type": "application/json", "x-forwarded-for": address} | headers
        scope = {
            "type": "http", "method": "POST", "path": "/v1/ask", "raw_path": b"/v1/ask", "query_string": b"",
            "headers": [(k.encode(), v.encode()) for k, v in raw.items()], "client": ("10.0.0.1", 1),
            "server": ("127.0.0.1", 80), "scheme": "http", "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        sent = False

        async def receive() -> dict[str, Any]:
            nonlocal sent
            if sent:
                await asyncio.Event().wait()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                found.append(message["status"])

        await app(scope, receive, send)  # type: ignore[arg-type]

    async with app.lifespan():
        for address, headers in wanted:
            held.append(asyncio.create_task(hold(address, headers)))
            while len(found) < len(held):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
    return found


def test_one_address_does_not_hold_every_place(tmp_path: Path) -> None:
    page = {"authorization": f"Bearer {keys.add(tmp_path, 'publishable').token}"}
    server = {"authorization": f"Bearer {keys.add(tmp_path, 'secret').token}"}
    chosen = settings(tmp_path, max_in_flight=5, max_in_flight_each=2, trusted_proxies=["10.0.0.0/8"])
    app = create_app(chosen, open_fake)
    wanted = [("192.0.2.1", page)] * 3 + [("192.0.2.2", page)] + [("192.0.2.1", server)] * 3
    assert asyncio.run(streams(app, wanted)) == [200, 200, 429, 200, 200, 200, 503]
    with TestClient(app, base_url="http://127.0.0.1") as client:  # every place was given back
        assert client.post("/v1/ask", json=ASK, headers=page).status_code == 200


EXEMPT = {"PATCH /v1/admin/offers", "POST /v1/admin/snapshots/{name:str}/activate", "POST /v1/feedback",
          "DELETE /v1/conversations/{conversation_id:str}"}  # fmt: skip
"""Routes that write a line and think nothing."""


def test_every_route_that_thinks_needs_a_place() -> None:
    app = create_app(Settings(data=Path("/nonexistent")), open_fake)
    for route in app.routes:
        for handler in route.route_handlers if hasattr(route, "route_handlers") else ():
            for method in getattr(handler, "http_methods", ()):
                name = f"{method} {route.path}"
                if method in {"POST", "PATCH", "PUT", "DELETE"} and name not in EXEMPT:
                    assert handler.opt.get("admission"), f"{name} takes no place: opt={{'admission': True}}"


def test_a_problem_of_503_says_when(tmp_path: Path) -> None:
    with serving(settings(tmp_path, max_in_flight=0)) as client:
        response: httpx.Response = client.post("/v1/ask", json=ASK)
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
