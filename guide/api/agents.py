"""POST /mcp: the shop's tools for agents (Model Context Protocol, streamable HTTP, stateless)."""

from typing import Any

from litestar import Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from guide.security.http.hits import most_hits
from guide.shop import Shop


@post("/mcp", status_code=200, opt={"admission": True}, include_in_schema=False)
async def agents(request: Request[Any, Any, Any], state: State, shop: NamedDependency[SkipValidation[Shop]]) -> ASGIApp:
    """One message in, one answer out, by the protocol's own server."""
    body = await request.body()  # read here, where it is bounded; a guard may have read it before
    request.scope["state"]["most_hits"] = most_hits(request.scope.get("auth"), shop.settings.limits)
    served: ASGIApp = state.agents

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await served(scope, _after(body, receive), send)

    return answer


def _after(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once more, then what comes after it."""
    read: HTTPReceiveMessage = {"type": "http.request", "body": body, "more_body": False}
    waiting = [read]

    async def again() -> Any:
        return waiting.pop() if waiting else await receive()

    return again
