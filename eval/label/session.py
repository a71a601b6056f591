"""One person's labelling: which statement is next, and the file that every label is in as soon as it is given.

The file is only ever added to: a label is one line, taking it back another. A line that a crash cut short is taken
off at the next start.
"""

import datetime as dt
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

from eval.errors import CardError
from eval.judges.card import Label
from eval.judges.draw import Place
from eval.judges.labels import LabelRow, read_labels
from eval.label.statements import Statement
from eval.results import cut_torn_line


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: how far one is, and the statement to label (None: all are)."""

    labeller: str
    total: int
    done: int
    can_undo: bool
    statement: Statement | None


class Session:
    """Labels of one labeller over drawn statements.

    Raises:
        CardError: the file holds labels of somebody else, or of other words.
    """

    def __init__(self, statements: Sequence[Statement], labeller: str, set_name: str, path: Path) -> None:
        self._statements = {statement.place: statement for statement in statements}
        self._labeller, self._set, self._path = labeller, set_name, path
        self._lock = threading.Lock()
        cut_torn_line(path)
        self._given: dict[Place, Label] = self._read()

    def view(self) -> View:
        """Where the labelling stands."""
        with self._lock:
            return self._view()

    def label(self, place: Place, label: Label) -> View:
        """Label a statement and save that at once; one that is not drawn, or labelled already, stays as it is."""
        with self._lock:
            statement = self._statements.get(place)
            if statement is not None and place not in self._given:
                self._save(statement, label)
                self._given[place] = label
            return self._view()

    def undo(self) -> View:
        """Take the last label back."""
        with self._lock:
            if self._given:
                place = next(reversed(self._given))
                self._save(self._statements[place], None)
                del self._given[place]
            return self._view()

    def _view(self) -> View:
        left = (statement for place, statement in self._statements.items() if place not in self._given)
        return View(
            labeller=self._labeller,
            total=len(self._statements),
            done=len(self._given),
            can_undo=bool(self._given),
            statement=next(left, None),
        )

    def _read(self) -> dict[Place, Label]:
        """The labels of an earlier sitting, in the order they were given."""
        given: dict[Place, Label] = {}
        for row in read_labels([self._path]) if self._path.exists() else []:
            statement = self._statements.get((row.id, -1 if row.claim is None else row.claim))
            if row.labeller != self._labeller:
                raise CardError(f"{self._path}: holds the labels of {row.labeller}")
            if statement is not None and row.label is not None:
                if row.text != statement.text:
                    raise CardError(f"{self._path}: {row.id!r}, statement {row.claim} had other words then")
                given[statement.place] = row.label
        return given

    def _save(self, statement: Statement, label: Label | None) -> None:
        row = LabelRow(
            id=statement.id, claim=statement.claim, label=label, labeller=self._labeller, set=self._set,
            text=statement.text, at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        )  # fmt: skip
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(row) + b"\n")
            file.flush()
            os.fsync(file.fileno())
