"""Opaque cursors: how far a listing got, and for searches the snapshot it was begun on."""

import base64
import binascii
from typing import TypeVar

import msgspec

from guide.problems import Problem

T = TypeVar("T")


class _Place(msgspec.Struct, array_like=True, frozen=True):
    snapshot: str
    offset: int


def pack(place: object) -> str:
    """Any place in a listing, as a cursor."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def unpack(cursor: str, kind: type[T]) -> T:
    """The place a cursor stands for.

    Raises:
        Problem: it is not a cursor.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(raw, type=kind)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise _invalid() from error


def encode(snapshot: str, offset: int) -> str:
    """A cursor for the page that starts at `offset`."""
    return pack(_Place(snapshot, offset))


def decode(cursor: str, snapshot: str) -> int:
    """The offset a cursor stands for, on the snapshot that is served.

    Raises:
        Problem: it is not a cursor (400), or its snapshot is not the one that is served (410).
    """
    place = unpack(cursor, _Place)
    if place.offset < 0:
        raise _invalid()
    if place.snapshot != snapshot:
        raise Problem("cursor_gone", "the catalog was rebuilt since: begin anew without a cursor")
    return place.offset


def _invalid() -> Problem:
    return Problem("invalid_cursor", "send a cursor exactly as it was given, or none to begin anew")
