"""What a shop must not get wrong, judged by its records: without `--catalog` none of this applies."""

import re
from functools import lru_cache

from eval.answer import Answer, Card
from eval.faithfulness.check import prices_of
from eval.metrics.constraints import violators
from eval.metrics.model import NOT_APPLICABLE, Judged, Metric, Sample, scored, share
from eval.names import DISTINCT_TOKENS, NameIndex, of_products
from eval.products import sellables
from eval.text.blank import blank
from eval.text.fold import without_marks
from eval.truth import Truth
from eval.worth import of_money, prices_now

_LINK = re.compile(r"https?://[^\s)\]>\"'，。；]+")


@lru_cache(maxsize=2)
def _shop_names(truth: Truth) -> NameIndex:
    return of_products(truth.products(), DISTINCT_TOKENS)


def _constraints(judged: Judged) -> Sample:
    case, answer, truth = judged.case, judged.answer, judged.truth
    if answer is None or truth is None or case.constraints is None:
        return NOT_APPLICABLE
    bad = violators(truth, answer.products, case.constraints, judged.now)
    return share(len(bad), len(answer.products))


def _wrong_price(judged: Judged) -> Sample:
    answer, truth = judged.answer, judged.truth
    if answer is None or truth is None:
        return NOT_APPLICABLE
    amounts = prices_of(answer, judged.setting)
    said, wrong = len(amounts), sum(amount.verdict != "supported" for amount in amounts)
    for card in answer.products:
        checked, bad = _card_prices(card, truth, judged)
        said, wrong = said + checked, wrong + bad
    return share(wrong, said)


def _card_prices(card: Card, truth: Truth, judged: Judged) -> tuple[int, int]:
    """(prices on the card, those its record does not bear out)."""
    sellable = truth.sellable(card.id, card.variant_id)
    if sellable is None or card.offer is None or card.offer.price is None:
        return 0, 0
    forms = [sellable] if sellable.variant else [sellable, *sellables(sellable.product)]
    right = {amount for form in forms for amount in prices_now(truth, form, judged.now)}
    return 1, of_money(card.offer.price) not in right


def _stock(judged: Judged) -> Sample:
    answer, truth = judged.answer, judged.truth
    if answer is None or truth is None:
        return NOT_APPLICABLE
    offered = [card for card in answer.products if card.offer and card.offer.availability == "in_stock"]
    return share(sum(_is_out(card, truth) for card in offered), len(offered))


def _is_out(card: Card, truth: Truth) -> bool:
    sellable = truth.sellable(card.id, card.variant_id)
    forms = [sellable] if sellable and sellable.variant else sellables(sellable.product) if sellable else []
    offers = [form.offer for form in forms if form.offer]
    return bool(offers) and all(offer.availability != "in_stock" for offer in offers)


def _unknown(judged: Judged) -> Sample:
    answer, truth = judged.answer, judged.truth
    if answer is None or truth is None:
        return NOT_APPLICABLE
    unknown = [card for card in answer.products if truth.sellable(card.id, card.variant_id) is None]
    return share(len(unknown), len(answer.products))


def _links(judged: Judged) -> Sample:
    answer, truth = judged.answer, judged.truth
    if answer is None or truth is None:
        return NOT_APPLICABLE
    links = [link.rstrip(".,!?") for link in _LINK.findall(answer.text)]
    links += [card.url for card in answer.products if card.url]
    allowed = {product.url for product in truth.products()} if links else set()
    return share(sum(link not in allowed for link in links), len(links))


def _agreement(judged: Judged) -> Sample:
    answer, truth = judged.answer, judged.truth
    if answer is None or truth is None or not answer.tells("products"):
        return NOT_APPLICABLE
    named, strangers = _named(answer, truth)
    cited = {citation.record_id for citation in answer.citations if f"[{citation.n}]" in answer.text}
    cards = {card.id for card in answer.products}
    return scored(cards <= named | cited and not strangers) if cards or strangers else NOT_APPLICABLE


def _named(answer: Answer, truth: Truth) -> tuple[set[str], bool]:
    """(ids of the cards whose name the text says, whether it names a product that has no card)."""
    text = without_marks(answer.text)
    products = [product for card in answer.products if (product := truth.product(card.id))]
    titles = ((card.id, [card.title]) for card in answer.products)
    named: set[str] = set()
    for index in (of_products(products), NameIndex(titles)):
        mentions = index.find(text)
        named = named.union(*(mention.ids for mention in mentions))
        text = blank(text, mentions)
    return named, bool(_shop_names(truth).find(text))


METRICS = [
    Metric("constraint_violations", "commerce", "ratio", "lower", _constraints, "cards that break the constraints"),
    Metric("wrong_price", "commerce", "ratio", "lower", _wrong_price, "prices in text and cards no record has"),
    Metric("out_of_stock_offered", "commerce", "ratio", "lower", _stock, "in-stock cards of what is sold out"),
    Metric("unknown_product", "commerce", "ratio", "lower", _unknown, "cards of no record"),
    Metric("off_catalog_link", "commerce", "ratio", "lower", _links, "links no record has"),
    Metric("card_text_agreement", "commerce", "mean", "higher", _agreement, "text speaks of exactly the cards"),
]
