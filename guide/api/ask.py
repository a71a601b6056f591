"""POST /v1/ask: a question in the shopper's words; an answer as JSON or as a stream."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Controller, Request, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from litestar.response import Stream

from guide.api import asking
from guide.api.body import strict_json
from guide.api.problems import responses
from guide.config import Limits
from guide.errors import QuestionError
from guide.events import Event
from guide.metrics import Metrics
from guide.model import Question, Turn
from guide.problems import Problem
from guide.shop import Shop
from guide.wire import native
from guide.wire.shapes import Answer
from index.filters import Filter

_SSE = "text/event-stream"
_SSE_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


class AskRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question and what the client knows of the shopper's situation."""

    question: str
    """The shopper's words."""
    history: list[Turn] = []
    """Earlier turns, oldest first; `product_ids` on an assistant turn are what it showed."""
    conversation_id: str | None = None
    """Kept for later: conversations are not stored yet."""
    product_ids: list[str] = []
    """Products of the page the shopper is on; the first is "this"."""
    filters: Filter = msgspec.field(default_factory=Filter)
    """Hard constraints on every card."""
    locale: str | None = None
    """BCP-47; settles what the words leave open."""
    profile_id: str | None = None
    """Pseudonymous shopper; not used yet."""
    stream: bool = False
    """Server-sent events instead of JSON."""
    explain: bool = False
    """Also send the evidence that was offered."""


class AskController(Controller):
    """Questions."""

    path = "/v1/ask"
    tags = ("Ask",)

    @post(
        status_code=200,
        guards=[strict_json],
        opt={"admission": True},
        responses=responses(400, 413, 415, 429, 500, 503),
    )
    async def ask(
        self,
        data: JSONBody[AskRequest],
        request: Request[Any, Any, Any],
        shop: NamedDependency[SkipValidation[Shop]],
        metrics: NamedDependency[SkipValidation[Metrics]],
    ) -> Response[Answer]:
        """Answer a question from the shop's own records, with citations.

        With `Accept: text/event-stream` or `stream: true` the answer comes as server-sent events: `status`,
        `products`, `text`, `citation`, `table`, `follow_ups`, `done`, or `error`.
        """
        question = read(data, shop.settings.limits)
        events = asking.events(request, question, shop, metrics, explain=data.explain)
        if data.stream or _SSE in request.headers.get("accept", ""):
            return _streamed(events, shop.settings.limits)
        return Response(await native.fold(events))


def read(data: AskRequest, limits: Limits) -> Question:
    """The request as the engine's question.

    Raises:
        Problem: it is too long or asks for what is not kept.
        QuestionError: it is empty or its history is too long.
    """
    if len(data.question.encode()) > limits.question_bytes:
        raise Problem("question_too_large", f"a question has at most {limits.question_bytes} bytes in UTF-8")
    if data.conversation_id is not None and data.history:
        raise QuestionError("send conversation_id or history, not both")
    if data.conversation_id is not None:
        raise Problem("conversations_not_kept", "conversations are not kept yet: leave conversation_id, send history")
    if not data.question.strip():
        raise QuestionError("question is empty")
    if len(data.history) > limits.history_turns:
        raise QuestionError(f"history has at most {limits.history_turns} turns; send the last ones")
    return Question(
        text=data.question, history=tuple(data.history), product_ids=tuple(data.product_ids),
        filters=data.filters, locale=data.locale,
    )  # fmt: skip


def _streamed(events: AsyncIterator[Event], limits: Limits) -> Response[Any]:
    return Stream(native.stream(events, limits.ping_seconds), media_type=_SSE, headers=_SSE_HEADERS)
