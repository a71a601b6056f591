"""One case asked: the calls it needs, within its deadline, as the row that is saved."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx
import msgspec

from eval.cases import Case
from eval.results import Call, Failure, Row
from eval.targets.exchange import FailedCall, Reply, exchange, unreadable
from eval.targets.model import Fold, Request, Target


class Job(NamedTuple):
    """One case to ask, the key its answer is saved under, and the record types its search is for ([] = unknown)."""

    case: Case
    config: str
    types: list[str]


async def ask(client: httpx.AsyncClient, target: Target, job: Job, deadline: float, planned: float | None) -> Row:
    """The row of one case: all its calls, or why there is no answer.

    `planned` is the time of the event loop's clock at which an open loop meant to ask: deadline and latency count
    from then. None counts each call from its own attempt.
    """
    case = job.case
    row = Row(id=case.id, config=job.config, asked_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
    start = asyncio.get_running_loop().time() if planned is None else planned
    try:
        async with asyncio.timeout_at(start + deadline):
            reply = await exchange(client, target.ask(case), target.fold, target.connection.conceal)
            row.ask = _call(target.ask(case), reply, target.answer, planned)
            search = target.search(case, job.types) if case.relevant else None
            if search is not None:
                turned = None if planned is None else asyncio.get_running_loop().time()
                reply = await exchange(client, search, _json, target.connection.conceal)
                row.search = _call(search, reply, target.hits, turned)
    except FailedCall as error:
        row.error = error.failure
    except TimeoutError:
        row.error = Failure(kind="timeout", detail=f"no answer within {deadline:g} s")
    return row


def _json() -> Fold | None:
    """A ranking is one body, also where answers are streamed."""
    return None


def _call(request: Request, reply: Reply, read: Callable[[Any], dict[str, Any]], planned: float | None) -> Call:
    try:
        body = read(reply.body)
    except msgspec.MsgspecError as error:
        raise unreadable(request.path, error) from error
    start = reply.began if planned is None else planned
    return Call(
        body=body,
        raw=None if body is reply.body else reply.body,
        ms=(reply.ended - start) * 1000,
        attempts=reply.attempts,
        lag_ms=None if planned is None else (reply.began - planned) * 1000,
        first_text_ms=None if reply.first_text is None else (reply.first_text - start) * 1000,
    )
