"""The tools for agents, called by the protocol's own client over a served process: both eras, both languages."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import jsonschema
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

from guide.security import keys

SERVE = "import sys; from pathlib import Path; from guide.serve import run; run({'port': 0}, Path(sys.argv[1]))"
ERAS = ["auto", "legacy"]
INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}  # fmt: skip
ACCEPT = {"accept": "application/json, text/event-stream"}


@contextlib.contextmanager
def serving(data: Path, folder: Path) -> Iterator[str]:
    ready = folder / "ready"
    env = os.environ | {"SHOPGUIDE_DATA": str(data), "SHOPGUIDE_LIMITS__BODY_BYTES": "20000"}
    with subprocess.Popen([sys.executable, "-c", SERVE, str(ready)], env=env, stderr=subprocess.PIPE) as process:
        try:
            deadline = time.monotonic() + 180
            while not ready.exists():
                assert process.poll() is None, process.stderr.read()
                assert time.monotonic() < deadline, "not ready in 180 s"
                time.sleep(0.05)
            yield ready.read_text().strip() + "/mcp"
        finally:
            process.kill()


@pytest.fixture(scope="module")
def address(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("mcp")
    with serving(Path(shutil.copytree(sample_data, folder / "data")), folder) as served:
        yield served


def told(group: BaseExceptionGroup) -> BaseException:
    """The one error inside: the client's task groups wrap it."""
    (error,) = group.exceptions
    return told(error) if isinstance(error, BaseExceptionGroup) else error


def using(address: str, work: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    async def connected() -> Any:
        async with Client(address, mode=mode) as client:
            return await work(client)

    return asyncio.run(connected())


def call(address: str, tool: str, mode: str = "auto", **arguments: Any) -> Any:
    """The result of a call; the client checks structured content against the tool's output schema by itself."""
    return using(address, lambda client: client.call_tool(tool, arguments), mode)


@pytest.mark.parametrize("mode", ERAS)
def test_the_tools_are_listed_as_read_only_with_strict_schemas(address: str, mode: str) -> None:
    async def listed(client: Client) -> Any:
        assert client.server_info.name == "shopguide"
        assert "minor units" in client.instructions
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in using(address, listed, mode)}
    assert set(tools) == {"search_catalog", "lookup_catalog", "get_product", "search_shop_policies_and_faqs"}
    for tool in tools.values():
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
    assert set(tools["search_shop_policies_and_faqs"].input_schema["properties"]) == {"query", "context"}


@pytest.mark.parametrize("mode", ERAS)
@pytest.mark.parametrize(
    ("query", "word"), [("3000 元以内的手机", "手机"), ("phones under ¥3000", "phone")], ids=["zh", "en"]
)
def test_search_understands_both_languages(address: str, mode: str, query: str, word: str) -> None:
    result = call(address, "search_catalog", mode, catalog={"query": query})
    found = result.structured_content
    assert {product["id"] for product in found["products"]} == {"audio-001", "audio-002", "audio-005"}
    assert any(word in product["title"] for product in found["products"])  # not every record is in both languages
    for product in found["products"]:
        assert product["price_range"]["min"]["amount"] <= 300000
        assert product["price_range"]["min"]["currency"] == "CNY"
        assert product["url"].startswith("http://127.0.0.1")
        assert product["variants"][0]["availability"]["available"] in {True, False}
        assert product["title"] in result.content[0].text
    assert found["pagination"] == {"has_next_page": False, "total_count": 3}
    assert [message["code"] for message in found["messages"]] == ["query_understood"]


def test_pages_follow_each_other(address: str) -> None:
    def page(**paging: Any) -> Any:
        filters = {"categories": ["手机 Phones"], "availability": ["in_stock"]}
        return call(address, "search_catalog", catalog={"filters": filters, "pagination": paging}).structured_content

    first = page(limit=2)
    assert first["pagination"]["has_next_page"]
    second = page(limit=2, cursor=first["pagination"]["cursor"])
    ids = [product["id"] for part in (first, second) for product in part["products"]]
    assert len(ids) == len(set(ids)) == 4


def test_what_nothing_passes_is_told(address: str) -> None:
    found = call(address, "search_catalog", catalog={"query": "10 元以内的手机"}).structured_content
    assert "filters_relaxed" in [message["code"] for message in found["messages"]]
    price = {"filters": {"price": {"max": 1}}, "context": {"currency": "CNY"}}
    assert call(address, "search_catalog", catalog=price).structured_content["products"] == []


def test_lookup_tells_which_id_led_where(address: str) -> None:
    asked = ["audio-001", "audio-001-c", "nothing", "audio-001", "grocery-013"]
    found = call(address, "lookup_catalog", catalog={"ids": asked, "context": {"language": "en"}}).structured_content
    phone, oil = found["products"]
    assert phone["title"].startswith("Nanyu N20")
    assert {variant["id"]: variant["inputs"] for variant in phone["variants"]} == {
        "audio-001-a": [{"id": "audio-001", "match": "featured"}],
        "audio-001-c": [{"id": "audio-001-c", "match": "exact"}],
    }
    assert oil["variants"][0]["id"] == "grocery-013"
    assert oil["variants"][0]["availability"] == {"available": True, "status": "backorder", "quantity": 0}
    assert found["messages"] == [{"type": "info", "code": "not_found", "content": "nothing"}]


