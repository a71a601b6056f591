"""Limits as people write them: "60/minute", "60/minute;1000/day"."""

from typing import TYPE_CHECKING

from guide.errors import ConfigError

if TYPE_CHECKING:
    from limits import RateLimitItem


def parse(text: str) -> "list[RateLimitItem]":
    """The limits in a text, shortest span first; none in an empty one.

    Raises:
        ConfigError: it cannot be read, or allows nothing.
    """
    import limits

    if not text.strip():
        return []
    try:
        found = limits.parse_many(text)
    except ValueError as error:
        raise ConfigError(f'{text!r} is not a limit: write it like "60/minute" or "60/minute;1000/day"') from error
    if any(limit.amount < 1 for limit in found):
        raise ConfigError(f"{text!r} allows nothing: to end a key use `guide keys revoke`")
    return sorted(found, key=lambda limit: limit.get_expiry())


def part(limit: "RateLimitItem", parts: int) -> "RateLimitItem":
    """What each of `parts` may allow, so that all together allow no more; never less than one."""
    return type(limit)(max(1, limit.amount // parts), limit.multiples)
