"""RGB: questions about news, each with passages that answer it (shared set; measuring only).

The passages become the shop's texts, so that a guide can be asked in earnest; the wrong passages of the
counterfactual part are left out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.model import Policy, Record
from eval.cases import Case
from eval.importers.model import Found, Options, Plain, Problem
from eval.importers.text import Line, json_lines, text_of
from eval.text.fold import language_of


class Rgb(Plain):
    """Questions whose answer is one of some short texts, or all of several."""

    name = "rgb"
    source = "one of the set's JSONL files"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """One case a line."""
        for line in json_lines(source):
            yield line if isinstance(line, Problem) else _case(source, line, options)

    def records(self, source: Path) -> Iterator[Record]:
        """Each passage that answers a question, as a policy."""
        for line in json_lines(source):
            if isinstance(line, Line):
                for id_, text in _passages(source, line.row):
                    yield Policy(id=id_, title=text[:40], body=text, language=language_of(text))


def _case(source: Path, line: Line, options: Options) -> Found | Problem:
    question = text_of(line.row, "query")
    if not question:
        return Problem(file=str(source), line=line.number, code="no_question", message="no `query`")
    must = _must(line.row.get("answer"))
    case = Case(
        id=f"{source.stem}-{text_of(line.row, 'id')}",
        question=question,
        language=options.language or language_of(question),
        relevant=dict.fromkeys((id_ for id_, _ in _passages(source, line.row)), 1.0),
        references=["; ".join(entry if isinstance(entry, str) else entry[0] for entry in must)] if must else [],
        must=must,
        graded=bool(must),
        tags=["rgb"],
    )
    return Found(str(source), line.number, case)


def _must(answer: Any) -> list[str | list[str]]:
    """A text, or a list of texts that all belong to the answer; a list within it holds spellings of one of them."""
    parts = answer if isinstance(answer, list) else [answer]
    entries: list[str | list[str]] = []
    for part in parts:
        spellings = [str(text).strip() for text in (part if isinstance(part, list) else [part]) if text is not None]
        spellings = [text for text in spellings if text]
        if spellings:
            entries.append(spellings[0] if len(spellings) == 1 else spellings)
    return entries


def _passages(source: Path, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    texts = [text for text in row.get("positive") or [] if isinstance(text, str) and text.strip()]
    return ((f"{source.stem}-{row.get('id')}-{at}", text.strip()) for at, text in enumerate(texts))
