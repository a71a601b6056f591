"""Other words in an answer's text, its claims moved along with them."""

import re
from collections.abc import Callable
from typing import Any

Body = dict[str, Any]


def replaced(body: Body, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> None:
    """Write something else for each match of the text, in place."""
    text, parts, moved, last = body["text"], [], [], 0
    for match in pattern.finditer(text):
        new = write(match)
        parts += [text[last : match.start()], new]
        moved.append((match.end(), len(new) - len(match[0])))
        last = match.end()
    body["text"] = "".join([*parts, text[last:]])
    for claim in body["claims"]:
        claim["start"], claim["end"] = (_shifted(claim[end], moved) for end in ("start", "end"))
        claim["text"] = body["text"][claim["start"] : claim["end"]]


def _shifted(at: int, moved: list[tuple[int, int]]) -> int:
    return at + sum(by for end, by in moved if end <= at)
