"""Every error Shopguide raises on purpose.

ShopguideError                  what was asked cannot be done; the message says what to do
├── MissingExtraError           an optional dependency is not installed (also an ImportError)
├── InputError                  a file, address or argument cannot be used
│   ├── FeedError               a feed cannot be read at all
│   └── MappingError            a mapping file is wrong
└── MoneyError                  an amount or currency cannot be understood

`index.errors`, `guide.errors` and `eval.errors` hang their own branches on the same root.
"""


class ShopguideError(Exception):
    """Root of the tree; `str(error)` is one sentence a person can act on."""

    unusable = False
    """True where the input or target cannot be used at all (exit code 3), false where something is refused (1)."""


class MissingExtraError(ShopguideError, ImportError):
    """An optional dependency is missing; the message names the command that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed: run `pip install 'shopguide[{extra}]'`")
        self.package = package
        self.extra = extra


class InputError(ShopguideError):
    """A file, address or argument cannot be used."""

    unusable = True


class FeedError(InputError):
    """A feed cannot be read at all; nothing was taken from it."""


class MappingError(InputError):
    """A mapping file is wrong; the message names the file and the key."""


class MoneyError(ShopguideError, ValueError):
    """An amount or currency cannot be understood."""
