"""Quotas in front of the routes that a shopper's key opens: 429 with the seconds to wait, and what is left, always.

Header names and forms are those of the IETF's draft-ietf-httpapi-ratelimit-headers-10. Pages, health, figures and
admin routes are not counted, and neither is a shop without keys, which serves this machine only.
"""

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from guide.config import Settings
from guide.problems import Problem
from guide.security import address
from guide.security.keys import Key
from guide.security.quota import Count, Quota, refused


class Metering(ASGIMiddleware):
    """Counts a request before anything is done for it; comes after the gate, which knows the key."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, quota: Quota, settings: Settings) -> None:
        self._quota = quota
        self._trusted = address.networks(settings.limits.trusted_proxies)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Refuse with 429, or go on; where each limit stands is told either way."""
        scope["state"]["address"] = sender = self._sender(scope)
        key: Key | None = scope.get("auth")
        if key is not None and scope["route_handler"].opt.get("access", "shopper") == "shopper":
            counts = await self._quota.take(key, sender)
            scope["state"]["quota"] = counts
            if over := refused(counts):
                whose = "this key" if over.policy.startswith("key") else "this key from this address"
                raise Problem(
                    "too_many_requests",
                    f"{over.limit} requests in {over.seconds} s are allowed for {whose}; wait {over.wait} s",
                    retry=over.wait,
                )
        await next_app(scope, receive, send)

    def _sender(self, scope: Scope) -> str:
        peer = scope.get("client")
        forwarded = ",".join(Headers.from_scope(scope).getall("x-forwarded-for", []))
        return address.sender(peer[0] if peer else "", forwarded, self._trusted)


async def quota_headers(message: Message, scope: Scope) -> None:
    """`RateLimit-Policy` and `RateLimit`, one entry a limit."""
    counts: list[Count] = scope["state"].get("quota", []) if "state" in scope else []
    if counts and message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        headers["ratelimit-policy"] = ", ".join(f'"{c.policy}";q={c.limit};w={c.seconds}' for c in counts)
        headers["ratelimit"] = ", ".join(f'"{c.policy}";r={c.left};t={c.reset}' for c in counts)
