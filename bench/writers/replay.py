"""Drafts said again with the verifier on, and as they are."""

import contextlib
from collections.abc import Iterable

import msgspec

from bench.writers.drafts import Draft, Spoken
from guide.errors import GeneratorError
from guide.model import Sentence
from guide.verify import Tally, Verifier, verified
from guide.write.generator import Generator


class Failed(msgspec.Struct, frozen=True):
    """A drafted sentence that was not let through, with what the verifier had against it."""

    sentence: Sentence
    reasons: tuple[tuple[str, str], ...]


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one draft."""

    draft: Draft
    drafted: list[Sentence]
    """What the model wrote: said as it is when nothing verifies."""
    said: list[Sentence]
    """What is said when the verifier stands between."""
    failed: list[Failed]
    tally: Tally
    by_model: bool
    """Whether at least one of the model's sentences was kept."""

    @property
    def kept(self) -> list[Sentence]:
        """The model's sentences that were let through, as they were drafted."""
        refused = {failed.sentence.text for failed in self.failed}
        return [sentence for sentence in self.drafted if sentence.text not in refused]

    @property
    def unverified(self) -> list[Sentence]:
        """The answer without a verifier: the draft, or the engine's own sentences where there is none."""
        return self.drafted or self.draft.decision.sentences


async def replay(drafts: Iterable[Draft]) -> list[Replay]:
    """Every draft, through the verifier and past it."""
    return [await _replay(draft) for draft in drafts]


async def _replay(draft: Draft) -> Replay:
    if not draft.text:
        said = draft.decision.sentences
        return Replay(draft=draft, drafted=[], said=said, failed=[], tally=Tally(), by_model=False)
    drafted = await _drafted(draft)
    release = verified(Generator(Spoken(draft)), draft.question, draft.decision)
    said = [sentence async for sentence in release]
    texts = {sentence.text for sentence in said}
    verifier = Verifier(draft.decision, draft.question)
    failed = [Failed(one, verifier.check(one).reasons) for one in drafted if one.text not in texts]
    return Replay(
        draft=draft, drafted=drafted, said=said, failed=failed, tally=release.tally,
        by_model=release.writer == "generator",
    )  # fmt: skip


async def _drafted(draft: Draft) -> list[Sentence]:
    found: list[Sentence] = []
    with contextlib.suppress(GeneratorError):  # what came before it counts
        async for sentence in Generator(Spoken(draft)).write(draft.question, draft.decision):
            found.append(sentence)  # noqa: PERF401  a comprehension would lose them
    return found
