"""Answers of one process when all places are taken: who has to go, and who never."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from guide.config import Limits, Settings
from guide.events import ErrorEvent, Event, Status
from guide.live.opening import Asked
from guide.live.runs import Runs
from guide.model import Question
from guide.state.store import open_state

ASKED = Asked(owner="", question=Question(text="a phone"))


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    """Places for two answers."""
    settings = Settings(data=tmp_path, limits=Limits(max_in_flight=2))
    return Runs(open_state(settings), settings)


async def endless(answer_id: str, question: Question) -> AsyncIterator[Event]:
    """An answer that begins and goes on."""
    yield Status(answer_id)
    await asyncio.Event().wait()


def test_an_answer_whose_reader_is_on_the_way_keeps_its_place(runs: Runs) -> None:
    async def told() -> list[bool]:
        begun = [await runs.start(ASKED, endless) for _ in range(4)]
        assert [type(await anext(events)) for events in begun] == [Status] * 4
        waiting = [asyncio.ensure_future(anext(events)) for events in begun]
        await asyncio.sleep(0.05)
        broken = [one.done() for one in waiting]
        await runs.close()
        await asyncio.wait(waiting)
        return broken

    assert asyncio.run(told()) == [False] * 4


def test_an_answer_that_was_left_gives_its_place_to_a_new_question(runs: Runs) -> None:
    async def told() -> tuple[Event, bool]:
        left, read = [await runs.start(ASKED, endless) for _ in range(2)]
        status = await anext(left)
        assert isinstance(status, Status)
        await anext(read)
        await left.aclose()
        await anext(await runs.start(ASKED, endless))
        last = [event async for event in await runs.resume(status.answer_id, "", 1)][-1]
        waiting = asyncio.ensure_future(anext(read))
        await asyncio.sleep(0.05)
        goes_on = not waiting.done()
        await runs.close()
        await waiting
        return last, goes_on

    last, goes_on = asyncio.run(told())
    assert isinstance(last, ErrorEvent)
    assert last.type.endswith("answer_stopped")
    assert goes_on
