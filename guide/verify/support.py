"""What a sentence tells is found in its evidence: a number, a state, or at least some of its words."""

from collections.abc import Iterator

from guide.verify.reading import Reading
from guide.verify.states import availability
from guide.verify.text import terms
from guide.verify.truth import tells

_SHARE = 0.25
"""Of a sentence's words, found in evidence, names or labels; read off kept and invented sentences of a small model."""


def support(reading: Reading) -> Iterator[str]:
    """A complaint about a sentence that has nothing in common with what it stands on.

    Numbers, quotes, availability and yes/no fields have checks of their own: a sentence that holds one of them is not
    held to its words.
    """
    proved = reading.figures or reading.text != reading.whole or availability(reading.text) or tells(reading)
    if reading.own or proved:
        return
    ground = reading.ground()
    words = terms(reading.whole)
    if words and len(words & terms(ground.text)) < _SHARE * len(words):
        yield "its evidence does not speak of this"
