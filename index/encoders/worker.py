"""One thread that encodes queries for everybody.

Tokenizers must not be shared between threads, and a query that waits for one core is quicker than two that fight for
it. Queries that arrive while one is encoded wait in a queue; a repeated one comes from a small cache.
"""

import queue
import threading
from collections import OrderedDict
from concurrent.futures import Future

from index.encoders import Encoder, Vectors

_CACHED = 4096
_WAITING = 256


class QueryWorker:
    """Encodes queries one after another in its own thread."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._cache: OrderedDict[str, Vectors] = OrderedDict()
        self._queue: queue.Queue[tuple[str, Future[Vectors]] | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="encoder", daemon=True)
        self._thread.start()

    def query(self, text: str) -> Vectors:
        """(dim,) unit vector; blocks until it is ready."""
        cached = self._cache.get(text)
        if cached is not None:
            return cached
        future: Future[Vectors] = Future()
        self._queue.put((text, future))
        return future.result()

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            text, future = item
            try:
                future.set_result(self._remember(text))
            except Exception as error:  # noqa: BLE001  whatever it is, the asker must hear of it
                future.set_exception(error)

    def _remember(self, text: str) -> Vectors:
        if text not in self._cache:
            self._cache[text] = self._encoder.query(text)
            if len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return self._cache[text]
