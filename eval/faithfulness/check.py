"""From an answer to verdicts: cut it, resolve what each statement speaks of, check its facts, then its words."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from catalog.model import Product, Promotion
from eval.answer import Answer
from eval.faithfulness.absence_check import check_absence
from eval.faithfulness.comparison_check import check_comparison
from eval.faithfulness.contrast import check_contrast
from eval.faithfulness.fit_check import check_fit
from eval.faithfulness.model import Checked, Finding, Setting, Source, Verdict
from eval.faithfulness.money_check import check_prices
from eval.faithfulness.number_check import check_counts, check_quantities
from eval.faithfulness.plain_check import by_words
from eval.faithfulness.quote_check import check_quotes
from eval.faithfulness.rating_check import check_best_rated
from eval.faithfulness.record_check import check_dates, check_stars
from eval.faithfulness.segments import Segment, split
from eval.faithfulness.shop_check import AMONG_SHOWN, check_extremes, check_range
from eval.faithfulness.speech import is_of_itself, without_speech
from eval.faithfulness.state_check import check_flags, check_stock
from eval.faithfulness.subjects import mentions, pointed_at, spoken_of
from eval.faithfulness.text_check import check_text
from eval.faithfulness.told_check import check_told
from eval.faithfulness.value_check import check_values
from eval.names import Mention, of_products
from eval.passages import Passage
from eval.products import running
from eval.text.blank import blank
from eval.text.dates import dates
from eval.text.fold import language_of
from eval.text.prices import without_prices
from eval.truth import Truth


def check_answer(answer: Answer, setting: Setting) -> list[Checked]:
    """A verdict for every statement of an answer.

    With `setting.truth` the records decide; without it the evidence the answer itself came with.
    """
    checked = [
        _check(segment, source, setting, named, cited=cited)
        for segment, source, named, cited in _resolve(answer, setting)
    ]
    texts = [evidence.text for evidence in answer.evidence]
    return checked if setting.truth else [by_words(one, texts) for one in checked]


def prices_of(answer: Answer, setting: Setting) -> list[Finding]:
    """What the records say to every amount of an answer's text, quotations and names left out."""
    found: list[Finding] = []
    for segment, source, named, _ in _resolve(answer, setting):
        names = [Finding("supported", "name", mention.start, mention.end) for mention in named]
        rest = blank(segment.text, names)
        rest = blank(rest, check_quotes(rest, source, setting))
        found += check_prices(rest, source, setting, named)
    return found


def _resolve(answer: Answer, setting: Setting) -> Iterator[tuple[Segment, Source, list[Mention], bool]]:
    """Each statement with what it is held against: its citations, then the names in it, then the last one's."""
    truth = setting.truth
    cited = {citation.n: citation.record_id for citation in answer.citations}
    shown = [card.id for card in setting.cards] + list(cited.values())
    if {"products", "citations"} <= set(answer.lacks):
        shown = [evidence.record_id for evidence in answer.evidence]
    products = {product.id: product for id_ in shown if truth and (product := truth.product(id_))}
    index = of_products(products.values())
    before: list[str] = []  # what the last statement spoke of: "it also …"
    for segment in split(answer.text, answer.claims):
        marked = [cited[number] for number in sorted(segment.citations) if number in cited]
        named = mentions(segment.text, index, truth, setting.cards)
        ids = spoken_of(marked, named, segment.text, truth) or before or list(dict.fromkeys(shown))
        pointed = pointed_at(segment.text, named, marked or before, truth)
        named, ids = [*pointed, *named], list(dict.fromkeys([*ids, *(id_ for one in pointed for id_ in one.ids)]))
        before = ids
        source = _source(segment.text, ids, answer, setting)
        exists = any(truth is None or truth.passages(id_) for id_ in marked)
        yield segment, source, named, exists


def check_response(response: str, evidence: Sequence[str]) -> list[Checked]:
    """A verdict for every statement of a text against plain evidence texts, without records."""
    source = Source((), [Passage("evidence", text, language_of(text)) for text in evidence])
    found = [_check(segment, source, Setting(), [], cited=False) for segment in split(response, [])]
    return [by_words(checked, evidence) for checked in found]


