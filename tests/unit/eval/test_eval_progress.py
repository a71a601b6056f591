import io

from eval import progress
from eval.progress import Count


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_tells_how_many_how_fast_how_long_and_how_many_failed() -> None:
    count = Count(10)
    assert count.line() == "asked 0 of 10, 0.0 a second, no answer yet, 0 errors"
    for failed in (False, True, False, False, False):
        count(failed=failed)
    assert count.line().startswith("asked 5 of 10, ")
    assert count.line().endswith(" s left, 1 errors")
    assert count.rate > 0


def test_without_a_terminal_a_short_run_says_nothing() -> None:
    out = io.StringIO()
    with progress.progress(3, out) as advance:
        advance(failed=False)
    assert (out.getvalue(), advance.done) == ("", 1)


def test_without_a_terminal_a_long_run_says_a_line_now_and_then(monkeypatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.001)
    out = io.StringIO()
    with progress.progress(3, out) as advance:
        advance(failed=True)
        while "1 errors" not in out.getvalue():
            pass
    assert "asked 1 of 3, " in out.getvalue()


def test_at_a_terminal_there_is_a_bar_with_rate_and_errors() -> None:
    out = Terminal()
    with progress.progress(3, out) as advance:
        advance(failed=False)
        advance(failed=True)
    assert "2/3" in out.getvalue()
    assert "1 errors" in out.getvalue()
    assert "/s" in out.getvalue()
