"""A real server process on a free port, for clients that must speak HTTP."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
FAKE = "fake_shop:app"
REAL = "guide.serve:worker"
_SERVE = """
import sys
from pathlib import Path
from guide.serve import run
run({'port': 0}, Path(sys.argv[1]), sys.argv[2])
"""


@contextmanager
def served(folder: Path, app: str, **environ: str) -> Iterator[str]:
    """Serve an application while the block runs; its settings come from `environ`, its output goes to the folder."""
    ready, log = folder / "ready", folder / "server.log"
    env = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[1]}"} | environ
    command = [sys.executable, "-c", _SERVE, str(ready), app]
    with log.open("wb") as output, subprocess.Popen(command, env=env, stderr=output, stdout=output) as process:
        try:
            deadline = time.monotonic() + 180
            while not ready.exists():
                assert process.poll() is None, log.read_text("utf-8")
                assert time.monotonic() < deadline, "not ready in 180 s"
                time.sleep(0.05)
            yield ready.read_text().strip()
        finally:
            process.kill()
