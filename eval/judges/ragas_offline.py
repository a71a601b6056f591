"""Ragas metrics whose judge is our checker: no model, no network, and names of their own.

They override four private steps of ragas 0.4.3, which a contract test holds in place. Statements that cannot be checked
(a greeting, a question) are left out; with none left the value is NaN. Import through `eval.judges.ragas_setup`.
"""

from collections.abc import Sequence
from typing import Any

from ragas.llms.base import InstructorBaseRagasLLM
from ragas.metrics.collections import FactualCorrectness, Faithfulness
from ragas.metrics.collections.factual_correctness import util as correctness
from ragas.metrics.collections.faithfulness import util as faithfulness

from eval.faithfulness.check import check_response
from eval.faithfulness.segments import split


class NoModel(InstructorBaseRagasLLM):  # type: ignore[misc] # ragas has no types
    """In the place of a language model: nobody may ask it."""

    def generate(self, prompt: str, response_model: Any) -> Any:
        """Always an error."""
        raise AssertionError("an offline metric asked a language model")

    async def agenerate(self, prompt: str, response_model: Any) -> Any:
        """Always an error."""
        return self.generate(prompt, response_model)


class OfflineFaithfulness(Faithfulness):  # type: ignore[misc]
    """Supported / checkable statements of a response against the retrieved contexts."""

    def __init__(self) -> None:
        super().__init__(llm=NoModel(), name="faithfulness_offline_ragas")

    async def _create_statements(self, question: str, response: str) -> list[str]:
        return _statements(response)

    async def _create_verdicts(self, statements: list[str], context: str) -> Any:
        return _verdicts(faithfulness, statements, context)


class OfflineFactualCorrectness(FactualCorrectness):  # type: ignore[misc]
    """F1 of the statements of a response and of a reference, each against the other."""

    def __init__(self) -> None:
        super().__init__(llm=NoModel(), name="factual_correctness_offline")

    async def _decompose_claims(self, text: str) -> list[str]:
        return _statements(text)

    async def _verify_claims(self, claims: list[str], reference: str) -> Any:
        return _verdicts(correctness, claims, reference)


def _statements(text: str) -> list[str]:
    return [segment.text for segment in split(text, [])]


def _verdicts(shapes: Any, statements: Sequence[str], context: str) -> Any:
    """What the checker says of each statement, in the shapes of that metric."""
    checked = [claim for statement in statements for claim in check_response(statement, context.split("\n"))]
    answers = [
        shapes.StatementFaithfulnessAnswer(
            statement=claim.text, reason=claim.reason, verdict=int(claim.verdict == "supported")
        )
        for claim in checked
        if claim.verdict != "not_checkable"
    ]
    return shapes.NLIStatementOutput(statements=answers)
