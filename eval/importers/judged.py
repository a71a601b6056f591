"""The shared sets of judged product searches: ESCI (US), Icecat (Chorus) and Taobao queries (zh_ecom).

The gain of a grade is that of each set's own papers: E 1, S .1, C .01, I 0; 2^rating - 1; 1 for the product people
marked. Their products are read with the mapping files in bench/mappings.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from eval.cases import Case
from eval.importers.model import Found, Half, Options, Plain, Problem, content_id
from eval.importers.text import json_lines, text_of

_ESCI = {"E": 1.0, "S": 0.1, "C": 0.01, "I": 0.0}


def esci_gains(row: dict[str, Any]) -> dict[str, float]:
    """Record id -> gain of a line of ESCI's judgements."""
    return {judgement["docid"]: _ESCI[judgement["esci"]] for judgement in row["judgments"]}


def icecat_gains(row: dict[str, Any]) -> dict[str, float]:
    """The same of Icecat's, rated 0 to 3 by three people."""
    return {judgement["docid"]: 2.0 ** judgement["rating"] - 1 for judgement in row["judgments"]}


def marked_gains(row: dict[str, Any]) -> dict[str, float]:
    """The same of the Taobao queries, where one product or more were marked."""
    return dict.fromkeys(row["positive_pids"], 1.0)


def half(query: str) -> Half:
    """`tune` or `report`, by the parity of the query's hash."""
    return "tune" if hashlib.sha256(query.encode()).digest()[0] % 2 == 0 else "report"


class JudgedSearches(Plain):
    """One set: queries with gains by record id."""

    def __init__(self, name: str, language: str, gains: Callable[[dict[str, Any]], dict[str, float]]) -> None:
        self.name = name
        self.source = "the set's folder, or its qrels.jsonl"
        self._language = language
        self._gains = gains

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """One case a query."""
        path = source / "dev" / "qrels.jsonl" if source.is_dir() else source
        for line in json_lines(path):
            yield line if isinstance(line, Problem) else self._case(path, line.number, line.row, options)

    def half(self, case: Case) -> Half:
        """That of its query: the retrieval was tuned on these halves."""
        return half(case.question)

    def _case(self, path: Path, line: int, row: dict[str, Any], options: Options) -> Found | Problem:
        query = text_of(row, "query")
        try:
            gains = self._gains(row)
        except (KeyError, TypeError) as error:
            message = f"not a line of {self.name}: {error!r}"
            return Problem(file=str(path), line=line, code="bad_judgement", message=message)
        case = Case(
            id=content_id(self.name, query),
            question=query,
            language=options.language or self._language,
            relevant=gains,
            graded=any(gain > 0 for gain in gains.values()),
            tags=["search"],
        )
        return Found(str(path), line, case)


SETS = (
    JudgedSearches("esci", "en", esci_gains),
    JudgedSearches("icecat_chorus", "en", icecat_gains),
    JudgedSearches("zh_ecom", "zh", marked_gains),
)
