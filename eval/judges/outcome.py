"""How asking a judge went: what it cost, what was cut, and why some samples are missing."""

from collections import Counter
from collections.abc import Iterator

import msgspec


class JudgeRun(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a report about its language-model judge."""

    model: str
    url: str
    package: str
    """ragas and its version."""
    context: int
    n_cases: int
    """Cases that were given to it."""
    n_calls: int
    """Answers it gave, or failed to give, now."""
    n_stored: int
    """Answers taken from disk, given to the same question before."""
    n_truncated: int
    """Samples whose evidence was cut to fit its context."""
    n_failed: int
    """Samples without a score: they are errors of their metric, and never 0."""
    failures: dict[str, int]
    """Why -> samples."""
    seconds: float


class Tally:
    """The same while it is counted."""

    def __init__(self) -> None:
        self.calls = self.stored = self.truncated = 0
        self.failures: Counter[str] = Counter()


class Unjudged(Exception):
    """A sample that cannot be judged, for a reason of ours; the words are the reason."""


class TooLong(Unjudged):
    """A prompt that the judge cannot read and still answer; `excess` tokens have to go."""

    def __init__(self, excess: int) -> None:
        super().__init__("longer than the judge's context")
        self.excess = excess


def reason_of(error: BaseException) -> str:
    """Why a judge gave no score, in few words: the first known cause in the error's chain."""
    for one in _chain(error):
        name = type(one).__name__
        if isinstance(one, Unjudged):
            return str(one)
        if isinstance(one, TimeoutError) or name == "APITimeoutError":
            return "timeout"
        if name == "APIConnectionError":
            return "connection"
        if isinstance(status := getattr(one, "status_code", None), int):
            return f"status {status}"
        if name == "IncompleteOutputException":
            return "answer cut short"
        if name in ("ValidationError", "JSONDecodeError", "ResponseParsingError"):
            return "answer of another shape"
    return type(error).__name__


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from; each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
