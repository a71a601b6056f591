"""Other programs of Shopguide, run as processes of their own: a snapshot served on loopback, a command of the harness.

Each stands in a session of its own, so that Ctrl-C in a terminal reaches only the caller, who ends what it started by
its process id: on any way out of these context managers nothing is left running (SIGKILL of the caller excepted).
"""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from index.errors import GateError

_READY_SECONDS = 300
"""Opening a large snapshot and loading its encoder; over it something hangs."""
_GRACE_SECONDS = 15
"""From SIGTERM to SIGKILL; a server lets go of its streams after 5 s."""
_POLL_SECONDS = 0.1
_FATAL = (signal.SIGTERM, signal.SIGHUP)


def program(name: str) -> str:
    """Path of a console script that is installed beside this Python.

    Raises:
        GateError: it is not there.
    """
    path = Path(sys.executable).with_name(name)
    if not path.is_file():
        raise GateError(f"{name} is not installed beside {sys.executable}: run `pip install 'shopguide[cpu,serve]'`")
    return str(path)


def finish(command: list[str], log: Path, seconds: float, *, output: Path | None = None) -> int:
    """Run a command to its end; stderr, and stdout unless `output` is given, are added to the log. Its exit code.

    Raises:
        GateError: it did not end in time.
    """
    with _started(command, log, output) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise GateError(f"{Path(command[0]).name} did not end within {seconds:g} s; its log: {log}") from error


@contextlib.contextmanager
def serving(data: Path, snapshot: str, clock: str | None, log: Path) -> Iterator[str]:
    """A snapshot served by `guide serve` on a free port; gives its address once the encoder is loaded.

    Raises:
        GateError: it does not come up, or not in time.
    """
    ready = log.with_suffix(".ready")
    command = [program("guide"), "serve", "--data", str(data), "--snapshot", snapshot, "--host", "127.0.0.1"]
    command += ["--port", "0", "--workers", "1", "--ready-file", str(ready), *(["--clock", clock] if clock else [])]
    with _started(command, log) as process:
        until = time.monotonic() + _READY_SECONDS
        while not (ready.is_file() and _warm(address := ready.read_text("utf-8").strip())):
            if process.poll() is not None:
                raise GateError(f"`guide serve` cannot serve {snapshot}: {last_line(log)}")
            if time.monotonic() > until:
                raise GateError(f"`guide serve` was not ready within {_READY_SECONDS} s; its log: {log}")
            time.sleep(_POLL_SECONDS)
        yield address


def last_line(log: Path) -> str:
    """The end of what a program said before it gave up."""
    lines = [line for line in log.read_text("utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"it said nothing; its log: {log}"


@contextlib.contextmanager
def ended_too() -> Iterator[None]:
    """Let SIGTERM and a closed terminal unwind the stack, as Ctrl-C does, so that no process is left behind."""
    fatal = [number for number in _FATAL if signal.getsignal(number) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        fatal = []  # only the main thread may set handlers
    for number in fatal:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in fatal:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextlib.contextmanager
def _started(command: list[str], log: Path, output: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as told, (output or log).open("ab") as printed:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own programs, arguments as a list
                command, stdin=subprocess.DEVNULL, stdout=printed, stderr=told, start_new_session=True
            )
        except OSError as error:
            raise GateError(f"{command[0]} cannot be started: {error.strerror}") from error
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE_SECONDS)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its workers too, if it went without them
        process.wait()


def _warm(address: str) -> bool:
    """Whether questions are answered as they will be: not yet by words alone while the encoder loads."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        return response.status == 200 and "encoder_loading" not in json.loads(response.read())["degraded"]
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
