"""Row-level problems: what is wrong with which line of which file, and what to do about it."""

from typing import Literal, TypeAlias

import msgspec

from catalog.text import one_line

Severity: TypeAlias = Literal["error", "warning", "note"]
Code: TypeAlias = Literal[
    "bad_json", "bad_row", "bad_field", "missing_field", "bad_price", "bad_currency", "bad_date",
    "duplicate_id", "unknown_field", "unknown_type", "unmapped_column", "orphan", "truncated_text",
    "dated_price", "odd_price", "member_conflict", "not_published", "price_range", "mode_conflict",
    "no_currency", "cleaned_text", "duplicate_gtin", "similar_product", "bad_gtin", "no_image", "stale",
    "other_language",
    "unknown_id", "unknown_variant", "no_price", "nothing_to_change", "bad_time", "overtaken", "bad_promotion",
    "variant_needed", "idle_sale",
]  # fmt: skip


class Rule(msgspec.Struct, frozen=True):
    """How grave a code is and how to fix it."""

    severity: Severity
    fix: str


RULES: dict[Code, Rule] = {
    "bad_json": Rule("error", "make the line one complete JSON object"),
    "bad_row": Rule("error", "give the row as many cells as the header has"),
    "bad_field": Rule("error", "give the field the type that the record table in docs/catalog.md names"),
    "missing_field": Rule("error", "add the required field"),
    "bad_price": Rule("error", "write the price as a plain decimal such as 89.00, not negative"),
    "bad_currency": Rule("error", "write the currency as a three-letter ISO 4217 code such as CNY"),
    "bad_date": Rule("warning", "write the date as ISO 8601 such as 2026-11-11 or 2026-11-11T08:00:00+08:00"),
    "duplicate_id": Rule("error", "give every record its own id; the first one was kept"),
    "unknown_field": Rule("note", "map the field, or leave it: a product keeps it as an attribute"),
    "unknown_type": Rule("error", "use product, review, qa, faq, policy, promotion or delete as type"),
    "unmapped_column": Rule("note", "map the column, list it under `ignore`, or leave it as an attribute"),
    "orphan": Rule("warning", "send the product too, or remove the record that points to it"),
    "truncated_text": Rule("warning", "shorten the text; only its beginning was kept"),
    "dated_price": Rule("note", "send the feed again when the date passes, or send a flash_sale promotion instead"),
    "odd_price": Rule("warning", "make the sale price lower than the price, or leave it out"),
    "member_conflict": Rule("warning", "give all members of the group the same value; the first one was kept"),
    "not_published": Rule("note", "publish the product in the shop if it is for sale"),
    "price_range": Rule("warning", "name the one price of the product, or list its variants with a price each"),
    "mode_conflict": Rule("note", "give the same `--mode` as the feed's metadata, or correct the metadata"),
    "no_currency": Rule("error", "add the currency to the row, or `currency` to the mapping file"),
    "cleaned_text": Rule("note", "send plain text if what was taken out mattered"),
    "duplicate_gtin": Rule("warning", "correct the barcode, or make the products variants of one"),
    "similar_product": Rule("note", "remove one of the two, make them variants of one, or tell them apart by title"),
    "bad_gtin": Rule("warning", "correct the barcode: 8, 12, 13 or 14 digits of which the last one checks the others"),
    "no_image": Rule("note", "add the address of a picture"),
    "stale": Rule("note", "check that the product is still for sale, or send the date of its last change"),
    "other_language": Rule("note", "correct `language`, or send the text in that language"),
    "unknown_id": Rule("error", "send the record in a feed and build first, or correct the id"),
    "unknown_variant": Rule("error", "correct the variant's id, or leave it out to change the product's offer"),
    "no_price": Rule("error", "send a price and its currency first"),
    "nothing_to_change": Rule("error", "give at least one value to change or to clear"),
    "bad_time": Rule("error", "write the time as ISO 8601 with an offset, not later than now"),
    "overtaken": Rule("error", "leave the change out: something newer is known; or leave out its time to mean now"),
    "variant_needed": Rule("error", "send one change for each variant, with its variant_id"),
    "idle_sale": Rule("warning", "correct the price, the discount's currency or the product's id"),
    "bad_promotion": Rule("error", "give the promotion the fields that the record table in docs/catalog.md names"),
}


class Issue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One problem. An error drops its row; a warning or note keeps it."""

    code: Code
    file: str
    line: int
    message: str
    field: str = ""
    value: str = ""

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return RULES[self.code].severity

    def __str__(self) -> str:
        """One line: where, what, how to fix it."""
        where = f" {self.field}" if self.field else ""
        return one_line(f"{self.file}:{self.line}: {self.code}{where}: {self.message}; {RULES[self.code].fix}")
