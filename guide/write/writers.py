"""Which writer answers: the Composer, or a language model when one is configured."""

import os

from guide.config import GeneratorSettings
from guide.model import Decision, Question
from guide.verify import Release, verified
from guide.write import Writer
from guide.write.composer import Composer
from guide.write.generator import Generator, writable
from guide.write.local import LocalModel
from guide.write.model import Model
from guide.write.openai import OpenAIModel

LOCAL = "local"
"""As `generator.url`: run `generator.model` (a folder or hub name) in this process, with transformers."""


class Writers:
    """The writers of one process; both are held to the same verifier."""

    def __init__(self, settings: GeneratorSettings | None = None) -> None:
        self._composer = Composer()
        chosen = settings or GeneratorSettings()
        self._model = model_of(chosen) if chosen.url else None
        self._generator = (
            Generator(self._model, chosen.timeout_seconds, chosen.max_tokens) if self._model is not None else None
        )

    @property
    def resting(self) -> bool:
        """Whether a model is configured and left alone for a while, because it failed too often."""
        return self._model is not None and self._model.resting

    def write(self, question: Question, decision: Decision) -> Release:
        """The verified sentences of an answer, to be iterated once."""
        return verified(self._writer(decision), question, decision)

    async def aclose(self) -> None:
        """Let connections and threads go."""
        if self._model is not None:
            await self._model.aclose()

    def _writer(self, decision: Decision) -> Writer:
        return self._generator if self._generator is not None and writable(decision) else self._composer


def model_of(settings: GeneratorSettings) -> Model:
    """The model that the settings name.

    Raises:
        MissingExtraError: it runs here, and transformers or torch is not installed.
    """
    if settings.url == LOCAL:
        return LocalModel(settings.model)
    key = os.environ.get(settings.key_env, "") if settings.key_env else ""
    first = settings.timeout_seconds / 2
    return OpenAIModel(settings.url, settings.model, key=key, first_token=first, temperature=settings.temperature)
