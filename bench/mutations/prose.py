"""Amounts inside quotations and shop texts: “出库后 10 天内”, "within 30 days", CNY 10."""

import re
from collections.abc import Callable, Iterator

import msgspec

from bench.mutations.amounts import NAMES, WRONG, spoken
from bench.mutations.edit import rewritten
from bench.mutations.kinds import Language, Mutation
from bench.mutations.saved import Statement, about
from bench.mutations.shop import Shop

_UNITS: dict[str, tuple[str, Language]] = {
    word: (unit, language)
    for unit, names in NAMES.items()
    for language in ("zh", "en")
    for word in names[language]
    if word and word not in {"G", "m"}
}
_EN = {"day": "days", "hour": "hours", "minute": "minutes", "month": "months", "year": "years"}
_MONEY = {"元": "美元", "美元": "元", "CNY": "USD", "USD": "CNY", "¥": "$", "$": "¥"}
_CURRENCIES = {"CNY": "yuan", "¥": "yuan", "USD": "US dollars", "$": "US dollars"}
_COUNTED = ("%", "件", "次", "片", "个工作日", "working days", "pieces", "times")
_AFTER = "|".join(sorted(map(re.escape, [*_UNITS, *_EN, "元", "美元", "天", "周", *_COUNTED]), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<before>CNY |USD |[¥$])?(?<![\w.,–~-])(?P<figure>\d++(?:\.\d++)?)"
    rf"(?![.,]\d|\s?[-–~至到]\s?\d| to \d| or \d)(?P<gap>[ -]?)(?P<unit>(?:{_AFTER})(?![a-zA-Z]))?"
)
_TEXTS = {"answer", "description", "bullets", "body", "text", "terms"}


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with what stands round it."""

    start: int
    end: int
    before: str
    figure: str
    gap: str
    unit: str

    def written(self, figure: str) -> str:
        """The same with another figure."""
        return f"{self.before}{figure}{self.gap}{self.unit}"

    def in_words(self, figure: str) -> str | None:
        """Another figure, spelled out: 三十天, fifteen days; None where nobody would say it so."""
        if self.before:
            said = spoken(figure, "en", 9999)
            return f"{said} {_CURRENCIES[self.before.strip()]}" if said and said != "one" else None
        if self.unit[:1] >= "一":
            said = spoken(figure, "zh")
            return f"{said}{self.unit}" if said else None
        said = spoken(figure, "en", 9999)
        return f"{said}{self.gap}{self.unit}" if said and said != "one" and len(self.unit) > 3 else None

    def known(self, figure: str, text: str) -> bool:
        """Whether the text has that figure with this unit."""
        words = [self.unit, *(names[language][0] for names in self._names() for language in names)]
        if self.before:
            return re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.])", text) is not None
        shape = rf"(?<![\d.]){re.escape(figure)}[ -]?(?:{'|'.join(map(re.escape, words))})"
        return re.search(shape, text, re.IGNORECASE) is not None

    def in_other_unit(self) -> str | None:
        """The same figure in a wrong unit or currency, None where there is no likely one."""
        if self.before:
            other = _MONEY[self.before.strip()]
            return f"{other}{' ' if len(other) > 1 else ''}{self.figure}{self.gap}{self.unit}"
        if self.unit in _MONEY:
            return f"{self.figure}{self.gap}{_MONEY[self.unit]}"
        unit, language = _UNITS.get(_EN.get(self.unit, self.unit), ("", "zh"))
        if not WRONG.get(unit):
            return None
        word = NAMES[WRONG[unit][0]][language][0]
        return f"{self.figure}{self.gap}{word.removesuffix('s') if self.unit in _EN else word}"

    def _names(self) -> list[dict[Language, list[str]]]:
        unit = _UNITS.get(_EN.get(self.unit, self.unit), ("", "zh"))[0]
        return [NAMES[unit]] if unit else []


def amounts(statement: Statement) -> Iterator[Amount]:
    """The amounts of a quotation or a shop text, what the guide says around a quotation left out."""
    if not statement.fields or not set(statement.fields) <= _TEXTS:
        return
    begin = statement.text.find("“") + 1
    for found in _AMOUNT.finditer(statement.text, begin):
        dated = found["unit"] == "年" and float(found["figure"]) > 1900
        if (found["before"] or found["unit"]) and float(found["figure"]) and not dated:
            yield Amount(
                start=found.start(),
                end=found.end("unit" if found["unit"] else "figure"),
                before=found["before"] or "",
                figure=found["figure"],
                gap=found["gap"] if found["unit"] else "",
                unit=found["unit"] or "",
            )


def changed(
    statement: Statement, shop: Shop, kind: str, change: Callable[[Amount], str | None], shape: str = "prose"
) -> Iterator[Mutation]:
    """The statement with each of its amounts changed in turn."""
    for amount in amounts(statement):
        said = change(amount)
        if said is None:
            continue
        after = statement.text[: amount.start] + said + statement.text[amount.end :]
        for frame in shop.shapes.wordings(statement.language, "told"):
            yield rewritten(statement, kind, shape, frame.format(text=after), about(statement, shop))
