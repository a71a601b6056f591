"""Median wall time of every command's --help, ten runs each. Prints JSON.

python -m bench.startup
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

COMMANDS = ("guide-catalog", "guide-index", "guide", "guide-eval")
RUNS = 10


def main() -> None:
    """Run the benchmark."""
    folder = Path(sys.executable).parent
    report = {}
    for command in COMMANDS:
        seconds = []
        for _ in range(RUNS + 1):
            began = time.perf_counter()
            subprocess.run([folder / command, "--help"], check=True, capture_output=True)
            seconds.append(time.perf_counter() - began)
        # The first run fills the file cache.
        report[f"{command} --help"] = {
            "median_s": round(statistics.median(seconds[1:]), 3),
            "max_s": round(max(seconds[1:]), 3),
        }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
