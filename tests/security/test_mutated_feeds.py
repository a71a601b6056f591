"""A few hundred damaged feeds of every format: no crash, no hang, every lost row has its line and code.

`make fuzz` does the same with thousands.
"""

from pathlib import Path

import pytest

from bench.feeds.fuzz import Fuzz
from bench.feeds.verdict import judge

COUNT = 320


def test_damage_never_crashes_or_hangs_and_is_told_by_line_and_code(tmp_path: Path) -> None:
    fuzz = Fuzz(seed=1)
    broken = []
    forms, outcomes = set(), set()
    for number in range(COUNT):
        form, verdict = fuzz.check(number, tmp_path)
        forms.add(form)
        outcomes.add(verdict.outcome)
        if verdict.outcome not in {"read", "refused"} or verdict.unplaced:
            broken.append((number, form, verdict))
    assert broken == []
    assert outcomes == {"read", "refused"}
    assert len(forms) == 13


def test_a_number_always_gives_the_same_feed() -> None:
    one, two = Fuzz(seed=5), Fuzz(seed=5)
    assert [one.feed(number) for number in range(30)] == [two.feed(number) for number in range(30)]
    assert Fuzz(seed=6).feed(0) != one.feed(0)


def test_the_verdict_sees_a_crash_a_hang_and_a_row_without_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"{broken\n{broken\n")
    assert (judge(feed, 2).rejected, judge(feed, 2).unplaced) == (2, [])
    assert len(judge(feed, 1).unplaced) == 1

    def endless(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr("catalog.feeds.placed", endless)
    assert judge(feed, 2, seconds=0.2).outcome == "hang"
    monkeypatch.setattr("catalog.feeds.placed", lambda *_, **__: 1 / 0)
    verdict = judge(feed, 2)
    assert (verdict.outcome, "ZeroDivisionError" in verdict.message) == ("crash", True)
