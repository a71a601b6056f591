"""How much is taken on at once."""

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from guide.problems import Problem


class Admission(ASGIMiddleware):
    """At most `limit` questions and searches at once in a worker: refusing is faster than queueing.

    A stream holds its place until it ends.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, limit: int) -> None:
        self._free = limit

    def should_bypass_for_scope(self, scope: Scope) -> bool:
        """Only routes that think count."""
        return not scope["route_handler"].opt.get("admission")

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Take a place or refuse at once; the event loop runs this alone, so a plain counter is safe."""
        if self._free <= 0:
            raise Problem("overloaded", "too much is being asked at once; try again in a moment")
        self._free -= 1
        try:
            await next_app(scope, receive, send)
        finally:
            self._free += 1
