"""What a worker does between requests: follow the data folder, each thing in a thread of its own.

Reading happens here and ends in one assignment, so a request never waits for a disk. A snapshot that takes seconds to
load holds up neither live offers nor keys.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from guide.security.ring import KeyRing
from guide.shop import Shop

OFFERS_SECONDS = 0.25
"""With the time to apply a batch, every worker shows an acknowledged change within a second."""
SNAPSHOT_SECONDS = 1.0
KEYS_SECONDS = 0.5
STATE_SECONDS = 60.0
"""Retention is counted in minutes and days."""
_LAST_LOOK_SECONDS = 2.0
"""How long the end waits for a look that has begun; loading a snapshot may take longer and is abandoned."""
log = logging.getLogger("guide")


@contextmanager
def watching(shop: Shop, ring: KeyRing) -> Iterator[None]:
    """Follow snapshots, live changes and keys, and keep nothing too long, until the block ends."""
    over = threading.Event()
    looks = (("offers", OFFERS_SECONDS, shop.store.catch_up), ("snapshot", SNAPSHOT_SECONDS, shop.follow),
             ("keys", KEYS_SECONDS, ring.refresh), ("state", STATE_SECONDS, shop.purge))  # fmt: skip
    threads = [
        threading.Thread(target=_every, args=(*look, over), name=f"watch-{look[0]}", daemon=True) for look in looks
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(_LAST_LOOK_SECONDS)


def _every(what: str, seconds: float, look: Callable[[], object], over: threading.Event) -> None:
    while not over.wait(seconds):
        try:
            look()
        except Exception:  # whatever it is, the next look may succeed, and what is served stays
            log.exception("could not follow the %s", what)
