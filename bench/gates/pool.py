"""A saved run of a pool of cases, scored by the harness as it is now, as it was answered and with broken answers."""

import copy
from collections.abc import Iterable, Mapping
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


def read(folder: Path, truth: Truth) -> Pool:
    """A saved run, its answers scored again: two runs are compared only by one state of the harness."""
    run = read_run(folder)
    rows = Folder(folder).saved(run.info)
    return Pool(run._replace(scores=_scored(run.cases.values(), rows, truth)), rows)


def broken(pool: Pool, bodies: Mapping[str, Body], truth: Truth) -> tuple[Run, int]:
    """The run with other answers, and how many are other; only these are scored again."""
    rows = {id_: _with(pool.rows[id_], body) for id_, body in bodies.items()}
    changed = {id_: row for id_, row in rows.items() if row != pool.rows[id_]}
    scores = _scored([pool.run.cases[id_] for id_ in changed], changed, truth)
    return pool.run._replace(scores=pool.run.scores | scores), len(changed)


def sample(run: Run, ids: list[str]) -> Run:
    """The run as if only these cases had been asked."""
    cases: dict[str, Case] = {id_: run.cases[id_] for id_ in ids}
    return run._replace(
        asked=content_hash(list(cases.values())), cases=cases, scores={id_: run.scores[id_] for id_ in ids}
    )


def _scored(cases: Iterable[Case], rows: Mapping[str, Row], truth: Truth) -> dict[str, CaseScore]:
    """As `scores.jsonl` would hold them."""
    judged = score.judge(list(cases), rows, truth)
    lines = (msgspec.json.encode(score.case_score(score.measure(one, score.METRICS))) for one in judged)
    return {one.id: one for one in (msgspec.json.decode(line, type=CaseScore) for line in lines)}


def _with(row: Row, body: Body) -> Row:
    call = row.ask or Call(body=body, ms=0.0)
    return msgspec.structs.replace(row, ask=msgspec.structs.replace(call, body=body))
