"""Two builders never work on one data directory, nor a builder and a switch.

The lock is the kernel's: it ends with the process, however that ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.atomic import make_folder
from index.errors import BuildRefusedError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock, or say at once that somebody else does.

    Raises:
        BuildRefusedError: another process builds or switches in this data directory.
    """
    make_folder(path.parent)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BuildRefusedError(
                f"another build or switch is at work in {path.parent}: wait for it to end"
            ) from error
        yield
