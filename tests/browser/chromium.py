"""A real browser, driven over a pipe with its own debugging protocol: no driver, no package, no port."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
)  # fmt: skip


def found() -> str | None:
    """The path of a browser on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """A tab."""

    def __init__(self, send: int, receive: int) -> None:
        self._send, self._receive = send, receive
        self._number, self._session, self._rest = 0, "", b""
        self.said: list[dict[str, Any]] = []
        """Every event the browser told of."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._send, json.dumps(message).encode() + b"\0")
        while True:
            got = self._read()
            if got.get("id") == self._number:
                assert "error" not in got, got
                return cast("dict[str, Any]", got["result"])
            self.said.append(got)

    def open(self, url: str) -> None:
        """Go to an address and wait until it has loaded."""
        self.said.clear()
        self.call("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.said):
            self.said.append(self._read())

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key as a person does."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = {"Enter": 13, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9}.get(key, 0)
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text, windowsVirtualKeyCode=code)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def view(self, width: int, height: int, *, dark: bool = False, media: str = "") -> None:
        """The size of the window, and what its owner prefers."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        prefers = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", media=media, features=prefers)

    def screenshot(self, path: Path, *, whole: bool = True) -> None:
        """Write a picture of the window, or of the whole page."""
        taken = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(taken["data"]))

    def complaints(self) -> list[str]:
        """What the page's script or the browser complained of since it was opened."""
        return [
            json.dumps(event["params"])
            for event in self.said
            if event.get("method") == "Runtime.exceptionThrown"
            or (event.get("method") == "Log.entryAdded" and event["params"]["entry"]["level"] == "error")
        ]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the page was opened."""
        sent = [event for event in self.said if event.get("method") == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            got = os.read(self._receive, 1 << 20)
            assert got, "the browser has ended"
            self._rest += got
        message, _, self._rest = self._rest.partition(b"\0")
        return cast("dict[str, Any]", json.loads(message))


@contextmanager
def browser(profile: Path, language: str = "en") -> Iterator[Page]:
    """A page of a new browser with an empty profile; the browser ends with the block."""
    path = found()
    assert path is not None
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    # The browser reads commands from descriptor 3 and writes to 4; a plain sh copies no descriptor above 9.
    plumbing = ["bash", "-c", f'exec "$0" "$@" 3<&{in_read} 4>&{out_write}', path]
    words = [*plumbing, *_FLAGS, f"--lang={language}", f"--accept-lang={language}", f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        words, pass_fds=(in_read, out_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(in_read)
    os.close(out_write)
    try:
        page = Page(in_write, out_read)
        yield page
        os.write(in_write, json.dumps({"id": 0, "method": "Browser.close"}).encode() + b"\0")
        process.wait(20)
    finally:
        process.kill()
        process.wait()
        os.close(in_write)
        os.close(out_read)
