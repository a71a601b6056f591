"""What a check found, counted as it goes: memory does not grow with the feed."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import msgspec

from catalog.checks import language_of
from catalog.errors import InputError
from catalog.issues import RULES, Code, Issue
from catalog.model import Record, type_name
from catalog.text import one_line

_SHOWN = 20
"""Issues that are printed one by one; the table and the report hold them all."""
_SEVERITIES = ("error", "warning", "note")


class Found:
    """Counts of records, languages and issues, and the first place of each code."""

    def __init__(self) -> None:
        self.records: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.codes: Counter[Code] = Counter()
        self.first: dict[Code, str] = {}
        self.shown: list[Issue] = []

    @property
    def errors(self) -> int:
        """How many issues cost a row."""
        return sum(count for code, count in self.codes.items() if RULES[code].severity == "error")

    def record(self, record: Record) -> None:
        """Count a usable record."""
        self.records[type_name(record)] += 1
        language = language_of(record)
        if language != "none":
            self.languages[language] += 1

    def issue(self, issue: Issue) -> None:
        """Count an issue; the first errors and warnings are kept to be shown."""
        self.codes[issue.code] += 1
        self.first.setdefault(issue.code, one_line(f"{issue.file}:{issue.line}"))
        if issue.severity != "note" and len(self.shown) < _SHOWN:
            self.shown.append(issue)

    def summary(self) -> dict[str, Any]:
        """Everything as one JSON object."""
        return {
            "records": self.records,
            "languages": self.languages,
            "errors": self.errors,
            "issues": {code: self.codes[code] for code in self._order()},
            "first": self.first,
        }

    def lines(self) -> Iterator[str]:
        """Counts of records and languages, then a table of the issue codes, the gravest first."""
        for name, count in self.records.most_common():
            yield f"{count:8} {name}"
        if self.languages:
            yield "language: " + ", ".join(f"{name} {count}" for name, count in self.languages.most_common())
        if self.codes:
            width = max(len("first"), *(len(place) for place in self.first.values()))
            yield f"   count severity code            {'first':{width}} what to do"
            for code in self._order():
                rule = RULES[code]
                count = self.codes[code]
                yield f"{count:8} {rule.severity:8} {code:15} {self.first[code]:{width}} {rule.fix}"

    def _order(self) -> list[Code]:
        return sorted(self.codes, key=lambda code: (_SEVERITIES.index(RULES[code].severity), -self.codes[code], code))


@contextmanager
def report_file(path: str | None) -> Iterator[Callable[[Issue], None]]:
    """What writes an issue as a JSON line, at once; without a path it writes nothing.

    Raises:
        InputError: the file cannot be written.
    """
    if path is None:
        yield lambda issue: None
        return
    try:
        with click.open_file(path, "w", encoding="utf-8") as handle:
            yield lambda issue: _write(handle, issue)
    except OSError as error:
        raise InputError(f"cannot write the report {path}: {error.strerror}") from error


def _write(handle: Any, issue: Issue) -> None:
    row = msgspec.to_builtins(issue) | {"severity": issue.severity, "fix": RULES[issue.code].fix}
    # A cell may hold half a character (a lone surrogate), which UTF-8 cannot.
    handle.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
