"""What a language model is to the guide: messages in, pieces of text out, until a deadline."""

from collections.abc import AsyncGenerator
from typing import Literal, Protocol

import msgspec


class Message(msgspec.Struct, frozen=True):
    """One chat message."""

    role: Literal["system", "user"]
    content: str


class Model(Protocol):
    """A language model; one contract test-suite holds every implementation."""

    @property
    def resting(self) -> bool:
        """Whether it failed too often and is left alone for a while."""

    def stream(self, messages: list[Message], max_tokens: int, deadline: float, /) -> AsyncGenerator[str, None]:
        """Text as it is made; `deadline` is a time of the running loop. Closing the generator stops the model.

        Raises:
            GeneratorError: the model cannot be reached or sends nothing that can be read.
            GeneratorTimeout: the deadline passed.
            GeneratorResting: it failed too often and is left alone for a while.
        """

    async def aclose(self) -> None:
        """Let connections and threads go."""
