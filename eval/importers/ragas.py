"""ragas datasets: JSONL, JSON or CSV, with the field names of 0.2 and later or those before.

What a system answered (`response`, once `answer`) and what it retrieved (`retrieved_contexts`, once `contexts`) is no
gold and is left out. `reference` (once `ground_truth`, `ground_truths`) is the right answer, `reference_context_ids`
name the records that hold it. A conversation as `user_input` becomes the last question with what was said before.
"""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from eval.cases import Case, Turn
from eval.errors import SourceError
from eval.importers.model import Found, Options, Plain, Problem, content_id
from eval.importers.text import Line, json_lines, read_text, table_lines, text_of, texts_of
from eval.text.fold import language_of

_ROLES = {"human": "user", "user": "user", "ai": "assistant", "assistant": "assistant"}


class Ragas(Plain):
    """Questions with a right answer in words."""

    name = "ragas"
    source = "a ragas dataset (JSONL, JSON or CSV)"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """One case a sample."""
        for line in _rows(source):
            yield line if isinstance(line, Problem) else _case(source, line, options)


def _rows(source: Path) -> Iterator[Line | Problem]:
    match source.suffix.lower():
        case ".csv":
            yield from _table(source)
        case ".json":
            yield from _list(source)
        case _:
            yield from json_lines(source)


def _table(source: Path) -> Iterator[Line]:
    """Rows of a CSV; lists stand in their cells as Python or JSON writes them."""
    rows = csv.DictReader(table_lines(source))
    start = 2
    try:
        for row in rows:
            yield Line(start, {name: _cell(value) for name, value in row.items() if isinstance(value, str)})
            start = rows.line_num + 1
    except csv.Error as error:
        raise SourceError(f"{source}:{start}: not a table: {error}") from error


def _cell(text: str) -> Any:
    if not text.lstrip().startswith("["):
        return text
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _list(source: Path) -> Iterator[Line]:
    """The samples of one JSON array; their lines are their places in it."""
    try:
        samples = msgspec.json.decode(read_text(source), type=list[dict[str, Any]])
    except msgspec.MsgspecError as error:
        raise SourceError(f"{source}:1: not a JSON list of samples: {error}") from error
    for number, sample in enumerate(samples, start=1):
        yield Line(number, sample)


def _case(source: Path, line: Line, options: Options) -> Found | Problem:
    row = line.row
    history, question = _conversation(row.get("user_input"))
    question = question or text_of(row, "user_input", "question")
    if not question:
        message = "neither `user_input` nor `question` holds one"
        return Problem(file=str(source), line=line.number, code="no_question", message=message)
    references = texts_of(row, "reference", "ground_truth", "ground_truths")
    ids = [str(id_) for id_ in row.get("reference_context_ids") or [] if isinstance(id_, str | int)]
    synthesizer = text_of(row, "synthesizer_name", "evolution_type")
    case = Case(
        id=text_of(row, "id", "sample_id")
        or content_id("ragas", *(turn.content for turn in history), question, *references),
        question=question,
        language=options.language or language_of(question),
        history=history,
        relevant=dict.fromkeys(ids, 1.0),
        references=references,
        graded=bool(references or ids),
        tags=[synthesizer] if synthesizer else [],
    )
    return Found(str(source), line.number, case)


def _conversation(said: Any) -> tuple[list[Turn], str]:
    """(what was said before, the last question) of a list of messages; ([], "") of anything else."""
    if not isinstance(said, list):
        return [], ""
    turns = []
    for message in said:
        role = _ROLES.get(str(message.get("type") or message.get("role"))) if isinstance(message, dict) else None
        content = text_of(message, "content") if role else ""
        if content:
            turns.append(msgspec.convert({"role": role, "content": content}, Turn))
    last = max((at for at, turn in enumerate(turns) if turn.role == "user"), default=None)
    return ([], "") if last is None else (turns[:last], turns[last].content)