def test_one_product_narrows_to_what_is_selected(address: str) -> None:
    chosen = [{"name": "Color", "label": "blue"}, {"name": "storage", "label": "1 TB"}]
    asked = {"id": "audio-001", "selected": chosen, "preferences": ["Color", "storage"]}
    product = call(address, "get_product", catalog=asked).structured_content["product"]
    assert product["selected"] == [{"name": "颜色", "label": "蓝色"}]
    assert [variant["id"] for variant in product["variants"]] == ["audio-001-b", "audio-001-d"]
    storage = next(option for option in product["options"] if option["name"] == "存储容量")
    assert storage["values"] == [
        {"label": "128GB", "available": True, "exists": True}, {"label": "256GB", "available": False, "exists": True},
    ]  # fmt: skip
    assert {"name": "防水", "value": "否"} in product["metadata"]["attributes"]


def test_a_variants_id_selects_it(address: str) -> None:
    asked = {"id": "audio-001-d", "context": {"language": "en"}}
    product = call(address, "get_product", catalog=asked).structured_content["product"]
    assert [variant["id"] for variant in product["variants"]] == ["audio-001-d"]
    assert product["variants"][0]["availability"]["status"] == "out_of_stock"
    assert product["selected"] == [{"name": "storage", "label": "256GB"}, {"name": "color", "label": "blue"}]


def test_an_unknown_product_is_an_outcome_and_no_fault(address: str) -> None:
    result = call(address, "get_product", catalog={"id": "nothing"})
    assert not result.is_error
    assert result.structured_content["ucp"]["status"] == "error"
    assert result.structured_content["messages"][0]["severity"] == "unrecoverable"


@pytest.mark.parametrize(
    ("query", "said"), [("退货运费谁出？", "运费"), ("How long do I have to return something?", "15 days")]
)
def test_the_shops_texts_answer_with_sources(address: str, query: str, said: str) -> None:
    found = call(address, "search_shop_policies_and_faqs", query=query).structured_content
    assert found["outcome"] == "answered"
    assert said in found["answer"]
    assert all(source["source"] in {"faq", "policy"} for source in found["sources"])
    assert all(source["quote"] in found["answer"] for source in found["sources"])


def test_what_the_texts_do_not_cover_is_not_answered(address: str) -> None:
    found = call(address, "search_shop_policies_and_faqs", query="Who won the world cup?").structured_content
    assert found["outcome"] != "answered"
    assert found["sources"] == []


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search_catalog", {"catalog": {"q": "x"}}, "catalog{query, filters{categories, price{min, max}"),
        ("search_catalog", {}, "missing required field `catalog`"),
        ("search_catalog", {"catalog": {"pagination": {"limit": 51}}}, "<= 50"),
        ("search_catalog", {"catalog": {"pagination": {"cursor": "x"}}}, "cursor"),
        ("search_catalog", {"catalog": {"filters": {"price": {"max": 1}}, "context": {"currency": "XXX"}}}, "CNY"),
        ("lookup_catalog", {"catalog": {"ids": []}}, "length >= 1"),
        ("get_product", {"catalog": {"id": 5}}, "Expected `str`"),
        ("search_shop_policies_and_faqs", {"query": ""}, "length >= 1"),
    ],
)
def test_wrong_arguments_are_told_to_the_model(address: str, tool: str, arguments: Any, told: str) -> None:
    result = call(address, tool, **arguments)
    assert result.is_error
    assert told in result.content[0].text
    assert tool in result.content[0].text


def test_an_unknown_tool_is_named_with_the_known_ones(address: str) -> None:
    with pytest.raises(ExceptionGroup) as raised:
        call(address, "buy_everything")
    error = told(raised.value)
    assert isinstance(error, MCPError)
    assert (error.code, "search_catalog" in error.message) == (-32602, True)


def test_the_gate_stands_before_the_tools(address: str) -> None:
    def status(**headers: str) -> int:
        return httpx.post(address, json=INITIALIZE, headers=ACCEPT | headers, timeout=60).status_code

    assert status() == 200
    assert status(origin="https://evil.example") == 403
    assert status(host="evil.example") == 403
    assert httpx.post(address, json={"x": "y" * 30000}, headers=ACCEPT).json()["status"] == 413
    assert httpx.get(address, headers=ACCEPT).status_code == 405
    asking = {"origin": address.removesuffix("/mcp"), "access-control-request-method": "POST"}
    assert "Mcp-Protocol-Version" in httpx.options(address, headers=asking).headers["access-control-allow-headers"]


def test_only_a_key_opens_once_there_is_one(sample_copy: Path, tmp_path: Path) -> None:
    token = keys.add(sample_copy, "publishable", "agent").token

    async def tools(address: str, key: str) -> list[str]:
        async with (
            httpx2.AsyncClient(headers={"authorization": f"Bearer {key}"}, timeout=60) as http,
            Client(streamable_http_client(address, http_client=http)) as client,
        ):
            return [tool.name for tool in (await client.list_tools()).tools]

    with serving(sample_copy, tmp_path) as address:
        assert "get_product" in asyncio.run(tools(address, token))
        refused = httpx.post(address, json=INITIALIZE, headers=ACCEPT | {"authorization": "Bearer pk_no"})
        assert (refused.status_code, refused.json()["type"]) == (401, "urn:shopguide:error:key_refused")
        with pytest.raises(ExceptionGroup) as raised:
            asyncio.run(tools(address, "pk_no"))
        assert isinstance(told(raised.value), MCPError)
