"""Logs: one line an event on standard error, JSON for machines, columns for a person at a terminal.

What libraries and the server write through the standard logging comes out the same way.

Nothing that a shopper wrote is in them. What may quote a shopper is an error's own words, so of an unexpected error its
type and where it was raised are told; `logs.questions` is for debugging and tells all.
"""

import hashlib
import hmac
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

_FRAMES = 6
"""Innermost frames of an error that are told."""
_HASH = 16
"""Hexadecimal digits: enough that two questions of a shop do not meet."""

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=False,
)


def get() -> structlog.stdlib.BoundLogger:
    """The logger of this package."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("guide")
    return logger


def mark(question: str, key: str) -> str:
    """A question as a keyed hash: the same words have the same mark, and nobody without the key can try words."""
    return hmac.new(key.encode(), question.encode(), hashlib.sha256).hexdigest()[:_HASH]


def config(*, tell_all: bool, human: bool | None = None) -> dict[str, Any]:
    """For `logging.config.dictConfig`; by default `human` where standard error is a terminal."""
    human = sys.stderr.isatty() if human is None else human
    renderer = structlog.dev.ConsoleRenderer() if human else structlog.processors.JSONRenderer()
    known = [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name]
    told = [structlog.processors.format_exc_info] if tell_all else [failure]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": known,
        "processors": [
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *told,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            one_line,
            renderer,
        ],
    }
    level = {"handlers": ["lines"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
        "loggers": {"guide": level | {"level": "INFO"}, "_granian": dict(level), "granian.access": dict(level)},
        "root": {"handlers": ["lines"], "level": "WARNING"},
    }


def failure(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """An error's type and the places it came through, without its words."""
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found if isinstance(found, BaseException) else sys.exc_info()[1]
    if found and error is not None:
        event.update(error=type(error).__name__, where=_places(error.__traceback__))
    return event


def one_line(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Line breaks and control characters escaped: nobody writes a line of their own into the log."""
    return {name: _printable(value) if isinstance(value, str) else value for name, value in event.items()}


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _places(found: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(found)[-_FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
