"""Errors as OpenAI's clients read them: `{"error": {message, type, code, param}}` with the problem's status code."""

import msgspec

from guide.events import ErrorEvent
from guide.problems import KINDS, URN, Problem, ProblemBody

_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong: `code` is the kind of problem (docs/errors.md), `param` the field at fault, if it is one."""

    message: str
    type: str
    code: str
    param: str | None = None


class ErrorBody(msgspec.Struct, frozen=True):
    """The body of an error, and the last data of a stream that broke."""

    error: Error


class Unsupported(Problem):
    """A field of OpenAI's API that would change what the answer means, and that is not done here."""

    def __init__(self, param: str, detail: str) -> None:
        super().__init__("unsupported_field", detail)
        self.param = param


def from_problem(problem: ProblemBody, param: str | None = None) -> ErrorBody:
    """A problem in this shape."""
    return ErrorBody(_error(problem.type, problem.detail, param))


def from_event(event: ErrorEvent) -> ErrorBody:
    """What broke after the stream had begun."""
    return ErrorBody(_error(event.type, event.detail, None))


def _error(urn: str, detail: str, param: str | None) -> Error:
    code = urn.removeprefix(URN)
    status = KINDS[code].status if code in KINDS else 500
    kind = _TYPES.get(status, "invalid_request_error" if status < 500 else "server_error")
    return Error(message=detail, type=kind, code=code, param=param)
