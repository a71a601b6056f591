"""Sequences of tokens compared."""

from collections.abc import Sequence


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence, row by row of the usual table."""
    row = [0] * (len(other) + 1)
    for token in one:
        diagonal = 0
        for at, candidate in enumerate(other, start=1):
            diagonal, row[at] = row[at], diagonal + 1 if token == candidate else max(row[at], row[at - 1])
    return row[-1]
