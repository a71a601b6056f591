"""A feed that cannot be fetched or read to its end changes nothing, however good its first part was."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from local_server import serving

from index.cli import main
from index.layout import Layout

XML = '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>'
ITEM = "<item><g:id>{0}</g:id><title>Lamp {0}</title><g:price>1.00 USD</g:price></item>"


def rows(count: int, title: str = "Lamp") -> bytes:
    lines = ({"type": "product", "id": f"p{row}", "title": f"{title} {row * 7919:x}"} for row in range(count))
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def build(data: Path, *feeds: object) -> Result:
    arguments = ["build", *map(str, feeds), "--source", "erp", "--encoder", "none", "--data", str(data)]
    return CliRunner().invoke(main, [*arguments, "--allow-private", "--allow-shrink"])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    feed = tmp_path / "good.jsonl"
    feed.write_bytes(rows(5))
    data = tmp_path / "data"
    assert build(data, feed).exit_code == 0
    return data


@pytest.fixture
def broken_server() -> Iterator[str]:
    """Promises more than it sends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(500 if self.path == "/500" else 200)
            self.send_header("Content-Length", "99999")
            self.end_headers()
            self.wfile.write(rows(3, "Other"))

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as address:
        yield address


BROKEN = {
    "cut.jsonl.gz": gzip.compress(rows(5000, "Other"))[:-99],
    "cut.xml": (XML + "".join(ITEM.format(row) for row in range(3))).encode(),
    "cut.json": b'{"products": [{"id": 1, "title": "Lamp", "handle": "lamp", "variants": []}, {"id"',
    "sheet.xlsx": b"PK\x03\x04 cut short",
    "picture.csv": b"\x89PNG\r\n\x1a\n",
    "columns.csv": b"sku,name\n1,Lamp\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_feed_that_breaks_off_leaves_the_live_snapshot(tmp_path: Path, data: Path, name: str) -> None:
    before = Layout(data).live(), Layout(data).names()
    broken, other = tmp_path / name, tmp_path / "other.jsonl"
    broken.write_bytes(BROKEN[name])
    other.write_bytes(rows(5, "Other"))
    refused = build(data, other, broken)
    assert (refused.exit_code, refused.stderr.splitlines()[-1][:6]) == (3, "error:"), refused.output
    assert (Layout(data).live(), Layout(data).names()) == before


@pytest.mark.parametrize("path", ["/cut.jsonl", "/500"])
def test_a_fetch_that_fails_leaves_the_live_snapshot(data: Path, broken_server: str, path: str) -> None:
    before = Layout(data).live(), Layout(data).names()
    refused = build(data, broken_server + path)
    assert (refused.exit_code, refused.stderr[:6]) == (3, "error:"), refused.output
    assert (Layout(data).live(), Layout(data).names()) == before
