"""The labelled sets as rows of evidence, response and label; where each lies below the data folder.

Texts that were labelled in pairs (HaluEval: a right and a hallucinated answer) give two rows of one group. A group is
what intervals are clustered by: the document the rows are about.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from eval.commands import ClaimRow

DOMAINS = ("ectsum", "podcast", "qmsumm", "samsum", "scitldr")
"""The SummEdits domains that may be trained on."""


class Labelled(NamedTuple):
    """A row for the checker, whether people found all of it supported, and the document it is about."""

    row: ClaimRow
    supported: bool
    group: str
    original: str | None = None
    """SummEdits: the consistent summary this one was edited from."""


class LabelledSet(NamedTuple):
    """A set's name, whether nothing was ever trained or tuned on it, and how its rows are read."""

    name: str
    held: bool
    path: str
    read: Callable[[Path], Iterator[Labelled]]

    def rows(self, data: Path) -> list[Labelled]:
        """All rows."""
        return list(self.read(data / self.path))

    def is_here(self, data: Path) -> bool:
        """Whether its file is there."""
        return (data / self.path).is_file()


def _summedits(path: Path) -> Iterator[Labelled]:
    for row in _json(path):
        claim = ClaimRow(id=row["id"], evidence=[row["doc"]], response=row["summary"])
        yield Labelled(claim, int(row["label"]) == 1, row["doc"], row["original_summary"])


def _qags(path: Path) -> Iterator[Labelled]:
    """A summary is supported if most workers say so of each of its sentences."""
    for at, row in enumerate(_json(path)):
        sentences = row["summary_sentences"]
        response = " ".join(sentence["sentence"] for sentence in sentences)
        claim = ClaimRow(id=str(at), evidence=[row["article"]], response=response)
        yield Labelled(claim, all(map(_most_say_yes, sentences)), row["article"])


def _qags_sentences(path: Path) -> Iterator[Labelled]:
    for at, row in enumerate(_json(path)):
        for number, sentence in enumerate(row["summary_sentences"]):
            claim = ClaimRow(id=f"{at}/{number}", evidence=[row["article"]], response=sentence["sentence"])
            yield Labelled(claim, _most_say_yes(sentence), row["article"])


def _halueval_qa(path: Path) -> Iterator[Labelled]:
    for at, row in enumerate(_json(path)):
        for name, right in (("right_answer", True), ("hallucinated_answer", False)):
            claim = ClaimRow(id=f"{at}/{name}", evidence=[row["knowledge"]], response=row[name])
            yield Labelled(claim, right, row["knowledge"])


def _halueval_dialogue(path: Path) -> Iterator[Labelled]:
    for at, row in enumerate(_json(path)):
        for name, right in (("right_response", True), ("hallucinated_response", False)):
            evidence = [row["knowledge"], row["dialogue_history"]]
            yield Labelled(ClaimRow(id=f"{at}/{name}", evidence=evidence, response=row[name]), right, row["knowledge"])


def _most_say_yes(sentence: dict[str, Any]) -> bool:
    says = [answer["response"] == "yes" for answer in sentence["responses"]]
    return sum(says) * 2 > len(says)


def _json(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text("utf-8").splitlines())


_SUMMARIES, _HALUEVAL = "summ_faithfulness/dev", "halueval/dev"
SETS = (
    LabelledSet("SummEdits sales_email", True, f"{_SUMMARIES}/summedits_sales_email.jsonl", _summedits),
    *(
        LabelledSet(f"SummEdits {domain}", False, f"{_SUMMARIES}/summedits_{domain}.jsonl", _summedits)
        for domain in DOMAINS
    ),
    LabelledSet("QAGS cnndm", True, f"{_SUMMARIES}/qags_cnndm.jsonl", _qags),
    LabelledSet("QAGS cnndm, by sentence", True, f"{_SUMMARIES}/qags_cnndm.jsonl", _qags_sentences),
    LabelledSet("QAGS xsum", False, f"{_SUMMARIES}/qags_xsum.jsonl", _qags),
    LabelledSet("HaluEval QA, length-matched", True, f"{_HALUEVAL}/qa_length_matched.jsonl", _halueval_qa),
    LabelledSet(
        "HaluEval dialogue, length-matched", False, f"{_HALUEVAL}/dialogue_length_matched.jsonl", _halueval_dialogue
    ),
)
