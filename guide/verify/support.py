"""What a sentence tells is found in its evidence: a number, a state, or at least some of its words."""

from collections.abc import Iterator

from guide.verify.reading import Reading
from guide.verify.states import availability
from guide.verify.text import terms

_SHARE = 0.25
"""Of a sentence's words, found in evidence, names or labels; read off kept and invented sentences of a small model."""


def support(reading: Reading) -> Iterator[str]:
    """A complaint about a sentence that has nothing in common with what it stands on.

    Numbers and availability have checks of their own: a sentence that holds one of them is not held to its words.
    """
    if reading.own or reading.figures or availability(reading.text):
        return
    ground = reading.ground()
    words = terms(reading.whole)
    if words and len(words & terms(ground.text)) < _SHARE * len(words):
        yield "its evidence does not speak of this"
