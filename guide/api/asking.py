"""The one way from a route to the engine: every wire takes its events from here."""

import secrets
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request

from guide.events import Event
from guide.metrics import Metrics
from guide.model import Question
from guide.shop import Shop


def events(
    request: Request[Any, Any, Any], question: Question, shop: Shop, metrics: Metrics, *, explain: bool = False,
    answer_id: str = "",
) -> AsyncIterator[Event]:  # fmt: skip
    """The events of one new answer, counted; its id is known to the request's problems and logs.

    Nothing runs before the first event is asked for, and closing the iterator stops the work. Without an `answer_id`
    the answer gets one of its own.
    """
    answer_id = answer_id or f"a_{secrets.token_urlsafe(12)}"
    request.scope["state"]["answer_id"] = answer_id
    return metrics.watch(shop.engine.answer(question, shop.view(), answer_id, explain))


def owner(request: Request[Any, Any, Any]) -> str:
    """Whose conversations and answers the request may see: those of its key, or of nobody where there are no keys."""
    return request.auth.id if request.auth else ""
