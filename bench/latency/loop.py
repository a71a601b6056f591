"""Clients in a closed loop: each asks its next question when it has the answer to the last."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TypeAlias

import httpx
import msgspec

from bench.latency.questions import Asked

_PATIENCE = 120.0
_Ask: TypeAlias = Callable[[httpx.AsyncClient, Asked], Awaitable["Timed"]]


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """One answer; times in seconds from the request, None for what did not come."""

    status: int
    total: float
    first_event: float | None = None
    first_text: float | None = None
    writer: str = ""


async def ask_all(address: str, asked: Sequence[Asked], clients: int, *, stream: bool) -> list[Timed]:
    """Every question once, by so many clients at a time."""
    waiting = iter(asked)
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=address, timeout=_PATIENCE, limits=limits) as client:
        one = _stream if stream else _json
        parts = await asyncio.gather(*(_client(client, waiting, one) for _ in range(clients)))
    return [timed for part in parts for timed in part]


async def _client(client: httpx.AsyncClient, waiting: Iterator[Asked], one: _Ask) -> list[Timed]:
    return [await one(client, asked) for asked in waiting]


async def _json(client: httpx.AsyncClient, asked: Asked) -> Timed:
    began = time.perf_counter()
    response = await client.post("/v1/ask", json=msgspec.to_builtins(asked))
    total = time.perf_counter() - began
    writer = response.json().get("writer", "") if response.is_success else ""
    return Timed(status=response.status_code, total=total, writer=writer)


async def _stream(client: httpx.AsyncClient, asked: Asked) -> Timed:
    began = time.perf_counter()
    first: dict[str, float] = {}
    writer = ""
    async with client.stream(
        "POST", "/v1/ask", json=msgspec.to_builtins(asked), headers={"Accept": "text/event-stream"}
    ) as response:
        name = ""
        async for line in response.aiter_lines():
            if line.startswith("event:"):
                name = line.removeprefix("event:").strip()
                now = time.perf_counter() - began
                first.setdefault("any", now)
                first.setdefault(name, now)
            elif line.startswith("data:") and name == "done":
                writer = msgspec.json.decode(line.removeprefix("data:"))["writer"]
    return Timed(
        status=response.status_code, total=time.perf_counter() - began, first_event=first.get("any"),
        first_text=first.get("text"), writer=writer,
    )  # fmt: skip
