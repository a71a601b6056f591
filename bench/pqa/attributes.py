"""Amazon's attribute notation (`item_weight: { unit:pounds, value:8.7 }`) as a shop's feed writes attributes."""

import re
from typing import Any

_NAMED = re.compile(r"^([a-z0-9_]+):\s*(\{.*)$", re.DOTALL)
_NORMALISED = re.compile(r"normalized_value:\{[^{}]*\},?\s*")
_PART = re.compile(r"([a-z_]+):\s*(\"[^\"]*\"|[\w.:%+/-]+)")
_DIMENSION = re.compile(r"([a-z_]+):\s*\{([^{}]*)\}")
_NUMBER = re.compile(r"-?\d+\.?\d*$")


def name_of(text: str) -> str:
    """The attribute's name in words, "" for what is no attribute."""
    match = _NAMED.match(text.strip())
    return match[1].replace("_", " ") if match else ""


def value_of(text: str) -> Any:
    """A bool, a number, {value, unit}, a string or a list of strings."""
    match = _NAMED.match(text.strip())
    inner = _NORMALISED.sub("", match[2]) if match else text
    values = [_value(part) for part in inner.split("};")]
    kept = [value for at, value in enumerate(values) if value != "" and value not in values[:at]]
    return kept[0] if len(kept) == 1 else [_spoken(value) for value in kept]


def _value(part: str) -> Any:
    dimensions = _DIMENSION.findall(part.strip().removeprefix("{"))
    if dimensions:
        return ", ".join(f"{name.replace('_', ' ')} {_spoken(_value(inner))}".strip() for name, inner in dimensions)
    named = {key: _plain(value) for key, value in _PART.findall(part)}
    value = named.pop("value", None)
    if value is None:
        return ", ".join(str(item) for item in named.values()) or re.sub(r'[{}"\[\]]', "", part).strip()
    if isinstance(value, int | float) and not isinstance(value, bool) and isinstance(named.get("unit"), str):
        return {"value": value, "unit": named["unit"]}
    return value


def _plain(text: str) -> Any:
    if text.startswith('"'):
        return text.strip('"').strip()
    if text in {"true", "false"}:
        return text == "true"
    return float(text) if _NUMBER.match(text) else text.replace("_", " ")


def _spoken(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['value']:g} {value['unit']}"
    return f"{value:g}" if isinstance(value, float) else str(value)
