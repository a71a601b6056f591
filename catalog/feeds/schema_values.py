"""Small schema.org values as ours: texts, names, quantities, pictures, prices.

Every property of schema.org may be given as text, as an object or as a list of either.
"""

from typing import Any

from catalog.feeds.grouping import Row
from catalog.feeds.offers import number

# UN/CEFACT Recommendation 20 codes of the units that shops use.
_UNITS = {
    "KGM": "kg", "GRM": "g", "MGM": "mg", "TNE": "t", "LBR": "lb", "ONZ": "oz",
    "CMT": "cm", "MMT": "mm", "MTR": "m", "KMT": "km", "INH": "inch", "FOT": "foot", "YRD": "yard",
    "CMK": "cm^2", "MTK": "m^2", "FTK": "foot^2", "LTR": "l", "MLT": "ml", "CLT": "cl", "GLL": "gallon", "OZA": "fl_oz",
    "WTT": "W", "KWT": "kW", "WHR": "Wh", "KWH": "kWh", "VLT": "V", "AMP": "A", "4K": "mA", "AMH": "Ah", "E09": "mAh",
    "HTZ": "Hz", "KHZ": "kHz", "MHZ": "MHz", "A86": "GHz", "4L": "MB", "E34": "GB", "E35": "TB", "E20": "Mbps",
    "SEC": "s", "MIN": "min", "HUR": "h", "DAY": "day", "WEE": "week", "MON": "month", "ANN": "year",
    "CEL": "°C", "FAH": "°F", "DD": "degree", "P1": "%", "2N": "dB", "LUM": "lm", "RPM": "rpm", "KPA": "kPa",
    "BAR": "bar", "PS": "psi", "C62": "piece", "H87": "piece", "EA": "piece", "NMP": "piece",
}  # fmt: skip
_NAMES = ("name", "alternateName", "@value", "value")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def many(value: Any) -> list[Any]:
    """One value or a list of them, as a list."""
    found = value if isinstance(value, list) else [value]
    return [item for item in found if item not in _EMPTY]


def name(value: Any) -> str | None:
    """A text, or the name of a thing (brand, size, category, language)."""
    for item in many(value):
        named = item if not isinstance(item, dict) else next((item[key] for key in _NAMES if item.get(key)), None)
        if named not in _EMPTY and not isinstance(named, list | dict):
            return str(named).strip()
    return None


def types(node: Any) -> set[str]:
    """The node's types without their vocabulary: {"Product"}."""
    if not isinstance(node, dict):
        return set()
    return {str(item).rpartition("/")[2].rpartition(":")[2] for item in many(node.get("@type"))}


def images(value: Any) -> list[str]:
    """Addresses of pictures: texts, or ImageObjects."""
    found = [(item.get("contentUrl") or item.get("url")) if isinstance(item, dict) else item for item in many(value)]
    return list(dict.fromkeys(str(item).strip() for item in found if item not in _EMPTY and isinstance(item, str)))


def categories(value: Any) -> list[str]:
    """The levels of `A > B` or `A / B`; of a list the items, if none is a path."""
    listed = [text for item in many(value) if (text := name(item)) and not text.isdigit()]
    if len(listed) > 1 and all(">" not in text for text in listed):
        return listed
    return [part.strip() for part in listed[0].split(">") if part.strip()] if listed else []


def language(value: Any) -> str | None:
    """`en` of en-US, {"name": "en"} or a list."""
    word = name(value)
    return word.replace("_", "-").partition("-")[0].casefold() if word else None


def quantity(value: Any) -> Any:
    """A QuantitativeValue or PropertyValue: a measure if it is a number with a unit, else a plain value."""
    if isinstance(value, list):
        texts = [str(item) for item in map(quantity, value) if not isinstance(item, dict) and item not in _EMPTY]
        return texts if len(texts) > 1 else quantity(value[0] if value else None)
    if not isinstance(value, dict):
        return value
    amount = value.get("value", value.get("name"))
    if isinstance(amount, list | dict):
        return quantity(amount)
    if amount is None and value.get("minValue") is not None:
        amount = f"{value['minValue']}-{value.get('maxValue', '')}".rstrip("-")
    unit, count = _unit(value), number(amount)
    if unit and isinstance(count, int | float) and not isinstance(count, bool):
        return {"value": count, "unit": unit}
    return f"{amount} {unit}" if unit and amount not in _EMPTY else amount


def properties(value: Any) -> Row:
    """additionalProperty: name -> value with its unit."""
    found: Row = {}
    for item in many(value):
        if isinstance(item, dict) and (label := name(item.get("name")) or name(item.get("propertyID"))):
            found[label] = quantity({key: part for key, part in item.items() if key != "name"})
    return {label: item for label, item in found.items() if item not in _EMPTY}


def _unit(value: Row) -> str | None:
    code = str(value.get("unitCode") or "").rpartition(":")[2].strip()
    return _UNITS.get(code.upper()) or name(value.get("unitText")) or code or None
