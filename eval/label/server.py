"""The page's server: this machine only, one token in the address, nothing of any other site.

Every path starts with the token. `Host` has to name this machine, so that no foreign name can be pointed here; posts
have to be JSON, which no other site's page can send without asking, and the answer to asking is no.
"""

import secrets
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import Any

import msgspec

from eval.judges.card import Label
from eval.label.session import Session, View

_LARGEST = 10_000
"""Bytes of a post; a label takes fewer."""
_FILES = {
    "": ("page.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _Given(msgspec.Struct, kw_only=True):
    """The body of a label."""

    id: str
    claim: int
    label: Label


class LabelServer(ThreadingHTTPServer):
    """Serves one session on 127.0.0.1; `url` holds the token."""

    daemon_threads = True

    def __init__(self, session: Session, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.session = session
        self.token = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: LabelServer
    server_version = "guide-eval"
    sys_version = ""

    def do_GET(self) -> None:
        name = self._name()
        if name == "state":
            self._view(self.server.session.view())
        elif name in _FILES:
            file, kind = _FILES[name]
            self._send(200, (resources.files("eval.label") / file).read_bytes(), kind)
        else:
            self._send(404)

    def do_POST(self) -> None:
        """`label` {id, claim, label} or `undo` {}: both answer the state after it."""
        actions: dict[str | None, Callable[[bytes], View]] = {"label": self._label, "undo": self._undo}
        act = actions.get(self._name())
        size = self.headers.get("Content-Length", "")
        if act is None:
            self._send(404)
        elif self.headers.get_content_type() != "application/json" or not size.isdigit() or int(size) > _LARGEST:
            self._send(415)
        else:
            try:
                self._view(act(self.rfile.read(int(size))))
            except msgspec.MsgspecError:
                self._send(400)

    def _label(self, body: bytes) -> View:
        given = msgspec.json.decode(body, type=_Given)
        return self.server.session.label((given.id, given.claim), given.label)

    def _undo(self, _body: bytes) -> View:
        return self.server.session.undo()

    def _name(self) -> str | None:
        """What is asked for below the token; None without the token or for another host."""
        port = self.server.server_port
        if self.headers.get("Host") not in (f"127.0.0.1:{port}", f"localhost:{port}"):
            return None
        parts = self.path.split("/", 2)
        right = len(parts) == 3 and secrets.compare_digest(parts[1].encode(), self.server.token.encode())
        return parts[2] if right else None

    def _view(self, view: View) -> None:
        self._send(200, msgspec.json.encode(view), "application/json")

    def _send(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the address holds the token."""
