"""Two saved runs of the same cases, whose answers try everything a page could fall for."""

import json
from pathlib import Path
from typing import Any

import msgspec
from click.testing import CliRunner, Result

from eval.cases import Case, content_hash
from eval.cli import main
from eval.report import HARNESS
from eval.results import Call, Failure, Row, RunInfo

LAMP = {
    "type": "product", "id": "lamp", "title": "Aurora Desk Lamp", "language": "en",
    "offer": {"price": "49.90", "currency": "USD", "availability": "in_stock"},
}  # fmt: skip
MARKUP = (
    '</script><script>document.title="owned"</script><img src=x onerror="document.title=1"> \u2028 "\' &amp; <!-- ]]>'
)
CASES = [
    Case(id="price", question="How much is the lamp?", must=[["$49.90", "49.90 USD"]], tags=["fact"]),
    Case(
        id="party",
        question="台灯多少钱？",
        language="zh",
        must=["49.90"],
        tags=["fact", '"><b>'],
        relevant={"lamp": 1.0},
    ),
    Case(id="markup", question=MARKUP, history=[{"role": "user", "content": MARKUP}], references=[MARKUP]),  # type: ignore[list-item]
    Case(id="boats", question="Do you sell boats?", answerable=False, must_not=["yes"]),
    Case(id="late", question="Are you there?"),
]
BEFORE = "The Aurora Desk Lamp costs $49.90 [1]. It is a lamp."
NOW = "The Aurora Desk Lamp costs $44.40 [1]. It is a lamp."
PARTY = "🎉🎉 Aurora Desk Lamp 售价 $44.40 [1]。"


def body(text: str, outcome: str = "answered", **fields: Any) -> dict[str, Any]:
    """An answer about the lamp in the wire's shape."""
    odd = text == MARKUP
    offer = {"price": {"amount": 4990, "currency": "<b>" if odd else "USD"}, "availability": "in_stock"}
    title = MARKUP if odd else "Aurora Desk Lamp"
    card = {"id": "lamp", "title": title, "url": "javascript:alert(1)", "offer": offer}
    evidence = [{"record_id": "lamp", "field": "title", "text": "Aurora Desk Lamp", "language": "en"}]
    citation = {"n": 1, "record_id": "lamp", "field": "offer.price", "quote": "49.90 USD"}
    return {"outcome": outcome, "text": text, "products": [card], "citations": [citation], "evidence": evidence,
            "confidence": 0.5 + len(text) / 1000, **fields}  # fmt: skip


ANSWERS: dict[str, dict[str, dict[str, Any] | None]] = {
    "before": {
        "price": body(BEFORE), "party": body(PARTY.replace("$44.40", "$49.90")), "markup": body("A lamp."),
        "boats": body("We have no boats.", "no_match", products=[], citations=[]), "late": body("Yes."),
    },
    "now": {
        "price": body(NOW), "party": body(PARTY), "markup": body(MARKUP),
        "boats": body("We have no boats.", "no_match", products=[], citations=[]), "late": None,
    },
}  # fmt: skip


def call(*words: object) -> Result:
    """`guide-eval` with these words."""
    return CliRunner().invoke(main, [str(word) for word in words])


def saved(path: Path, answers: dict[str, dict[str, Any] | None], cases: list[Case] | None = None) -> Path:
    """A folder as `run` leaves it before it is scored; None is a case without an answer."""
    cases = cases or CASES
    path.mkdir(parents=True)
    catalog = path.parent / "lamp.jsonl"
    catalog.write_text(json.dumps(LAMP) + "\n", "utf-8")
    info = RunInfo(
        harness=HARNESS, target="http://guide.example", snapshot=MARKUP, cases_file="<cases>.jsonl",
        cases_hash=content_hash(cases), catalog=[str(catalog)], ids=[case.id for case in cases],
    )  # fmt: skip
    (path / "run.json").write_bytes(msgspec.json.encode(info))
    (path / "cases.jsonl").write_bytes(b"".join(msgspec.json.encode(case) + b"\n" for case in cases))
    rows = [_row(case.id, answers[case.id], at) for at, case in enumerate(cases)]
    (path / "results.jsonl").write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return path


def _row(id_: str, answer: dict[str, Any] | None, at: int) -> Row:
    row = Row(id=id_, config="c", asked_at="2026-11-22T12:00:00+00:00")
    if answer is None:
        row.error = Failure(kind="timeout", detail=MARKUP)
    else:
        row.ask = Call(body=answer, ms=100.0 + at)
    return row


def hostile_page(path: Path) -> Path:
    """The page of the later run beside the earlier one."""
    before, now = (saved(path / name, answers) for name, answers in ANSWERS.items())
    assert call("report", before).exit_code in (0, 3)
    done = call("report", now, "--baseline", before, "--max", "wrong_price=0", "--min", "outcome=0.1")
    assert "report.html" in done.output, done.output
    return now / "report.html"
