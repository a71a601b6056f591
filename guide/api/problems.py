"""Errors to `application/problem+json`, in one handler for everything that can go wrong."""

import logging
import re
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec

from guide import problems
from guide.problems import Problem, ProblemBody

MEDIA_TYPE = "application/problem+json"
_ECHO = re.compile(r"Invalid enum value '.*'", re.DOTALL)
"""msgspec repeats the wrong value; a field may hold what a shopper wrote."""
log = logging.getLogger("guide")


def responses(*statuses: int) -> dict[int, ResponseSpec]:
    """What a route documents about its errors."""
    return {
        status: ResponseSpec(
            ProblemBody, media_type=MEDIA_TYPE, description="A problem (RFC 9457)", generate_examples=False
        )
        for status in statuses
    }


def respond(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to any error that happens before a stream has begun."""
    problem = _problem(error)
    request.scope["state"]["problem"] = problem.kind
    answer_id = request.scope["state"].get("answer_id") if "state" in request.scope else None
    if problem.kind == "internal":
        route = request.scope.get("path_template")
        log.error("unexpected error answer_id=%s route=%s", answer_id, route, exc_info=error)
    sent = problems.body(problem, answer_id)
    headers = {"Retry-After": str(problem.retry or problems.RETRY_SECONDS)} if sent.status in {429, 503} else {}
    headers |= {"WWW-Authenticate": "Bearer"} if sent.status == 401 else {}
    headers |= _kept_headers(error)
    return Response(msgspec.json.encode(sent), status_code=sent.status, media_type=MEDIA_TYPE, headers=headers)


def _problem(error: Exception) -> Problem:
    if not isinstance(error, HTTPException):
        return problems.from_error(error)
    if isinstance(error.extra, list) and error.extra:
        return Problem("invalid_body", "; ".join(_line(item) for item in error.extra))
    if error.status_code == 500:
        return problems.from_error(error)
    return problems.from_status(error.status_code, error.detail)


def _line(item: Any) -> str:
    key = item.get("key", "") if isinstance(item, dict) else ""
    message = item.get("message", "") if isinstance(item, dict) else str(item)
    message = _ECHO.sub("Invalid enum value", message)
    return f"{key}: {message}" if key else str(message)


def _kept_headers(error: Exception) -> dict[str, str]:
    """`Allow` of a 405 is part of the answer."""
    headers = getattr(error, "headers", None) or {}
    return {name: value for name, value in headers.items() if name.lower() in {"allow", "retry-after"}}
