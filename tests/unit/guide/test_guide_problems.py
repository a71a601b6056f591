"""Problems: one table in code, the same table in the docs."""

import re
from pathlib import Path

import pytest

from catalog.errors import FeedError, MoneyError
from guide import problems
from guide.errors import QuestionError
from guide.problems import Problem
from index.errors import FilterError, SnapshotMissingError

DOC = Path(__file__).parents[3] / "docs" / "errors.md"


def test_the_docs_list_every_kind_with_its_status():
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", DOC.read_text("utf-8"), re.MULTILINE))
    assert rows == {name: str(kind.status) for name, kind in problems.KINDS.items()}


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (FilterError("no such attribute"), "invalid_filter"),
        (MoneyError("what"), "invalid_filter"),
        (QuestionError("empty"), "invalid_question"),
        (SnapshotMissingError("none"), "not_ready"),
        (Problem("cursor_gone", "gone"), "cursor_gone"),
    ],
)
def test_errors_raised_on_purpose_keep_their_words(error, kind):
    problem = problems.from_error(error)
    assert problem.kind == kind
    assert problem.detail == str(error)


@pytest.mark.parametrize("error", [ValueError("secret"), FeedError("secret")])
def test_other_errors_tell_nothing_of_themselves(error):
    problem = problems.from_error(error)
    assert problem.kind == "internal"
    assert "secret" not in problem.detail


@pytest.mark.parametrize(
    ("status", "kind"), [(404, "not_found"), (418, "bad_request"), (429, "too_many_requests"), (504, "internal")]
)
def test_status_codes_of_the_framework(status, kind):
    assert problems.from_status(status, "x").kind == kind
