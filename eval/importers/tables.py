"""Question/answer tables as teams keep them: CSV, TSV, semicolons; the columns found by their names.

A cell of `must`, `tags` or `relevant` may hold several entries, parted by `;`. Alternatives of one `must` entry are
parted by `|`; a record id of `relevant` has its grade after a colon where that is not 1.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from eval.cases import Case
from eval.errors import SourceError
from eval.importers.model import Found, Options, Plain, Problem, content_id
from eval.importers.text import table_lines
from eval.text.fold import key, language_of

NAMES = {
    "id": "id case_id qid question_id _id 编号 序号",
    "question": "question query q prompt user_input input user_question utterance 问题 提问 问句 用户问题",
    "references": "answer reference references expected expected_answer gold gold_answer ground_truth a 答案 回答"
    " 标准答案 参考答案",
    "language": "language lang locale 语言",
    "tags": "tags tag category topic slice 标签 分类 类别",
    "must": "must must_include keywords facts 关键词 要点",
    "relevant": "relevant record_id record_ids doc_id doc_ids source_id 记录",
    "answerable": "answerable is_answerable 可回答",
}
"""Field of a case -> the column names it goes by; the first column that fits is taken."""
_NO = frozenset({"0", "no", "false", "n", "否", "不"})
_YES = frozenset({"1", "yes", "true", "y", "是", ""})
_DELIMITERS = ",\t;|"
_GRADE = re.compile(r"\s*\d+(?:\.\d+)?\s*")


class Table(Plain):
    """A table with a header."""

    name = "csv"
    source = "a CSV or TSV file with a header"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """One case a row."""
        lines = table_lines(source)
        rows = csv.reader(lines, delimiter=_delimiter("".join(lines)))
        start = 1
        try:
            header = [cell.strip() for cell in next(rows, [])]
            columns = _columns(source, header, options)
            start = rows.line_num + 1
            for row in rows:
                line, start = start, rows.line_num + 1
                if any(cell.strip() for cell in row):
                    yield _case(source, line, row, len(header), columns, options)
        except csv.Error as error:
            raise SourceError(f"{source}:{start}: not a table: {error}") from error


def _delimiter(text: str) -> str:
    """The mark that the header holds most of; a header of one column has none, and a comma does no harm."""
    header = text.lstrip().split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count)


def _columns(source: Path, header: list[str], options: Options) -> dict[str, int]:
    """Field -> number of its column.

    Raises:
        SourceError: no column holds the questions, or one that was named is not there.
    """
    unknown = sorted(set(options.columns) - set(NAMES))
    if unknown:
        raise SourceError(f"--map {unknown[0]}=…: no such field; known are {', '.join(NAMES)}")
    missing = [column for column in options.columns.values() if column not in header]
    if missing:
        raise SourceError(f"{source}:1: no column {missing[0]!r}; there are {', '.join(map(repr, header))}")
    found = {field: header.index(column) for field, column in options.columns.items()}
    folded = [key(column) for column in header]
    for field, names in NAMES.items():
        known = [folded.index(name) for name in names.split() if name in folded]
        free = [at for at in known if at not in found.values()]
        if field not in found and free:
            found[field] = free[0]
    if "question" not in found:
        there = ", ".join(map(repr, header)) or "none"
        raise SourceError(f"{source}:1: no column of questions among {there}; name it with --map question=COLUMN")
    return found


def _case(
    source: Path, line: int, row: list[str], width: int, columns: dict[str, int], options: Options
) -> Found | Problem:
    if len(row) != width:
        message = f"{len(row)} cells, but the header has {width}"
        return Problem(file=str(source), line=line, code="bad_cells", message=message)
    cells = {field: row[at].strip() for field, at in columns.items()}
    question = cells["question"]
    if not question:
        return Problem(file=str(source), line=line, code="no_question", message="the cell of the question is empty")
    said = cells.get("answerable", "").casefold()
    if said not in _NO | _YES:
        message = f"answerable is {said!r}: write yes or no"
        return Problem(file=str(source), line=line, code="bad_field", message=message)
    relevant = dict(_grade(entry) for entry in _parts(cells.get("relevant", ""), ";"))
    references = [cells["references"]] if cells.get("references") else []
    must = [_one_or_list(_parts(entry, "|")) for entry in _parts(cells.get("must", ""), ";")]
    answerable = said not in _NO
    case = Case(
        id=cells.get("id") or content_id("csv", question, *references),
        question=question,
        language=cells.get("language") or options.language or language_of(question),
        relevant=relevant,
        references=references if answerable else [],
        answerable=answerable,
        must=must if answerable else [],
        graded=bool(references or must or relevant or not answerable),
        tags=_parts(cells.get("tags", ""), ";"),
    )
    return Found(str(source), line, case)


def _parts(cell: str, mark: str) -> list[str]:
    return [part.strip() for part in cell.split(mark) if part.strip()]


def _one_or_list(parts: list[str]) -> str | list[str]:
    return parts[0] if len(parts) == 1 else parts


def _grade(entry: str) -> tuple[str, float]:
    """`ID` or `ID:GRADE`; an id may hold colons of its own."""
    id_, _, grade = entry.rpartition(":")
    return (id_.strip(), float(grade)) if id_ and _GRADE.fullmatch(grade) else (entry, 1.0)
