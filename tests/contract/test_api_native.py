"""The native API over a fake shop: shapes, limits and every kind of refusal."""

import json
import time
from collections.abc import Iterator

import pytest
from fake_shop import FakeEngine, open_fake
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Limits, Settings
from guide.shop import Shop
from guide.wire import cursor


@pytest.fixture
def shop() -> Shop:
    return open_fake(Settings(limits=Limits(history_turns=3)))


@pytest.fixture
def client(shop: Shop) -> Iterator[TestClient]:
    app = create_app(shop.settings, lambda _: shop)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as running:
        yield running


def problem(response, status: int, kind: str) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == f"urn:shopguide:error:{kind}"
    assert body["status"] == status
    assert body["title"]
    return body


def test_ask_answers_with_every_field(client):
    response = client.post("/v1/ask", json={"question": "降噪耳机推荐"})
    assert response.status_code == 200
    answer = response.json()
    assert {
        "answer_id", "conversation_id", "outcome", "language", "text", "claims", "products", "citations", "follow_ups",
        "understanding", "confidence", "writer", "degraded", "snapshot", "as_of", "usage", "timings",
    } == set(answer)  # fmt: skip
    first = answer["products"][0]
    assert first["offer"] == {
        "price": {"amount": 29900, "currency": "CNY"},
        "list_price": {"amount": 39900, "currency": "CNY"},
        "availability": "in_stock",
        "stock": 12,
    }
    assert answer["products"][1]["image"] is None
    assert answer["products"][1]["unverified"] == ["alcohol_free"]
    claim = answer["claims"][0]
    assert answer["text"][claim["start"] : claim["end"]] == claim["text"]


def test_explain_adds_the_evidence(client):
    answer = client.post("/v1/ask", json={"question": "hello", "explain": True}).json()
    assert answer["evidence"][0]["record_id"] == "audio-1"


def test_comparison_has_a_table(client):
    table = client.post("/v1/ask", json={"question": "compare them"}).json()["table"]
    assert table["columns"] == ["audio-1", "audio-2"]
    assert table["rows"][1]["cells"] == [{"value": "40 h", "n": 1}, {"value": None}]


def test_what_the_client_knows_reaches_the_engine(client, shop):
    client.post("/v1/ask", json={
        "question": "这个怎么样", "product_ids": ["audio-1"], "locale": "zh-CN", "filters": {"brand": ["静海"]},
        "history": [{"role": "assistant", "content": "…", "product_ids": ["audio-2"]}],
    }).raise_for_status()  # fmt: skip
    engine = shop.engine
    assert isinstance(engine, FakeEngine)
    asked = engine.asked[0]
    assert asked.product_ids == ("audio-1",)
    assert asked.filters.brand == ["静海"]
    assert asked.history[0].product_ids == ["audio-2"]


