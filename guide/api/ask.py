"""POST /v1/ask: a question in the shopper's words; an answer as JSON or as a stream."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody, SkipValidation
from litestar.response import Stream

from guide.api import asking
from guide.api.body import strict_json
from guide.api.problems import responses
from guide.config import Limits
from guide.errors import QuestionError
from guide.events import Event
from guide.live.opening import Asked
from guide.live.runs import Runs
from guide.metrics import Metrics
from guide.model import Question, Turn
from guide.problems import Problem
from guide.shop import Shop
from guide.state.model import Claim
from guide.wire import native, sse
from guide.wire.shapes import Answer
from index.filters import Filter

_PROFILE_LENGTH = 128


class AskRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question and what the client knows of the shopper's situation."""

    question: str
    """The shopper's words."""
    history: list[Turn] = []
    """Earlier turns, oldest first; `product_ids` on an assistant turn are what it showed."""
    conversation_id: str | None = None
    """The conversation to go on with, as an earlier answer named it; without it and `history` a new one begins."""
    product_ids: list[str] = []
    """Products of the page the shopper is on; the first is "this"."""
    filters: Filter = msgspec.field(default_factory=Filter)
    """Hard constraints on every card."""
    locale: str | None = None
    """BCP-47; settles what the words leave open."""
    profile_id: str | None = None
    """Pseudonymous shopper, up to 128 characters; what they said can be erased by it."""
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
        responses=responses(400, 404, 410, 413, 415, 422, 429, 500, 503),
    )
    async def ask(
        self,
        data: JSONBody[AskRequest],
        request: Request[Any, Any, Any],
        shop: NamedDependency[SkipValidation[Shop]],
        runs: NamedDependency[SkipValidation[Runs]],
        metrics: NamedDependency[SkipValidation[Metrics]],
        idempotency_key: Annotated[
            str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=255)
        ] = None,
    ) -> Response[Answer]:
        """Answer a question from the shop's own records, with citations.

        With `Accept: text/event-stream` or `stream: true` the answer comes as server-sent events: `status`,
        `products`, `text`, `citation`, `table`, `follow_ups`, `done`, or `error`. A stream that breaks can be
        resumed at `/v1/answers/{answer_id}/events`. The same `Idempotency-Key` and body give the same answer.
        """
        limits = shop.settings.limits
        asked = Asked(
            owner=asking.owner(request), question=read(data, limits), conversation_id=data.conversation_id,
            profile_id=data.profile_id, claim=claim(idempotency_key, data),
        )  # fmt: skip

        def engine(answer_id: str, question: Question) -> AsyncIterator[Event]:
            return asking.events(request, question, shop, metrics, explain=data.explain, answer_id=answer_id)

        events = await runs.start(asked, engine)
        if data.stream or sse.MEDIA_TYPE in request.headers.get("accept", ""):
            return streamed(events, limits)
        async with aclosing(events):
            return Response(await native.fold(events))


def read(data: AskRequest, limits: Limits) -> Question:
    """The request as the engine's question, without what a conversation will add.

    Raises:
        Problem: it is too long.
        QuestionError: it is empty, contradicts itself or its history is too long.
    """
    if len(data.question.encode()) > limits.question_bytes:
        raise Problem("question_too_large", f"a question has at most {limits.question_bytes} bytes in UTF-8")
    if data.conversation_id is not None and data.history:
        raise QuestionError("send conversation_id or history, not both")
    if not data.question.strip():
        raise QuestionError("question is empty")
    if len(data.history) > limits.history_turns:
        raise QuestionError(f"history has at most {limits.history_turns} turns; send the last ones")
    if len(data.profile_id or "") > _PROFILE_LENGTH:
        raise QuestionError(f"profile_id has at most {_PROFILE_LENGTH} characters")
    return Question(
        text=data.question, history=tuple(data.history), product_ids=tuple(data.product_ids),
        filters=data.filters, locale=data.locale,
    )  # fmt: skip


def claim(key: str | None, data: AskRequest) -> Claim | None:
    """What an `Idempotency-Key` stands for: the question and all that shapes its answer, however it is to be sent."""
    if key is None:
        return None
    shaping = msgspec.json.encode(msgspec.structs.replace(data, stream=False))
    return Claim(key, hashlib.sha256(shaping).hexdigest())


def streamed(events: AsyncIterator[Event], limits: Limits, number: int = 0) -> Response[Any]:
    """The events as a stream, numbered from `number` + 1."""
    return Stream(native.stream(events, limits.ping_seconds, number), media_type=sse.MEDIA_TYPE, headers=sse.HEADERS)
