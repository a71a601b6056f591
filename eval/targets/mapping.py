"""A target file: how any JSON API is asked and where in its replies the parts of an answer stand (TOML).

Paths are those of `eval.targets.paths`, requests those of `eval.targets.template`. Everything but `path`, `request`
and `response.text` may be left out: what the API cannot say, the metrics do not score. A path that may be left out
is not there when it is ""; one that may not is then the value itself.
"""

import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec

from eval.cases import Outcome
from eval.errors import TargetOptionError

Method = Literal["POST", "GET"]
_SECRET = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token"})


class Key(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Where the API's key comes from and which header takes it."""

    env: str
    """Name of the environment variable that holds the key."""
    header: str = "Authorization"
    scheme: str = "Bearer"
    """Word before the key, "" for none."""


class Ready(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is asked once before the first case."""

    path: str = ""
    version: str = ""
    """Path to the name of the data it answers from; another name asks every case anew."""


class ProductPaths(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The products an answer shows. `each` leads to them, the others start at one of them."""

    each: str
    id: str
    variant_id: str = ""
    title: str = ""
    url: str = ""
    price: str = ""
    """A number or decimal text in major units (12.50); anything else is no price."""
    currency: str = ""
    """Path to the ISO 4217 code of the price."""
    in_currency: str = ""
    """The ISO 4217 code itself, where the API names none."""
    availability: str = ""
    """Path to in_stock, out_of_stock, preorder or backorder."""


class CitationPaths(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The records an answer cites. `each` leads to them, the others start at one of them."""

    each: str
    id: str
    quote: str = ""
    number: str = ""
    """Path to the number of its mark; without it they are counted from 1."""
    marked: bool = False
    """Whether the text carries marks `[n]`; else it is not known which sentence a citation is for."""


class EvidencePaths(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The passages the API had before it. `each` leads to them, the others start at one of them."""

    each: str
    text: str
    id: str = ""


class UsagePaths(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What the language model was given and wrote."""

    input_tokens: str = ""
    output_tokens: str = ""
    calls: str = ""


class Response(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Where the parts of an answer stand."""

    text: str
    outcome: str = ""
    outcomes: dict[str, Outcome] = {}
    """The API's own word for an outcome -> ours; our own words need no entry."""
    dont_know: list[str] = []
    """Regular expressions: a text in which one is found is an abstention, where no outcome says so."""
    language: str = ""
    products: ProductPaths | None = None
    citations: CitationPaths | None = None
    evidence: EvidencePaths | None = None
    usage: UsagePaths | None = None


class Search(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A route that ranks records."""

    path: str
    request: dict[str, Any]
    ids: str
    """Path to the record ids, best first."""
    method: Method = "POST"


class Mapping(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    path: str
    request: dict[str, Any]
    response: Response
    name: str = ""
    """What reports call the target, beside its address."""
    method: Method = "POST"
    headers: dict[str, str] = {}
    key: Key | None = None
    ready: Ready = msgspec.field(default_factory=Ready)
    search: Search | None = None


def load(path: Path) -> Mapping:
    """Read a target file.

    Raises:
        TargetOptionError: it cannot be read, has an unknown field, or holds a secret.
    """
    try:
        mapping = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Mapping)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TargetOptionError(f"{path}: {error}") from error
    secret = sorted(name for name in mapping.headers if name.lower() in _SECRET)
    if secret:
        raise TargetOptionError(
            f"{path}: the header {secret[0]} would put a key into a file: name the environment variable that holds it, "
            '[key] env = "NAME"'
        )
    return mapping
