"""Change a saved answer's text so that its claims still point at their words."""

import copy
import re
from typing import Any, TypeAlias

from bench.mutations.kinds import Mutation
from bench.mutations.saved import Statement

Body: TypeAlias = dict[str, Any]
Where: TypeAlias = tuple[int, int]
_MARKS = re.compile(r"(?:\[\d+\])*")


def rewritten(statement: Statement, kind: str, shape: str, after: str, product: str) -> Mutation:
    """The answer with other words for the statement."""
    body, where = replaced(statement, after)
    return mutation(statement, kind, shape, product, (body, where, after))


def mutation(statement: Statement, kind: str, shape: str, product: str, made: tuple[Body, Where, str]) -> Mutation:
    """A changed answer (its body, the place and the words of the change) as a row."""
    body, where, after = made
    return Mutation(
        kind=kind,
        language=statement.language,
        where=where,
        before=statement.text,
        after=after,
        body=body,
        case=statement.case,
        shape=shape,
        product=product,
        was=statement.span,
    )


def replaced(statement: Statement, after: str) -> tuple[Body, Where]:
    """Other words in the statement's place; its citations stay, as they do when a writer gets a fact wrong."""
    start, end = statement.span
    body = _spliced(statement.body, start, end, after)
    body["claims"][statement.at] |= {"text": after, "start": start, "end": start + len(after)}
    return body, (start, start + len(after))


def added(statement: Statement, sentence: str) -> tuple[Body, Where]:
    """A sentence behind the statement, with the same marks."""
    end = statement.span[1]
    marks = _marks(statement)
    gap = " " if statement.language == "en" else ""
    at = end + len(marks)
    start = at + len(gap)
    body = _spliced(statement.body, at, at, gap + sentence + marks)
    claim = dict(statement.body["claims"][statement.at], text=sentence, start=start, end=start + len(sentence))
    body["claims"].insert(statement.at + 1, claim)
    return body, (start, start + len(sentence))


def swapped(statement: Statement, following: Statement) -> tuple[Body, Where]:
    """The statement behind the one that follows it, each with its marks."""
    (start, _), (second, _) = statement.span, following.span
    own, other = statement.text + _marks(statement), following.text + _marks(following)
    gap = statement.body["text"][start + len(own) : second]
    end = second + len(other)
    body = _copied(statement.body)
    body["text"] = body["text"][:start] + other + gap + own + body["text"][end:]
    moved = start + len(other) + len(gap)
    first, last = body["claims"][statement.at], body["claims"][following.at]
    last |= {"start": start, "end": start + len(following.text)}
    first |= {"start": moved, "end": moved + len(statement.text)}
    body["claims"][statement.at], body["claims"][following.at] = last, first
    return body, (moved, moved + len(statement.text))


def framed(statement: Statement, opening: str, closing: str) -> tuple[Body, Where]:
    """Words before and after the whole text; no claim grows."""
    body = _spliced(statement.body, 0, 0, opening)
    body["text"] += closing
    start, end = statement.span
    return body, (start + len(opening), end + len(opening))


def _marks(statement: Statement) -> str:
    found = _MARKS.match(statement.body["text"], statement.span[1])
    return found.group() if found else ""


def _spliced(body: Body, start: int, end: int, text: str) -> Body:
    """A copy with `text` for text[start:end]; every claim behind it moves."""
    changed = _copied(body)
    changed["text"] = body["text"][:start] + text + body["text"][end:]
    by = len(text) - (end - start)
    for claim in changed["claims"]:
        if claim["start"] >= end:
            claim["start"] += by
            claim["end"] += by
    return changed


def _copied(body: Body) -> Body:
    """A copy of what may be changed; the rest is shared."""
    return body | {name: copy.deepcopy(body[name]) for name in ("claims", "products", "citations")}
