"""GET /v1/models, POST /v1/chat/completions: the guide as a model of an OpenAI-compatible server."""

import asyncio
from datetime import datetime
from typing import Any, Literal

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, SkipValidation
from litestar.response import Stream

from guide.api import asking
from guide.api.body import CHAT_BYTES, json_object
from guide.api.problems import respond
from guide.metrics import Metrics
from guide.model import Question
from guide.problems import Problem, ProblemBody
from guide.shop import Shop
from guide.wire import openai_chat, openai_errors, openai_request, sse, turns
from guide.wire.openai_chat import MODEL, Completion, Form
from guide.wire.openai_errors import ErrorBody
from guide.wire.openai_request import ChatRequest


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """The one model; it was made when the shop last changed."""

    created: int
    id: str = MODEL
    object: Literal["model"] = "model"
    owned_by: str = "shop"


class ModelList(msgspec.Struct, frozen=True, kw_only=True):
    """All models."""

    data: list[ModelCard]
    object: Literal["list"] = "list"


def respond_openai(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The problem that any other address would answer with, in the shape that OpenAI's clients read."""
    response = respond(request, error)
    problem = msgspec.json.decode(response.content, type=ProblemBody)
    body = openai_errors.from_problem(problem, _param(error))
    return Response(
        msgspec.json.encode(body), status_code=response.status_code, media_type="application/json",
        headers=response.headers,
    )  # fmt: skip


def _param(error: Exception) -> str | None:
    if isinstance(error, HTTPException) and isinstance(error.extra, list) and error.extra:
        key: str | None = error.extra[0].get("key") if isinstance(error.extra[0], dict) else None
        return key
    return getattr(error, "param", None)


def _errors(*statuses: int) -> dict[int, ResponseSpec]:
    spec = ResponseSpec(ErrorBody, description="An error in OpenAI's shape", generate_examples=False)
    return dict.fromkeys(statuses, spec)


class ChatController(Controller):
    """OpenAI-compatible."""

    path = "/v1"
    tags = ("OpenAI-compatible",)
    exception_handlers = {HTTPException: respond_openai, Exception: respond_openai}  # noqa: RUF012 - the framework's

    @get("/models", responses=_errors(401, 403, 503))
    async def models(self, shop: NamedDependency[SkipValidation[Shop]]) -> ModelList:
        """Name the one model: this shop's guide."""
        return ModelList(data=[_card(shop)])

    @get("/models/{model:str}", responses=_errors(401, 403, 404, 503))
    async def model(self, model: FromPath[str], shop: NamedDependency[SkipValidation[Shop]]) -> ModelCard:
        """Describe the model of this name."""
        if model != MODEL:
            raise Problem("unknown_model", f"the only model here is {MODEL}")
        return _card(shop)

    @post(
        "/chat/completions",
        status_code=200,
        guards=[json_object],
        opt={"admission": True},
        request_max_body_size=CHAT_BYTES,
        responses=_errors(400, 401, 403, 413, 415, 429, 500, 503),
    )
    async def complete(
        self,
        data: JSONBody[ChatRequest],
        request: Request[Any, Any, Any],
        shop: NamedDependency[SkipValidation[Shop]],
        metrics: NamedDependency[SkipValidation[Metrics]],
    ) -> Response[Completion]:
        """Answer the last message from the shop's own records, as a completion or as its chunks.

        The text has `[n]` marks; with `reference: true` cards and citations come as data.
        """
        events = asking.events(request, await _question(data, shop), shop, metrics)
        options = data.stream_options
        form = Form(
            created=int(shop.settings.now().timestamp()), reference=data.reference,
            usage=options is not None and options.include_usage,
        )  # fmt: skip
        if not data.stream:
            return Response(await openai_chat.fold(events, form))
        chunks: Response[Any] = Stream(
            openai_chat.stream(events, form, shop.settings.limits.ping_seconds),
            media_type=sse.MEDIA_TYPE, headers=sse.HEADERS,
        )  # fmt: skip
        return chunks


async def _question(data: ChatRequest, shop: Shop) -> Question:
    asked = turns.question(openai_request.turns(data), shop.settings.limits)
    view = shop.view()
    return await asyncio.to_thread(turns.with_products, asked, lambda text: shop.engine.shown(text, view))


def _card(shop: Shop) -> ModelCard:
    return ModelCard(created=int(datetime.fromisoformat(shop.view().as_of).timestamp()))
