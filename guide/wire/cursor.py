"""Opaque cursors: the snapshot a listing was begun on and how far it got."""

import base64
import binascii

import msgspec

from guide.problems import Problem


class _Place(msgspec.Struct, array_like=True, frozen=True):
    snapshot: str
    offset: int


_decoder = msgspec.json.Decoder(_Place)


def encode(snapshot: str, offset: int) -> str:
    """A cursor for the page that starts at `offset`."""
    return base64.urlsafe_b64encode(msgspec.json.encode(_Place(snapshot, offset))).decode().rstrip("=")


def decode(cursor: str, snapshot: str) -> int:
    """The offset a cursor stands for, on the snapshot that is served.

    Raises:
        Problem: it is not a cursor (400), or its snapshot is not the one that is served (410).
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        place = _decoder.decode(raw)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise Problem("invalid_cursor", "send a cursor exactly as it was given, or none to begin anew") from error
    if place.offset < 0:
        raise Problem("invalid_cursor", "send a cursor exactly as it was given, or none to begin anew")
    if place.snapshot != snapshot:
        raise Problem("cursor_gone", "the catalog was rebuilt since: begin anew without a cursor")
    return place.offset
