"""Damaged feeds of every format: rows become issues with file, line and code, or the feed is one clear error."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import feeds
from catalog.errors import FeedError
from catalog.issues import RULES, Issue

FEEDS = Path(__file__).parents[1] / "feeds"
FILES = sorted(path for path in FEEDS.rglob("*") if path.is_file() and path.suffix != ".md")
SPLICES = (
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\n", b"\r", b'"', b"'", b",", b"\t", b"<", b">", b"</", b"<!--", b"]]>",
    b"&", b"&lt;", b"{", b"}", b"[", b"]", b":", b"null", b"-1", b"1e999", b"NaN", b"[" * 2000, b"<a>" * 500,
    "灯".encode(), "灯".encode("gb18030"), b"\\ud800", b"\xed\xa0\x80", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    path = draw(st.sampled_from(FILES))
    content = path.read_bytes()
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        until = min(len(content), at + draw(st.sampled_from([0, 1, 2, 9, 80, 1000])))
        moved = content[at:until] if draw(st.booleans()) else b""
        content = content[:at] + draw(st.sampled_from(SPLICES)) + moved + moved[::-1] + content[until:]
    return path.name, content


@settings(max_examples=150)
@given(damaged())
def test_damage_is_told_by_row_or_by_feed(tmp_path_factory: pytest.TempPathFactory, feed: tuple[str, bytes]) -> None:
    name, content = feed
    path = tmp_path_factory.mktemp("feed") / name
    path.write_bytes(content)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    try:
        for found in feeds.placed([str(path)]):
            assert 1 <= found.line <= lines
            assert found.file == name
            if isinstance(found.item, Issue):
                assert found.item.code in RULES
                assert found.item.message
    except FeedError as error:
        message = str(error)
        assert name in message
