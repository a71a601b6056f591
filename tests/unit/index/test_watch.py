import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_shop import built, product, view

from catalog.errors import FeedError
from index.activate import go_back
from index.api import Query
from index.build import BuildReport
from index.cli import main
from index.errors import BuildRefusedError
from index.layout import Layout
from index.watch import Follower


def row(id_: str, title: str = "Lamp") -> str:
    return json.dumps({"type": "product", "id": id_, "title": title}) + "\n"


class Builds:
    """Counts what it is asked to build, and fails when told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.read: list[str] = []
        self.failure: Exception | None = None
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self, path: str, source: str | None) -> BuildReport:
        self.asked.append((path, source))
        if self.failure:
            raise self.failure
        self.read.append("".join(file.read_text() for file in sorted([*Path(path).glob("*.jsonl")] or [Path(path)])))
        self.meanwhile()
        return BuildReport(
            changed=True, snapshot="s", records=1, passages=1, encoded=0, reused=0, issues=0, seconds=0.0
        )


@pytest.fixture
def builds() -> Builds:
    return Builds()


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return settle(tmp_path / "feed.jsonl", row("a"))


def settle(path: Path, text: str, changed: int = 1_000_000_000) -> Path:
    """Write a file as if long ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    os.utime(path, ns=(changed, changed))
    return path


def test_it_builds_once_until_the_content_changes(feed: Path, builds: Builds) -> None:
    follower = Follower(str(feed), builds)
    assert [follower.look().outcome for _ in range(3)] == ["built", "unchanged", "unchanged"]
    settle(feed, row("b"), 2_000_000_000)
    assert [follower.look().outcome for _ in range(2)] == ["built", "unchanged"]
    assert builds.read == [row("a"), row("b")]


def test_a_file_that_was_only_touched_is_not_built_again(feed: Path, builds: Builds) -> None:
    follower = Follower(str(feed), builds)
    follower.look()
    os.utime(feed, ns=(3_000_000_000, 3_000_000_000))
    assert follower.look().outcome == "unchanged"
    assert len(builds.asked) == 1


def test_a_change_that_hides_behind_the_same_size_and_time_is_seen_while_the_file_is_young(
    tmp_path: Path, builds: Builds
) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text(row("a"))
    young = feed.stat().st_mtime_ns
    follower = Follower(str(feed), builds)
    follower.look()
    settle(feed, row("b"), young)
    assert follower.look().outcome == "built"


def test_a_folder_is_followed_with_every_file_in_it(tmp_path: Path, builds: Builds) -> None:
    folder = settle(tmp_path / "in" / "a.jsonl", row("a")).parent
    follower = Follower(str(folder), builds)
    follower.look()
    settle(folder / ".partial.jsonl", "x")
    assert follower.look().outcome == "unchanged"
    settle(folder / "b.jsonl", row("b"))
    assert follower.look().outcome == "built"
    (folder / "a.jsonl").unlink()
    assert follower.look().outcome == "built"


@pytest.mark.parametrize("failure", [BuildRefusedError("would lose 3 of 5"), FeedError("damaged"), OSError(5, "I/O")])
def test_what_failed_is_told_and_tried_again(feed: Path, builds: Builds, failure: Exception) -> None:
    follower = Follower(str(feed), builds)
    builds.failure = failure
    told = [follower.look() for _ in range(2)]
    assert [found.outcome for found in told] == ["failed", "failed"]
    assert told[0].reason == str(failure)
    builds.failure = None
    assert [follower.look().outcome for _ in range(2)] == ["built", "unchanged"]


def test_an_error_of_ours_is_not_hidden(feed: Path, builds: Builds) -> None:
    builds.failure = KeyError("a mistake in the program")
    with pytest.raises(KeyError):
        Follower(str(feed), builds).look()


def test_a_feed_that_is_not_there_yet_is_waited_for(tmp_path: Path, builds: Builds) -> None:
    follower = Follower(str(tmp_path / "late.jsonl"), builds)
    found = follower.look()
    assert (found.outcome, builds.asked) == ("failed", [])
    assert "late.jsonl cannot be read" in found.reason
    settle(tmp_path / "late.jsonl", row("a"))
    assert follower.look().outcome == "built"


