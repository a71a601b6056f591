"""Ask a guide every case over HTTP and save what it says.

One worker asks one case at a time: `POST /v1/ask`, and `POST /v1/search` for a case with graded records. 429, 503
and lost connections are tried again until the case's deadline, after the time `Retry-After` names or else a
growing pause. What still fails is saved as the case's error and asked again by the next run; what was answered
under the same (case id, config) is not asked twice. Stopping at any moment loses only the cases under way.
"""

import asyncio
import contextlib
import datetime as dt
import email.utils
import hashlib
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import httpx
import msgspec

from eval.answer import read_answer, read_hits
from eval.cases import Case
from eval.errors import TargetError
from eval.results import Call, Failure, Folder, Row

SEARCH_K = 100
_RETRIED = frozenset({429, 503})
_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds, when the target names no time of its own


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to ask."""

    target: str
    """Base URL of the API."""
    concurrency: int = 4
    """Cases under way at once."""
    deadline: float = 60.0
    """Seconds one case may take, all attempts together."""


class _Failed(Exception):
    """A case's error on its way to its row."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Job(NamedTuple):
    """One case to ask, the key its answer is saved under, and the record types its search is for ([] = unknown)."""

    case: Case
    config: str
    types: list[str]


class Asked(NamedTuple):
    """What a run did: answers kept from before, cases asked now, and how many of these failed."""

    resumed: int
    asked: int
    failed: int


def config_of(case: Case, target: str, snapshot: str | None) -> str:
    """What an answer depends on, hashed: the target, its snapshot and the request itself."""
    parts = msgspec.json.encode([target, snapshot, ask_body(case), bool(case.relevant)], order="deterministic")
    return hashlib.sha256(parts).hexdigest()[:16]


def ask_body(case: Case) -> dict[str, Any]:
    """The request for an answer; fields the case does not have are left out."""
    body: dict[str, Any] = {"question": case.question, "explain": True}
    if case.history:
        body["history"] = msgspec.to_builtins(case.history)
    optional = {"product_ids": case.product_ids, "filters": case.filters, "locale": case.language}
    return body | {name: value for name, value in optional.items() if value}


def search_body(case: Case, types: list[str]) -> dict[str, Any]:
    """The request for a ranking; without known record types the target's own default holds."""
    body: dict[str, Any] = {"query": case.question, "k": SEARCH_K}
    if types:
        body["types"] = types
    return body | ({"filters": case.filters} if case.filters else {})


async def snapshot_of(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> str | None:
    """The target's snapshot name, if `/readyz` gives one; waits while the target answers 503 (still loading).

    Raises:
        TargetError: nothing answers there.
    """
    until = time.monotonic() + settings.deadline
    async with _client(settings, transport) as client:
        while True:
            try:
                response = await client.get("/readyz")
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise TargetError(f"{settings.target}: cannot be reached: {_words(error)}") from error
            if response.status_code != 503 or time.monotonic() > until:
                break
            await asyncio.sleep(min(0.5, settings.deadline))
    with contextlib.suppress(ValueError):
        body = response.json()
        if isinstance(body, dict) and isinstance(body.get("snapshot"), str):
            return str(body["snapshot"])
    return None


async def run(
    jobs: list[Job],
    folder: Folder,
    settings: Settings,
    advance: Callable[[], object] = lambda: None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Asked:
    """Ask every case that has no saved answer; `advance` is called once per case that is settled."""
    saved = folder.rows()
    todo = [job for job in jobs if (row := saved.get((job.case.id, job.config))) is None or row.error is not None]
    for _ in range(len(jobs) - len(todo)):
        advance()
    queue: Iterator[Job] = iter(todo)
    failed = 0

    async def work(client: httpx.AsyncClient) -> None:
        nonlocal failed
        for job in queue:
            row = await _ask(client, job, settings.deadline)
            folder.append(row)
            failed += row.error is not None
            advance()

    async with _client(settings, transport) as client, asyncio.TaskGroup() as group:
        for _ in range(min(settings.concurrency, len(todo))):
            group.create_task(work(client))
    return Asked(len(jobs) - len(todo), len(todo), failed)


def _client(settings: Settings, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=settings.target, timeout=settings.deadline, transport=transport)


async def _ask(client: httpx.AsyncClient, job: Job, deadline: float) -> Row:
    case = job.case
    row = Row(id=case.id, config=job.config, asked_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
    try:
        async with asyncio.timeout(deadline):
            row.ask = await _post(client, "/v1/ask", ask_body(case), read_answer)
            if case.relevant:
                row.search = await _post(client, "/v1/search", search_body(case, job.types), read_hits)
    except _Failed as error:
        row.error = error.failure
    except TimeoutError:
        row.error = Failure(kind="timeout", detail=f"no answer within {deadline:g} s")
    return row


async def _post(client: httpx.AsyncClient, path: str, body: dict[str, Any], check: Callable[[Any], object]) -> Call:
    """The parsed body of a 200, tried again where that can help; the caller bounds the time."""
    attempt = 0
    while True:
        attempt += 1
        pause = _PAUSES[min(attempt, len(_PAUSES)) - 1]
        started = time.perf_counter()
        try:
            response = await client.post(path, json=body)
        except httpx.TimeoutException as error:
            raise _Failed(Failure(kind="timeout", detail=f"{path}: {_words(error)}")) from error
        except httpx.TransportError as error:
            if attempt > len(_PAUSES):
                raise _Failed(Failure(kind="connection", detail=f"{path}: {_words(error)}")) from error
        else:
            ms = (time.perf_counter() - started) * 1000
            if response.status_code not in _RETRIED:
                return _read(path, response, check, ms, attempt)
            asked_pause = retry_after(response.headers.get("Retry-After"))
            if asked_pause is None and attempt > len(_PAUSES):
                return _read(path, response, check, ms, attempt)
            pause = pause if asked_pause is None else asked_pause
        await asyncio.sleep(pause)


def _read(path: str, response: httpx.Response, check: Callable[[Any], object], ms: float, attempts: int) -> Call:
    if response.status_code != 200:
        detail = f"{path}: {response.status_code} {response.text[:300]}"
        raise _Failed(Failure(kind="http", detail=detail, status=response.status_code))
    try:
        body = response.json()
        check(body)
    except (ValueError, msgspec.ValidationError) as error:
        raise _Failed(Failure(kind="answer", detail=f"{path}: not the wire's shape: {error}", status=200)) from error
    return Call(body=body, ms=ms, attempts=attempts)


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


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
