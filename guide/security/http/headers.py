"""What every response tells a browser, errors included."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

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
EXPOSED = "RateLimit, RateLimit-Policy, Retry-After"
"""Headers that a page of another origin may read besides the safe ones."""
PREFLIGHT = {
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers": (
        "Accept, Authorization, Content-Type, Idempotency-Key, Last-Event-ID, "
        "Mcp-Method, Mcp-Name, Mcp-Protocol-Version"
    ),
    "access-control-max-age": "600",
}


async def browser_headers(message: Message, scope: Scope) -> None:
    """Every response, errors included, carries the headers that keep a browser on the safe side."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)


async def cross_origin_headers(message: Message, scope: Scope) -> None:
    """A page that may ask may also read what it is told, problems included."""
    origin = scope["state"].get("cors_origin") if "state" in scope else None
    if origin and message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        headers["access-control-allow-origin"] = origin
        headers["access-control-expose-headers"] = EXPOSED
        headers.extend_header_value("vary", "Origin")
        headers.update(scope["state"].get("preflight", {}))
