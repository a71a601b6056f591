"""The run that a report is compared with, read from its folder."""

from pathlib import Path

from eval.answer import read_answer
from eval.compare import compare
from eval.gate import Applied, judge
from eval.page.data import Baseline
from eval.results import Folder
from eval.rules import load
from eval.runs import read_run


def read_baseline(path: Path, run: Path, *, judge_card: bool) -> Baseline:
    """A saved run beside the one in `run`: scores as they were saved, answers as they came.

    With a judge card the gate's bounds on what the judge scores count too.

    Raises:
        ResultsError: either folder holds no scored run, or they asked other cases.
    """
    before, now = read_run(path), read_run(run)
    folder = Folder(path)
    rows = folder.saved(folder.info())
    answers = {id_: read_answer(row.ask.body) for id_, row in rows.items() if row.ask and row.error is None}
    judged = judge(now, before, load(judge_card=judge_card), Applied(judge_card=judge_card))
    return Baseline(before.scores, answers, judged.comparison or compare(before, now), judged.verdict)
