"""The messages of a chat client as a question: the last is asked, those before are its history."""

from collections.abc import Callable, Sequence

import msgspec

from guide.config import Limits
from guide.errors import QuestionError
from guide.model import Question, Turn
from guide.problems import Problem

_READ = 5
"""So many answers are read for what they showed; nobody points further back, and each takes some milliseconds."""


def question(turns: Sequence[Turn], limits: Limits, product_ids: Sequence[str] = ()) -> Question:
    """The question that the turns end in.

    Such clients send the whole conversation each time: the last `limits.history_turns` are kept, and of each what a
    question may have.

    Raises:
        QuestionError: the last turn is not the shopper's, or it is empty.
        Problem: it is too long.
    """
    if not turns or turns[-1].role != "user":
        raise QuestionError("the last message must be the user's")
    text = turns[-1].content
    if not text.strip():
        raise QuestionError("the last message has no text")
    if len(text.encode()) > limits.question_bytes:
        raise Problem("question_too_large", f"a question has at most {limits.question_bytes} bytes in UTF-8")
    before = turns[max(0, len(turns) - 1 - limits.history_turns) : -1]
    kept = (msgspec.structs.replace(turn, content=turn.content[: limits.question_bytes]) for turn in before)
    return Question(text=text, history=tuple(kept), product_ids=tuple(product_ids))


def with_products(asked: Question, read: Callable[[str], list[str] | None]) -> Question:
    """The question with the products that its history showed, read from the texts of answers that carry no ids.

    `read` gives the ids that a text shows, or None where it cannot tell; then nothing older is "the second one" either.
    """
    history, left = list(asked.history), _READ
    for place in reversed(range(len(history))):
        turn = history[place]
        if turn.role == "user" or turn.product_ids:
            continue
        ids = read(turn.content) if left else None
        if ids is None:
            history[:place] = [msgspec.structs.replace(older, product_ids=[]) for older in history[:place]]
            break
        history[place], left = msgspec.structs.replace(turn, product_ids=ids), left - 1
    return msgspec.structs.replace(asked, history=tuple(history))
