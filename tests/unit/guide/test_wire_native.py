"""The native wire: folding, encoding, pings, and what happens when somebody goes away."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from catalog.money import Money
from guide.events import (
    CitationEvent,
    ClaimSpan,
    Done,
    ErrorEvent,
    Event,
    FollowUps,
    Products,
    Status,
    TableEvent,
    Text,
)
from guide.model import Card, Cell, Table, TableRow
from guide.problems import Problem
from guide.wire import native, sse
from index.results import LiveOffer

DONE = Done(
    outcome="answered", language="zh", confidence=0.5, writer="composer", snapshot="s", as_of="now", understanding={},
    claims=[ClaimSpan("🎧 很轻。", 2, 7, [1], "answer")], timings={"write": 1.0}, usage={},
)  # fmt: skip
EVENTS: list[Event] = [
    Status("a_1"),
    Products([Card(id="p", title="T", offer=LiveOffer(price=Money(100, "CNY")))]),
    Text("首先"),
    Text("🎧 很轻。[1]"),
    CitationEvent(1, "p", "title", "很轻", "zh", "merchant"),
    TableEvent(Table(["p"], [TableRow("重量", [Cell(None)])])),
    FollowUps(["还有吗？"]),
    DONE,
]


async def given(events: list[Event], pause: float = 0.0) -> AsyncIterator[Event]:
    for event in events:
        await asyncio.sleep(pause)
        yield event


def blocks(chunks: list[bytes]) -> list[dict[str, str]]:
    whole = b"".join(chunks).decode()
    return [dict(line.split(": ", 1) for line in part.splitlines()) for part in whole.strip().split("\n\n")]


async def collect(events: AsyncIterator[Event], ping: float = 5.0) -> list[bytes]:
    return [chunk async for chunk in native.stream(events, ping)]


def test_fold_gives_every_part():
    answer = asyncio.run(native.fold(given(EVENTS)))
    assert answer.answer_id == "a_1"
    assert answer.text == "首先🎧 很轻。[1]"
    claim = answer.claims[0]
    assert answer.text[claim.start : claim.end] == claim.text  # code points, so an emoji counts one
    assert answer.products[0].offer is not None
    assert answer.products[0].offer.availability == "in_stock"
    assert answer.table == Table(["p"], [TableRow("重量", [Cell(None)])])
    assert answer.follow_ups == ["还有吗？"]


def test_fold_of_an_error_event_is_a_problem():
    with pytest.raises(Problem, match="try later"):
        asyncio.run(native.fold(given([Status("a"), ErrorEvent("t", "T", "try later")])))


def test_fold_without_an_end_is_a_problem():
    with pytest.raises(Problem, match="ended early"):
        asyncio.run(native.fold(given(EVENTS[:3])))


def test_stream_carries_the_same_answer_as_the_fold():
    sent = blocks(asyncio.run(collect(given(EVENTS))))
    assert [part["event"] for part in sent] == [
        "status", "products", "text", "text", "citation", "table", "follow_ups", "done",
    ]  # fmt: skip
    answer = asyncio.run(native.fold(given(EVENTS)))
    assert "".join(json.loads(p["data"])["text"] for p in sent if p["event"] == "text") == answer.text
    assert json.loads(sent[-1]["data"])["claims"][0]["start"] == 2


def test_an_error_event_keeps_its_own_type():
    sent = blocks(asyncio.run(collect(given([ErrorEvent("urn:x", "T", "d")]))))
    assert json.loads(sent[0]["data"]) == {"type": "urn:x", "title": "T", "detail": "d"}


def test_line_breaks_stay_inside_one_data_line():
    sent = asyncio.run(collect(given([Text("a\n\nb\r\nc\u2028d")])))
    assert len(b"".join(sent).split(b"\n\n")) == 2
    assert json.loads(blocks(sent)[0]["data"])["text"] == "a\n\nb\r\nc\u2028d"


def test_silence_is_filled_with_pings():
    sent = asyncio.run(collect(given([Text("late")], pause=0.1), ping=0.02))
    assert sent.count(sse.PING) >= 2
    assert sent[-1].startswith(b"event: text")


@pytest.mark.parametrize("moment", ["while it is silent", "between two events"])
def test_going_away_ends_the_engine(moment):
    ended: list[str] = []

    async def engine() -> AsyncIterator[Event]:
        try:
            yield Status("a")
            await asyncio.sleep(60)
        finally:
            ended.append("yes")

    async def leave() -> None:
        chunks = native.stream(engine(), 0.01)
        await anext(chunks)
        if moment == "while it is silent":
            assert await anext(chunks) == sse.PING
        await chunks.aclose()

    asyncio.run(leave())
    assert ended == ["yes"]


def test_cancelling_the_reader_ends_the_engine():
    ended: list[str] = []

    async def engine() -> AsyncIterator[Event]:
        try:
            yield Status("a")
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)  # an engine may still have to close a connection
            ended.append("yes")

    async def leave() -> None:
        reader = asyncio.create_task(collect(engine()))
        await asyncio.sleep(0.05)
        reader.cancel()
        await asyncio.wait({reader})

    asyncio.run(leave())
    assert ended == ["yes"]
