"""A price that not all variants have is said of the variants that have it: the white one costs ¥329, not "it"."""

import re
from collections.abc import Iterable, Iterator

from guide.verify.figures import Figure
from guide.verify.ground import Fact
from guide.verify.numbers import agrees
from guide.verify.reading import Reading
from guide.verify.text import terms

# Where a range begins or ends is nobody's own price.
_BOUND = re.compile(
    r"起|最低|最高|到|至|\b(?:from|starting|between|up to|as (?:low|little) as|depending)\b|[–~-]\s*[¥$]", re.IGNORECASE
)


def variants(reading: Reading) -> Iterator[str]:
    """Complaints about a price that only some variants of the cited product have, with no word of which."""
    prices = [figure for figure in reading.figures if figure.kind == "price" and figure.upper is None]
    if reading.own or len({figure.value for figure in prices}) != 1 or _BOUND.search(reading.text):
        return
    facts = reading.context.grounds.facts
    offers = [fact for fact in facts.values() if fact.evidence.variant_id and fact.name == "offer"]
    for product in sorted({fact.product for fact in offers if fact.evidence.n in reading.sentence.citations}):
        own = [fact for fact in offers if fact.product == product]
        having = [fact for fact in own if _costs(fact, prices[0])]
        others = [fact for fact in own if fact not in having]
        names = _words(reading, having) - _words(reading, others)
        if having and others and names and not names & terms(reading.text):
            yield f"not every variant costs {reading.text[prices[0].start : prices[0].end]!r}, and none is named"


def _costs(offer: Fact, price: Figure) -> bool:
    return any(agrees(price, known) for known in offer.figures)


def _words(reading: Reading, offers: Iterable[Fact]) -> set[str]:
    """What the engine's own sentences about these offers say: the variants' names among it."""
    numbers = {fact.evidence.n for fact in offers}
    said = [own.text for own in reading.context.decision.sentences if numbers & set(own.citations)]
    return {term for text in said for term in terms(text) if not term.isdigit()}
