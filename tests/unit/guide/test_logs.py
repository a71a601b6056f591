"""Lines of the log: one an event, whoever writes it, and nobody else's."""

import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest

from guide import logs

SECRET = "call 13800138000 or zhang.wei@example.com"


class Lines:
    """What a configured process wrote since it was last read."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def read(self) -> str:
        return self._capsys.readouterr().err

    def one(self) -> dict[str, Any]:
        (line,) = self.read().splitlines()
        return json.loads(line)


@pytest.fixture
def configured(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    loggers = [logging.getLogger(name) for name in ("", "guide", "_granian", "granian.access")]
    before = [(logger.handlers[:], logger.level, logger.propagate) for logger in loggers]

    def configure(**wanted: bool) -> Lines:
        logging.config.dictConfig(logs.config(**{"tell_all": False, "human": False, **wanted}))
        return Lines(capsys)

    yield configure
    for logger, (handlers, level, propagate) in zip(loggers, before, strict=True):
        logger.handlers[:], logger.level, logger.propagate = handlers, level, propagate


def test_a_line_is_json_with_level_and_time(configured: Any) -> None:
    lines = configured()
    logs.get().info("request", status=200, ms=1.5, key="key_1")
    found = lines.one()
    assert found.pop("timestamp").endswith("Z")
    assert found == {"event": "request", "status": 200, "ms": 1.5, "key": "key_1", "level": "info", "logger": "guide"}


@pytest.mark.parametrize("name", ["guide", "_granian", "sqlalchemy.pool"])
def test_the_standard_logging_comes_out_the_same(configured: Any, name: str) -> None:
    lines = configured()
    logging.getLogger(name).warning("cannot read %s", "keys")
    assert lines.one().items() >= {"event": "cannot read keys", "level": "warning", "logger": name}.items()


@pytest.mark.parametrize("human", [True, False])
@pytest.mark.parametrize("evil", ["a\r\nrequest status=200", "a\x1b[2Jb", "a\u2028b", "a\x85b", "a\x00b"])
def test_nobody_writes_a_line_of_their_own(configured: Any, evil: str, human: bool) -> None:
    lines = configured(human=human)
    logs.get().info("request", route=evil)
    logging.getLogger("guide").warning("%s", evil)
    text = lines.read()
    assert len(text.splitlines()) == 2
    assert evil not in text
    assert "\x1b[2J" not in text


def fail() -> None:
    raise ValueError(SECRET)


def test_an_errors_own_words_stay_inside(configured: Any) -> None:
    lines = configured()
    try:
        fail()
    except ValueError:
        logging.getLogger("guide").exception("unexpected error answer_id=%s", "a_1")
    text = lines.read()
    found = json.loads(text)
    assert found["error"] == "ValueError"
    assert found["where"][-1].startswith("test_logs.py:")
    assert found["where"][-1].endswith(" fail")
    assert "13800138000" not in text


def test_a_setting_for_debugging_tells_all(configured: Any) -> None:
    lines = configured(tell_all=True)
    try:
        fail()
    except ValueError:
        logging.getLogger("guide").exception("unexpected error")
    assert SECRET in lines.one()["exception"]


def test_a_mark_is_the_same_for_the_same_words_and_key() -> None:
    assert logs.mark("退货吗", "k") == logs.mark("退货吗", "k")
    assert len({logs.mark("a", "k"), logs.mark("b", "k"), logs.mark("a", "other")}) == 3
