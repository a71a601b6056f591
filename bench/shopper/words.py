"""How shoppers name kinds of goods, brands, products and amounts; all wordings are data beside this file."""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Literal, TypeAlias

from catalog.model import Product

Language: TypeAlias = Literal["zh", "en"]
_DIGITS = "零一二三四五六七八九"
_HAN = re.compile(r"[\u3400-\u9fff·]+")
_ASIDE = re.compile(r"[，,（(].*$")


@lru_cache(2)
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))


def kinds() -> dict[str, dict[Language, list[str]]]:
    """Names by category; an English one is "one|several"."""
    return _data("kinds.toml")


def wordings(language: Language, name: str) -> list[str]:
    """All ways to say one thing; [] where the language has none."""
    found: list[str] = _data("wordings.toml")[language].get(name, [])
    return found


def shown(language: Language) -> str:
    """What the guide said in an earlier turn."""
    text: str = _data("wordings.toml")[language]["shown"]
    return text


def brand(name: str, language: Language) -> str:
    """The part of a brand that speakers of the language say: 苹果 or Apple of 苹果 Apple."""
    han = _HAN.search(name)
    if language == "zh":
        return han.group() if han else name
    return _HAN.sub("", name).strip() or name


def titles(product: Product) -> dict[str, str]:
    """Its title in each language it has one in."""
    translated = {code: text.title for code, text in product.translations.items() if text.title}
    return {product.language or "zh": product.title, **translated}


def short_names(products: Sequence[Product], language: Language) -> dict[str, str]:
    """By id, the fewest first words of a title that no other title begins with: the brand and a word at least."""
    words = {p.id: _ASIDE.sub("", titles(p).get(language, p.title)).split() for p in products}
    least = {p.id: len(brand(p.brand or "", language).split()) + 1 for p in products}
    found = {}
    for id_, own in words.items():
        others = [other for other_id, other in words.items() if other_id != id_]
        lengths = [n for n in range(least[id_], len(own) + 1) if all(other[:n] != own[:n] for other in others)]
        if lengths:
            found[id_] = " ".join(own[: lengths[0]])
    return found


def amount(value: int, currency: str, language: Language, random: Random) -> str:
    """A whole amount as somebody would say it."""
    comma = f"{value:,}"
    if currency == "USD":
        said = [f"${comma}", f"{value}美元", f"{value}美金", f"${value}"]
        spoken = [f"${comma}", f"${value}", f"{value} dollars", f"USD {value}", f"{value} USD", f"{value} bucks"]
        return random.choice(said if language == "zh" else spoken)
    if language == "en":
        return random.choice([f"{comma} yuan", f"¥{value}", f"¥{comma}", f"RMB {value}", f"{value} CNY", f"{value}"])
    numeral = han(value)
    forms = [f"{value}", f"{value}元", f"{value}块", f"{value}块钱", f"¥{value}"]
    return random.choice([*forms, *([numeral, f"{numeral}块"] if numeral else [])])


def pair(low: int, high: int, currency: str, language: Language, random: Random) -> tuple[str, str]:
    """Both ends of a range, said alike."""
    if language == "zh":
        if currency == "CNY" and (first := han(low)) and (last := han(high)) and random.random() < 0.4:
            return first, last
        return f"{low}", random.choice([f"{high}元", f"{high}块", f"{high}"]) if currency == "CNY" else f"{high}美元"
    if currency == "USD":
        return random.choice([(f"${low}", f"${high}"), (f"{low}", f"{high} dollars")])
    return random.choice([(f"¥{low}", f"¥{high}"), (f"{low}", f"{high} yuan"), (f"{low}", f"{high}")])


def han(value: int) -> str:
    """A round amount in Chinese numerals: 两百, 一千五, 三万; "" where nobody would say it so."""
    if value % 10 or not 20 <= value <= 90_000:
        return ""
    places = [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十")]
    for (unit, name), (lower, lower_name) in pairwise(places):
        head, rest = divmod(value, unit)
        if head and not rest:
            return _digit(head, unit) + name
        if head and rest % lower == 0:
            tail = lower_name if lower == 10 else ""
            return f"{_digit(head, unit)}{name}{_DIGITS[rest // lower]}{tail}" if head < 10 else ""
    head, rest = divmod(value, 10)
    return f"{_DIGITS[head]}十" if value < 100 and not rest else ""


def _digit(value: int, unit: int) -> str:
    return "两" if value == 2 and unit >= 100 else _DIGITS[value] if value < 10 else ""
