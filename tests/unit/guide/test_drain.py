"""The end of a worker, as an answer sees it."""

import asyncio
from collections.abc import AsyncGenerator

from guide.drain import Drain
from guide.events import ErrorEvent, Event, Text


class Answering:
    """Events that come `pause` seconds apart; knows whether it was closed."""

    def __init__(self, pause: float, events: int = 3) -> None:
        self.pause = pause
        self.events = events
        self.closed = False

    async def answer(self) -> AsyncGenerator[Event, None]:
        try:
            for number in range(self.events):
                if self.pause:
                    await asyncio.sleep(self.pause)
                yield Text(str(number))
        finally:
            self.closed = True


def ended(answering: Answering, seconds: float) -> list[Event]:
    """What an answer tells in a worker whose end begins with it."""

    async def run() -> list[Event]:
        drain = Drain(seconds)
        drain.begin()
        return [event async for event in drain.until_over(answering.answer())]

    return asyncio.run(run())


def test_an_answer_that_ends_in_time_is_whole() -> None:
    assert ended(answering := Answering(0.001), 60) == [Text("0"), Text("1"), Text("2")]
    assert answering.closed


def test_one_that_does_not_ends_with_an_error_and_its_work_stops() -> None:
    (error,) = ended(answering := Answering(60), 0.01)
    assert isinstance(error, ErrorEvent)
    assert error.type == "urn:shopguide:error:shutting_down"
    assert answering.closed


def test_one_that_never_waits_is_ended_too() -> None:
    *_, error = ended(answering := Answering(0, events=10**9), 0.01)
    assert isinstance(error, ErrorEvent)
    assert answering.closed


def test_one_that_comes_after_the_end_is_told_at_once() -> None:
    assert [type(event) for event in ended(Answering(0), 0)] == [ErrorEvent]


def test_the_end_reaches_an_answer_that_waits_already() -> None:
    async def run() -> list[Event]:
        drain = Drain(0.01)
        events = drain.until_over(Answering(60).answer())
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        drain.begin()
        drain.begin()
        return [await waiting, *[event async for event in events]]

    assert [type(event) for event in asyncio.run(run())] == [ErrorEvent]


def test_leaving_closes_the_answer() -> None:
    answering = Answering(0)

    async def run() -> None:
        events = Drain(60).until_over(answering.answer())
        await anext(events)
        await events.aclose()

    asyncio.run(run())
    assert answering.closed


def test_a_slow_answers_own_timeout_is_no_end() -> None:
    async def failing() -> AsyncGenerator[Event, None]:
        yield Text("a")
        raise TimeoutError

    async def run() -> str:
        try:
            async for _ in Drain(60).until_over(failing()):
                pass
        except TimeoutError:
            return "raised"
        return "ended"

    assert asyncio.run(run()) == "raised"
