"""Request templates: a JSON value in which `{question}` and the like stand for parts of a case.

A text that is nothing but one placeholder becomes the part itself (a list stays a list), and the field is left out
where the case has no such part. Inside a longer text the part is written into it.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from eval.cases import Case
from eval.errors import TargetOptionError

PARTS = ("question", "history", "product_ids", "filters", "language", "types")
"""`types` are the record types a search is for; an answer has none."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ABSENT = object()


def parts_of(case: Case) -> dict[str, Any]:
    """What the placeholders stand for; absent parts are left out."""
    known = {"question": case.question, "history": msgspec.to_builtins(case.history), "filters": case.filters}
    known |= {"product_ids": case.product_ids, "language": case.language}
    return {name: value for name, value in known.items() if value}


def named(template: Any) -> set[str]:
    """The parts that a template sends.

    Raises:
        TargetOptionError: it names one that no case has.
    """
    if isinstance(template, str):
        found = set(_PLACEHOLDER.findall(template))
        unknown = sorted(found - set(PARTS))
        if unknown:
            raise TargetOptionError(f"request: {{{unknown[0]}}} is no part of a case; there are {', '.join(PARTS)}")
        return found
    inner = template.values() if isinstance(template, dict) else template if isinstance(template, list) else ()
    return {name for value in inner for name in named(value)}


def fill(template: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """The template with the parts in their places."""
    filled: dict[str, Any] = _fill(dict(template), parts)
    return filled


def _fill(template: Any, parts: Mapping[str, Any]) -> Any:
    if isinstance(template, str):
        whole = _PLACEHOLDER.fullmatch(template)
        if whole:
            return parts.get(whole[1], _ABSENT)
        return _PLACEHOLDER.sub(lambda match: _text(parts.get(match[1], "")), template)
    if isinstance(template, list):
        return [value for item in template if (value := _fill(item, parts)) is not _ABSENT]
    if isinstance(template, dict):
        return {name: value for name, item in template.items() if (value := _fill(item, parts)) is not _ABSENT}
    return template


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
