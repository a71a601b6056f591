"""What the harness's checker says of changed answers. It is called as eval/score.py calls it, and not looked into."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from bench.mutations.kinds import CONTROLS, FAULTS, Mutation
from catalog.model import Record

_DRAWS = 2000


class Verdict(msgspec.Struct, kw_only=True):
    """What was said of one row: of the changed statement, and of the one it replaced (None: there was none)."""

    row: Mutation
    now: list[str]
    before: list[str] | None

    @property
    def alarm(self) -> bool:
        """Whether a part of the changed statement is contradicted or lacks evidence."""
        return bool({"contradicted", "not_enough_evidence"} & set(self.now))

    @property
    def was_fine(self) -> bool:
        """Whether the statement it replaced, or the one beside an added sentence, was supported whole."""
        return self.before is None or (bool(self.before) and set(self.before) == {"supported"})


def scored(made: Sequence[Mutation], runs: Sequence[Path], records: Iterable[Record]) -> dict[str, Any]:
    """Detection per kind of fault, false alarms per kind of control, and alarms on the unchanged answers."""
    asked = _Asked(runs, list(records))
    checked = [Verdict(row=row, now=asked.now(row), before=asked.before(row)) for row in made]
    faults = [one for one in checked if one.row.kind in FAULTS]
    controls = [one for one in checked if one.row.kind in CONTROLS and one.was_fine]
    return {
        "detection": _table(faults, FAULTS),
        "detection_where_the_unchanged_was_supported": _table([one for one in faults if one.was_fine], FAULTS),
        "false_alarms": _table(controls, CONTROLS),
        "controls_not_counted": sum(1 for one in checked if one.row.kind in CONTROLS) - len(controls),
        "missed": [_told(one) for one in faults if not one.alarm],
        "alarmed": [_told(one) for one in controls if one.alarm],
        "unchanged_answers": asked.own(),
    }


def rate(found: Sequence[tuple[str, bool]], seed: int = 7) -> dict[str, Any]:
    """Share of true ones with its 95 % bootstrap interval over products, the clusters in which rows hang together."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for product, value in found:
        groups[product].append(value)
    sums = np.array([[sum(values), len(values)] for values in groups.values()])
    drawn = np.random.default_rng(seed).integers(0, len(sums), (_DRAWS, len(sums)))
    totals = sums[drawn].sum(axis=1)
    edges = np.percentile(totals[:, 0] / totals[:, 1], [2.5, 97.5])
    value = sums[:, 0].sum() / sums[:, 1].sum()
    return {
        "rate": round(float(value), 4),
        "interval": [round(float(edge), 4) for edge in edges],
        "n": int(sums[:, 1].sum()),
        "products": len(groups),
    }


def _table(found: Sequence[Verdict], kinds: Sequence[str]) -> dict[str, Any]:
    """The rate of alarms over all, per language, per kind, per kind and language, and per kind and shape."""
    groups: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for one in found:
        kind, language = one.row.kind, one.row.language
        for name in ("all", language, kind, f"{kind} {language}", f"{kind}: {one.row.shape}"):
            groups[name].append((one.row.product, one.alarm))
    first = ["all", "zh", "en"]
    kinds_of = [name for kind in kinds for name in sorted(groups) if name.partition(":")[0].split()[0] == kind]
    return {name: rate(groups[name]) for name in [*first, *kinds_of] if name in groups}


def _told(one: Verdict) -> dict[str, Any]:
    return {"id": one.row.id, "shape": one.row.shape, "before": one.row.before, "after": one.row.after, "now": one.now}


class _Asked:
    """The runs' cases and answers, checked as the harness checks them; each unchanged answer only once."""

    def __init__(self, runs: Sequence[Path], records: Sequence[Record]) -> None:
        from eval.results import Folder
        from eval.truth import Truth

        self._truth = Truth(records)
        self._rows: dict[str, Any] = {}
        self._cases: dict[str, Any] = {}
        for run in runs:
            folder = Folder(run)
            self._rows |= {case: row for (case, _), row in folder.rows().items()}
            self._cases |= _cases(folder.cases)
        self._own: dict[str, list[tuple[int, int, str]]] = {}

    def now(self, row: Mutation) -> list[str]:
        """Verdicts of the statements that overlap the changed one."""
        return list(_overlapping(self._check(row.case, row.body), row.where))

    def before(self, row: Mutation) -> list[str] | None:
        """Verdicts of the statements that overlapped the one it replaced."""
        return None if row.was is None else list(_overlapping(self._unchanged(row.case), row.was))

    def own(self) -> dict[str, Any]:
        """Alarms on statements of the unchanged answers; the guide's own faults are among them."""
        spans = [(case, span) for case, row in self._rows.items() if row.ask for span in self._unchanged(case)]
        return {"alarms": rate([(case, v in {"contradicted", "not_enough_evidence"}) for case, (_, _, v) in spans])}

    def _unchanged(self, case: str) -> list[tuple[int, int, str]]:
        if case not in self._own:
            self._own[case] = self._check(case, self._rows[case].ask.body)
        return self._own[case]

    def _check(self, case: str, body: Any) -> list[tuple[int, int, str]]:
        from eval import score

        row = self._rows[case]
        ask = msgspec.structs.replace(row.ask, body=body)
        judged = score.judge([self._cases[case]], {case: msgspec.structs.replace(row, ask=ask)}, self._truth)[0]
        return [(one.start, one.end, one.verdict) for one in judged.checked]


def _cases(path: Path) -> dict[str, Any]:
    from eval.cases import Case

    cases = [msgspec.json.decode(line, type=Case) for line in path.read_bytes().splitlines()]
    return {case.id: case for case in cases}


def _overlapping(spans: Sequence[tuple[int, int, str]], where: tuple[int, int]) -> Iterator[str]:
    for start, end, verdict in spans:
        if start < where[1] and where[0] < end:
            yield verdict
