"""What an outcome says about a case, also where a target only lets us see whether it declined.

A target without outcomes may come with a list of its don't-know sentences: its answers are then `DECLINED` (any
abstention, it does not say which) or `REPLIED` (none of them). Without such a list the outcome is None: not told.
"""

from eval.cases import ABSTAINED

DECLINED = "declined"
REPLIED = "replied"


def abstains(outcome: str | None) -> bool | None:
    """Whether this outcome is an abstention; None if that is not told."""
    return None if outcome is None else outcome in ABSTAINED or outcome == DECLINED


def accepts(accepted: frozenset[str], outcome: str | None) -> bool | None:
    """Whether an outcome is one of those accepted; None if that cannot be told.

    A reply may be an answer, a nearest match or a question back: it cannot be told which, so it passes where an
    answer is accepted and fails where only abstentions are.
    """
    if outcome == DECLINED:
        return bool(accepted & ABSTAINED)
    if outcome == REPLIED:
        wanted = accepted - ABSTAINED
        return None if wanted == {"needs_clarification"} else bool(wanted)
    return None if outcome is None else outcome in accepted
