"""Joining what the two retrievers say, each weighed by what it can do for the query's language.

Scores, not ranks, are joined: a rank forgets how far ahead the best hit was. Words are scaled by the best score of
the query. Cosines of e5 live in a narrow band, so they are scaled by their distance to the best one: `SPAN` below it
counts as nothing. The weights were chosen on the tune halves (docs/design/retrieval.md).
"""

import msgspec
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Blend(msgspec.Struct, frozen=True):
    """How an encoder's cosines join the words: share of the vote (0-1) and the cosine band."""

    weight: float
    span: float


def fuse(lexical: Floats, cosines: Floats | None, blend: Blend) -> Floats:
    """(n,) scores in 0-1 for n candidates; without cosines, or with weight 0, the words decide alone.

    Args:
        lexical: (n,) scores of 0 or more.
        cosines: (n,) cosines, -1 where a candidate has no vector.
        blend: weight and span of the encoder for the query's language.
    """
    if not len(lexical):
        return lexical
    words: Floats = lexical / max(float(lexical.max()), 1e-9)
    if cosines is None or blend.weight == 0:
        return words
    meaning = np.clip(1 - (cosines.max() - cosines) / blend.span, 0, None)
    fused: Floats = (blend.weight * meaning + (1 - blend.weight) * words).astype(np.float32)
    return fused
