"""Every wire tells the same: the golden event logs, folded by each, read back as a client reads it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest
from golden import WHOLE, Said, load, said

from guide.events import Event
from guide.problems import Problem
from guide.wire import native, openai_chat, ui_stream
from guide.wire.openai_chat import Form

FORM = Form(created=1, reference=True, usage=True)


async def given(events: list[Event]) -> AsyncIterator[Event]:
    for event in events:
        yield event


def joined(chunks: AsyncIterator[bytes]) -> str:
    async def collect() -> bytes:
        return b"".join([chunk async for chunk in chunks])

    return asyncio.run(collect()).decode()


def lines(text: str) -> list[Any]:
    """The data of an event stream; the chat wires end in [DONE]."""
    data = [line.removeprefix("data: ") for line in text.split("\n") if line.startswith("data: ")]
    return [json.loads(line) for line in data if line != "[DONE]"]


def of_answer(answer: dict[str, Any], text: str, answer_id: str) -> Said:
    table = answer.get("table")
    return Said(
        answer_id=answer_id, text=text, products=[card["id"] for card in answer["products"]],
        marks=[citation["n"] for citation in answer["citations"]], table=table["columns"] if table else None,
        follow_ups=answer["follow_ups"], outcome=answer["outcome"],
    )  # fmt: skip


def native_json(events: list[Event]) -> Said:
    answer = msgspec.to_builtins(asyncio.run(native.fold(given(events))))
    return of_answer(answer, answer["text"], answer["answer_id"])


def native_stream(events: list[Event]) -> Said:
    sent = joined(native.stream(given(events), 5.0))
    named = [(block["event"], json.loads(block["data"])) for block in map(block_of, sent.strip().split("\n\n"))]

    def every(name: str) -> list[Any]:
        return [data for kind, data in named if kind == name]

    table, done, error = every("table"), every("done"), every("error")
    return Said(
        answer_id=every("status")[0]["answer_id"], text="".join(data["text"] for data in every("text")),
        products=[card["id"] for data in every("products") for card in data["products"]],
        marks=[data["n"] for data in every("citation")], table=table[0]["table"]["columns"] if table else None,
        follow_ups=[text for data in every("follow_ups") for text in data["follow_ups"]],
        outcome=done[0]["outcome"] if done else None, error=error[0]["detail"] if error else None,
    )  # fmt: skip


def block_of(block: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in block.split("\n"))


def openai_json(events: list[Event]) -> Said:
    completion = msgspec.to_builtins(asyncio.run(openai_chat.fold(given(events), FORM)))
    message = completion["choices"][0]["message"]
    assert completion["id"] == f"chatcmpl-{message['reference']['answer_id']}"
    return of_answer(message["reference"], message["content"], message["reference"]["answer_id"])


def openai_stream(events: list[Event]) -> Said:
    sent = joined(openai_chat.stream(given(events), FORM, 5.0))
    assert sent.endswith("data: [DONE]\n\n")
    chunks = lines(sent)
    answer_id = chunks[0]["id"].removeprefix("chatcmpl-")
    choices = [choice for chunk in chunks for choice in chunk.get("choices", [])]
    text = "".join(choice["delta"].get("content", "") for choice in choices)
    if "error" in chunks[-1]:
        error = chunks[-1]["error"]["message"]
        return Said(answer_id=answer_id, text=text, products=[], marks=[], table=None, follow_ups=[], outcome=None,
                    error=error)  # fmt: skip
    assert chunks[-1]["usage"]["total_tokens"] == 0
    assert choices[0]["delta"]["role"] == "assistant"
    assert [choice["finish_reason"] for choice in choices[:-1]] == [None] * (len(choices) - 1)
    told = of_answer(choices[-1]["delta"]["reference"], text, answer_id)
    assert choices[-1]["finish_reason"] == ("content_filter" if told.outcome == "refused" else "stop")
    return told


def ui(events: list[Event]) -> Said:
    sent = joined(ui_stream.stream(given(events), 5.0))
    assert sent.endswith("data: [DONE]\n\n")
    return of_parts(lines(sent))


def of_parts(parts: list[dict[str, Any]]) -> Said:
    def every(kind: str) -> list[Any]:
        return [part for part in parts if part["type"] == kind]

    table, finish, error = every("data-table"), every("finish"), every("error")
    return Said(
        answer_id=every("start")[0]["messageId"], text="".join(part["delta"] for part in every("text-delta")),
        products=[card["id"] for part in every("data-products") for card in part["data"]["products"]],
        marks=[int(part["sourceId"]) for part in every("source-document")],
        table=table[0]["data"]["table"]["columns"] if table else None,
        follow_ups=[text for part in every("data-followups") for text in part["data"]["follow_ups"]],
        outcome=finish[0]["messageMetadata"]["outcome"] if finish else None,
        error=error[0]["errorText"].split(": ", 1)[1] if error else None,
    )  # fmt: skip


WIRES = (native_json, native_stream, openai_json, openai_stream, ui)


def test_the_logs_show_what_a_wire_can_be_told():
    logs = {name: said(load(name)) for name in WHOLE}
    assert len(logs["answered"].products) > 1
    assert logs["compared"].table == logs["compared"].products
    assert logs["abstained"].outcome == "unanswerable"
    assert logs["refused"].outcome == "refused"
    assert load("generated")[-1].writer == "generator"
    assert said(load("broken")).error


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.__name__)
@pytest.mark.parametrize("name", WHOLE)
def test_every_wire_tells_the_whole_answer(name: str, wire: Callable[[list[Event]], Said]):
    events = load(name)
    assert wire(events) == said(events)


@pytest.mark.parametrize("name", WHOLE)
def test_every_mark_in_the_text_has_its_citation(name: str):
    whole = said(load(name))
    assert {int(n) for n in re.findall(r"\[(\d+)\]", whole.text)} <= set(whole.marks)


@pytest.mark.parametrize("wire", [native_stream, openai_stream, ui], ids=lambda wire: wire.__name__)
def test_what_was_said_before_it_broke_arrives_with_the_error(wire: Callable[[list[Event]], Said]):
    whole, heard = said(load("broken")), wire(load("broken"))
    assert (heard.text, heard.error, heard.outcome) == (whole.text, whole.error, None)
    assert heard.text


@pytest.mark.parametrize("wire", [native_json, openai_json], ids=lambda wire: wire.__name__)
def test_half_an_answer_is_no_json_answer(wire: Callable[[list[Event]], Said]):
    with pytest.raises(Problem):
        wire(load("broken"))


@pytest.mark.parametrize("name", WHOLE)
def test_the_parts_of_a_message_come_in_order(name: str):
    kinds = [part["type"] for part in lines(joined(ui_stream.stream(given(load(name)), 5.0)))]
    assert kinds[:2] == ["start", "start-step"]
    assert kinds[-2:] == ["finish-step", "finish"]
    assert kinds.count("text-start") == kinds.count("text-end") == 1
    assert kinds.index("text-start") < kinds.index("text-delta") < kinds.index("text-end")
    if "data-products" in kinds:
        assert kinds.index("data-products") < kinds.index("text-start")


def test_silence_is_filled_with_comments():
    async def late() -> AsyncIterator[Event]:
        await asyncio.sleep(0.1)
        for event in load("refused"):
            yield event

    for stream in (ui_stream.stream(late(), 0.02), openai_chat.stream(late(), FORM, 0.02)):
        assert joined(stream).startswith(": ping\n\n")


def test_without_being_asked_no_reference_and_no_usage_is_sent():
    plain = Form(created=1)
    chunks = lines(joined(openai_chat.stream(given(load("answered")), plain, 5.0)))
    assert all("usage" not in chunk and chunk["choices"] for chunk in chunks)
    assert all(set(chunk["choices"][0]["delta"]) <= {"role", "content"} for chunk in chunks)
    completion = asyncio.run(openai_chat.fold(given(load("answered")), plain))
    assert "reference" not in json.loads(msgspec.json.encode(completion))["choices"][0]["message"]


@pytest.mark.parametrize("wire", ["openai", "ui"])
def test_going_away_ends_the_engine_at_once(wire: str):
    ended: list[str] = []

    async def engine() -> AsyncIterator[Event]:
        try:
            yield load("answered")[0]
            await asyncio.sleep(60)
        finally:
            ended.append(wire)

    async def leave() -> None:
        chunks = openai_chat.stream(engine(), FORM, 0.01) if wire == "openai" else ui_stream.stream(engine(), 0.01)
        while (await anext(chunks)) != b": ping\n\n":
            pass
        await chunks.aclose()
        await asyncio.sleep(0)

    asyncio.run(leave())
    assert ended == [wire]
