"""A link in a text leads to a product that is shown, or nowhere."""

from collections.abc import Iterator

from guide.verify.reading import Reading
from guide.verify.text import LINK


def links(reading: Reading) -> Iterator[str]:
    """Complaints about addresses that are no card's."""
    urls = {card.url.rstrip("/") for card in reading.context.decision.cards if card.url}
    for match in LINK.finditer(reading.sentence.text):
        if match[0].rstrip("./") not in urls:
            yield f"link {match[0]!r} is not a product's"
