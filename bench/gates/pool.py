"""Two saved runs of one pool of cases, their answers broken and scored again by the harness."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.gates.edits import Body
from eval import score
from eval.cases import Case, content_hash
from eval.results import Call, Folder, Row
from eval.runs import Run, read_run
from eval.score import CaseScore
from eval.truth import Truth


class Pool(NamedTuple):
    """A run's cases, answers and scores."""

    run: Run
    rows: dict[str, Row]

    @property
    def bodies(self) -> dict[str, Body]:
        """A copy of each answer, by case id."""
        return {id_: copy.deepcopy(row.ask.body) for id_, row in self.rows.items() if row.ask}


def read(folder: Path) -> Pool:
    """A scored run and its saved answers."""
    run = read_run(folder)
    return Pool(run, Folder(folder).saved(run.info))


def broken(pool: Pool, bodies: Mapping[str, Body], truth: Truth) -> tuple[Run, int]:
    """The run with other answers, and how many are other; only these are scored again."""
    changed = {id_: body for id_, body in bodies.items() if body != pool.rows[id_].ask.body}  # type: ignore[union-attr]
    rows = {id_: _with(pool.rows[id_], body) for id_, body in changed.items()}
    judged = score.judge([pool.run.cases[id_] for id_ in rows], rows, truth)
    scores = {one.case.id: _as_saved(score.case_score(one, score.METRICS)) for one in judged}
    return pool.run._replace(scores=pool.run.scores | scores), len(changed)


def sample(run: Run, ids: list[str]) -> Run:
    """The run as if only these cases had been asked."""
    cases: dict[str, Case] = {id_: run.cases[id_] for id_ in ids}
    return run._replace(
        asked=content_hash(list(cases.values())), cases=cases, scores={id_: run.scores[id_] for id_ in ids}
    )


def _with(row: Row, body: Body) -> Row:
    return msgspec.structs.replace(row, ask=Call(body=body, ms=row.ask.ms if row.ask else 0.0))


def _as_saved(one: CaseScore) -> CaseScore:
    return msgspec.json.decode(msgspec.json.encode(one), type=CaseScore)
