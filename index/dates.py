"""Moments as milliseconds since 1970 in UTC: what two records or changes are compared by."""

from datetime import UTC, datetime


def millis(text: str | None) -> int | None:
    """The moment an ISO 8601 text names, or None where it names none; without an offset it is read as UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def iso(moment: int) -> str:
    """The ISO 8601 text of such a moment."""
    return datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="milliseconds")
