"""Every bomb through `guide-catalog check`, in a process with bounded memory. Prints JSON; exits 1 if one goes off.

python -m bench.feeds.defuse
"""

import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.feeds.bombs import Bomb, bombs

_MEMORY = 2 << 30
"""Address space of a check: libraries alone take some hundred MB of it."""
_SECONDS = 300
"""On the wall; what a check really takes is told as processor time."""
_BOUNDED_CHECK = f"""
import resource
resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
from catalog.cli import main
main()
"""
MAPPING = '[fields]\nid = "sku"\ntitle = "sku"\n'


def defuse(bomb: Bomb, folder: Path) -> dict[str, object]:
    """What a check says of the bomb, its peak memory and its processor time."""
    feed, report, mapping = folder / bomb.name, folder / "report", folder / "mapping.toml"
    bomb.write(feed)
    mapping.write_text(MAPPING, "utf-8")
    command = [sys.executable, "-c", _BOUNDED_CHECK, "check", str(feed), "--report", str(report)]
    command += ["--mapping", str(mapping)] if bomb.mapped else []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    began = time.monotonic()
    try:
        _, err = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        _, err = process.communicate()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = (
        err.strip() if process.returncode == 3 else report.read_text("utf-8")[:2000] if report.exists() else err[-500:]
    )
    stopped = process.returncode in {0, 1, 3} and "Traceback" not in err and bomb.says in told
    return {
        "stopped": stopped,
        "exit": process.returncode,
        "says": told[:160],
        "feed_bytes": feed.stat().st_size,
        "cpu_seconds": round(spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime, 2),
        "wall_seconds": round(time.monotonic() - began, 1),
    }


def main() -> None:
    """Run the benchmark; each bomb in a process of its own, whose only child is the check (peak memory adds up)."""
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as place:
            found = defuse(bombs()[sys.argv[1]], Path(place))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        kib = peak // 1024 if platform.system() == "Darwin" else peak
        print(json.dumps(found | {"peak_rss_mib": round(kib / 1024)}))
        return
    results = {}
    for name in bombs():
        out = subprocess.run([sys.executable, "-m", "bench.feeds.defuse", name], capture_output=True, check=True)
        results[name] = json.loads(out.stdout)
        print(f"{'stopped' if results[name]['stopped'] else 'WENT OFF'}: {name}", file=sys.stderr)
    stopped = sum(bool(one["stopped"]) for one in results.values())
    print(json.dumps({"bombs": len(results), "stopped": stopped, "results": results}, indent=1))
    sys.exit(stopped != len(results))


if __name__ == "__main__":
    main()
