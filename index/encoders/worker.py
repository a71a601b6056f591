"""One thread that encodes for everybody who asks while serving.

Tokenizers must not be shared between threads, and a text that waits for one core is quicker than two that fight for
it. What arrives while something is encoded waits in a queue; a repeated text comes from a small cache.
"""

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import numpy as np

from index.encoders import Encoder, Vectors
from index.errors import ModelError
from index.rerank import Reranker

_QUERIES = 4096
_TEXTS = 32768
_JUDGED = 32768
_WAITING = 256
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class QueryWorker:
    """Encodes one request after another in its own thread."""

    def __init__(self, encoder: Encoder, reranker: Reranker | None = None) -> None:
        self._encoder = encoder
        self._reranker = reranker
        self._judged: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._queries: OrderedDict[str, Vectors] = OrderedDict()
        self._texts: OrderedDict[str, Vectors] = OrderedDict()
        self._queue: queue.Queue[tuple[Callable[[], Any], Future[Any]] | None] = queue.Queue(_WAITING)
        self._closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="encoder", daemon=True)
        self._thread.start()

    def query(self, text: str) -> Vectors:
        """(dim,) unit vector of a query; blocks until it is ready."""
        cached = self._queries.get(text)
        return cached if cached is not None else self._submit(lambda: self._query(text))

    def texts(self, texts: list[str]) -> Vectors:
        """(len(texts), dim) unit vectors of passages; blocks until they are ready."""
        return self._submit(lambda: self._passages(texts))

    def answers(self, question: str, texts: list[str]) -> list[float] | None:
        """Log-odds that each text answers the question; None without a reranker. Blocks until they are ready."""
        reranker = self._reranker
        return None if reranker is None else self._submit(lambda: self._judge(reranker, question, texts))

    def close(self) -> None:
        """Finish what is queued and end the thread; whoever asks later is told so."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _submit(self, job: Callable[[], _Value]) -> _Value:
        future: Future[_Value] = Future()
        with self._lock:  # nothing may be queued behind the end: its asker would wait for ever
            if self._closed:
                raise ModelError("the encoder is closed")
            self._queue.put((job, future))
        return future.result()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            job, future = item
            try:
                future.set_result(job())
            except Exception as error:
                future.set_exception(error)

    def _query(self, text: str) -> Vectors:
        if text not in self._queries:
            _remember(self._queries, text, self._encoder.query(text), _QUERIES)
        return self._queries[text]

    def _passages(self, texts: list[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._texts]
        found = {text: self._texts[text] for text in texts if text in self._texts}
        if new:
            found |= zip(new, self._encoder.passages(new), strict=True)
        for text in new:
            _remember(self._texts, text, found[text], _TEXTS)
        return np.stack([found[text] for text in texts])

    def _judge(self, reranker: Reranker, question: str, texts: list[str]) -> list[float]:
        keys = [(question, text) for text in texts]
        new = [key for key in dict.fromkeys(keys) if key not in self._judged]
        found = {key: self._judged[key] for key in keys if key in self._judged}
        if new:
            found |= zip(new, reranker.scores(question, [text for _, text in new]), strict=True)
        for key in new:
            _remember(self._judged, key, found[key], _JUDGED)
        return [found[key] for key in keys]


def _remember(cache: OrderedDict[_Key, _Value], key: _Key, value: _Value, most: int) -> None:
    cache[key] = value
    if len(cache) > most:
        cache.popitem(last=False)
