"""Ask a target every case over HTTP and save what it says.

In a closed loop each of a few workers asks its next case when it has the answer to the last. In an open loop
(`rate`) every case has a planned start, whatever the answers take, and its time counts from then: a target that
falls behind is not spared the questions it kept waiting.

What fails is saved as the case's error and asked again by the next run; what was answered under the same
(case id, config) is not asked twice. Stopping at any moment loses only the cases under way.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Literal, Protocol

import httpx
import msgspec

from eval.asking import Job, ask
from eval.cases import Case
from eval.errors import TargetError
from eval.results import Folder
from eval.targets.exchange import words
from eval.targets.model import Target

Retry = Literal["unanswered", "errors"]
"""What is asked where answers are saved already: errors and cases never asked, or the errors alone."""
_READY_PAUSE = 0.5
"""Seconds between two questions whether a target that is still loading is ready."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to ask."""

    concurrency: int = 4
    """Cases under way at once."""
    deadline: float = 60.0
    """Seconds one case may take, all attempts together; in an open loop from its planned start."""
    rate: float | None = None
    """Cases a second in an open loop; None for a closed loop."""
    retry: Retry = "unanswered"


class Advance(Protocol):
    """Told of every case that is settled."""

    def __call__(self, *, failed: bool) -> object:
        """`failed`: the case has no answer."""
        ...


_Settle = Callable[[Job, float | None], Awaitable[None]]


def config_of(case: Case, target: Target, version: str | None) -> str:
    """What an answer depends on, hashed: the target, the version of its data, and the request itself."""
    parts = [target.identity(), version, target.ask(case), bool(case.relevant)]
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:16]


async def version_of(target: Target, deadline: float, transport: httpx.AsyncBaseTransport | None = None) -> str | None:
    """The name of the target's data, if it tells one; waits while it answers 503 (still loading).

    Raises:
        TargetError: nothing answers there.
    """
    clock = asyncio.get_running_loop().time
    until = clock() + deadline
    async with _client(target, 1, deadline, transport) as client:
        while True:
            try:
                response = await client.get(target.ready)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise TargetError(f"{target.connection.url}: cannot be reached: {words(error)}") from error
            if response.status_code != 503 or clock() > until:
                break
            await asyncio.sleep(min(_READY_PAUSE, deadline))
    try:
        return target.version(msgspec.json.decode(response.content))
    except msgspec.MsgspecError:
        return None


async def run(
    target: Target,
    jobs: Sequence[Job],
    folder: Folder,
    settings: Settings,
    advance: Advance = lambda *, failed: None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> None:
    """Ask every job and save its row; `advance` is called once for each.

    Raises:
        ResultsError: a row cannot be written.
    """
    async with _client(target, settings.concurrency, settings.deadline, transport) as client:

        async def settle(job: Job, planned: float | None) -> None:
            row = await ask(client, target, job, settings.deadline, planned)
            folder.append(row)
            advance(failed=row.error is not None)

        try:
            if settings.rate is None:
                await _closed_loop(jobs, settings.concurrency, settle)
            else:
                await _open_loop(jobs, settings.concurrency, settings.rate, settle)
        except ExceptionGroup as several:  # a row that cannot be written stops all workers
            raise several.exceptions[0] from several


def to_ask(jobs: Sequence[Job], settled: dict[tuple[str, str], bool], retry: Retry) -> list[Job]:
    """The jobs without an answer (`settled`: (case id, config) -> whether the last row has one)."""
    wanted = (None, False) if retry == "unanswered" else (False,)
    return [job for job in jobs if settled.get((job.case.id, job.config)) in wanted]


async def _closed_loop(jobs: Sequence[Job], concurrency: int, settle: _Settle) -> None:
    queue: Iterator[Job] = iter(jobs)

    async def work() -> None:
        for job in queue:
            await settle(job, None)

    async with asyncio.TaskGroup() as group:
        for _ in range(min(concurrency, len(jobs))):
            group.create_task(work())


async def _open_loop(jobs: Sequence[Job], concurrency: int, rate: float, settle: _Settle) -> None:
    """A case that finds `concurrency` others under way waits, and its time runs meanwhile."""
    clock = asyncio.get_running_loop().time
    places = asyncio.Semaphore(concurrency)

    async def work(job: Job, planned: float) -> None:
        async with places:
            await settle(job, planned)

    start = clock()
    async with asyncio.TaskGroup() as group:
        for number, job in enumerate(jobs):
            planned = start + number / rate
            await asyncio.sleep(planned - clock())
            group.create_task(work(job, planned))


def _client(
    target: Target, connections: int, timeout: float, transport: httpx.AsyncBaseTransport | None
) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=target.connection.url,
        headers=target.connection.sent_headers,
        timeout=timeout,
        limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
        transport=transport,
    )
