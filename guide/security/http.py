"""Around every request: who may reach the API without keys, how much at once, and what browsers are told."""

from urllib.parse import urlsplit

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from guide.config import LOOPBACK
from guide.problems import Problem

# Pages load our own files only; product images may lie with the merchant's image host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


async def browser_headers(message: Message, scope: Scope) -> None:
    """Every response, errors included, carries the headers that keep a browser on the safe side."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)


class LoopbackOnly(ASGIMiddleware):
    """Without keys only this machine is served: a Host that is not loopback is a page that was rebound by DNS.

    A cross-origin page may ask only when its origin is listed: CORS alone does not stop a simple request.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, allowed_origins: list[str]) -> None:
        self._origins = frozenset(allowed_origins)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Refuse before anything is read."""
        headers = _headers(scope)
        host = headers.get("host", "")
        if _name(host) not in LOOPBACK:
            raise Problem("host_refused", f"host {host[:100]!r} is not this machine; use 127.0.0.1 or localhost")
        origin = headers.get("origin")
        if origin and origin not in self._origins and urlsplit(origin).netloc != host:
            raise Problem("origin_refused", f"origin {origin[:100]!r} is not in allowed_origins")
        await next_app(scope, receive, send)


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


def _headers(scope: Scope) -> dict[str, str]:
    raw: list[tuple[bytes, bytes]] = list(scope["headers"])
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def _name(host: str) -> str:
    """The host without its port; [::1] keeps its brackets."""
    return host if host.endswith("]") else host.rpartition(":")[0] if ":" in host else host