def _source(text: str, ids: Sequence[str], answer: Answer, setting: Setting) -> Source:
    truth = setting.truth
    if truth is None:
        given = [evidence for evidence in answer.evidence if evidence.record_id in ids] or answer.evidence
        return Source((), [Passage(e.field, e.text, e.language or language_of(e.text)) for e in given])
    about = _products(ids, truth) or _products([on for one in _promotions(ids, truth) for on in one.product_ids], truth)
    named = [promotion for product in about for promotion in truth.promotions(product.id)]
    # A sale that is over or yet to come says nothing of today's price, unless the statement is about it.
    promotions = [one for one in named if running(one, setting.now) or one.id in ids or dates(text)]
    record_ids = dict.fromkeys([*ids, *(product.id for product in about), *(one.id for one in promotions)])
    records = [truth.records[id_] for id_ in record_ids if id_ in truth.records]
    promotions += [one for one in _promotions(ids, truth) if one not in promotions]
    passages = [passage for id_ in record_ids for passage in truth.passages(id_)]
    return Source(about, passages, records, promotions)


def _products(ids: Iterable[str], truth: Truth) -> list[Product]:
    """The products with these ids, or that own them; each once."""
    return list({owner.id: owner for id_ in ids if (owner := truth.product(id_))}.values())


def _promotions(ids: Iterable[str], truth: Truth) -> list[Promotion]:
    return [record for id_ in ids if isinstance(record := truth.records.get(id_), Promotion)]


def _check(segment: Segment, source: Source, setting: Setting, named: Sequence[Mention], *, cited: bool) -> Checked:
    def verdict(verdict: Verdict, reason: str, support: float) -> Checked:
        return Checked(segment.text, segment.start, segment.end, verdict, reason, round(support, 4), cited)

    if segment.text.rstrip('"”’) ').endswith(("?", "？")):
        return verdict("not_checkable", "question", 0.0)
    text = without_speech(segment.text)
    if not any(char.isalnum() for char in text):
        return verdict("not_checkable", "frame", 0.0)
    findings = _findings(text, source, setting, named)
    if not source.passages and is_of_itself(text) and not any(one.reason == "absence" for one in findings):
        return verdict("not_checkable", "frame", 0.0)
    wrongs: tuple[Verdict, ...] = ("contradicted", "not_enough_evidence")
    for wrong in wrongs:
        failed = [finding.reason for finding in findings if finding.verdict == wrong]
        if failed:
            _, _, coverage = check_text(text, findings, source.passages)
            return verdict(wrong, ",".join(failed), 0.0 if wrong == "contradicted" else coverage / 2)
    untold = [finding.reason for finding in findings if finding.verdict == "not_checkable"]
    if untold:
        return verdict("not_checkable", ",".join(untold), 0.0)
    said, reason, coverage = check_text(text, findings, source.passages)
    return verdict(said, reason, coverage if said == "supported" else coverage / 2)


def _findings(text: str, source: Source, setting: Setting, named: Sequence[Mention]) -> list[Finding]:
    """Facts in order of certainty; what one check has read is blanked for the next."""
    findings = [Finding("supported", "name", mention.start, mention.end) for mention in named]
    findings += check_quotes(blank(text, findings), source, setting)  # a name may hold quotation marks of its own
    findings += check_told(blank(text, findings), source)
    rest = blank(text, findings)
    shown = bool(AMONG_SHOWN.search(text))
    extremes = check_extremes(rest, source, setting, shown=shown) + check_best_rated(rest, source, setting)
    checks: tuple[Callable[[str], list[Finding]], ...] = (
        lambda rest: check_absence(rest, source, setting),
        lambda rest: check_range(rest, setting),
        lambda rest: check_values(rest, source, setting),
        lambda rest: check_comparison(rest, named, source, setting),
        lambda rest: check_prices(rest, source, setting, named),
        lambda rest: check_counts(rest, source, setting),
        lambda rest: check_fit(rest, setting),
        lambda rest: check_dates(rest, source),
        lambda rest: check_stars(without_prices(rest), source),  # amounts that only echo the shopper are no quantities
    )
    for check in checks:
        found = check(rest)
        findings += found
        rest = blank(rest, found)
    stock = check_stock(rest, source)  # "the stock is at 0" gives no quantity
    findings += check_quantities(without_prices(blank(rest, stock)), source, named)
    return findings + extremes + stock + check_contrast(rest, named, source, lambda one: check_flags(rest, one))
