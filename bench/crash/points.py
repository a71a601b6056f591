"""Every step of every work on a shop, each interrupted in turn: the shop must then be the old one or the new one.

1. Prepare the shop and count the steps of the work. 2. For each step and each kind of fault: do the work with that
fault in a child, while a server answers. 3. Open the shop afresh: all old or all new. 4. Ask the server. 5. Do the work
again, undisturbed: it completes, and leaves no debris.
"""

import shutil
from functools import partial
from pathlib import Path

import msgspec

from bench.crash.shop import Answer, State, Truth
from bench.crash.syscalls import Fault, Kind, Ran, traced
from bench.crash.works import FIRST, WORKS, Bench, Ready, Work
from index.errors import SnapshotMissingError

KINDS: tuple[Kind, ...] = ("kill", "torn", "full", "error", "short")
_KILLED = -9
_UNUSABLE = 3
_BUILDS = {"build", "fold", "first build"}


class Found(msgspec.Struct):
    """What became of the points of one work under one kind of fault."""

    work: str
    kind: str
    points: int = 0
    new: int = 0
    """Points after which the new state was live; after the others the old one was."""
    errors: int = 0
    """Points at which the work itself told of the fault (exit 3); the others completed or were killed."""
    answers: int = 0
    """Of the server."""
    wrong: list[str] = []
    """Neither old nor new, an error that is no clear one, a rerun that fails, debris, a lost offer."""
    failed: list[str] = []
    """Answers that were none."""
    mixed: list[str] = []
    """Answers of no single state."""


def interrupted(bench: Bench, name: str, kind: Kind, every: int = 1) -> Found:
    """One work on a shop that goes on, interrupted at every step (or one in so many)."""
    found, now = Found(name, kind), bench.truth.learn()

    def ready() -> Ready:
        bench.age()
        before, work = WORKS[name](bench, now)
        bench.age()
        return before, work

    steps = _count(ready()[1])
    now = bench.truth.learn()
    for step in range(0, steps, every):
        before, work = ready()
        ran = traced(partial(_run, work), Fault(kind, step))
        try:
            now = _check(bench, found, ran, before, work) if ran.struck else bench.truth.learn()
        except Exception as error:  # whatever is wrong is counted, and the next point is tried
            found.wrong.append(f"step {step} ({ran.steps[step]}): {error!r}")
            now = bench.build()
    return found


def interrupted_first(scratch: Path, name: str, kind: Kind, every: int = 1) -> Found:
    """The first work of its sort, each time on a shop of its own and without a server."""
    found, data = Found(name, kind), scratch / "first"
    steps = _count(FIRST[name](Bench(data, scratch))[1])
    for step in range(0, steps, every):
        shutil.rmtree(data)
        bench = Bench(data, scratch)
        before, work = FIRST[name](bench)
        ran = traced(partial(_run, work), Fault(kind, step))
        try:
            if ran.struck:
                _check(bench, found, ran, before, work)
        except Exception as error:
            found.wrong.append(f"step {step} ({ran.steps[step]}): {error!r}")
        data.mkdir(exist_ok=True)
    shutil.rmtree(data)
    return found


def _count(work: Work) -> int:
    ran = traced(partial(_run, work))
    assert ran.code == 0, ran.output
    return len(ran.steps)


def _run(work: Work) -> None:
    from index.cli import main

    main([str(part) for part in work.command])


def _check(bench: Bench, found: Found, ran: Ran, before: State | None, work: Work) -> State:
    """Hold the shop against what it was and what it is to be, finish the work; the state after that."""
    found.points += 1
    now = _look(bench)
    is_new = now is not None and now.prices == work.prices
    assert is_new or now == before, f"{now} is neither {before} nor {work.prices}"
    found.new += now != before
    if ran.code != _KILLED:
        _require_told(found, ran, is_new=is_new, changed=now != before)
    assert is_new or "accepted" not in ran.output, "what was acknowledged is lost"
    if bench.client is not None:
        answers = bench.client.both()
        found.answers += len(answers)
        judge(answers, bench.truth, found)
    if now is not None and is_new and found.work == "rollback":
        return now  # a second one would go one further back
    again = bench.do(work.command)
    assert again.prices == work.prices, f"{again} after a rerun, not {work.prices}"
    if found.work in _BUILDS and again != now:
        left = [path for end in ("tmp", "part") for path in bench.data.rglob(f"*.{end}")]
        assert not left, f"debris: {left}"
    return again


def _look(bench: Bench) -> State | None:
    try:
        return bench.truth.learn()
    except SnapshotMissingError:
        return None


def _require_told(found: Found, ran: Ran, *, is_new: bool, changed: bool) -> None:
    """A fault is told in one true line, or does not matter."""
    if ran.code == 0:
        assert is_new, f"it says that it is done: {ran.output}"
        return
    found.errors += 1
    clear = ran.code == _UNUSABLE and ran.output.startswith("error: ") and ran.output.count("\n") == 1
    assert clear, f"exit {ran.code}: {ran.output[-500:]}"
    assert not (changed and "what it was" in ran.output), f"it is not what it was: {ran.output}"


def judge(answers: list[Answer], truth: Truth, found: Found) -> None:
    """Count answers that failed or are mixed."""
    for answer in answers:
        if answer.status != 200:
            found.failed.append(f"status {answer.status} at point {found.points}")
        elif reason := truth.mixed(answer):
            found.mixed.append(f"{reason}: {answer} at point {found.points}")