@pytest.mark.parametrize("how", ["accept", "field"])
def test_stream_sends_named_numbered_events(client, how):
    headers = {"accept": "text/event-stream"} if how == "accept" else {}
    body = {"question": "降噪耳机"} | ({"stream": True} if how == "field" else {})
    response = client.post("/v1/ask", json=body, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [dict(line.split(": ", 1) for line in block.splitlines()) for block in response.text.strip().split("\n\n")]
    assert [event["event"] for event in events] == [
        "status", "products", "text", "text", "text", "citation", "citation", "follow_ups", "done",
    ]  # fmt: skip
    assert [int(event["id"]) for event in events] == list(range(1, 10))
    whole = "".join(json.loads(event["data"])["text"] for event in events if event["event"] == "text")
    assert whole == client.post("/v1/ask", json={"question": "降噪耳机"}).json()["text"]
    assert json.loads(events[1]["data"])["products"][0]["offer"]["availability"] == "in_stock"


def test_an_error_in_a_stream_is_an_event(client, shop):
    text = client.post("/v1/ask", json={"question": "boom", "stream": True}).text
    last = dict(line.split(": ", 1) for line in text.strip().split("\n\n")[-1].splitlines())
    assert last["event"] == "error"
    assert json.loads(last["data"])["type"] == "urn:shopguide:error:internal"
    assert "secret" not in text
    assert shop.engine.ended == 1


def test_an_error_before_the_answer_is_a_problem_with_the_answers_id(client):
    body = problem(client.post("/v1/ask", json={"question": "boom"}), 500, "internal")
    assert body["answer_id"].startswith("a_")
    assert "secret" not in json.dumps(body)
    problem(client.post("/v1/ask", json={"question": "broken"}), 500, "internal")


@pytest.mark.parametrize(
    ("path", "body", "kind", "named"),
    [
        ("/v1/ask", {"question": "x", "colour": 1}, "unknown_field", "product_ids"),
        ("/v1/ask", {"question": "x", "filters": {"colour": 1}}, "unknown_field", "not_brand"),
        ("/v1/ask", {"question": "x", "filters": {"price": {"currency": "CNY", "least": 1}}}, "unknown_field", "max"),
        ("/v1/ask", {"question": "x", "filters": {"attributes": {"w": {"atmost": 1}}}}, "unknown_field", "unit"),
        ("/v1/ask", {"question": "x", "history": [{"role": "user", "text": "y"}]}, "unknown_field", "content"),
        ("/v1/ask", {"question": 5}, "invalid_body", "question"),
        ("/v1/ask", {}, "invalid_body", "question"),
        ("/v1/ask", {"question": "  "}, "invalid_question", "empty"),
        ("/v1/ask", {"question": "x", "profile_id": "p" * 129}, "invalid_question", "profile_id"),
        ("/v1/ask", {"question": "x", "history": [{"role": "user", "content": "y"}] * 4}, "invalid_question", "3"),
        ("/v1/search", {"q": "x"}, "unknown_field", "query"),
        ("/v1/search", {"k": 101}, "invalid_body", "k"),
        ("/v1/search", {"sort": "best"}, "invalid_body", "sort"),
        ("/v1/search", {"cursor": "!!"}, "invalid_cursor", "begin anew"),
        ("/v1/search", {"cursor": "e30"}, "invalid_cursor", "begin anew"),
    ],
)
def test_what_is_wrong_is_named(client, path, body, kind, named):
    assert named in problem(client.post(path, json=body), 400, kind)["detail"]


def test_history_and_conversation_exclude_each_other(client):
    body = {"question": "x", "conversation_id": "c", "history": [{"role": "user", "content": "y"}]}
    assert "not both" in problem(client.post("/v1/ask", json=body), 400, "invalid_question")["detail"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"{", "invalid_json"), (b"[]", "invalid_json"), (b"", "invalid_json"), (b"\xff", "invalid_json")],
)
def test_a_body_that_is_no_json_object(client, content, kind):
    problem(client.post("/v1/ask", content=content, headers={"content-type": "application/json"}), 400, kind)


def test_deep_nesting_is_refused(client):
    deep = b'{"question":"x","filters":' + b'{"attributes":' * 3000 + b"1" + b"}" * 3000 + b"}"
    response = client.post("/v1/ask", content=deep, headers={"content-type": "application/json"})
    assert response.status_code == 400


def test_sizes(client):
    problem(client.post("/v1/ask", json={"question": "x" * 1_000_000}), 413, "body_too_large")
    problem(client.post("/v1/ask", json={"question": "长" * 6000}), 413, "question_too_large")


def test_other_refusals(client):
    problem(client.post("/v1/ask", data={"question": "x"}), 415, "unsupported_media_type")
    problem(
        client.post("/v1/ask", content=b"{}", headers={"content-type": "text/plain"}), 415, "unsupported_media_type"
    )
    problem(client.get("/v1/nowhere"), 404, "not_found")
    problem(client.get("/static/nothing.js"), 404, "not_found")
    problem(client.get("/v1/products/none/review/1"), 404, "unknown_product")
    assert "POST" in problem_allow(client)


def problem_allow(client) -> str:
    response = client.get("/v1/ask")
    problem(response, 405, "method_not_allowed")
    return response.headers["allow"]


def test_only_loopback_hosts_and_listed_origins(client):
    problem(client.get("/healthz", headers={"host": "shop.example"}), 403, "host_refused")
    problem(client.get("/healthz", headers={"host": "127.0.0.1.evil.example:8000"}), 403, "host_refused")
    for host in ("localhost", "localhost:8000", "127.0.0.1", "[::1]:8000", "[::1]"):
        assert client.get("/healthz", headers={"host": host}).status_code == 200
    problem(client.get("/healthz", headers={"origin": "https://evil.example"}), 403, "origin_refused")
    assert client.get("/healthz", headers={"origin": "http://127.0.0.1:8000"}).status_code == 200


