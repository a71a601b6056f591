"""Which language model judges, and within which bounds."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from eval.errors import JudgeError

LONGEST_ANSWER = 4096
"""Tokens a judge may answer with; what it leaves unfinished cannot be read."""
METRICS = ("faithfulness", "factual_correctness", "context_precision", "context_recall", "answer_relevancy")
"""The ragas metrics that a language model judges."""


class JudgeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """An OpenAI-compatible endpoint and how to ask it."""

    url: str
    """Base URL, as far as `/v1`."""
    model: str
    embeddings: str | None = None
    """Model of the same endpoint for metrics that compare meanings."""
    metrics: tuple[str, ...] = METRICS
    """Which of `METRICS` it scores; `answer_relevancy` only with embeddings."""
    key_env: str | None = None
    """Environment variable with the endpoint's key."""
    context: int = 8192
    """Tokens the model can read and write together."""
    concurrency: int = 2
    """Questions to it at once."""
    deadline: float = 120.0
    """Seconds one of its answers may take."""

    @property
    def max_tokens(self) -> int:
        """Tokens left for an answer: verdicts repeat every statement, and need about a third."""
        return min(LONGEST_ANSWER, self.context // 3)

    def key(self, environment: Mapping[str, str] = os.environ) -> str:
        """The key; an endpoint without one is sent a word that is none.

        Raises:
            JudgeError: the variable is named and holds nothing.
        """
        key = environment.get(self.key_env, "").strip() if self.key_env else "none"
        if not key:
            raise JudgeError(f"the environment variable {self.key_env} holds no key")
        return key


def check(settings: JudgeSettings) -> JudgeSettings:
    """The settings, if they can be used and saved.

    Raises:
        JudgeError: the URL is none, or holds a name, a password or a query, which the report would show; or there is no
            such metric.
    """
    parts = urlsplit(settings.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password or parts.query:
        raise JudgeError(f"--judge-url: {parts.hostname or settings.url!r}: it takes a plain http(s) address to /v1")
    if unknown := [name for name in settings.metrics if name not in METRICS]:
        raise JudgeError(f"--judge-metric: no metric is called {unknown[0]!r}; there are {', '.join(METRICS)}")
    settings.key()
    return settings
