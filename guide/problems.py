"""Every problem a client can be told about (RFC 9457), and the one place where errors become one.

`docs/errors.md` lists the same kinds with advice on when to try again.
"""

from typing import NamedTuple

import msgspec

from catalog.errors import MoneyError, ShopguideError
from guide.errors import ClaimConflict, QuestionError, StateError
from guide.events import ErrorEvent
from index.errors import FilterError, SnapshotError, StorageError

URN = "urn:shopguide:error:"


class Kind(NamedTuple):
    """A sort of problem: its status code and its title."""

    status: int
    title: str


KINDS: dict[str, Kind] = {
    "bad_request": Kind(400, "The request cannot be read"),
    "invalid_json": Kind(400, "The body is not JSON"),
    "invalid_body": Kind(400, "A field has a wrong value"),
    "unknown_field": Kind(400, "The body has a field that does not exist"),
    "invalid_question": Kind(400, "The question cannot be taken"),
    "unsupported_field": Kind(400, "A field asks for what is not done here"),
    "invalid_filter": Kind(400, "A filter is wrong"),
    "invalid_cursor": Kind(400, "The cursor is not one of ours"),
    "key_missing": Kind(401, "A key is needed"),
    "key_refused": Kind(401, "The key opens nothing"),
    "host_refused": Kind(403, "This host name is not served"),
    "origin_refused": Kind(403, "Pages of this origin may not ask"),
    "k_too_large": Kind(403, "More hits than this key may ask for"),
    "secret_key_needed": Kind(403, "A secret key is needed"),
    "admin_closed": Kind(403, "There are no keys"),
    "forbidden": Kind(403, "Not allowed"),
    "not_found": Kind(404, "There is nothing at this address"),
    "unknown_product": Kind(404, "No such product"),
    "unknown_model": Kind(404, "No such model"),
    "unknown_snapshot": Kind(404, "No such snapshot"),
    "unknown_conversation": Kind(404, "No such conversation"),
    "unknown_answer": Kind(404, "No such answer"),
    "method_not_allowed": Kind(405, "This address does not take that method"),
    "busy": Kind(409, "The data folder is in use"),
    "snapshot_damaged": Kind(409, "The snapshot is damaged"),
    "cursor_gone": Kind(410, "The cursor's snapshot is no longer served"),
    "answer_stopped": Kind(410, "The answer was stopped"),
    "body_too_large": Kind(413, "The body is too large"),
    "batch_too_large": Kind(413, "Too many changes at once"),
    "question_too_large": Kind(413, "The question is too long"),
    "unsupported_media_type": Kind(415, "The body must be application/json"),
    "idempotency_conflict": Kind(422, "The Idempotency-Key was used for another request"),
    "too_many_requests": Kind(429, "Too many requests"),
    "internal": Kind(500, "Something broke on our side"),
    "overloaded": Kind(503, "Too much is being asked at once"),
    "shutting_down": Kind(503, "The server is being stopped"),
    "not_stored": Kind(503, "The changes could not be stored"),
    "not_ready": Kind(503, "The shop is not loaded"),
    "state_unavailable": Kind(503, "What is kept cannot be reached now"),
}
_BY_STATUS = {
    400: "bad_request", 401: "key_missing", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
    413: "body_too_large", 415: "unsupported_media_type", 429: "too_many_requests", 503: "overloaded",
}  # fmt: skip
_BY_ERROR: tuple[tuple[type[Exception], str], ...] = (
    (FilterError, "invalid_filter"),
    (MoneyError, "invalid_filter"),
    (QuestionError, "invalid_question"),
    (SnapshotError, "not_ready"),
    (StorageError, "not_stored"),
    (ClaimConflict, "idempotency_conflict"),
)
RETRY_SECONDS = 2
"""Retry-After of a 503: about one answer of the Composer, with room."""


class Problem(Exception):
    """Raised to answer with a problem of a listed kind; `detail` says what to do about it."""

    def __init__(self, kind: str, detail: str, retry: int | None = None) -> None:
        """`retry` is the Retry-After in seconds of a 429 or 503 that knows it."""
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.retry = retry


class ProblemBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a client reads: application/problem+json."""

    type: str
    title: str
    status: int
    detail: str
    answer_id: str | None = None


def from_status(status: int, detail: str) -> Problem:
    """The problem for a status code that the framework raised."""
    return Problem(_BY_STATUS.get(status, "bad_request" if status < 500 else "internal"), detail)


def from_error(error: Exception) -> Problem:
    """The problem for any error; what was not raised on purpose is `internal` and tells nothing of itself."""
    if isinstance(error, Problem):
        return error
    for kind, name in _BY_ERROR:
        if isinstance(error, kind):
            return Problem(name, str(error))
    if isinstance(error, StateError):
        return Problem("state_unavailable", "what is kept of conversations and answers cannot be reached now")
    if isinstance(error, ShopguideError):
        return Problem("internal", "the shop could not do this now; the server's log has the reason")
    return Problem("internal", "an unexpected error; it was logged with the answer's id")


def from_type(urn: str, detail: str) -> Problem:
    """The problem that an `error` event tells of."""
    kind = urn.removeprefix(URN)
    return Problem(kind if kind in KINDS else "internal", detail)


def body(problem: Problem, answer_id: str | None = None) -> ProblemBody:
    """The problem as it is sent."""
    kind = KINDS[problem.kind]
    return ProblemBody(
        type=URN + problem.kind, title=kind.title, status=kind.status, detail=problem.detail, answer_id=answer_id
    )


def event(problem: Problem) -> ErrorEvent:
    """The problem as the last event of a stream, whose headers are out."""
    sent = body(problem)
    return ErrorEvent(type=sent.type, title=sent.title, detail=sent.detail)
