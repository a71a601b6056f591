"""How much is taken on at once."""

from collections import Counter

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from guide.problems import Problem
from guide.security.keys import Key


class Admission(ASGIMiddleware):
    """At most `limit` questions and searches at once in a worker: refusing is faster than queueing.

    A stream holds its place until it ends. One address behind a page's key holds at most `each`, so that nobody takes
    every place with streams that are read slowly.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, limit: int, each: int) -> None:
        self._limit = limit
        self._each = each
        self._held = 0
        self._holders: Counter[str] = Counter()

    @property
    def held(self) -> int:
        """Places that are taken now."""
        return self._held

    def should_bypass_for_scope(self, scope: Scope) -> bool:
        """Only routes that think count."""
        return not scope["route_handler"].opt.get("admission")

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Take a place or refuse at once; the event loop runs this alone, so plain counters are safe."""
        key: Key | None = scope.get("auth")
        who = scope["state"].get("address", "") if key and key.kind == "publishable" else ""
        if self._held >= self._limit:
            raise Problem("overloaded", "too much is being asked at once; try again in a moment")
        if who and self._holders[who] >= self._each:
            raise Problem(
                "too_many_requests", f"{self._each} answers at once are allowed from one address; wait for one"
            )
        self._held += 1
        self._holders[who] += 1
        try:
            await next_app(scope, receive, send)
        finally:
            self._held -= 1
            self._holders[who] -= 1
            self._holders += Counter()  # forgets who holds nothing
