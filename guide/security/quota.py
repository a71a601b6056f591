"""How often a key and an address may ask: sliding windows, counted with `limits`.

The count of the window before weighs as much as it still overlaps the last minute (or hour), so nobody can ask twice as
much around a full minute. Without `limits.storage` every worker counts for itself and allows its part. A shared storage
that fails is replaced, for that request, by the worker's own count: a fault must not open the door.
"""

import asyncio
import logging
import math
from collections.abc import Iterable
from typing import NamedTuple

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage
from limits.aio.storage.base import SlidingWindowCounterSupport
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from guide.config import Settings
from guide.errors import ConfigError
from guide.security import rates
from guide.security.keys import Key

_STORAGE_SECONDS = 0.5
"""What a shared storage may take for one request before the worker counts alone."""
_SERVERS = ("redis://", "rediss://", "redis+unix://", "valkey://", "valkeys://", "valkey+unix://")
log = logging.getLogger("guide")


class Count(NamedTuple):
    """Where one limit stands after a request was counted, or refused."""

    policy: str
    """`key` or `address`, with the span: `key-60`."""
    limit: int
    seconds: int
    left: int
    wait: int
    """Seconds after which one more is allowed (0: now)."""
    reset: int
    """Seconds that `left` has to last."""


class Rule(NamedTuple):
    """One limit and whom it counts."""

    whom: str
    who: str
    limit: RateLimitItem


class Quota:
    """The limits of one worker."""

    def __init__(self, settings: Settings) -> None:
        """Read the limits and open the storage.

        Raises:
            ConfigError: a limit cannot be read, or the storage is unknown or its client is not installed.
        """
        limits, workers = settings.limits, settings.workers
        self._per_key, self._per_address = rates.parse(limits.per_key), rates.parse(limits.per_address)
        self._shared = _storage(limits.storage) if limits.storage else None
        self._own = MemoryStorage()
        self._workers = workers

    async def take(self, key: Key, address: str) -> list[Count]:
        """Count a request against every limit; if one refuses (`left` is 0 and `wait` is not), none counts it."""
        rules = self._rules(key, address)
        if self._shared is not None:
            try:
                async with asyncio.timeout(_STORAGE_SECONDS):
                    return await _count(self._shared, rules)
            except Exception as error:  # each client of a storage has its own errors
                log.warning("the storage of limits failed (%s); this worker counts alone", type(error).__name__)
        parts = [Rule(rule.whom, rule.who, rates.part(rule.limit, self._workers)) for rule in rules]
        return await _count(self._own, parts)

    def _rules(self, key: Key, address: str) -> list[Rule]:
        """A secret key has a limit only if it carries one; a page's key, also one for each address behind it."""
        paged = key.kind == "publishable"
        of_key = rates.parse(key.rate) if key.rate else self._per_key if paged else []
        of_address = self._per_address if paged else []
        return [
            *(Rule("key", key.id, limit) for limit in of_key),
            *(Rule("address", address, limit) for limit in of_address),
        ]


def refused(counts: Iterable[Count]) -> Count | None:
    """The limit that makes the client wait longest, or None if it may go on."""
    return max((count for count in counts if count.wait), key=lambda count: count.wait, default=None)


def wait(limit: RateLimitItem, before: int, before_left: float, now: int, now_left: float) -> float:
    """Seconds until one more is allowed.

    There were `before` hits in the last window, of which `before_left` s still overlap, and `now` hits in this one,
    which is forgotten in `now_left` s: one span after its end.
    """
    span, most = limit.get_expiry(), limit.amount
    if before * before_left / span + now < most:
        return 0.0
    if now < most:  # the window before has to slide out a little
        return before_left - (most - now) * span / before
    return max(0.0, now_left - span) + span * (1 - most / now)  # this window becomes the one before, then slides


async def _count(storage: SlidingWindowCounterSupport, rules: list[Rule]) -> list[Count]:
    counts = [await _look(storage, rule) for rule in rules]
    if refused(counts):
        return counts
    limiter = SlidingWindowCounterRateLimiter(storage)  # type: ignore[arg-type]
    for index, rule in enumerate(rules):
        if await limiter.hit(rule.limit, rule.whom, rule.who):
            counts[index] = counts[index]._replace(left=counts[index].left - 1)
        else:  # another request took the last one meanwhile
            counts[index] = counts[index]._replace(left=0, wait=1)
    return counts


async def _look(storage: SlidingWindowCounterSupport, rule: Rule) -> Count:
    limit, span = rule.limit, rule.limit.get_expiry()
    before, before_left, now, now_left = await storage.get_sliding_window(limit.key_for(rule.whom, rule.who), span)
    left = max(0, limit.amount - math.floor(before * before_left / span + now))
    seconds = wait(limit, before, before_left, now, now_left)
    # Whole seconds, rounded up, and up again next to the very moment, when the window has not slid far enough.
    again = math.floor(seconds + 0.01) + 1 if not left else 0
    ends = max(1, math.ceil(now_left - span)) if now else span
    return Count(f"{rule.whom}-{span}", limit.amount, span, left, again, again or ends)


def _storage(url: str) -> SlidingWindowCounterSupport:
    if not url.startswith(_SERVERS):
        raise ConfigError(f"limits.storage is an address that begins with one of {', '.join(_SERVERS)}")
    options = {"implementation": "redispy"} if url.startswith("redis") else {}
    try:
        return storage_from_string(f"async+{url}", **options)  # type: ignore[return-value]  # both servers can
    except (ConfigurationError, ImportError, TypeError, ValueError) as error:
        # Without the address or the error's own words: a password may stand in them.
        raise ConfigError("limits.storage cannot be used: `pip install redis` (or valkey), HOST:PORT in it") from error