def test_a_feed_that_changes_while_it_is_read_is_read_again(feed: Path, builds: Builds) -> None:
    follower = Follower(str(feed), builds)
    builds.meanwhile = lambda: settle(feed, row("a") + row("b"), 2_000_000_000)
    found = follower.look()
    assert found.outcome == "failed"
    assert "changed while it was read" in found.reason
    builds.meanwhile = lambda: None
    assert follower.look().outcome == "built"
    assert builds.read[-1] == row("a") + row("b")


# --- addresses -------------------------------------------------------------------------------------------------------


class Site(ThreadingHTTPServer):
    body = row("a").encode()
    status = 200


class Page(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_is_built_when_its_bytes_change(site: Site, builds: Builds) -> None:
    follower = Follower(f"http://127.0.0.1:{site.server_port}/out/shop.jsonl", builds, allow_private=True)
    assert [follower.look().outcome for _ in range(2)] == ["built", "unchanged"]
    assert builds.asked[0][1] == "out-shop"
    site.status = 503
    assert follower.look().outcome == "failed"
    site.status, site.body = 200, row("b").encode()
    assert follower.look().outcome == "built"
    assert builds.read == [row("a"), row("b")]


def test_an_address_in_ones_own_network_needs_a_word(site: Site, builds: Builds) -> None:
    found = Follower(f"http://127.0.0.1:{site.server_port}/shop.jsonl", builds).look()
    assert found.outcome == "failed"
    assert "--allow-private" in found.reason


# --- the command -----------------------------------------------------------------------------------------------------


def run(feed: object, data: Path, *more: object) -> Result:
    arguments = ["watch", feed, "--data", data, "--encoder", "none", "--every", "0.1", *more]
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def sigterm() -> Iterator[None]:
    """The command sets a handler in this very process."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_line_a_round(feed: Path, tmp_path: Path) -> None:
    shown = run(feed, tmp_path / "d", "--rounds", 2)
    assert shown.exit_code == 0
    first, second = shown.stdout.splitlines()
    assert f" built {Layout(tmp_path / 'd').live()}: 1 records" in first
    assert second.endswith(" unchanged")


def test_json_lines_carry_the_report_of_the_build(feed: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in run(feed, tmp_path / "d", "--rounds", 2, "--json").stdout.splitlines()]
    assert [line["outcome"] for line in lines] == ["built", "unchanged"]
    assert lines[0]["build"]["records"] == 1
    assert "build" not in lines[1]


def test_the_last_round_decides_the_exit_code(tmp_path: Path) -> None:
    shown = run(tmp_path / "absent.jsonl", tmp_path / "d", "--rounds", 1)
    assert shown.exit_code == 1
    assert "failed: " in shown.stderr
    assert not (tmp_path / "d").exists()


def test_the_options_of_a_build_hold(feed: Path, tmp_path: Path) -> None:
    built(tmp_path / "d", product("a"), product("b"), product("c"))
    refused = run(feed, tmp_path / "d", "--rounds", 1, "--source", "erp")
    assert "'erp' would lose 2 of 3 records" in refused.stderr
    assert run(feed, tmp_path / "d", "--rounds", 1, "--source", "erp", "--mode", "upsert").exit_code == 0
    assert view(tmp_path / "d").search(Query()).total == 3


def test_a_rollback_holds_until_the_feed_changes(feed: Path, tmp_path: Path) -> None:
    data = tmp_path / "d"

    def build(path: str, _source: str | None) -> BuildReport:
        rows = [json.loads(line) for line in Path(path).read_text().splitlines()]
        return built(data, *(product(line["id"], line["title"]) for line in rows), mode="upsert")

    follower = Follower(str(feed), build)
    follower.look()
    settle(feed, row("a", "Bad"), 2_000_000_000)
    follower.look()
    good, bad = Layout(data).names()
    go_back(Layout(data), good, by="test")
    assert follower.look().outcome == "unchanged"
    assert Layout(data).live() == good != bad
    settle(feed, row("a", "Mended"), 3_000_000_000)
    assert follower.look().outcome == "built"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_cleanly_when_told_to(feed: Path, tmp_path: Path, number: signal.Signals, code: int) -> None:
    command = [sys.executable, "-c", "from index.cli import main; main()", "watch", feed, "--data", tmp_path / "d"]
    with subprocess.Popen(
        [*command, "--encoder", "none", "--every", "60"], stdout=subprocess.PIPE, text=True
    ) as watcher:
        assert watcher.stdout is not None
        assert " built " in watcher.stdout.readline()
        watcher.send_signal(number)
        assert watcher.wait(20) == code
    assert not list((tmp_path / "d" / "snapshots").glob("*.tmp"))
