"""A causal language model run here by transformers, in one worker thread."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

import msgspec

from catalog.errors import MissingExtraError
from guide.errors import GeneratorError, GeneratorTimeout
from guide.write.model import Message


class LocalModel:
    """A folder or hub name with a chat template. One answer is made at a time; a few others wait in line.

    The weights are read at the first question. Who finds the line full is refused at once, and has the Composer's
    answer sooner. What nobody waits for any more is not started, or stops at the next token.
    """

    resting = False
    """It has no endpoint that could be left alone."""

    def __init__(self, name: str, line: int = 4) -> None:
        """With a model's folder or hub name, and how many questions may wait for the one at work.

        Raises:
            MissingExtraError: transformers or torch is not installed.
        """
        for package in ("transformers", "torch"):
            if find_spec(package) is None:
                raise MissingExtraError(package, "embed")
        self._name = name
        self._places = threading.BoundedSemaphore(line + 1)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="generator")
        self._loaded: tuple[Any, Any] | None = None

    async def stream(self, messages: list[Message], max_tokens: int, deadline: float, /) -> AsyncGenerator[str, None]:
        """Text as it is made.

        Raises:
            GeneratorError: the model cannot be loaded or run, or too many wait for it.
            GeneratorTimeout: the deadline passed, in line or at work.
        """
        if not self._places.acquire(blocking=False):
            raise GeneratorError("too many questions wait for the local language model")
        loop = asyncio.get_running_loop()
        pieces: asyncio.Queue[str | None] = asyncio.Queue()
        stopped = threading.Event()

        def say(piece: str | None) -> None:
            if not stopped.is_set():
                loop.call_soon_threadsafe(pieces.put_nowait, piece)

        job = self._worker.submit(self._work, messages, max_tokens, say, stopped)
        job.add_done_callback(lambda _: self._places.release())
        try:
            while (piece := await _next(pieces, deadline)) is not None:
                yield piece
            if (error := job.exception()) is not None:
                raise GeneratorError(f"the local language model failed: {error}") from error
        finally:
            stopped.set()
            job.cancel()

    async def aclose(self) -> None:
        """Stop taking questions, and wait for the one at work."""
        await asyncio.to_thread(self._worker.shutdown, wait=True, cancel_futures=True)

    def _work(
        self, messages: list[Message], max_tokens: int, say: Callable[[str | None], None], stopped: threading.Event
    ) -> None:
        try:
            if self._loaded is None:
                self._loaded = _load(self._name)
            if not stopped.is_set():
                _generate(*self._loaded, messages, max_tokens, say, stopped)
        finally:
            say(None)


async def _next(pieces: "asyncio.Queue[str | None]", deadline: float) -> str | None:
    try:
        async with asyncio.timeout_at(deadline):
            return await pieces.get()
    except TimeoutError as error:
        raise GeneratorTimeout("the language model was too slow") from error


def _load(name: str) -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    return AutoTokenizer.from_pretrained(name), AutoModelForCausalLM.from_pretrained(name).eval()


def _generate(
    tokenizer: Any,
    model: Any,
    messages: list[Message],
    max_tokens: int,
    say: Callable[[str], None],
    stopped: threading.Event,
) -> None:
    from transformers import StoppingCriteria, StoppingCriteriaList, TextStreamer

    class Pieces(TextStreamer):  # type: ignore[misc]
        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            if text:
                say(text)

    class Stop(StoppingCriteria):  # type: ignore[misc]
        def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
            return input_ids.new_full((input_ids.shape[0],), stopped.is_set()).bool()

    prompt = tokenizer.apply_chat_template(
        [msgspec.to_builtins(message) for message in messages],
        add_generation_prompt=True, return_tensors="pt", return_dict=True,
    )  # fmt: skip
    model.generate(
        **prompt, max_new_tokens=max_tokens, do_sample=False, stopping_criteria=StoppingCriteriaList([Stop()]),
        streamer=Pieces(tokenizer, skip_prompt=True, skip_special_tokens=True),
    )  # fmt: skip
