"""Texts, pictures and properties of an Agentic Commerce Protocol product as our own fields."""

import re
from typing import Any

import msgspec

from catalog.feeds.acp_names import ATTRIBUTES, OPTIONS
from catalog.feeds.grouping import Row
from catalog.feeds.offers import number
from catalog.quantity import parse

_PAIR = re.compile(r"\s*Q:\s*(.+?)\s*A:\s*(.+?)\s*(?=Q:|\Z)", re.DOTALL)
_COMMAS = re.compile(r"\s*,\s*(?=https?://)|\s+(?=https?://)")


def texts(known: Row) -> Row:
    """What a shopper reads of the product, and its codes."""
    rating = {"value": number(known.get("rating")), "count": number(known.get("votes", 0))}
    return {
        "description": text(known.get("description")),
        "categories": categories(known.get("categories")),
        "images": images(known),
        "gtin": gtin(known),
        "rating": rating if "rating" in known else None,
        "questions": questions(known.get("questions")),
        "reviews": reviews(known.get("reviews")),
    } | {name: known[name] for name in ("language", "updated_at") if name in known}


def attributes(known: Row, value: Row) -> Row:
    """Properties that describe the thing; a weight is a number with its unit where it says so."""
    found = {name.replace("_", " "): value[name] for name in ATTRIBUTES if value.get(name) not in (None, "", [], {})}
    if "weight" in known:
        found["weight"] = weight(known["weight"], known.get("weight_unit"))
    return found


def weight(value: Any, unit: Any) -> Any:
    """A text such as 1.5 lb, or a number beside its unit."""
    if unit is not None and isinstance(count := number(value), int | float):
        return {"value": count, "unit": str(unit)}
    read = parse(value) if isinstance(value, str) else []
    return {"value": read[0].value, "unit": read[0].unit} if len(read) == 1 else value


def options(value: Row) -> Row:
    """What sets a variant apart: colour, size, custom pairs, `variant_dict` and `variant_options`."""
    chosen = {name: value[name] for name in OPTIONS if value.get(name) not in (None, "")}
    for place in range(1, 10):
        name, option = value.get(f"custom_variant{place}_category"), value.get(f"custom_variant{place}_option")
        if name and option:
            chosen[str(name)] = option
    custom = parsed(value.get("variant_dict"))
    chosen |= custom if isinstance(custom, dict) else {}
    listed = value.get("variant_options")
    for pair in listed if isinstance(listed, list) else []:
        if isinstance(pair, dict) and pair.get("name") and pair.get("value") not in (None, ""):
            chosen[str(pair["name"])] = pair["value"]
    return chosen


def text(value: Any) -> Any:
    """A description is text, or {plain, markdown, html}."""
    if isinstance(value, dict):
        return next((value[kind] for kind in ("plain", "markdown", "html") if value.get(kind)), None)
    return value


def categories(value: Any) -> Any:
    """The levels of A > B; a list keeps its first category ({value} or text)."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        first = first.get("value")
    if isinstance(value, list) and len(value) > 1 and all(isinstance(item, str) and ">" not in item for item in value):
        return value
    return [part.strip() for part in first.split(">") if part.strip()] if isinstance(first, str) else first


def images(known: Row) -> list[Any]:
    """The main image first, then the others (a list, or addresses parted by commas), then images among the media."""
    more = known.get("images", [])
    more = _COMMAS.split(more) if isinstance(more, str) else more
    media = known.get("media")
    media = media if isinstance(media, list) else []
    media = [item.get("url") for item in media if isinstance(item, dict) and item.get("type", "image") == "image"]
    found = [known.get("image"), *(more if isinstance(more, list) else [more]), *media]
    return list(dict.fromkeys(str(item).strip() for item in found if item))


def gtin(known: Row) -> Any:
    """`gtin`, or the first of the barcodes."""
    codes = known.get("barcodes", [])
    first = codes[0] if isinstance(codes, list) and codes else None
    return known.get("gtin") or (first.get("value") if isinstance(first, dict) else first)


def questions(value: Any) -> list[Row]:
    """Pairs of Q: … A: … in one text, or a list of {question, answer} or {q, a}."""
    value = parsed(value)
    if isinstance(value, str):
        return [{"question": question, "answer": answer} for question, answer in _PAIR.findall(value)]
    pairs = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return [{"question": pair.get("question", pair.get("q")), "answer": pair.get("answer", pair.get("a"))}
            for pair in pairs]  # fmt: skip


def reviews(value: Any) -> list[Row]:
    """Reviews as a list or as its JSON text; the writers' names are left out."""
    value = parsed(value)
    found = []
    for row in [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []:
        words = next((row[name] for name in ("text", "content", "body", "review") if row.get(name)), row.get("title"))
        own = {"id": row.get("id"), "text": words, "rating": row.get("rating"), "date": row.get("date")}
        found.append({name: item for name, item in own.items() if item is not None})
    return found


def parsed(value: Any) -> Any:
    """A list or object that was written as JSON text; anything else as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return value
    return value
