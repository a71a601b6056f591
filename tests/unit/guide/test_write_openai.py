"""The endpoint adapter against a real server that behaves well, badly, or not at all."""

import asyncio
import json
from contextlib import aclosing, asynccontextmanager

import pytest
from model_endpoint import chunk, head, serving

from guide.errors import GeneratorError, GeneratorTimeout
from guide.write.breaker import Breaker
from guide.write.model import Message
from guide.write.openai import OpenAIModel

MESSAGES = [Message("system", "rules"), Message("user", "问题?")]


@asynccontextmanager
async def endpoint(*scripts, **options):
    async with serving(*scripts) as known:
        model = OpenAIModel(f"{known.url}/", "m", key="secret", **options)
        try:
            yield known, model
        finally:
            await model.aclose()


async def collect(model, seconds=5.0, max_tokens=50):
    deadline = asyncio.get_running_loop().time() + seconds
    return [piece async for piece in model.stream(MESSAGES, max_tokens, deadline)]


def run(*scripts, seconds=5.0, max_tokens=50, **options):
    async def work():
        async with endpoint(*scripts, **options) as (known, model):
            return await collect(model, seconds, max_tokens), known

    return asyncio.run(work())


WELL = [head(), b": hello\n\n", chunk("有货"), chunk("。[1]"), chunk("", "stop"), b"data: [DONE]\n\n"]


def test_a_stream():
    pieces, known = run(WELL)
    assert pieces == ["有货", "。[1]"]
    request, body = known.requests[0]
    assert request.startswith(b"POST /v1/chat/completions ")
    assert b"Bearer secret" in request
    assert body["model"] == "m"
    assert body["stream"] is True
    assert body["max_tokens"] == 50
    assert body["temperature"] == 0
    assert body["messages"][1] == {"role": "user", "content": "问题?"}


def test_a_temperature_is_sent():
    assert run(WELL, temperature=0.7)[1].requests[0][1]["temperature"] == 0.7


def test_a_server_that_knows_no_stream():
    body = json.dumps({"choices": [{"message": {"content": "In stock. [1]"}}]}).encode()
    assert run([head(kind="application/json"), body])[0] == ["In stock. [1]"]


def test_events_cut_anywhere():
    raw = b"".join(WELL[1:])
    assert run([head(), *(raw[i : i + 7] for i in range(0, len(raw), 7))])[0] == ["有货", "。[1]"]


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ([head(), 30.0], "slow"),
        ([30.0], "in time"),
        ([head(), chunk("a"), 30.0], "slow"),
    ],
)
def test_one_that_hangs(script, error):
    with pytest.raises(GeneratorTimeout, match=error):
        run(script, seconds=0.4)


def test_the_first_token_has_a_budget_of_its_own():
    with pytest.raises(GeneratorTimeout):
        run([head(), 30.0], seconds=20.0, first_token=0.3)


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ([head("500 Internal Server Error"), b"oops"], "500"),
        ([head("401 Unauthorized")], "401"),
        ([head(), b"<html>not a stream</html>\n"], "no event stream"),
        ([head(), b"data: {nonsense\n\n"], "no JSON"),
        ([head(), b'data: {"error": {"message": "boom"}}\n\n'], "error"),
        ([head(), b'data: {"choices": ["x"]}\n\n'], "no object"),
        ([head(kind="text/html"), b"<html>"], "no JSON"),
        ([head(kind="application/json"), b"[1, 2]"], "error"),
        ([head(), chunk("half a sent")], "broke off"),
        ([head(extra="Transfer-Encoding: chunked\r\n"), b"5\r\nhello"], "broke off"),
        ([head(), b"x" * 400_000], "no line ends"),
        ([b"garbage\r\n\r\n"], "broke off"),
    ],
)
def test_one_that_answers_badly(script, error):
    with pytest.raises(GeneratorError, match=error):
        run(script)


@pytest.mark.parametrize(
    "script",
    [
        [head("503 Service Unavailable", extra="Retry-After: 0\r\n")],
        [head("502 Bad Gateway", extra="Retry-After: 0\r\n")],
        [],  # the connection is closed without an answer
        [head(extra="Transfer-Encoding: chunked\r\n"), b"5\r\nhello"],  # it breaks before the first token
    ],
)
def test_what_fails_in_passing_before_the_first_token_is_tried_once_more(script):
    pieces, known = run(script, WELL)
    assert pieces == ["有货", "。[1]"]
    assert len(known.requests) == 2
    assert known.requests[0][1] == known.requests[1][1]


def test_nothing_is_tried_again_after_the_first_token():
    async def work():
        chunked = [head(extra="Transfer-Encoding: chunked\r\n"), b"%x\r\n%s\r\n" % (len(chunk("a")), chunk("a"))]
        async with endpoint(chunked, WELL) as (known, model):
            with pytest.raises(GeneratorError, match="broke off"):
                await collect(model)
            return len(known.requests)

    assert asyncio.run(work()) == 1


def test_no_second_retry():
    with pytest.raises(GeneratorError, match="429"):
        run([head("429 Too Many Requests", extra="Retry-After: 0\r\n")])


def test_a_wait_longer_than_the_budget_is_not_waited():
    with pytest.raises(GeneratorError, match="busy"):
        run([head("429 Too Many Requests", extra="Retry-After: 60\r\n")], WELL, seconds=2.0)


def test_nobody_listens():
    async def work():
        model = OpenAIModel("http://127.0.0.1:9/v1", "m")
        try:
            await collect(model)
        finally:
            await model.aclose()

    with pytest.raises(GeneratorError, match="cannot be reached"):
        asyncio.run(work())


def test_a_server_that_ignores_the_token_budget_is_cut_off():
    pieces, _ = run([head(), *[chunk("x")] * 500], max_tokens=5)
    assert len(pieces) == 21


def test_closing_the_stream_closes_the_connection():
    async def work():
        async with endpoint([head(), chunk("a"), 30.0]) as (known, model):
            async with aclosing(model.stream(MESSAGES, 50, asyncio.get_running_loop().time() + 20)) as pieces:
                assert await anext(pieces) == "a"
            await asyncio.wait_for(known.gone.wait(), 2.0)

    asyncio.run(work())


def test_cancelling_the_task_closes_the_connection_and_is_no_failure():
    async def work():
        breaker = Breaker(limit=1)
        async with endpoint([head(), 30.0], breaker=breaker) as (known, model):
            task = asyncio.create_task(collect(model, seconds=20.0))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(known.gone.wait(), 2.0)
            assert breaker.allows()

    asyncio.run(work())


def test_a_reader_who_has_enough_is_no_failure():
    async def work():
        breaker = Breaker(limit=1, pause=0.0)
        breaker.failed()
        async with endpoint([head(), chunk("a"), 30.0], breaker=breaker) as (_, model):
            async with aclosing(model.stream(MESSAGES, 50, asyncio.get_running_loop().time() + 20)) as pieces:
                await anext(pieces)
            return model.resting

    assert not asyncio.run(work())


def test_a_failing_endpoint_is_left_alone():
    async def work():
        async with endpoint([head("500 Oops")]) as (known, model):
            for _ in range(8):
                with pytest.raises(GeneratorError):
                    await collect(model)
            return len(known.requests)

    assert asyncio.run(work()) == 5
