"""A chat-completions endpoint on a free port that does what a script says: well, badly, or not at all."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

Step: TypeAlias = bytes | float
"""Bytes to send, or seconds to wait for the client to hang up."""


def head(status: str = "200 OK", kind: str = "text/event-stream", extra: str = "") -> bytes:
    """The head of a response."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n{extra}\r\n".encode()


def chunk(text: str, finish: str | None = None) -> bytes:
    """One event with a piece of text."""
    body = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}
    return f"data: {json.dumps(body)}\n\n".encode()


class Endpoint:
    """Answers each connection with the next script, the last one for ever; then it closes."""

    def __init__(self, *scripts: list[Step]) -> None:
        self.scripts = list(scripts)
        self.requests: list[tuple[bytes, dict]] = []
        self.gone = asyncio.Event()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            lengths = (line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-len"))
            self.requests.append((head, json.loads(await reader.readexactly(int(next(lengths, b"0"))))))
            for step in self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]:
                if isinstance(step, bytes):
                    writer.write(step)
                    await writer.drain()
                elif await asyncio.wait_for(reader.read(1), step) == b"":  # the client hung up
                    self.gone.set()
                    return
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(*scripts: list[Step]) -> AsyncIterator[Endpoint]:
    """The endpoint while the block runs; `url` ends in /v1."""
    known = Endpoint(*scripts)
    server = await asyncio.start_server(known.serve, "127.0.0.1", 0)
    known.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield known
    finally:
        server.close()
        await server.wait_closed()
