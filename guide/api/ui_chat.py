"""POST /v1/ui/chat: the guide behind `useChat` of the Vercel AI SDK."""

from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from litestar.response import Stream

from guide.api import asking
from guide.api.body import CHAT_BYTES, json_object
from guide.api.problems import responses
from guide.metrics import Metrics
from guide.shop import Shop
from guide.wire import sse, turns, ui_request, ui_stream
from guide.wire.ui_request import UiRequest


class UiChatController(Controller):
    """Vercel AI SDK."""

    path = "/v1/ui/chat"
    tags = ("Vercel AI SDK",)

    @post(
        status_code=200,
        guards=[json_object],
        opt={"admission": True},
        request_max_body_size=CHAT_BYTES,
        responses=responses(400, 413, 415, 429, 500, 503),
    )
    async def chat(
        self,
        data: JSONBody[UiRequest],
        request: Request[Any, Any, Any],
        shop: NamedDependency[SkipValidation[Shop]],
        metrics: NamedDependency[SkipValidation[Metrics]],
    ) -> Stream:
        """Answer the last message as a UI message stream: text, sources, cards, table and follow-ups as parts.

        The cards come back in the client's own messages, so that "the second one" is known without any state here.
        """
        question = turns.question(ui_request.turns(data), shop.settings.limits, data.product_ids)
        events = asking.events(request, question, shop, metrics)
        return Stream(
            ui_stream.stream(events, shop.settings.limits.ping_seconds),
            media_type=sse.MEDIA_TYPE, headers=sse.HEADERS | ui_stream.HEADERS,
        )  # fmt: skip
