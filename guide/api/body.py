"""The reading of JSON bodies; a route with the strict guard never sees a field it does not know."""

import types
import typing
from typing import Any, NamedTuple, Union

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import SerializationException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from guide.problems import Problem


class Unknown(NamedTuple):
    """A field that does not exist: where it stands, its name, and the names that do exist there."""

    path: str
    name: str
    known: list[str]


CHAT_BYTES = 1024 * 1024
"""Largest body of the chat wires: their clients send the whole conversation each time, sources and cards included."""


async def json_object(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard: the body is a JSON object; for wires of others, whose clients send fields that mean nothing here.

    Raises:
        Problem: 415 when it is not declared as JSON, 400 when it is not JSON.
    """
    if isinstance(connection, Request):
        await _object(connection)


async def strict_json(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard: the body is a JSON object with known fields only.

    Raises:
        Problem: 415 when it is not declared as JSON, 400 when it is not JSON or a field is unknown.
    """
    if not isinstance(connection, Request) or not isinstance(handler, HTTPRouteHandler):
        return
    found = find_unknown(await _object(connection), handler.parsed_fn_signature.parameters["data"].annotation)
    if found:
        where = f" in {found.path}" if found.path else ""
        raise Problem("unknown_field", f"unknown field {found.name!r}{where}; known: {', '.join(found.known)}")


async def _object(request: Request[Any, Any, Any]) -> dict[str, object]:
    if request.content_type[0] != "application/json":
        raise Problem("unsupported_media_type", "send the body with Content-Type: application/json")
    try:
        value = await request.json()
    except (SerializationException, msgspec.DecodeError, RecursionError) as error:
        raise Problem("invalid_json", f"the body is not JSON in UTF-8: {error}") from error
    if not isinstance(value, dict):
        raise Problem("invalid_json", "the body must be a JSON object")
    return value


def find_unknown(value: object, annotation: Any, path: str = "") -> Unknown | None:
    """The first field of `value` that the structs in `annotation` do not have, at any depth."""
    for kind in _alternatives(annotation):
        if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return _in_struct(value, kind, path)
        arguments = typing.get_args(kind)
        if isinstance(value, list) and typing.get_origin(kind) in {list, tuple}:
            items = ((f"{path}[{i}]", item, arguments[0]) for i, item in enumerate(value))
            return _first(items)
        if isinstance(value, dict) and typing.get_origin(kind) is dict:
            return _first((f"{path}.{key}".lstrip("."), item, arguments[1]) for key, item in value.items())
    return None


def _in_struct(value: dict[str, object], struct: type[msgspec.Struct], path: str) -> Unknown | None:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    for name in value:
        if name not in fields:
            return Unknown(path, name, list(fields))
    return _first((f"{path}.{name}".lstrip("."), item, fields[name]) for name, item in value.items())


def _first(items: typing.Iterable[tuple[str, object, Any]]) -> Unknown | None:
    return next((found for path, item, kind in items if (found := find_unknown(item, kind, path))), None)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    if typing.get_origin(annotation) is typing.Annotated:
        return _alternatives(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in {Union, types.UnionType}:
        return typing.get_args(annotation)
    return (annotation,)
