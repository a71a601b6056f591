"""16 kB of question, over every wire: the last byte that fits is taken, the next is refused as that wire refuses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_shop import open_fake
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Settings

MOST = 16 * 1024
WIRES: dict[str, Any] = {
    "/v1/ask": lambda text: {"question": text},
    "/v1/chat/completions": lambda text: {"model": "shopguide", "messages": [{"role": "user", "content": text}]},
    "/v1/ui/chat": lambda text: {"messages": [{"id": "1", "role": "user", "parts": [{"type": "text", "text": text}]}]},
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data=tmp_path), open_fake)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as running:
        yield running


@pytest.mark.parametrize("path", WIRES)
@pytest.mark.parametrize("stream", [False, True])
def test_a_question_has_at_most_16_kb_in_utf_8(client: TestClient, path: str, stream: bool) -> None:
    more = {"stream": True} if stream and path != "/v1/ui/chat" else {}
    fits, over = "长" * (MOST // 3) + "a" * (MOST % 3), "长" * (MOST // 3) + "a" * (MOST % 3 + 1)
    assert len(fits.encode()) == MOST
    assert client.post(path, json=WIRES[path](fits) | more).status_code == 200
    refused = client.post(path, json=WIRES[path](over) | more)
    assert refused.status_code == 413
    assert "question_too_large" in refused.text
    assert "长" not in refused.text


def test_agents_and_searches_send_words_not_pages(client: TestClient) -> None:
    assert client.post("/v1/search", json={"query": "长" * 2001}).status_code == 400
    for name, arguments in (
        ("search_shop_policies_and_faqs", {"query": "长" * 2001}),
        ("search_catalog", {"catalog": {"query": "长" * 2001}}),
    ):
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
        headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
        told = client.post("/mcp", json=call, headers=headers).json()["result"]
        assert told["isError"]
        assert "长" not in str(told)
