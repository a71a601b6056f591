"""Every request on its way out: one line in the log, and its count. Also those that no route takes."""

import secrets
import time
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from guide import logs, notes
from guide.config import LogSettings
from guide.metrics import Metrics

_UNMATCHED = "other"
"""Route of an address that does not exist: what was asked for is not told, it may be anything."""
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines; told only when they fail."""


class Observed:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, settings: LogSettings) -> None:
        self._app = app
        self._metrics = metrics
        self._questions = settings.questions
        self._hash_key = settings.hash_key or secrets.token_hex()
        self._log = logs.get()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and tell of it when it is over: sent to its end, refused, or left by the client."""
        began, status, noted = time.perf_counter(), 0, notes.begin()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._tell(scope, noted, status, time.perf_counter() - began)

    def _tell(self, scope: Scope, noted: notes.Notes, status: int, seconds: float) -> None:
        state = scope["state"]
        route = scope.get("path_template") or _UNMATCHED
        method = str(scope.get("method", ""))
        problem = state.get("problem", "")
        self._metrics.served(method, route, status, problem)
        if route in _QUIET and status < 400:
            return
        key = scope.get("auth")
        line: dict[str, Any] = {
            "method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1),
            "answer_id": noted.answer_id or state.get("answer_id"), "key": key.id if key else None,
            "problem": problem, "outcome": noted.outcome, "reason": noted.reason, "writer": noted.writer,
            **self._asked(noted.question),
        }  # fmt: skip
        self._log.info("request", **{name: value for name, value in line.items() if value not in {None, ""}})

    def _asked(self, question: str) -> dict[str, Any]:
        if not question:
            return {}
        told = {"question_chars": len(question), "question_mark": logs.mark(question, self._hash_key)}
        return told | ({"question": question} if self._questions else {})
