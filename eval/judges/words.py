"""A judge card in words: for the terminal, and as the part of a report."""

from collections.abc import Iterator

from eval.judges.card import Agreement, Estimate, JudgeCard, SetCard
from eval.judges.correct import Correction
from eval.judges.outcome import JudgeRun


def lines(card: JudgeCard) -> Iterator[str]:
    """A card in words."""
    yield f"{card.judge} {card.version} against {card.n} labels, {card.date} (labels sha256 {card.labels_sha256[:12]})"
    for one in card.sets:
        unit = f"{one.n} labelled in {one.n_answers} answers by {', '.join(one.labellers)}"
        yield f"{one.name}: {unit}"
        yield f"  balanced accuracy {estimate(one.balanced_accuracy)}, AUC {estimate(one.auc)}"
        yield f"  coverage {estimate(one.coverage)}"
        for both in (*one.people, *one.judge):
            yield f"  {agreement(both)}"
        for said, row in one.confusion.items():
            yield f"  people {said}: " + ", ".join(f"judge {judged} {count:g}" for judged, count in row.items())


def agreement(both: Agreement) -> str:
    """Two raters in words."""
    return f"{both.a} and {both.b}: kappa {estimate(both.kappa)}, equal {estimate(both.raw)} of {both.n}"


def estimate(one: Estimate) -> str:
    """A figure with its interval."""
    return "-" if one.value is None else f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"


def markdown(card: JudgeCard | None, correction: Correction | None) -> list[str]:
    """The part of a report that says what its judge is worth."""
    if card is None:
        none = "None: faithfulness_offline is reported, and has not been held against human labels here."
        return ["## Judge card", "", none, ""]
    head = "| set | labels | labellers | balanced accuracy | AUC | coverage | kappa of people | kappa with the judge |"
    return [
        "## Judge card",
        "",
        f"{card.judge} {card.version} against {card.n} labels, {card.date} (labels sha256 {card.labels_sha256[:12]}).",
        "",
        head,
        "|---" * 8 + "|",
        *(_row(one) for one in card.sets),
        "",
        *([] if correction is None else [corrected(correction), ""]),
    ]


def judge_lines(one: JudgeRun) -> list[str]:
    """The part of a report about the language model that judged."""
    failures = "".join(f"; {reason}: {count}" for reason, count in sorted(one.failures.items()))
    return [
        "## Judge",
        "",
        f"{one.model} at {one.url}, {one.package}: {one.n_cases} cases, {one.n_calls} calls and {one.n_stored} answers "
        f"kept from before, {one.seconds:.1f} s. {one.n_truncated} samples had their evidence cut to fit {one.context} "
        f"tokens; {one.n_failed} samples failed{failures}.",
        "",
    ]


def corrected(one: Correction) -> str:
    """The corrected faithfulness of the run, or why there is none."""
    if one.value is None or one.interval is None or one.raw is None:
        return f"Faithfulness is not corrected by labels: {one.refused}."
    low, high = one.interval
    return (
        f"Faithfulness, corrected by {one.n_labelled} labels ({one.set}) of the run's {one.n_statements} statements: "
        f"{one.value:.3f} [{low:.3f}, {high:.3f}]; the judge alone says {one.raw:.3f}."
    )


def _row(one: SetCard) -> str:
    people, judge = ("; ".join(estimate(both.kappa) for both in pairs) or "-" for pairs in (one.people, one.judge))
    figures = " | ".join(estimate(figure) for figure in (one.balanced_accuracy, one.auc, one.coverage))
    return f"| {one.name} | {one.n} | {', '.join(one.labellers)} | {figures} | {people} | {judge} |"
