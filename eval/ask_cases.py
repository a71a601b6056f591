"""`guide-eval run` up to the scores: choose the target, ask what is not answered yet, tell how it went."""

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from catalog.model import type_name
from eval import runner
from eval.asking import Job
from eval.cases import Case, draw, load
from eval.progress import progress
from eval.report import HARNESS
from eval.results import Folder, Load, RunInfo
from eval.targets.choose import TargetOptions, choose
from eval.truth import Truth

SEARCHED = ("product", "faq", "policy", "review", "qa")
"""The record types `POST /v1/search` knows."""


class Asking(NamedTuple):
    """Which cases to ask of whom, how, and where the answers go."""

    cases: Path
    out: Path
    limit: int | None
    target: TargetOptions
    settings: runner.Settings


def ask_cases(asking: Asking, truth: Truth | None, catalog: Sequence[str]) -> Folder:
    """The folder with all answers there are now; `catalog` names the feeds of `truth` for `report`.

    Raises:
        CaseError: the case file is wrong.
        TargetOptionError: the target is described wrongly.
        TargetError: nothing answers there.
        ResultsError: the folder cannot be used.
    """
    file = load(asking.cases)
    target, settings = choose(asking.target), asking.settings
    version = asyncio.run(runner.version_of(target, settings.deadline))
    cases = draw(file.cases, asking.limit)
    jobs = [Job(case, runner.config_of(case, target, version), _types(case, truth)) for case in cases]
    info = RunInfo(
        harness=HARNESS,
        target=target.name,
        snapshot=version,
        cases_file=file.name,
        cases_hash=file.hash,
        catalog=list(catalog),
        ids=[case.id for case in cases],
        configs={job.case.id: job.config for job in jobs},
        unsent=dict(Counter(part for case in cases for part in target.unsent(case))),
        load=Load(concurrency=settings.concurrency, rate=settings.rate),
    )
    folder = Folder(asking.out)
    with folder.writing():
        folder.start(info, cases)
        todo = runner.to_ask(jobs, folder.settled(), settings.retry)
        with progress(len(todo)) as advance:
            asyncio.run(runner.run(target, todo, folder, settings, advance))
    _tell(info, len(jobs) - len(todo))
    return folder


def _types(case: Case, truth: Truth | None) -> list[str]:
    """The types of a case's graded records, where the records are known."""
    records = [truth.records.get(id_) for id_ in case.relevant] if truth else []
    found = {type_name(record) for record in records if record}
    return [name for name in SEARCHED if name in found]


def _tell(info: RunInfo, kept: int) -> None:
    """What a reader of the figures should know, on stderr."""
    total = len(info.ids)
    if kept:
        sys.stderr.write(f"{kept} of {total} cases were not asked again; use another --out to ask all anew\n")
    for part, count in info.unsent.items():
        sys.stderr.write(f"{count} of {total} cases have {part}, which this target takes no field for\n")
