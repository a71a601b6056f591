"""Reading along an answer that runs in another process, or ran here before: its log is looked at again and again."""

import asyncio
from collections.abc import AsyncGenerator

import msgspec

from guide import problems
from guide.errors import StateError
from guide.events import Done, ErrorEvent, Event
from guide.live.desk import Desk
from guide.problems import Problem
from guide.state.model import Log

_LOOK_SECONDS = 0.1
_LOOKS_A_SIGN = 10
"""With every tenth look, once a second, the reader says that it is there; that is a write."""
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


async def find(desk: Desk, answer_id: str, owner: str, after: int) -> Log:
    """What the log has after event number `after`.

    Raises:
        Problem: there is no such answer, or its time is over.
        StateError: the log cannot be read now.
    """
    found = await desk.run(desk.state.answers.read, answer_id, owner, after)
    if found is None:
        raise Problem("unknown_answer", "no answer of this key has this id, or it ended too long ago to be resumed")
    return found


async def follow(desk: Desk, answer_id: str, owner: str, after: int, log: Log) -> AsyncGenerator[Event, None]:
    """The events of a log that was found, and those to come; an answer whose process died ends with an error."""
    looks = 0
    try:
        while True:
            for line in log.events:
                event = _decoder.decode(line)
                yield event
                after += 1
                if isinstance(event, Done | ErrorEvent):
                    return
            if not log.running:
                if after and not log.events:
                    return  # read to its end before
                yield problems.event(Problem("internal", "the answer broke off; ask again"))
                return
            if looks % _LOOKS_A_SIGN == 0:
                await desk.run(desk.state.answers.watch, answer_id)
            looks += 1
            await asyncio.sleep(_LOOK_SECONDS)
            log = await find(desk, answer_id, owner, after)
    except (StateError, Problem) as error:
        yield problems.event(problems.from_error(error))
