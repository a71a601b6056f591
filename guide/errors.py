"""Errors of the guide room, hung on the common root.

ShopguideError
└── GuideError                the guide cannot do what was asked
    ├── QuestionError         the request contradicts itself or breaks a limit
    ├── ConfigError           a setting is wrong
    ├── KeyringError          the keys cannot be read or written
    ├── StateError            what is kept of shoppers cannot be read or written now
    │   └── StateClash        another process wrote the same row first
    ├── ClaimConflict         an idempotency key was used for another request
    └── GeneratorError        a language model did not answer usably; the Composer takes over
        ├── GeneratorTimeout  it was too slow
        └── GeneratorResting  it failed too often and is left alone for a while
"""

from catalog.errors import ShopguideError


class GuideError(ShopguideError):
    """The guide cannot do what was asked."""


class QuestionError(GuideError, ValueError):
    """The request contradicts itself or breaks a limit."""


class ConfigError(GuideError):
    """A setting is wrong."""


class KeyringError(GuideError):
    """The keys cannot be read or written."""

    unusable = True


class StateError(GuideError):
    """What is kept of shoppers cannot be read or written now."""

    unusable = True


class StateClash(StateError):
    """Another process wrote the same row first; the whole transaction may be tried again."""


class ClaimConflict(GuideError):
    """An idempotency key was used for another request."""


class GeneratorError(GuideError):
    """A language model did not answer usably; the Composer takes over."""


class GeneratorTimeout(GeneratorError):
    """The language model was too slow."""


class GeneratorResting(GeneratorError):
    """The language model failed too often and is left alone for a while."""
