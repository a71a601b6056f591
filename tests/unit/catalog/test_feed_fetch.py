"""Feeds from an address: a real server on this machine, with every way it may misbehave."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from local_server import serving

from catalog import feeds
from catalog.errors import FeedError
from catalog.feeds import fetch
from catalog.feeds.bounds import Bounds
from catalog.feeds.inputs import plain_files
from catalog.model import Product

ROW = b'{"type":"product","id":"a","title":"Lamp"}\n'
SMALL = Bounds(size=1 << 20, seconds=3.0)


class Handler(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        path = self.path.partition("?")[0]
        if path.startswith("/hop/"):
            left = int(path.removeprefix("/hop/"))
            return self.answer(302, Location=f"/hop/{left - 1}" if left else "/shop.jsonl")
        if path.startswith("/to/"):
            return self.answer(301, Location=self.path.removeprefix("/to/"))
        answers = {
            "/shop.jsonl": lambda: self.answer(200, ROW),
            "/encoded.jsonl": lambda: self.answer(200, gzip.compress(ROW), **{"Content-Encoding": "gzip"}),
            "/packed.jsonl.gz": lambda: self.answer(200, gzip.compress(ROW)),
            "/brotli.jsonl": lambda: self.answer(200, ROW, **{"Content-Encoding": "br"}),
            "/large.jsonl": lambda: self.answer(200, bytes(2 << 20)),
            "/bomb.jsonl": lambda: self.answer(200, gzip.compress(bytes(2 << 20)), **{"Content-Encoding": "gzip"}),
            "/short.jsonl": lambda: self.answer(200, ROW, **{"Content-Length": "999"}),
            "/drip.jsonl": self.drip,
            "/slow-head.jsonl": self.slow_head,
            "/garbage.jsonl": lambda: self.wfile.write(b"\0\1\2 not http\r\n\r\n"),
        }
        return answers.get(path, lambda: self.answer(404))()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.trickle(b"x")

    def slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.trickle(b"x")

    def trickle(self, piece: bytes) -> None:
        for _ in range(100):
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(Handler) as address:
        yield address


def names(url: str, bounds: Bounds = SMALL) -> list[tuple[str, str, bytes]]:
    found = plain_files(url, allow_private=True, bounds=bounds)
    return [(file.name, file.source, file.path.read_bytes()) for file in found]


@pytest.mark.parametrize("path", ["shop.jsonl", "encoded.jsonl", "packed.jsonl.gz", "hop/2", "hop/0"])
def test_a_feed_is_fetched_plain_packed_or_redirected(server: str, path: str) -> None:
    (record,) = feeds.read([f"{server}/{path}"], allow_private=True)
    assert isinstance(record, Product)
    assert record.source == path.partition(".")[0].replace("/", "-")


def test_the_name_of_a_feed_keeps_no_token(server: str) -> None:
    assert names(f"{server}/shop.jsonl?key=secret") == [(f"{server}/shop.jsonl", "shop", ROW)]
    assert Handler.asked[-1][0] == "/shop.jsonl?key=secret"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("absent.jsonl", "answers 404"),
        ("brotli.jsonl", "encoded as br"),
        ("large.jsonl", "larger than 1 MiB"),
        ("bomb.jsonl", "larger than 1 MiB"),
        ("short.jsonl", "cannot be fetched"),
        ("garbage.jsonl", "cannot be fetched"),
        ("hop/3", "more than 3 times"),
        ("to/ftp://127.0.0.1/x", "only http and https"),
        ("to/http://169.254.169.254/latest/meta-data/", "not a public address"),
        ("to/http://user@127.0.0.1/", "user name"),
        ("to/http://2130706433/", "plain decimal"),
    ],
)
def test_what_cannot_be_fetched_is_one_clear_error(server: str, path: str, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        names(f"{server}/{path}")


@pytest.mark.parametrize("path", ["drip.jsonl", "slow-head.jsonl"])
def test_a_server_that_drips_is_left(server: str, path: str) -> None:
    with pytest.raises(FeedError, match=r"took longer than 0\.3 s"):
        names(f"{server}/{path}", Bounds(seconds=0.3))


def test_an_unreachable_server_is_one_clear_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(FeedError, match="cannot be fetched"):
            names(f"http://127.0.0.1:{taken.getsockname()[1]}/x")


def test_ones_own_network_is_closed_by_default(server: str) -> None:
    before = len(Handler.asked)
    with pytest.raises(FeedError, match="--allow-private"):
        list(feeds.read([f"{server}/shop.jsonl"]))
    assert len(Handler.asked) == before


def test_a_name_is_resolved_once_and_that_number_is_asked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that changes its number after the check leads nowhere else."""
    port = int(server.rpartition(":")[2])
    asked = []

    def rebinding(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda h, *a, **k: rebinding(h) if h == "shop.test" else real(h, *a, **k)
    )
    ((name, _, content),) = names(f"http://shop.test:{port}/shop.jsonl")
    assert (asked, content) == (["shop.test"], ROW)
    assert name == f"http://shop.test:{port}/shop.jsonl"
    assert Handler.asked[-1][1]["host"] == f"shop.test:{port}"
    assert Handler.asked[-1][1]["accept-encoding"] == "gzip, identity"


def test_the_environment_names_no_proxy(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    assert names(f"{server}/shop.jsonl")


def test_the_certificate_of_the_named_host_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The TLS greeting carries the host's name, though the connection goes to its number."""
    greeted: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def greet() -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sni_callback = lambda _, name, __: greeted.append(name)
        try:
            with listening.accept()[0] as plain:
                context.wrap_socket(plain, server_side=True)
        except OSError:
            pass  # there is no certificate to show; the greeting has been read

    thread = threading.Thread(target=greet, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    real = socket.getaddrinfo
    number = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda h, *a, **k: number if h == "shop.test" else real(h, *a, **k))
    with pytest.raises(FeedError, match="cannot be fetched"):
        names(f"https://shop.test:{port}/shop.jsonl")
    thread.join(5)
    listening.close()
    assert greeted == ["shop.test"]


def test_https_does_not_fall_back_to_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = httpx.MockTransport(lambda _: httpx.Response(302, headers={"Location": "http://127.0.0.1/feed"}))
    client = httpx.AsyncClient
    monkeypatch.setattr(fetch.httpx, "AsyncClient", lambda **_: client(transport=answers))
    with pytest.raises(FeedError, match="from https to http"):
        fetch.fetched("https://127.0.0.1/feed", tmp_path, SMALL, allow_private=True)
