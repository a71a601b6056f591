import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from lamp_shop import lamp_answer

from eval.cases import Case
from eval.errors import ResultsError, TargetError
from eval.results import Folder, RunInfo
from eval.runner import Asked, Job, Settings, config_of, retry_after, run, snapshot_of

SETTINGS = Settings(target="http://guide.test", concurrency=3, deadline=5.0)


def jobs(*cases: Case) -> list[Job]:
    return [Job(case, config_of(case, SETTINGS.target, None), ["product"]) for case in cases]


def folder_for(tmp_path: Path, *cases: Case) -> Folder:
    folder = Folder(tmp_path)
    info = RunInfo(
        harness="h", target=SETTINGS.target, snapshot=None, cases_file="c", cases_hash="", catalog=[], ids=[]
    )
    folder.start(info, list(cases))
    return folder


def ask(folder: Folder, handler: Any, *cases: Case, settings: Settings = SETTINGS) -> Asked:
    return asyncio.run(run(jobs(*cases), folder, settings, transport=httpx.MockTransport(handler)))


def test_both_calls_are_saved_with_what_was_sent(tmp_path: Path) -> None:
    sent: dict[str, Any] = {}

    def guide(request: httpx.Request) -> httpx.Response:
        sent[request.url.path] = json.loads(request.content)
        body = {"hits": [{"id": "lamp"}, {"id": "lamp"}]} if request.url.path == "/v1/search" else lamp_answer()
        return httpx.Response(200, json=body)

    case = Case(id="a", question="q", language="zh", product_ids=["lamp"], relevant={"lamp": 1})
    folder = folder_for(tmp_path, case)
    assert ask(folder, guide, case) == Asked(0, 1, 0)
    assert sent["/v1/ask"] == {"question": "q", "explain": True, "product_ids": ["lamp"], "locale": "zh"}
    assert sent["/v1/search"] == {"query": "q", "k": 100, "types": ["product"]}
    (row,) = folder.rows().values()
    assert row.ask is not None
    assert row.search is not None
    assert row.ask.ms > 0
    assert row.error is None


def test_a_second_run_asks_only_errors_and_changed_cases(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    broken = True

    def guide(request: httpx.Request) -> httpx.Response:
        question = json.loads(request.content)["question"]
        asked[question] += 1
        return (
            httpx.Response(500, text="boom")
            if broken and question == "bad"
            else httpx.Response(200, json=lamp_answer())
        )

    good, bad = Case(id="good", question="good"), Case(id="bad", question="bad")
    folder = folder_for(tmp_path, good, bad)
    assert ask(folder, guide, good, bad) == Asked(0, 2, 1)
    (error,) = [row.error for row in folder.rows().values() if row.error]
    assert (error.kind, error.status) == ("http", 500)
    broken = False
    assert ask(folder, guide, good, bad) == Asked(1, 1, 0)
    assert ask(folder, guide, Case(id="good", question="reworded"), bad) == Asked(1, 1, 0)
    assert asked == {"good": 1, "bad": 2, "reworded": 1}


def test_retry_after_is_honoured(tmp_path: Path) -> None:
    times: list[float] = []

    def guide(_: httpx.Request) -> httpx.Response:
        times.append(asyncio.get_running_loop().time())
        return (
            httpx.Response(429, headers={"Retry-After": "1"})
            if len(times) == 1
            else httpx.Response(200, json=lamp_answer())
        )

    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    assert ask(folder, guide, case).failed == 0
    assert times[1] - times[0] >= 1
    (row,) = folder.rows().values()
    assert row.ask is not None
    assert row.ask.attempts == 2


def test_the_deadline_ends_a_case_that_is_put_off_for_ever(tmp_path: Path) -> None:
    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    short = Settings(target=SETTINGS.target, deadline=0.2)
    busy = ask(folder, lambda _: httpx.Response(503, headers={"Retry-After": "60"}), case, settings=short)
    assert busy.failed == 1
    (row,) = folder.rows().values()
    assert row.error is not None
    assert row.error.kind == "timeout"


def test_an_answer_of_the_wrong_shape_is_an_error_not_a_score(tmp_path: Path) -> None:
    case = Case(id="a", question="q")
    folder = folder_for(tmp_path, case)
    ask(folder, lambda _: httpx.Response(200, json={"outcome": "answered"}), case)
    (row,) = folder.rows().values()
    assert row.error is not None
    assert row.error.kind == "answer"
    assert "text" in row.error.detail


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
    task = asyncio.create_task(run(jobs(*cases), folder, SETTINGS, transport=httpx.MockTransport(guide)))
    await asyncio.sleep(0.02)
    task.cancel()
    await task


def test_retry_after_reads_seconds_and_dates() -> None:
    assert retry_after("3") == 3
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after("soon") is None
    assert retry_after(None) is None


def test_a_target_that_is_not_there_is_said_at_once() -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(TargetError, match=r"guide\.test"):
        asyncio.run(snapshot_of(SETTINGS, httpx.MockTransport(nobody)))
