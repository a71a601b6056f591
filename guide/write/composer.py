"""The writer that needs no model: it says the facts as they were decided."""

from collections.abc import AsyncGenerator

from guide.model import Decision, Question, Sentence
from guide.write import WriterName


class Composer:
    """Says the decision's own sentences."""

    name: WriterName = "composer"

    async def write(self, question: Question, decision: Decision, /) -> AsyncGenerator[Sentence, None]:
        """The sentences as they are."""
        for sentence in decision.sentences:
            yield sentence
