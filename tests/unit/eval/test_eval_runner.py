import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from lamp_shop import lamp_answer

from eval.asking import Job
from eval.cases import Case
from eval.errors import ResultsError, TargetError
from eval.results import Folder, Row, RunInfo
from eval.runner import Settings, config_of, run, to_ask, version_of
from eval.targets.exchange import retry_after
from eval.targets.model import Connection
from eval.targets.native import Native

TARGET = Native(Connection(url="http://guide.test"))
SETTINGS = Settings(concurrency=3, deadline=5.0)


def jobs(*cases: Case) -> list[Job]:
    return [Job(case, config_of(case, TARGET, None), ["product"]) for case in cases]


def info_of(*cases: Case) -> RunInfo:
    return RunInfo(
        harness="h", target=TARGET.name, snapshot=None, cases_file="c", cases_hash="", catalog=[], ids=[],
        configs={job.case.id: job.config for job in jobs(*cases)},
    )  # fmt: skip


def folder_for(tmp_path: Path, *cases: Case) -> Folder:
    folder = Folder(tmp_path)
    folder.start(info_of(*cases), list(cases))
    return folder


def ask(folder: Folder, handler: Any, *cases: Case, settings: Settings = SETTINGS) -> tuple[int, int]:
    """(cases asked, cases that failed)"""
    told: list[bool] = []
    todo = to_ask(jobs(*cases), folder.settled(), settings.retry)
    asyncio.run(
        run(TARGET, todo, folder, settings, lambda *, failed: told.append(failed), httpx.MockTransport(handler))
    )
    return len(told), sum(told)


def only_row(folder: Folder) -> Row:
    (row,) = folder.rows().values()
    return row


def test_both_calls_are_saved_with_what_was_sent(tmp_path: Path) -> None:
    sent: dict[str, Any] = {}

    def guide(request: httpx.Request) -> httpx.Response:
        sent[request.url.path] = json.loads(request.content)
        body = {"hits": [{"id": "lamp"}, {"id": "lamp"}]} if request.url.path == "/v1/search" else lamp_answer()
        return httpx.Response(200, json=body)

    case = Case(id="a", question="q", language="zh", product_ids=["lamp"], relevant={"lamp": 1})
    folder = folder_for(tmp_path, case)
    assert ask(folder, guide, case) == (1, 0)
    assert sent["/v1/ask"] == {"question": "q", "explain": True, "product_ids": ["lamp"], "locale": "zh"}
    assert sent["/v1/search"] == {"query": "q", "k": 100, "types": ["product"]}
    row = only_row(folder)
    assert row.ask is not None
    assert row.search is not None
    assert row.ask.ms > 0
    assert (row.error, row.ask.raw, row.ask.lag_ms, row.ask.first_text_ms) == (None, None, None, None)


def test_a_second_run_asks_only_errors_and_changed_cases(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    broken = True

    def guide(request: httpx.Request) -> httpx.Response:
        question = json.loads(request.content)["question"]
        asked[question] += 1
        failing = broken and question == "bad"
        return httpx.Response(500, text="boom") if failing else httpx.Response(200, json=lamp_answer())

    good, bad = Case(id="good", question="good"), Case(id="bad", question="bad")
    folder = folder_for(tmp_path, good, bad)
    assert ask(folder, guide, good, bad) == (2, 1)
    (error,) = [row.error for row in folder.rows().values() if row.error]
    assert (error.kind, error.status) == ("http", 500)
    broken = False
    assert ask(folder, guide, good, bad) == (1, 0)
    assert ask(folder, guide, Case(id="good", question="reworded"), bad) == (1, 0)
    assert asked == {"good": 1, "bad": 2, "reworded": 1}


def test_errors_alone_are_asked_again_if_wanted(tmp_path: Path) -> None:
    good, bad, new = (Case(id=name, question=name) for name in ("good", "bad", "new"))
    folder = folder_for(tmp_path, good, bad, new)
    ask(folder, lambda _: httpx.Response(200, json=lamp_answer()), good)
    ask(folder, lambda _: httpx.Response(500), bad)
    again = Settings(retry="errors")
    assert [job.case.id for job in to_ask(jobs(good, bad, new), folder.settled(), "errors")] == ["bad"]
    assert ask(folder, lambda _: httpx.Response(200, json=lamp_answer()), good, bad, new, settings=again) == (1, 0)
    assert folder.saved(info_of(good, bad, new)).keys() == {"good", "bad"}


def test_retry_after_is_honoured(tmp_path: Path) -> None:
    times: list[float] = []

    def guide(_: httpx.Request) -> httpx.Response:
        times.append(asyncio.get_running_loop().time())
        first = len(times) == 1
        return httpx.Response(429, headers={"Retry-After": "1"}) if first else httpx.Response(200, json=lamp_answer())

    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    assert ask(folder, guide, case) == (1, 0)
    assert times[1] - times[0] >= 1
    row = only_row(folder)
    assert row.ask is not None
    assert row.ask.attempts == 2


def test_the_deadline_ends_a_case_that_is_put_off_for_ever(tmp_path: Path) -> None:
    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    short = Settings(deadline=0.2)
    busy = ask(folder, lambda _: httpx.Response(503, headers={"Retry-After": "60"}), case, settings=short)
    assert busy == (1, 1)
    error = only_row(folder).error
    assert error is not None
    assert error.kind == "timeout"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"outcome": "answered"}', "text"),
        (b'{"text": "a"}', "outcome"),
        (b"<html>", "malformed"),
        (b'{"outcome": "answered", "text": "\\ud800"}', "truncated"),
    ],
)
def test_an_answer_of_the_wrong_shape_is_an_error_not_a_score(tmp_path: Path, body: bytes, says: str) -> None:
    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    ask(folder, lambda _: httpx.Response(200, content=body), case)
    error = only_row(folder).error
    assert error is not None
    assert error.kind == "answer"
    assert says in error.detail


