"""Don't-know sentences: regular expressions that tell an abstention where a target names no outcome."""

import re
from collections.abc import Sequence

from eval.errors import TargetOptionError


def declines(patterns: Sequence[str]) -> re.Pattern[str] | None:
    """One expression for all of them, whatever the case of the letters; None for none.

    Raises:
        TargetOptionError: one is no regular expression.
    """
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise TargetOptionError(f"don't-know sentence {pattern!r} is no regular expression: {error}") from error
    if not patterns:
        return None
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