def test_a_listed_origin_may_embed():
    settings = Settings(allowed_origins=["https://shop.example"])
    with TestClient(create_app(settings, open_fake), base_url="http://127.0.0.1") as client:
        response = client.post("/v1/ask", json={"question": "x"}, headers={"origin": "https://shop.example"})
        assert response.headers["access-control-allow-origin"] == "https://shop.example"
        preflight = client.options("/v1/ask", headers={
            "origin": "https://shop.example", "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        })  # fmt: skip
        assert preflight.status_code == 204


def test_over_the_limit_is_told_when_to_come_back():
    settings = Settings(limits=Limits(max_in_flight=0))
    with TestClient(create_app(settings, open_fake), base_url="http://127.0.0.1") as client:
        response = client.post("/v1/ask", json={"question": "x"})
        problem(response, 503, "overloaded")
        assert int(response.headers["retry-after"]) > 0
        assert client.get("/healthz").status_code == 200


def test_places_are_given_back():
    settings = Settings(limits=Limits(max_in_flight=1))
    app = create_app(settings, open_fake)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        for question in ("x", "boom", "x"):
            client.post("/v1/ask", json={"question": question})
            client.post("/v1/ask", json={"question": question, "stream": True})
        assert client.post("/v1/ask", json={"question": "x"}).status_code == 200


def test_search_pages_with_facets_and_understanding(client, shop):
    first = client.post("/v1/search", json={"query": "300 元以内的耳机", "k": 2}).json()
    assert [hit["id"] for hit in first["hits"]] == ["audio-1", "audio-2"]
    assert first["total"] == 3
    assert first["facets"]["prices"][0]["cheapest"] == "audio-3"
    assert first["understanding"]["filter"]["price"] == {"currency": "CNY", "max": 30000}
    assert shop.store.view_given.last.filter.price.max == 30000
    assert "scores" not in first["hits"][0]
    second = client.post("/v1/search", json={"query": "300 元以内的耳机", "k": 2, "cursor": first["cursor"]}).json()
    assert [hit["id"] for hit in second["hits"]] == ["audio-3"]
    assert second["cursor"] is None


def test_search_without_a_query_lists(client):
    body = client.post("/v1/search", json={"sort": "price_asc", "explain": True, "locale": "en-GB"}).json()
    assert body["total"] == 3
    assert body["hits"][0]["scores"] == {"lexical": 1.0}
    assert body["hits"][0]["title"] == "Jinghai N1 noise-cancelling headphones"
    assert "understanding" not in body


def test_search_finds_shop_texts(client):
    hit = client.post("/v1/search", json={"query": "退货", "types": ["faq"]}).json()["hits"][0]
    assert hit["title"] == "能退货吗？"
    assert hit["offer"] is None


def test_a_cursor_of_a_gone_snapshot(client):
    gone = cursor.encode("s-0", 10)
    problem(client.post("/v1/search", json={"cursor": gone}), 410, "cursor_gone")


def test_product_record_with_live_offers(client):
    body = client.get("/v1/products/audio-1").json()
    assert body["product"]["title"] == "静海 N1 头戴式降噪耳机"
    assert body["product"]["type"] == "product"
    assert body["offer"]["price"]["amount"] == 29900
    assert body["offers"]["audio-1-b"]["price"]["amount"] == 31900
    problem(client.get("/v1/products/faq-1"), 404, "unknown_product")


def test_capabilities_and_widget_config(client):
    body = client.get("/v1/capabilities").json()
    assert body["facets"]["total"] == 3
    assert "not_brand" in body["filters"]
    config = client.get("/v1/widget/config").json()
    assert len(config["examples"]["zh"]) == len(config["examples"]["en"]) == 3


def until(client, expected: dict) -> None:
    """The encoder warms in a thread: ask a few times."""
    for _ in range(100):
        if (found := client.get("/readyz").json()) == expected:
            return
        time.sleep(0.01)
    assert found == expected


def test_health_readiness_and_metrics(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    until(client, {"status": "ready", "snapshot": "s-1", "degraded": []})
    client.post("/v1/ask", json={"question": "x"})
    text = client.get("/metrics").text
    assert 'guide_answers_total{outcome="answered",writer="composer"} 1.0' in text
    assert 'guide_stage_seconds_count{stage="retrieve"} 1.0' in text


def test_a_missing_encoder_is_told(monkeypatch):
    monkeypatch.setenv("FAKE_ENCODER", "missing")
    shop = open_fake(Settings())
    with TestClient(create_app(shop.settings, lambda _: shop), base_url="http://127.0.0.1") as client:
        until(client, {"status": "degraded", "snapshot": "s-1", "degraded": ["encoder_missing"]})
        assert client.post("/v1/ask", json={"question": "x"}).status_code == 200
    assert shop.store.closed


@pytest.mark.parametrize(
    "path", ["/", "/p/audio-1", "/docs", "/widget.js", "/static/page.css", "/v1/nowhere", "/healthz"]
)
def test_browsers_are_told_to_be_strict(client, path):
    headers = client.get(path).headers
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_openapi_describes_every_route(client):
    schema = client.get("/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert {"/v1/ask", "/v1/search", "/v1/products/{product_id}", "/v1/capabilities", "/v1/widget/config"} <= set(
        schema["paths"]
    )
    for path in schema["paths"].values():
        for operation in path.values():
            assert operation["description"]
    problems = schema["paths"]["/v1/ask"]["post"]["responses"]["400"]["content"]
    assert list(problems) == ["application/problem+json"]
