"""Known products side by side, as a table: one unit a row, unknown cells marked, each value with its evidence.

Price, availability and rating come first and are those of the moment; then the fields that were asked for; then those
that most of the products state, and among these those in which they differ.
"""

from collections import Counter
from collections.abc import Sequence

import msgspec

from catalog import lexicon, units
from catalog.model import AttributeValue, Measure, Product
from catalog.text import fold
from guide.choose import against, phrases
from guide.choose.draft import Draft
from guide.choose.offers import price_range
from guide.evidence import Statement, by_key, joined, of_product
from guide.model import Cell, Conflict, Language, Table, TableRow

MOST_COLUMNS = 6
_OFFERED: dict[str, dict[Language, str]] = {
    "price": {"zh": "价格", "en": "price"},
    "availability": {"zh": "供货", "en": "availability"},
    "rating": {"zh": "评分", "en": "rating"},
}
"""What the moment says, and what it is called."""


class _Column(msgspec.Struct, frozen=True):
    """A product with all that is said of it, and its attributes by key."""

    product: Product
    said: list[Statement]
    fields: dict[str, Statement]


def build(draft: Draft, products: Sequence[Product], first: Sequence[str] = (), *, most: int) -> Table:
    """The comparison, with up to `most` rows; the keys of `first` have a row even if no product states them."""
    columns = [_column(draft, product) for product in products]
    return _table(draft, columns, ["price", *first, *_OFFERED, *_by_use(columns)], first, most)


def only(draft: Draft, products: Sequence[Product], names: Sequence[str]) -> Table:
    """The comparison in just the named fields (续航, battery life, price), in this order."""
    keys = [_key(name) for name in names]
    return _table(draft, [_column(draft, product) for product in products], keys, keys, len(keys))


def _key(name: str) -> str:
    """The key of a field as anybody may call it."""
    folded = fold(name)
    offered = (key for key, labels in _OFFERED.items() if folded in {key, *labels.values()})
    return next(offered, lexicon.key(name))


def _table(draft: Draft, columns: list[_Column], wanted: Sequence[str], first: Sequence[str], most: int) -> Table:
    keys = dict.fromkeys(wanted)
    rows = {key: _row(draft, columns, key) for key in keys}
    told = [row for key, row in rows.items() if key in first or any(cell.value is not None for cell in row.cells)]
    return Table([column.product.id for column in columns], told[:most])


def _column(draft: Draft, product: Product) -> _Column:
    said = of_product(draft.view, product, draft.language)
    options = [s for s in said if s.key and s.variant_id is not None]
    # What there is to choose from stands above what the record says of the product as a whole.
    return _Column(product, said, by_key(said) | {s.key: _choices(s.key, options, draft.language) for s in options})


def _choices(key: str, options: list[Statement], language: str) -> Statement:
    """All values of an option as one statement of the product."""
    same = [s for s in options if s.key == key]
    quotes = list(dict.fromkeys(s.quote for s in same))
    if len(quotes) == 1:
        return same[0]
    return msgspec.structs.replace(same[0], quote=joined(quotes, language), value=quotes, variant_id=None)


def _by_use(columns: Sequence[_Column]) -> list[str]:
    """Keys of all attributes: most stated first, then those that differ, then as the records have them."""
    keys = list(dict.fromkeys(key for column in columns for key in column.fields))
    stated = {key: [c.fields[key] for c in columns if key in c.fields] for key in keys}
    return sorted(keys, key=lambda key: (-len(stated[key]), len({_same(s) for s in stated[key]}) == 1))


def _same(statement: Statement) -> object:
    """What two equal values have in common, whatever unit or language they are in."""
    value = statement.value
    if isinstance(value, Measure):
        return units.canonical(value)
    if isinstance(value, str):
        return fold(lexicon.value(value))
    return tuple(value) if isinstance(value, list) else value


def _row(draft: Draft, columns: list[_Column], key: str) -> TableRow:
    if key in _OFFERED:
        return TableRow(_OFFERED[key][draft.language], [_offered(draft, column.product, key) for column in columns])
    found = [column.fields.get(key) for column in columns]
    values = _aligned([s.value if s else None for s in found], draft)
    cells = [
        _cell(draft, column, statement, value) for column, statement, value in zip(columns, found, values, strict=True)
    ]
    return TableRow(label(key, [column.fields for column in columns], draft.language), cells)


def _cell(draft: Draft, column: _Column, statement: Statement | None, value: str | None) -> Cell:
    if statement is None:
        return Cell(None)
    found = [Conflict(text.quote, draft.cite(text)) for text in against.attribute(statement, column.said)]
    return Cell(value or _spoken(statement, draft.language), draft.cite(statement), found)


def _spoken(statement: Statement, language: Language) -> str:
    """The value in the answer's language where a closed list knows it (red, 红色), else as it stands."""
    if statement.language == language or not isinstance(statement.value, str | list):
        return statement.quote
    words = [statement.value] if isinstance(statement.value, str) else statement.value
    known = [(word, lexicon.value(word)) for word in words]
    said = [word if value in {"true", "false"} else lexicon.say(value, language) for word, value in known]
    return joined(said, language)


def _aligned(values: Sequence[AttributeValue | None], draft: Draft) -> list[str | None]:
    """Numbers of one dimension in the unit that most of them have; None for what stands as its record has it."""
    measures = [value for value in values if isinstance(value, Measure)]
    symbols = Counter(units.symbol(measure.unit) for measure in measures)
    if len(symbols) < 2:
        return [None] * len(values)
    unit = symbols.most_common(1)[0][0]
    converted = [units.convert(value, unit) if isinstance(value, Measure) else None for value in values]
    return [units.render(value, draft.language) if value else None for value in converted]


def _offered(draft: Draft, product: Product, key: str) -> Cell:
    if key == "rating":
        return _rating(draft, product)
    offer = draft.view.offer(product.id)
    if offer is None:
        return Cell(None)
    value = price_range(draft, product) if key == "price" else phrases.availability_of(offer, draft.language)
    return Cell(value, draft.cite_offer(product, offer))


def _rating(draft: Draft, product: Product) -> Cell:
    if product.rating is None:
        return Cell(None)
    stars = f"{product.rating.value:g}"
    return Cell(f"{stars} ({product.rating.count:,})", draft.cite_rating(product, stars))


def label(key: str, stated: Sequence[dict[str, Statement]], language: Language) -> str:
    """What a field is called in a language: as a record has it, else as the lexicon does."""
    for fields in stated:
        if key in fields and fields[key].language == language:
            return fields[key].label
    return lexicon.label(key, language)
