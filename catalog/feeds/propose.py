"""A mapping file for a feed nobody has mapped yet, guessed from its columns, for a person to finish."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from catalog import units
from catalog.errors import FeedError
from catalog.feeds import column_names as names
from catalog.feeds import column_values as values
from catalog.feeds.detect import detect
from catalog.feeds.proposed_line import Entry, quoted, shown
from catalog.feeds.reader import FeedFile
from catalog.feeds.sampling import Sample, sample
from catalog.formats import MAPPED, WITH_MAPPING
from catalog.language import HAN
from catalog.lexicon.fold import fold

_NUMBERS = {"offer.stock", "rating.value", "rating.count"}
_PRICES = {"offer.price", "offer.list_price"}
_PREFIX = re.compile(r"(?:attr|attribute|spec|prop|property|属性|规格|参数)[_.:：\s]", re.IGNORECASE)


def propose(file: FeedFile) -> str:
    """A commented mapping file (TOML).

    It says of every column where it goes, why, and shows a value; where no id was found the text says what is missing.

    Raises:
        FeedError: the file cannot be read, has no header line, or is of a kind that takes no mapping.
        MissingExtraError: it is Parquet, and pyarrow is not installed.
    """
    form = detect(file)
    if form not in MAPPED and form not in WITH_MAPPING:
        raise FeedError(f"{file.name} is {form}, which needs no mapping: try `guide-catalog check`")
    lines = list(_Proposal(sample(file)).lines(file.name))
    if form in WITH_MAPPING and form != "canonical":  # that is also what JSON lines of no known kind are taken for
        lines.insert(1, f"# It looks like {form}, which needs no mapping: this file is only for reading it otherwise.")
    return "\n".join(lines) + "\n"


class _Proposal:
    def __init__(self, found: Sample) -> None:
        self._sample = found
        self._type, table = names.fields([names.part(column)[0] for column in found.columns])
        self._empty = [column for column in found.columns if not column or not found.values(column)]
        self._odd = [column for column in found.columns if not _writable(column)]
        self._left = [column for column in found.columns if column not in {*self._empty, *self._odd}]
        self._fields = [entry for field in table if (entry := self._field(field, table[field]))]
        self._guess_missing()
        self._reduce_price()
        self._group = self._find_group()
        self._ignored = [column for column in self._left if names.is_internal(column)]
        begun = Counter(match[0] for column in self._left if (match := _PREFIX.match(column)))
        self._prefixes = tuple(prefix for prefix, count in begun.items() if count > 1)
        self._attributes = list(self._rest())

    def lines(self, name: str) -> Iterator[str]:
        """The lines of the file."""
        rows = len(self._sample.rows)
        yield f"# Proposed from the first {rows} rows of {shown(name)}: read it all, then try `guide-catalog check`."
        if not any(entry.name == "id" for entry in self._fields):
            yield "# MISSING: no column looks like an id (one short value a row, never the same twice)."
            yield '# Add a line such as id = "COLUMN" under [fields] before you use this file.'
        yield f'type = "{self._type}"'
        yield from self._settings()
        if self._group:
            codes = self._sample.values(self._group)
            why = f"{len(set(map(str, codes)))} products in {len(codes)} rows; take the line out if no row is a variant"
            yield f"group = {quoted(self._group)}  # {why}"
        if self._ignored:
            yield f"ignore = [{', '.join(map(quoted, self._ignored))}]  # the shop's own business, not a shopper's"
        yield from ("", "[fields]")
        for entry in self._fields:
            yield entry.line(self._sample.values(entry.column)[0])
        if self._attributes:
            yield from ("", "[attributes]")
            for entry in self._attributes:
                yield entry.line(self._sample.values(entry.column)[0])
        if self._prefixes:
            yield from ("", "[prefixes]")
            yield from (f'{quoted(prefix)} = ""  # several columns begin so' for prefix in self._prefixes)
        for column in self._empty + self._odd:
            why = "its name is no clean text" if column in self._odd else "no value in these rows"
            yield f"# not placed: {shown(column)} ({why})"

    def _field(self, field: str, known: list[str]) -> Entry | None:
        """The surest of the columns whose name says this field and whose values do not contradict it."""
        for exact in (True, False) if field == "id" else (True,):
            for name in known:
                for column in self._left:
                    base, behind = names.part(column)
                    if name in {fold(column), fold(base)} and self._fits(field, column, exact=exact):
                        return self._entry(field, column, f"the name {shown(column)}", behind)
        return None

    def _entry(self, field: str, column: str, reason: str, behind: str = "") -> Entry:
        self._left.remove(column)
        entry = Entry(field, column, reason)
        cells = self._sample.values(column)
        if field == "id" and (again := len(cells) - len(set(map(str, cells)))):
            entry.hint = f"{again} of {len(cells)} rows repeat a value"
        elif field in _PRICES and names.is_cents(behind):
            entry.how, entry.hint = {"scale": "0.01"}, f"the name says {behind}"
        elif field in _PRICES and values.looks_like_cents(cells):
            entry.hint = f'are these cents? then {{ column = {quoted(column)}, scale = "0.01" }}'
        elif mark := values.separator(cells, field):
            entry.how, entry.hint = {"split": mark}, f"lists parted by {shown(mark)}"
        return entry

    def _fits(self, field: str, column: str, *, exact: bool = True) -> bool:
        cells = self._sample.values(column)
        if field == "id":  # a feed may hold a few rows twice, by mistake
            return len({str(cell) for cell in cells}) >= (1 if exact else 0.9) * len(self._sample.rows)
        if field in _PRICES:
            return values.mostly(cells, values.is_price)
        if field in _NUMBERS:
            return values.mostly(cells, values.is_number)
        if field in {"url", "images"}:
            return values.mostly(cells, values.is_address)
        return field != "updated_at" or values.mostly(cells, values.is_date)

    def _guess_missing(self) -> None:
        """Where no name says the id or the title, the values may."""
        have = {entry.name for entry in self._fields}
        rows = len(self._sample.rows)
        for column in [] if "id" in have else self._left:
            cells = self._sample.values(column)
            if len(cells) == rows and values.is_key(cells) and not values.mostly(cells, values.is_address):
                self._fields.insert(0, self._entry("id", column, "short values, never the same twice"))
                break
        texts = [column for column in self._left if values.mostly(self._sample.values(column), _is_title)]
        if self._type == "product" and "title" not in have and texts:
            best = max(texts, key=lambda column: len({str(cell) for cell in self._sample.values(column)}))
            self._fields.insert(1, self._entry("title", best, "texts of a title's length, mostly different"))

    def _reduce_price(self) -> None:
        """A sale price that every row has is what is paid; the price is then what it was."""
        by_name = {entry.name: entry for entry in self._fields}
        price = by_name.get("offer.price")
        for column in self._left:
            full = len(self._sample.values(column)) == len(self._sample.rows)
            sale = fold(names.part(column)[0]) in names.SALE and self._fits("offer.price", column)
            if price and sale and full and "offer.list_price" not in by_name:
                price.name = "offer.list_price"
                entry = self._entry("offer.price", column, "every row has a sale price", names.part(column)[1])
                self._fields.insert(self._fields.index(price), entry)
                return

    def _find_group(self) -> str | None:
        """A column of codes that some rows share: those rows are variants of one product."""
        for column in self._left if self._type == "product" else ():
            cells = self._sample.values(column)
            codes = list(dict.fromkeys(str(cell) for cell in cells))
            if fold(column) in names.groups() and 1 < len(codes) < len(cells) and values.is_key(codes):
                self._left.remove(column)
                return column
        return None

    def _rest(self) -> Iterator[Entry]:
        """Columns that are no field: properties of the thing."""
        used: set[str] = set()
        for column in self._left:
            if column in self._ignored or column.startswith(self._prefixes):
                continue
            base, behind = names.part(column)
            cells = self._sample.values(column)
            entry = Entry(base.replace("_", " "), column, "no field of ours")
            if (unit := units.symbol(behind)) and values.mostly(cells, values.is_number):
                entry.how, entry.reason = {"unit": unit}, f"numbers, and the name says {behind}"
            elif mark := values.separator(cells):
                entry.how, entry.reason = {"split": mark}, f"lists parted by {mark}"
            else:
                entry.name = column.replace("_", " ") if behind else entry.name
            if entry.name in used:
                entry.name = column
            used.add(entry.name)
            yield entry

    def _settings(self) -> Iterator[str]:
        """Language and currency of the whole feed."""
        columns = {entry.name: entry.column for entry in self._fields}
        texts = self._sample.values(columns.get("title", columns.get("question", "")))
        spoken = values.language(texts)
        if spoken and "language" not in columns:
            yield f'language = "{spoken}"  # of the titles, e.g. {shown(texts[0])}'
        if "offer.price" not in columns or "offer.currency" in columns:
            return
        price = columns["offer.price"]
        code, reason = values.currency(self._sample.values(price))
        if named := names.currency(names.part(price)[1]):
            code, reason = named, f"the name {shown(price)}"
        if code is None and HAN.search("".join(self._sample.columns)):
            code, reason = "CNY", "only guessed, from the Chinese column names"
        if code:
            yield f'currency = "{code}"  # {reason}'
        else:
            yield '# currency = "USD"  # MISSING: nothing says the currency of the prices; name it here'


def _is_title(value: Any) -> bool:
    text = str(value)
    return 2 <= len(text) <= 200 and not (values.is_price(text) or values.is_address(text) or values.is_date(text))


def _writable(column: str) -> bool:
    """Whether TOML can name the column: no bytes that are no text."""
    return not any("\ud800" <= char <= "\udfff" for char in column)
