"""A price that not all variants have is said of the variants that have it: the white one costs ¥329, not "it"."""

import re
from collections.abc import Iterable, Iterator

from guide.model import Evidence
from guide.verify.figures import Figure, read
from guide.verify.mentions import product_of
from guide.verify.numbers import agrees
from guide.verify.reading import Reading
from guide.verify.text import folded, terms

# Where a range begins or ends is nobody's own price.
_BOUND = re.compile(
    r"起|最低|最高|到|至|\b(?:from|starting|between|up to|as (?:low|little) as|depending)\b|[–~-]\s*[¥$]", re.IGNORECASE
)


def variants(reading: Reading) -> Iterator[str]:
    """Complaints about a price that only some variants of the cited product have, with no word of which."""
    prices = [figure for figure in reading.figures if figure.kind == "price" and figure.upper is None]
    if reading.own or len({figure.value for figure in prices}) != 1 or _BOUND.search(reading.text):
        return
    cited = {product_of(one) for one in _offers(reading) if one.n in reading.sentence.citations}
    for product in sorted(cited):
        offers = [one for one in _offers(reading) if product_of(one) == product]
        having = [one for one in offers if _costs(one, prices[0])]
        others = [one for one in offers if one not in having]
        names = _words(reading, having) - _words(reading, others)
        if having and others and names and not names & terms(reading.text):
            yield f"not every variant costs {reading.text[prices[0].start : prices[0].end]!r}, and none is named"


def _offers(reading: Reading) -> list[Evidence]:
    return [one for one in reading.context.decision.evidence if one.variant_id and one.field.endswith("offer")]


def _costs(offer: Evidence, price: Figure) -> bool:
    return any(agrees(price, known) for known in read(folded(offer.quote)))


def _words(reading: Reading, offers: Iterable[Evidence]) -> set[str]:
    """What the engine's own sentences about these offers say: the variants' names among it."""
    numbers = {one.n for one in offers}
    said = [own.text for own in reading.context.decision.sentences if numbers & set(own.citations)]
    return {term for text in said for term in terms(text) if not term.isdigit()}
