"""The tools behind the official SDK: stateless, one JSON answer a request, in any protocol version that it speaks."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
import msgspec
from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as Listed

from catalog.errors import ShopguideError
from guide.mcp.plain import lines
from guide.mcp.requests import Call
from guide.mcp.tools import TOOLS, Tool, fields, schema
from guide.problems import Problem, from_error
from guide.shop import Shop

log = logging.getLogger("guide")
_INSTRUCTIONS = (
    "One shop's catalog, with live prices and stock, and its policies. Amounts are minor units, never converted. "
    "Say only what the tools return; what is unknown is left out of their results."
)


@asynccontextmanager
async def serving(shop: Shop, version: str) -> AsyncGenerator[StreamableHTTPASGIApp, None]:
    """The ASGI application of the tools, as long as this is open.

    Keys, hosts, origins and the size of a body are the matter of those who stand before it; they leave the most hits
    of a page in the scope's state as `most_hits`.
    """
    manager = StreamableHTTPSessionManager(_server(shop, version), json_response=True, stateless=True)
    async with manager.run():
        yield StreamableHTTPASGIApp(manager)


def _server(shop: Shop, version: str) -> Server[Any]:
    async def list_tools(_: Any, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_listed(tool) for tool in TOOLS.values()])

    async def call_tool(context: Any, params: CallToolRequestParams) -> CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"no tool is called {params.name[:100]!r}; there are: {', '.join(TOOLS)}")
        call = Call(str(context.request.base_url), context.request.scope["state"]["most_hits"])
        return await anyio.to_thread.run_sync(_call, tool, params.arguments or {}, shop, call)

    return Server(
        "shopguide",
        version=version,
        title="Shopguide",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _listed(tool: Tool) -> Listed:
    return Listed(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=schema(tool.takes),
        output_schema=schema(tool.gives),
        annotations=ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _call(tool: Tool, arguments: dict[str, Any], shop: Shop, call: Call) -> CallToolResult:
    """What the tool gives; what is wrong with the arguments is a result too, so that the model can mend it."""
    try:
        result = tool.run(msgspec.convert(arguments, tool.takes), shop, call)
    except (msgspec.ValidationError, ShopguideError, Problem) as error:
        return _refused(tool, error)
    except Exception:
        log.exception("unexpected error in tool %s", tool.name)
        raise
    return CallToolResult(content=[TextContent(text=lines(result))], structured_content=msgspec.to_builtins(result))


def _refused(tool: Tool, error: Exception) -> CallToolResult:
    told = from_error(error).detail
    if isinstance(error, msgspec.ValidationError):
        told = f"wrong arguments: {error}; it takes {{{fields(tool.takes)}}}"
    return CallToolResult(content=[TextContent(text=f"{tool.name}: {told}")], is_error=True)
