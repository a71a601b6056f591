"""What the name of a merchant's column says; the words lie in `catalog/lexicon/columns.toml`."""

import re
import unicodedata
from functools import cache

from catalog import units
from catalog.lexicon.fold import fold, listed, load

SALE = {"sale price", "special price", "现价", "促销价", "活动价", "到手价"}
_INTERNAL = re.compile(
    r"\b(?:cost|margin|supplier|warehouse|internal|purchase price|wholesale)\b"
    r"|成本|进价|供货|供应商|毛利|仓库|仓位|内部|备注"
)
_PARENTHESES = re.compile(r"(?P<base>.+?)\s*[(\[【](?P<unit>[^)\]】]{1,12})[)\]】]")
_SUFFIX = re.compile(r"(?P<base>.+)[_\s](?P<unit>[A-Za-z%°]{1,6})")
_CENTS = {"cents", "cent", "minor", "分", "pence"}
_CODES = {"usd": "USD", "eur": "EUR", "gbp": "GBP", "cny": "CNY", "rmb": "CNY", "元": "CNY", "jpy": "JPY", "hkd": "HKD",
          "人民币": "CNY", "美元": "USD", "$": "USD", "€": "EUR", "¥": "CNY"}  # fmt: skip


def fields(columns: list[str]) -> tuple[str, dict[str, list[str]]]:
    """The record type that the columns speak of, and the folded names of each of its fields, surest first."""
    tables = _tables()
    folded = {fold(name) for name in columns}
    asks = all(folded & set(tables["faq"][field]) for field in ("question", "answer"))
    kind = "faq" if asks and not folded & set(tables["product"]["title"]) else "product"
    return kind, tables[kind]


def groups() -> set[str]:
    """The folded names of codes that the variants of one product may share; the codes of products are among them."""
    tables = _tables()
    return {*tables["variants"]["group"], *tables["product"]["id"]}


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return {
        kind: {field: [fold(name) for name in listed(names)] for field, names in table.items()}
        for kind, table in load("columns.toml").items()
    }


def part(name: str) -> tuple[str, str]:
    """A name without what stands behind it in brackets or after a blank: weight_kg -> (weight, kg)."""
    plain = unicodedata.normalize("NFKC", name).strip()
    found = _PARENTHESES.fullmatch(plain) or _SUFFIX.fullmatch(plain)
    if found and known(found["unit"]):
        return found["base"].strip(" _-"), found["unit"].strip()
    return plain, ""


def known(word: str) -> bool:
    """Whether a word behind a name is a unit, a currency or the word for cents."""
    return bool(units.symbol(word) or currency(word) or is_cents(word))


def currency(word: str) -> str | None:
    """The currency that a word behind a price names."""
    return _CODES.get(word.strip().casefold())


def is_cents(word: str) -> bool:
    """Whether a word behind a price says that it counts minor units."""
    return word.strip().casefold() in _CENTS


def is_internal(name: str) -> bool:
    """Whether a column is the merchant's own business, and none of a shopper's."""
    return bool(_INTERNAL.search(fold(name)))
