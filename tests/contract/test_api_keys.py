"""Who may come in: access of each route, with and without keys, from which page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_shop import open_fake
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Settings, WidgetSettings
from guide.security import keys

SHOP, EVIL = "https://shop.example", "https://evil.example"


def serving(settings: Settings) -> TestClient:
    return TestClient(create_app(settings, open_fake), base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture
def secret(tmp_path: Path) -> str:
    return keys.add(tmp_path, "secret", "ERP").token


@pytest.fixture
def public(tmp_path: Path) -> str:
    return keys.add(tmp_path, "publishable", "page", (SHOP,)).token


@pytest.fixture
def client(tmp_path: Path, secret: str, public: str) -> Iterator[TestClient]:
    with serving(Settings(data=tmp_path)) as running:
        yield running


def status(client: TestClient, route: str, key: str = "", **headers: str) -> tuple[int, str]:
    """Status and kind of problem of a route."""
    method, path = route.split()
    sent = headers | ({"authorization": f"Bearer {key}"} if key else {})
    response = client.request(method, path, json={"question": "x"} if path == "/v1/ask" else None, headers=sent)
    kind = response.json()["type"].rpartition(":")[2] if "problem" in response.headers["content-type"] else ""
    return response.status_code, kind


PUBLIC = ["GET /", "GET /p/audio-1", "GET /docs", "GET /widget.js", "GET /static/page.css", "GET /healthz",
          "GET /readyz", "GET /openapi.json"]  # fmt: skip
SHOPPER = ["POST /v1/ask", "GET /v1/capabilities", "GET /v1/products/audio-1", "GET /v1/widget/config"]


@pytest.mark.parametrize("route", PUBLIC)
def test_pages_and_health_need_no_key(client: TestClient, route: str) -> None:
    assert status(client, route) == (200, "")


@pytest.mark.parametrize("route", SHOPPER)
def test_the_rest_needs_any_key(client: TestClient, secret: str, public: str, route: str) -> None:
    assert status(client, route) == (401, "key_missing")
    assert status(client, route, "pk_unknown") == (401, "key_refused")
    assert status(client, route, public) == status(client, route, secret) == (200, "")


def test_figures_need_a_secret_key(client: TestClient, secret: str, public: str) -> None:
    assert status(client, "GET /metrics") == (401, "key_missing")
    assert status(client, "GET /metrics", public) == (403, "secret_key_needed")
    assert status(client, "GET /metrics", secret) == (200, "")


@pytest.mark.parametrize("sent", ["Basic c2s=", "Bearer", "Bearer ", "sk_bare"])
def test_only_a_bearer_is_a_key(client: TestClient, sent: str) -> None:
    response = client.get("/v1/capabilities", headers={"authorization": sent})
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_key_in_the_address_opens_nothing(client: TestClient, secret: str) -> None:
    assert client.get("/v1/capabilities", params={"key": secret, "api_key": secret}).status_code == 401


def test_any_host_name_is_served_once_keys_exist(client: TestClient, public: str) -> None:
    assert status(client, "POST /v1/ask", public, host="guide.shop.example") == (200, "")


def test_a_page_may_use_only_a_key_that_lists_it(tmp_path: Path, secret: str, public: str) -> None:
    other = keys.add(tmp_path, "publishable", origins=("https://other.example",)).token
    with serving(Settings(data=tmp_path)) as client:
        assert status(client, "POST /v1/ask", public, origin=SHOP) == (200, "")
        assert status(client, "POST /v1/ask", other, origin=SHOP) == (403, "origin_refused")
        assert status(client, "POST /v1/ask", secret, origin=SHOP) == (403, "origin_refused")
        assert status(client, "POST /v1/ask", public, origin=EVIL) == (403, "origin_refused")
        assert status(client, "GET /static/widget.css", origin=SHOP) == (200, "")
        assert status(client, "GET /static/widget.css", origin=EVIL) == (403, "origin_refused")


@pytest.mark.parametrize("origin", ["null", "http://[", "//127.0.0.1", "127.0.0.1", "http://127.0.0.1@evil.example"])
def test_an_odd_origin_is_another_page(client: TestClient, public: str, origin: str) -> None:
    assert status(client, "POST /v1/ask", public, origin=origin) == (403, "origin_refused")


def test_a_listed_page_may_read_answers_and_problems(client: TestClient, public: str) -> None:
    preflight = client.options("/v1/ask", headers={
        "origin": SHOP, "access-control-request-method": "POST", "access-control-request-headers": "authorization",
    })  # fmt: skip
    assert preflight.status_code == 204
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    for headers in ({}, {"authorization": f"Bearer {public}"}):
        response = client.post("/v1/ask", json={"question": "x"}, headers={"origin": SHOP, **headers})
        assert response.headers["access-control-allow-origin"] == SHOP
        assert "Origin" in response.headers["vary"]
    refused = client.options("/v1/ask", headers={"origin": EVIL, "access-control-request-method": "POST"})
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers


def test_without_keys_this_machine_is_served(tmp_path: Path) -> None:
    with serving(Settings(data=tmp_path)) as client:
        assert status(client, "GET /metrics") == (200, "")
        assert status(client, "POST /v1/ask") == (200, "")


def test_an_address_of_the_network_needs_a_key_even_if_none_was_made(tmp_path: Path) -> None:
    with serving(Settings(data=tmp_path, host="0.0.0.0")) as client:  # noqa: S104 - what must not open
        assert status(client, "POST /v1/ask") == (401, "key_missing")


def test_the_sample_pages_carry_the_widgets_key(tmp_path: Path, public: str) -> None:
    with serving(Settings(data=tmp_path, widget=WidgetSettings(key=public))) as client:
        for path in ("/", "/p/audio-1"):
            assert f'<html data-key="{public}" ' in client.get(path).text
    with serving(Settings(data=tmp_path)) as client:
        assert "data-key" not in client.get("/").text
