"""The harness's own errors, hung on the tree of `catalog.errors`.

ShopguideError
├── MissingExtraError         ragas is not installed
└── InputError
    ├── CardError             a judge card, or the labels it is made from, cannot be used
    ├── CaseError             a case file is wrong; every problem names its file and line
    ├── SourceError           nothing of a file or feed can be made into cases
    ├── JudgeError            a language-model judge is described wrongly
    ├── ResultsError          a folder of saved answers cannot be used
    ├── ThresholdError        a --min or --max names no metric, no number, or a judge without a card
    ├── TargetError           the API cannot be reached at all
    └── TargetOptionError     a target's address, file or option is wrong

What goes wrong with one case (a timeout, a 500, an answer of the wrong shape) is never raised: it is stored
as that case's error, counted apart from the scores, and asked again by the next run.
"""

from catalog.errors import InputError, MissingExtraError, ShopguideError

__all__ = [
    "CardError",
    "CaseError",
    "InputError",
    "JudgeError",
    "MissingExtraError",
    "ResultsError",
    "ShopguideError",
    "SourceError",
    "TargetError",
    "TargetOptionError",
    "ThresholdError",
]


class CardError(InputError):
    """A judge card, or the human labels for one, cannot be used; the message says which and why."""


class CaseError(InputError):
    """A case file is wrong; `problems` holds one `file:line: message` each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class SourceError(InputError):
    """Nothing of a source can be made into cases; the message names the file and, where there is one, the line."""


class JudgeError(InputError):
    """A language-model judge cannot be used as it is described."""


class ResultsError(InputError):
    """A folder of saved answers cannot be used; the message says which file and why."""


class ThresholdError(InputError):
    """A threshold cannot be applied; the message lists what can be named."""


class TargetError(InputError):
    """The API under test cannot be reached; nothing was asked."""


class TargetOptionError(InputError):
    """A target is described wrongly: its address, its file, or an option that does not go with it."""
