"""Writing: from a decision to sentences, in plain words or in a language model's."""

from collections.abc import AsyncGenerator
from typing import Literal, Protocol, TypeAlias

from guide.model import Decision, Question, Sentence

WriterName: TypeAlias = Literal["composer", "generator"]


class Writer(Protocol):
    """Puts a decision into sentences; what it writes is checked before it is sent."""

    @property
    def name(self) -> WriterName:
        """Who writes."""

    def write(self, question: Question, decision: Decision, /) -> AsyncGenerator[Sentence, None]:
        """Sentences in order, each as soon as it is whole. Closing the generator stops the work.

        Raises:
            GeneratorError: no usable text came, or not in time.
        """
