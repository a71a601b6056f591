"""One request over HTTP: sent again where that can help, read whole or event by event.

429, 503 and lost connections are tried again after the time `Retry-After` names, or else a growing pause; the caller
bounds the time. Every other end is a `FailedCall` that says why.
"""

import asyncio
import datetime as dt
import email.utils
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import httpx
import msgspec

from eval.results import Failure
from eval.targets.model import Fold, Request

_RETRIED = frozenset({429, 503})
_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds, when the target names no time of its own


class FailedCall(Exception):
    """Why a request has no usable reply."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Reply(NamedTuple):
    """A parsed body; times are those of the event loop's clock, in seconds. `first_text` only of a stream."""

    body: Any
    began: float
    ended: float
    attempts: int
    first_text: float | None = None


class _Got(NamedTuple):
    """One attempt that reached the target: a body if the status is 200, else its text."""

    status: int
    retry_after: float | None
    ended: float
    body: Any = None
    text: str = ""
    first_text: float | None = None


async def exchange(
    client: httpx.AsyncClient, request: Request, fold: Callable[[], Fold | None], conceal: Callable[[str], str]
) -> Reply:
    """Send a request until it is answered; `fold` makes a fresh fold for each attempt, or None for JSON.

    Raises:
        FailedCall: there is no usable reply.
    """
    attempt = 0
    while True:
        attempt += 1
        pause = _PAUSES[min(attempt, len(_PAUSES)) - 1]
        began = asyncio.get_running_loop().time()
        try:
            got = await _attempt(client, request, fold(), conceal)
        except httpx.TimeoutException as error:
            raise FailedCall(Failure(kind="timeout", detail=f"{request.path}: {words(error)}")) from error
        except httpx.RequestError as error:
            if attempt > len(_PAUSES):
                raise FailedCall(Failure(kind="connection", detail=f"{request.path}: {words(error)}")) from error
        except (msgspec.MsgspecError, UnicodeError) as error:
            raise unreadable(request.path, error) from error
        else:
            if got.status == 200:
                return Reply(got.body, began, got.ended, attempt, got.first_text)
            if got.status not in _RETRIED or (got.retry_after is None and attempt > len(_PAUSES)):
                detail = f"{request.path}: {got.status} {got.text[:300]}"
                raise FailedCall(Failure(kind="http", detail=detail, status=got.status))
            pause = pause if got.retry_after is None else got.retry_after
        await asyncio.sleep(pause)


def unreadable(path: str, error: Exception) -> FailedCall:
    """The failure of a 200 whose body is not what it should be."""
    return FailedCall(Failure(kind="answer", detail=f"{path}: not the shape of an answer: {error}", status=200))


def retry_after(value: str | None) -> float | None:
    """Seconds a `Retry-After` header asks for (a number or an HTTP date), None without a usable one."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())


def words(error: Exception) -> str:
    """What an error says, or what it is."""
    return str(error) or type(error).__name__


async def _attempt(
    client: httpx.AsyncClient, request: Request, fold: Fold | None, conceal: Callable[[str], str]
) -> _Got:
    clock = asyncio.get_running_loop().time
    query = request.method == "GET"
    sent: dict[str, Any] = {"params": _query(request.body)} if query else {"json": request.body}
    sent["headers"] = {"Accept": "text/event-stream" if fold else "application/json"}
    async with client.stream(request.method, request.path, **sent) as response:
        pause = retry_after(response.headers.get("Retry-After"))
        if fold is not None and response.status_code == 200:
            first_text = await _events(response, fold, conceal)
            return _Got(200, pause, clock(), fold.body(), first_text=first_text)
        await response.aread()
        ended = clock()
        text = conceal(response.text)
    body = msgspec.json.decode(text) if response.status_code == 200 else None
    return _Got(response.status_code, pause, ended, body, text)


def _query(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body as a query: a list of plain values repeats its name, what is nested goes as JSON."""
    return {name: msgspec.json.encode(value).decode() if _is_nested(value) else value for name, value in body.items()}


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict | list) for item in value))


async def _events(response: httpx.Response, fold: Fold, conceal: Callable[[str], str]) -> float | None:
    """Fold a stream of events; the time of the first that carries text."""
    from httpx_sse import EventSource, SSEError

    first: float | None = None
    try:
        async for event in EventSource(response).aiter_sse():
            told = fold.add(event.event, conceal(event.data))
            if told and first is None:
                first = asyncio.get_running_loop().time()
    except SSEError as error:
        raise msgspec.ValidationError(str(error)) from error
    return first
