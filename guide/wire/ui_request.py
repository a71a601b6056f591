"""What a client of the Vercel AI SDK asks: UI messages, whose parts bring back what earlier answers showed."""

from typing import Any, Literal

import msgspec

from guide.errors import QuestionError
from guide.model import Turn

PRODUCTS = "data-products"


class UiPart(msgspec.Struct, frozen=True):
    """A part of a message; parts that are neither text nor cards are passed over."""

    type: str
    text: str = ""
    data: Any = None
    """Of `data-products`: {products: [{id, …}]}."""


class UiMessage(msgspec.Struct, frozen=True):
    """One message as the client keeps it."""

    role: Literal["system", "user", "assistant"]
    parts: list[UiPart]


class UiRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that ends in a question; the SDK's other fields (id, trigger, messageId) are not needed."""

    messages: list[UiMessage]
    """The conversation; the last one is the shopper's question."""
    product_ids: list[str] = []
    """Products of the page the shopper is on; the first is "this"."""


def turns(request: UiRequest) -> list[Turn]:
    """The messages of shopper and guide, oldest first.

    Raises:
        QuestionError: the shopper sent a file.
    """
    said = []
    for message in request.messages:
        if message.role == "system":
            continue
        if message.role == "user" and any(part.type == "file" for part in message.parts):
            raise QuestionError("files cannot be read here: send text parts")
        text = "".join(part.text for part in message.parts if part.type == "text")
        shown = _shown(message) if message.role == "assistant" else []
        said.append(Turn(message.role, text, shown))
    return said


def _shown(message: UiMessage) -> list[str]:
    """Ids of the cards in a message."""
    cards = [card for part in message.parts if part.type == PRODUCTS for card in _cards(part.data)]
    return [card["id"] for card in cards if isinstance(card, dict) and isinstance(card.get("id"), str)]


def _cards(data: Any) -> list[Any]:
    """The cards of a part; what has another shape is none of ours."""
    found = data.get("products") if isinstance(data, dict) else None
    return found if isinstance(found, list) else []