def test_half_a_line_at_the_end_is_cut_off_and_asked_again(tmp_path: Path) -> None:
    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    ask(folder, lambda _: httpx.Response(200, json=lamp_answer()), case)
    whole = folder.results.read_bytes()
    folder.results.write_bytes(whole + whole[:40])
    folder_for(tmp_path, case)
    assert folder.results.read_bytes() == whole
    folder.results.write_bytes(b"{}\n" + whole)
    with pytest.raises(ResultsError, match=r"results\.jsonl:1"):
        folder.rows()


def test_two_runs_never_write_into_one_folder(tmp_path: Path) -> None:
    with (
        Folder(tmp_path).writing(),
        pytest.raises(ResultsError, match="another run writes here"),
        Folder(tmp_path).writing(),
    ):
        pass
    with Folder(tmp_path).writing():
        pass


def test_a_row_that_cannot_be_written_ends_the_run_with_one_error(tmp_path: Path) -> None:
    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    folder.results.mkdir()
    answer = httpx.MockTransport(lambda _: httpx.Response(200, json=lamp_answer()))
    with pytest.raises(ResultsError, match=r"results\.jsonl: cannot be written"):
        asyncio.run(run(TARGET, jobs(case), folder, SETTINGS, transport=answer))


def test_no_more_cases_are_under_way_than_allowed(tmp_path: Path) -> None:
    under_way, most = 0, 0

    async def guide(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return httpx.Response(200, json=lamp_answer())

    cases = [Case(id=str(number), question="q") for number in range(12)]
    ask(folder_for(tmp_path, *cases), guide, *cases)
    assert most == 3


def test_in_an_open_loop_a_case_that_has_to_wait_is_timed_from_its_planned_start(tmp_path: Path) -> None:
    """One place, 200 cases a second, 50 ms an answer: in a closed loop every case would look like 50 ms."""

    async def slow(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.05)
        return httpx.Response(200, json=lamp_answer())

    cases = [Case(id=str(number), question="q") for number in range(6)]
    folder = folder_for(tmp_path, *cases)
    assert ask(folder, slow, *cases, settings=Settings(rate=200.0, concurrency=1)) == (6, 0)
    calls = [row.ask for row in folder.rows().values() if row.ask]
    for number, call in enumerate(calls):
        assert call.lag_ms is not None
        assert call.lag_ms >= number * (50 - 5)
        assert call.ms >= call.lag_ms + 50


def test_in_an_open_loop_questions_go_out_before_earlier_ones_are_answered(tmp_path: Path) -> None:
    release = asyncio.Event()
    waiting = 0

    async def held(_: httpx.Request) -> httpx.Response:
        nonlocal waiting
        waiting += 1
        if waiting == 5:
            release.set()
        await release.wait()
        return httpx.Response(200, json=lamp_answer())

    cases = [Case(id=str(number), question="q") for number in range(5)]
    folder = folder_for(tmp_path, *cases)
    assert ask(folder, held, *cases, settings=Settings(rate=1000.0, concurrency=256)) == (5, 0)


def test_in_an_open_loop_the_deadline_runs_while_a_case_waits(tmp_path: Path) -> None:
    async def slow(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.3)
        return httpx.Response(200, json=lamp_answer())

    cases = [Case(id=str(number), question="q") for number in range(3)]
    folder = folder_for(tmp_path, *cases)
    assert ask(folder, slow, *cases, settings=Settings(rate=1000.0, concurrency=1, deadline=0.45)) == (3, 2)


def test_stopping_keeps_what_was_answered(tmp_path: Path) -> None:
    async def guide(request: httpx.Request) -> httpx.Response:
        if json.loads(request.content)["question"] == "stop":
            await asyncio.sleep(0.05)
            raise asyncio.CancelledError
        return httpx.Response(200, json=lamp_answer())

    cases = [Case(id="a", question="q"), Case(id="b", question="stop")]
    folder = folder_for(tmp_path, *cases)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(_stopped(cases, folder, guide))
    assert [row.id for row in folder.rows().values()] == ["a"]


async def _stopped(cases: list[Case], folder: Folder, guide: Any) -> None:
    transport = httpx.MockTransport(guide)
    task = asyncio.create_task(run(TARGET, jobs(*cases), folder, SETTINGS, transport=transport))
    await asyncio.sleep(0.02)
    task.cancel()
    await task


def test_a_run_of_an_older_harness_is_read_by_its_last_rows(tmp_path: Path) -> None:
    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    ask(folder, lambda _: httpx.Response(200, json=lamp_answer()), case)
    older = msgspec.structs.replace(info_of(case), configs={})
    assert folder.saved(older).keys() == {"a"}
    assert folder.saved(msgspec.structs.replace(older, configs={"a": "another"})) == {}


def test_retry_after_reads_seconds_and_dates() -> None:
    assert retry_after("3") == 3
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after("soon") is None
    assert retry_after(None) is None


def test_a_target_that_is_not_there_is_said_at_once() -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(TargetError, match=r"guide\.test"):
        asyncio.run(version_of(TARGET, 5.0, httpx.MockTransport(nobody)))


def test_a_target_that_is_still_loading_is_waited_for() -> None:
    states = [503, 503, 200]

    def loading(_: httpx.Request) -> httpx.Response:
        return httpx.Response(states.pop(0), json={"snapshot": "snap-1"})

    assert asyncio.run(version_of(TARGET, 5.0, httpx.MockTransport(loading))) == "snap-1"
