"""Any OpenAI-compatible endpoint, over plain HTTP."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import msgspec

from guide.errors import GeneratorError, GeneratorResting, GeneratorTimeout
from guide.write import sse
from guide.write.breaker import Breaker
from guide.write.model import Message

_PASSING = frozenset({429, 502, 503, 504})
"""Statuses of an endpoint, or of what stands before it, that is busy or starting."""
_WAIT = 0.25
"""Seconds before the one retry, where the endpoint names none."""
_CHUNKS_PER_TOKEN = 4
"""An endpoint that ignores max_tokens is cut off at this many chunks a token."""


class OpenAIModel:
    """A model behind `POST {base}/chat/completions`.

    A lost connection or a busy endpoint is tried once more, if nothing was said yet and the wait fits the budget. After
    `breaker` has seen too many failures, calls fail at once. Closing the stream closes the connection, which stops a
    well-made server.
    """

    def __init__(
        self,
        base: str,
        model: str,
        *,
        key: str = "",
        first_token: float = 10.0,
        temperature: float = 0.0,
        breaker: Breaker | None = None,
    ) -> None:
        """With the address that ends in /v1, the model's name there, and the seconds the first token may take."""
        self._url = f"{base.rstrip('/')}/chat/completions"
        self._model = model
        self._first_token = first_token
        self._temperature = temperature
        self._breaker = breaker or Breaker()
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(None, connect=5.0),  # reads are bounded by the deadline
        )

    @property
    def resting(self) -> bool:
        """Whether the endpoint failed too often and has not answered since."""
        return self._breaker.open

    async def stream(self, messages: list[Message], max_tokens: int, deadline: float, /) -> AsyncGenerator[str, None]:
        """Text as it arrives.

        Raises:
            GeneratorError: the endpoint cannot be reached, refuses, breaks off or sends garbage.
            GeneratorTimeout: the first token or the end did not come in time.
            GeneratorResting: it failed too often and is left alone for a while.
        """
        if not self._breaker.allows():
            raise GeneratorResting("the language model's endpoint failed too often; it is left alone for a while")
        try:
            async with aclosing(self._answer(self._body(messages, max_tokens), max_tokens, deadline)) as pieces:
                async for piece in pieces:
                    yield piece
        except GeneratorExit:  # who reads has enough, and went while the endpoint was talking
            self._breaker.succeeded()
            raise
        except GeneratorError:
            self._breaker.failed()
            raise
        except httpx.HTTPError as error:
            self._breaker.failed()
            unreachable = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            told = "cannot be reached" if unreachable else f"broke off: {type(error).__name__}"
            raise GeneratorError(f"the language model's endpoint {told}") from error
        self._breaker.succeeded()

    async def aclose(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    def _body(self, messages: list[Message], max_tokens: int) -> dict[str, Any]:
        sent = [msgspec.to_builtins(message) for message in messages]
        how = {"max_tokens": max_tokens, "temperature": self._temperature, "stream": True}
        return {"model": self._model, "messages": sent, **how}

    async def _answer(self, body: dict[str, Any], max_tokens: int, deadline: float) -> AsyncGenerator[str, None]:
        """One answer. What fails in passing before the first token is tried once more: nobody has seen anything yet."""
        loop = asyncio.get_running_loop()
        first = min(deadline, loop.time() + self._first_token)
        said = False
        try:
            async with aclosing(self._once(body, max_tokens, first, deadline)) as pieces:
                async for piece in pieces:
                    said = True
                    yield piece
        except (_Busy, httpx.TransportError) as error:
            if said:
                raise
            wait = error.wait if isinstance(error, _Busy) else _WAIT
        else:
            return
        if loop.time() + wait >= first:
            raise GeneratorError("the language model's endpoint is busy for longer than an answer may take")
        await asyncio.sleep(wait)
        async with aclosing(self._once(body, max_tokens, first, deadline)) as pieces:
            async for piece in pieces:
                yield piece

    async def _once(
        self, body: dict[str, Any], max_tokens: int, first: float, deadline: float
    ) -> AsyncGenerator[str, None]:
        response = await self._respond(body, first)
        try:
            async with aclosing(_pieces(response)) as pieces:
                count, limit = 0, first
                while (piece := await _next(pieces, limit)) is not None:
                    if piece:
                        yield piece
                        count, limit = count + 1, deadline
                    if count > max_tokens * _CHUNKS_PER_TOKEN:
                        return
        finally:
            await response.aclose()

    async def _respond(self, body: dict[str, Any], limit: float) -> httpx.Response:
        """The response, its body not read yet; its status is 200."""
        request = self._client.build_request("POST", self._url, json=body)
        try:
            async with asyncio.timeout_at(limit):
                response = await self._client.send(request, stream=True)
        except TimeoutError as error:
            raise GeneratorTimeout("the language model did not answer in time") from error
        if response.status_code == httpx.codes.OK:
            return response
        await response.aclose()
        told = f"the language model's endpoint answered {response.status_code}"
        raise _Busy(told, _retry_after(response)) if response.status_code in _PASSING else GeneratorError(told)


class _Busy(GeneratorError):
    """A refusal that may pass in `wait` seconds."""

    def __init__(self, told: str, wait: float) -> None:
        super().__init__(told)
        self.wait = wait


async def _pieces(response: httpx.Response) -> AsyncGenerator[str, None]:
    chunks = response.aiter_text()
    if "text/event-stream" not in response.headers.get("content-type", ""):
        yield sse.whole(await _read(chunks))
        return
    async with aclosing(sse.lines(chunks)) as lines:
        async for line in lines:
            delta = sse.event(line)
            if delta is None:
                continue
            yield delta.text
            if delta.last:
                return
    raise GeneratorError("the language model's endpoint broke off")


async def _read(chunks: AsyncIterator[str]) -> str:
    body = ""
    async for chunk in chunks:
        body += chunk
        if len(body) > sse.MAX_LINE:
            raise GeneratorError("the language model's answer is too long")
    return body


async def _next(pieces: AsyncIterator[str], limit: float) -> str | None:
    try:
        async with asyncio.timeout_at(limit):
            return await anext(pieces, None)
    except TimeoutError as error:
        raise GeneratorTimeout("the language model was too slow") from error


def _retry_after(response: httpx.Response) -> float:
    """Seconds from the header; a date, which the clocks of two machines may disagree on, counts as none given."""
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else _WAIT
