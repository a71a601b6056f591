"""The figures of replayed drafts, and a sample of what was refused, for reading."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from bench.pqa.answers import Given
from bench.pqa.asked import Asked
from bench.pqa.score import figures
from bench.pqa.traced import candidate_of, is_evidence
from bench.pqa.words import Bm25
from bench.writers.records import UNSUPPORTED, Records
from bench.writers.replay import Failed, Replay
from guide.model import Sentence

_NO_CLAIM = {"frame", "notice"}


def report(asked: Mapping[str, Asked], replays: list[Replay], records: Records) -> dict[str, Any]:
    """What the verifier did, what got past it by the records, and the answers' scores with and without it."""
    written = [one for one in replays if one.draft.text]
    return {
        "questions": len(replays),
        "drafted": len(written),
        "model_failed": sum(bool(one.draft.error) for one in replays),
        "seconds_a_draft": median(one.draft.seconds for one in written) if written else None,
        "answers_with_a_sentence_of_the_model": sum(one.by_model for one in written),
        "sentences": _sentences(written),
        "by_the_records": {
            "drafted": _verdicts(((one, s) for one in written for s in one.drafted), records),
            "kept": _verdicts(((one, s) for one in written for s in one.kept), records),
            "refused": _verdicts(((one, failed.sentence) for one in written for failed in one.failed), records),
        },
        "verifier_on": _scores(asked, replays, verified=True),
        "verifier_off": _scores(asked, replays, verified=False),
    }


def sample(replays: list[Replay], records: Records, count: int) -> str:
    """Refused sentences in the order of a hash, each with its evidence, the complaints and the records' verdict."""
    refused = [(one, failed) for one in replays for failed in one.failed]
    drawn = sorted(refused, key=lambda pair: hashlib.sha256(pair[1].sentence.text.encode()).hexdigest())[:count]
    return "\n\n".join(_told(at, one, failed, records) for at, (one, failed) in enumerate(drawn, 1))


def _told(at: int, one: Replay, failed: Failed, records: Records) -> str:
    decision, sentence = one.draft.decision, failed.sentence
    verdict = records.verdict(sentence, one.draft.question.text, decision)
    evidence = [f"   [{e.n}] {e.record_id} {e.field}: {e.quote}" for e in decision.evidence]
    against = "; ".join(f"{check}: {complaint}" for check, complaint in failed.reasons)
    return "\n".join([
        f"{at}. {one.draft.question.text}", f"   SAID {sentence.text} {sentence.citations or ''}",
        f"   AGAINST {against}", f"   RECORDS {verdict}", *evidence,
    ])  # fmt: skip


def _sentences(written: list[Replay]) -> dict[str, Any]:
    counts = ("kept", "rewritten", "dropped", "added")
    failed: Counter[str] = Counter(check for one in written for f in one.failed for check in {c for c, _ in f.reasons})
    return {
        "drafted": sum(len(one.drafted) for one in written),
        **{name: sum(getattr(one.tally, name) for one in written) for name in counts},
        "refused_by": dict(failed.most_common()),
    }


def _verdicts(sentences: Iterable[tuple[Replay, Sentence]], records: Records) -> dict[str, int]:
    found = Counter(records.verdict(s, one.draft.question.text, one.draft.decision) for one, s in sentences)
    counts: dict[str, int] = {str(verdict): count for verdict, count in found.items()}
    return {"sentences": found.total(), **counts, "unsupported": sum(found[verdict] for verdict in UNSUPPORTED)}


def _scores(asked: Mapping[str, Asked], replays: list[Replay], *, verified: bool) -> dict[str, Any]:
    questions = [asked[one.draft.id] for one in replays]
    given = [_given(asked[one.draft.id], one, one.said if verified else one.unverified) for one in replays]
    bm25 = Bm25([candidate.text for question in questions for candidate in question.candidates])
    return figures(questions, given, bm25)


def _given(asked: Asked, one: Replay, said: list[Sentence]) -> Given:
    evidence = {e.n: e for e in one.draft.decision.evidence}
    claims = [sentence for sentence in said if sentence.kind not in _NO_CLAIM]
    order = [evidence[n] for sentence in claims for n in sentence.citations if n in evidence]
    cited = [e for e in order if is_evidence(e.record_id, e.field)]
    used = candidate_of(asked, cited[0].record_id, cited[0].field, cited[0].quote) if cited else None
    return Given(
        asked.id, one.draft.decision.outcome, used.id if used else None, bool(cited),
        next((sentence.text for sentence in claims if sentence.kind == "answer"), ""),
        [sentence.text for sentence in claims],
        "generator" if one.by_model else "composer",
    )  # fmt: skip
