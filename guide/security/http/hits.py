"""How many hits a page a key may ask for: a page's key reads a shop, it does not copy the whole of it."""

from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import SerializationException
from litestar.handlers import BaseRouteHandler

from guide.config import Limits
from guide.problems import Problem
from guide.security.keys import Key


def most_hits(key: Key | None, limits: Limits) -> int | None:
    """The largest `k` for this key, or None for what the route itself allows."""
    if key is None:
        return None
    return key.max_k or (limits.publishable_k if key.kind == "publishable" else None)


class FewHits:
    """Guard of every route: a `k` in the body or the address is no larger than the key's."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    async def __call__(self, connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        """Refuse with 403.

        Raises:
            Problem: it asks for more.
        """
        most = most_hits(connection.scope.get("auth"), self._limits)
        if most is None or not isinstance(connection, Request):
            return
        asked = await _asked(connection)
        if asked > most:
            raise Problem("k_too_large", f"this key may ask for {most} hits a page; `cursor` leads to the next page")


async def _asked(request: Request[Any, Any, Any]) -> int:
    text = request.query_params.get("k", "")
    if text.isdecimal():
        return int(text[:9])
    if request.method == "GET":
        return 0
    try:
        body = await request.json()
    except (SerializationException, msgspec.DecodeError, RecursionError):
        return 0  # the route says what is wrong with it
    asked = body.get("k") if isinstance(body, dict) else None
    return asked if isinstance(asked, int) else 0
