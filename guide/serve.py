"""`guide serve`: granian in front of the application, an address that is told once it answers."""

import contextlib
import http.client
import json
import logging
import os
import secrets
import shlex
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from catalog.errors import InputError, ShopguideError
from guide import config, logs
from guide.config import LOOPBACK, Settings
from guide.errors import ConfigError
from guide.security import keys
from guide.security.quota import Quota
from guide.security.ring import KeyRing
from guide.shop import Opener, Shop, open_shop

_APP = "guide.serve:worker"
_EXIT_UNUSABLE = 3
_REASON = "SHOPGUIDE_EXIT_REASON"
"""Names the file in which the first worker that cannot start says why; the command alone speaks to the operator."""
_POLL_SECONDS = 0.1
_LAST_SECONDS = 1
"""After `limits.drain_seconds` (guide/drain.py): for the last events, and for closing the shop."""


def run(options: Mapping[str, object], ready_file: Path | None, app: str = _APP) -> None:
    """Serve until Ctrl-C or SIGTERM; open answers get `limits.drain_seconds`, then end with an error.

    Settings reach the worker processes through the environment.

    Raises:
        ConfigError: a setting is wrong, the port is taken, or the host is not loopback and there is no key.
        InputError: the workers could not start or died.
        KeyringError: the keys cannot be read.
    """
    os.environ.update(config.to_environ(options))
    settings = config.load()
    check_host(settings)
    Quota(settings)  # a wrong limit is told here, not by each worker
    port = _bindable(settings.host, settings.port)
    os.environ["SHOPGUIDE_PORT"] = str(port)
    os.environ["SHOPGUIDE_LOGS__HASH_KEY"] = settings.logs.hash_key or secrets.token_hex()  # one for all workers
    if ready_file:
        ready_file.unlink(missing_ok=True)
    announcer = threading.Thread(target=_announce, args=(settings, port, ready_file), daemon=True)
    announcer.start()
    try:
        _serve(settings, port, app)
    finally:
        if ready_file:
            ready_file.unlink(missing_ok=True)


def worker(opener: Opener = open_shop) -> object:
    """The application of one worker process; a shop that cannot be opened ends the process."""
    from guide.app import create_app

    def open_or_exit(settings: Settings) -> Shop:
        try:
            return opener(settings)
        except ShopguideError as error:
            with contextlib.suppress(FileExistsError), Path(os.environ[_REASON]).open("x", encoding="utf-8") as file:
                file.write(str(error))
            os._exit(_EXIT_UNUSABLE)

    return create_app(opener=open_or_exit)


def check_host(settings: Settings) -> None:
    """Whether this host may be listened on.

    Raises:
        ConfigError: it is not loopback, and no valid key was made.
        KeyringError: the keys cannot be read.
    """
    found = keys.read(settings.data).values()
    if settings.host in LOOPBACK or any(key.valid(datetime.now(UTC)) for key in found):
        return
    raise ConfigError(
        f"host {settings.host!r} is refused: without keys the API listens on this machine only; "
        "make one with `guide keys add`, or use --host 127.0.0.1"
    )


def _serve(settings: Settings, port: int, app: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces, Loops

    server = Granian(
        app,
        address=settings.host,
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=settings.workers,
        factory=True,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]
        log_dictconfig=logs.config(tell_all=settings.logs.questions),
        workers_kill_timeout=settings.limits.drain_seconds + _LAST_SECONDS,
    )
    with tempfile.TemporaryDirectory() as folder:
        reason = Path(folder, "reason")
        os.environ[_REASON] = str(reason)
        # The server's own line about the exit says less than the reason does.
        logging.getLogger("_granian").addFilter(lambda _: not reason.exists())
        try:
            server.serve()
        except SystemExit as stop:
            if stop.code:
                raise InputError(reason.read_text("utf-8") if reason.exists() else "a worker died") from stop


def _bindable(host: str, port: int) -> int:
    """The port, or a free one for 0; tried here because the server's own complaint is a backtrace."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise ConfigError(f"cannot listen on {host}:{port}: {error.strerror}; try --port 0") from error
        return int(probe.getsockname()[1])


def _announce(settings: Settings, port: int, ready_file: Path | None) -> None:
    """Wait until /readyz answers, then tell the address: to people on stderr, to programs in the file."""
    address = f"http://{settings.host}:{port}"
    while not _ready(settings.host, port):
        time.sleep(_POLL_SECONDS)
    if ready_file:
        draft = ready_file.with_name(ready_file.name + ".tmp")
        draft.write_text(address + "\n", "utf-8")
        draft.replace(ready_file)
    keyed = KeyRing(settings.data).keyed
    greeting = _greeting(address, settings.widget.examples, keyed=keyed)
    if keyed and settings.workers > 1 and not settings.limits.storage:
        greeting += (
            f"\nLimits: each of the {settings.workers} workers counts alone and allows 1/{settings.workers}; "
            "`limits.storage` (a Redis address) makes them count together."
        )
    print(greeting, file=sys.stderr, flush=True)  # noqa: T201 - for the operator


def _greeting(address: str, examples: Mapping[str, list[str]], *, keyed: bool) -> str:
    """Where it is and three questions to try, the languages in turn."""
    questions = [question for together in zip(*examples.values(), strict=False) for question in together][:3]
    bodies = [shlex.quote(json.dumps({"question": question}, ensure_ascii=False)) for question in questions]
    key = ' -H "Authorization: Bearer $KEY"' if keyed else ""
    tries = [f"  curl -s {address}/v1/ask{key} -H 'Content-Type: application/json' -d {body}" for body in bodies]
    who = "a key opens it: `guide keys list`" if keyed else "this machine only: there are no keys; admin is closed"
    return "\n".join(
        [
            f"Shopguide answers at {address} ({who}).",
            "Open it in a browser, or try:",
            *tries,
        ]
    )


def _ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host.strip("[]"), port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    connection.close()
    return False
