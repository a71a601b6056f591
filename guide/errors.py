"""Errors of the guide room, hung on the common root.

ShopguideError
└── GuideError                the guide cannot do what was asked
    ├── QuestionError         the request contradicts itself or breaks a limit
    ├── ConfigError           a setting is wrong
    ├── KeyringError          the keys cannot be read or written
    └── GeneratorError        a language model did not answer usably; the Composer takes over
        └── GeneratorTimeout  it was too slow
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


class GeneratorError(GuideError):
    """A language model did not answer usably; the Composer takes over."""


class GeneratorTimeout(GeneratorError):
    """The language model was too slow."""
