"""How ragas is imported: only when asked for, and with its reports home switched off first.

It takes seconds and hundreds of MB, and posts its use over the network at every prompt unless it is told not to.
"""

import importlib
import os
from typing import Any

from catalog.errors import MissingExtraError


def module(name: str) -> Any:
    """A module of ragas, or one of ours that imports it.

    Raises:
        MissingExtraError: ragas is not installed, or not with the versions it works with.
    """
    # The word `true`: ragas ignores `1`.
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"
    os.environ["LANGSMITH_TRACING"] = "false"
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtraError("ragas", "eval") from error
