"""The engine as one worker runs it: its answers are noted for the log, and end when the worker does."""

from collections.abc import AsyncGenerator

from guide import notes
from guide.drain import Drain
from guide.events import Event
from guide.model import Question, Understanding
from guide.ports import Engine, Figures
from index.api import View


class WorkerEngine:
    """Every wire asks this one."""

    def __init__(self, engine: Engine, drain: Drain) -> None:
        self._engine = engine
        self._drain = drain

    @property
    def figures(self) -> Figures:
        """What it did so far."""
        return self._engine.figures

    def answer(
        self, question: Question, view: View, answer_id: str, explain: bool = False, /
    ) -> AsyncGenerator[Event, None]:
        """The answer, or its beginning and an error."""
        events = self._drain.until_over(self._engine.answer(question, view, answer_id, explain))
        return notes.watch(events, notes.asked(question.text))

    def warm(self, view: View, /) -> None:
        """Do once what the first question would have to wait for."""
        self._engine.warm(view)

    def understand(self, question: Question, view: View, /) -> Understanding:
        """What the words ask for."""
        notes.asked(question.text)
        return self._engine.understand(question, view)

    def shown(self, text: str, view: View, /) -> list[str] | None:
        """Ids of the products that an earlier answer's text shows, or None where the text does not tell."""
        return self._engine.shown(text, view)
