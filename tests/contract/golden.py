"""The golden event logs: what every wire is held to. `tests/golden/record.py` records them."""

from pathlib import Path

import msgspec

from guide.events import CitationEvent, Done, ErrorEvent, Event, FollowUps, Products, TableEvent, Text

FOLDER = Path(__file__).parents[1] / "golden"
WHOLE = ("answered", "compared", "abstained", "refused", "generated")


def load(name: str) -> list[Event]:
    lines = (FOLDER / f"{name}.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Event) for line in lines]


class Said(msgspec.Struct, kw_only=True):
    """What a client knows at the end, whatever wire it listened to."""

    answer_id: str
    text: str
    products: list[str]
    marks: list[int]
    table: list[str] | None
    follow_ups: list[str]
    outcome: str | None
    error: str | None = None


def said(events: list[Event]) -> Said:
    """By counting through the events, with no code that a wire has."""
    whole = Said(answer_id="a_golden", text="", products=[], marks=[], table=None, follow_ups=[], outcome=None)
    for event in events:
        match event:
            case Products():
                whole.products = [card.id for card in event.products]
            case Text():
                whole.text += event.text
            case CitationEvent():
                whole.marks.append(event.n)
            case TableEvent():
                whole.table = event.table.columns
            case FollowUps():
                whole.follow_ups = event.follow_ups
            case Done():
                whole.outcome = event.outcome
            case ErrorEvent():
                whole.error = event.detail
    return whole
