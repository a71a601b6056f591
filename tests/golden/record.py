"""Records the golden event logs anew: python tests/golden/record.py

What the engine says over the sample shop, one event a line. Wires are tested on these logs, not the engine: record
again only when an event gets a new form, or a wire is to be shown something new.
"""

import asyncio
import sys
import tempfile
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import msgspec

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from local_server import serving  # noqa: E402
from small_shop import NOW, built  # noqa: E402

from catalog import feeds  # noqa: E402
from catalog.issues import Issue  # noqa: E402
from guide.config import GeneratorSettings  # noqa: E402
from guide.engine import Engine  # noqa: E402
from guide.events import Done, ErrorEvent, Event, Products, Text  # noqa: E402
from guide.model import Question  # noqa: E402
from index import api  # noqa: E402

QUESTIONS = {
    "answered": "三千以内的手机",
    "compared": "Compare the Nanyu N20 and the Nanyu X5 Pro",
    "abstained": "Does the Nanyu N20 support satellite calls?",
    "refused": "你个白痴",
    "generated": "Is the Nanyu N20 waterproof?",
}
DRAFT = "The Nanyu N20 is not waterproof. [2]"
BROKEN = ErrorEvent("urn:shopguide:error:internal", "Something broke on our side", "an unexpected error")


class Model(BaseHTTPRequestHandler):
    """A language model with one thing to say."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        chunk = {"choices": [{"delta": {"content": DRAFT}, "finish_reason": "stop"}]}
        body = b"data: %s\n\ndata: [DONE]\n\n" % msgspec.json.encode(chunk)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


async def answer(engine: Engine, question: str, view: api.View) -> list[Event]:
    return [event async for event in engine.answer(Question(text=question), view, "a_golden")]


def write(name: str, events: list[Event]) -> None:
    (HERE / f"{name}.jsonl").write_bytes(b"".join(msgspec.json.encode(event) + b"\n" for event in events))


def main() -> None:
    records = [item for item in feeds.read(["sample"]) if not isinstance(item, Issue)]
    with tempfile.TemporaryDirectory() as folder, serving(Model) as address:
        built(Path(folder), *records)
        view = api.open(Path(folder)).view(NOW)
        engines = {"generated": Engine(GeneratorSettings(url=f"{address}/v1", model="scripted"))}
        for name, question in QUESTIONS.items():
            events = asyncio.run(answer(engines.get(name, Engine()), question, view))
            write(name, events)
            shown = [card.id for event in events if isinstance(event, Products) for card in event.products]
            (done,) = [event for event in events if isinstance(event, Done)]
            text = "".join(event.text for event in events if isinstance(event, Text))
            print(f"{name}: {done.outcome} {done.writer} {shown} {text[:80]!r}")  # noqa: T201
            if name == "answered":
                write("broken", [*events[:5], BROKEN])


if __name__ == "__main__":
    main()
