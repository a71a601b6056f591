"""An attribute as a shop assistant says it: 防水, 带麦克风, 续航 9 小时; is waterproof, has a microphone.

A label tells by its own shape how it is said, so that attributes no lexicon knows read well too. The value is never
worded anew: it stands as the record has it.
"""

import re
from collections.abc import Iterator

from catalog.language import HAN
from catalog.model import Measure
from guide.evidence import Statement
from guide.model import Language

# 防水, 可折叠, 扶手可调: says something of the thing by itself.
_PREDICATE_ZH = re.compile(
    r"(?:支持|可(?!视)|能|含|无(?!线)|不(?!粘)|免|防|带|有(?!机)|附|需|适用|内置|预装|左右|双层).+|.+(?:可调|可拆|躺平|通用)"
)
_QUALITY_ZH = re.compile(r"有机|静音|纯素|素食|无线|磁吸|自立式?|.+式")
# A predicate is denied by its first word.
_DENIALS_ZH = (
    ("支持", "不支持"), ("可", "不可"), ("能", "不能"), ("含", "不含"), ("防", "不防"), ("需", "不需"), ("带", "不带"),
    ("附", "不附"), ("适用", "不适用"),
)  # fmt: skip
_PARTS_ZH = re.compile(r"(?:内置|预装).+")
# What a thing can do rather than what it has.
_ABILITY_ZH = re.compile(
    r".*(?:充电|打印|复印|双面|降噪|通话|配对|加密|插拔|感应|显|定位|对焦|组网|保温|定时|遥控|摇头|湿拖|奶泡|蓝牙|加水)|[A-Z0-9]+"
)

_QUALITY_EN = re.compile(
    r".*(?:\b(?:free|wireless|cordless|organic|vegan|vegetarian|magnetic|silent|ambidextrous|oscillating|freestanding|"
    r"hooded|painted|compatible|safe|washable|halal|kosher)|able|ible|proof|resistant|walled|swappable)|allowed .+",
    re.IGNORECASE,
)
_SENTENCE_EN = re.compile(r"(is|has|can|requires) (.+)", re.IGNORECASE)
_UNDONE_EN = {"is": "is not", "has": "has no", "can": "cannot", "requires": "does not require"}
_VERB_EN = re.compile(r"(?:contains|lies|fits|supports|includes|needs|requires)\b", re.IGNORECASE)
# Said neither of the thing nor as something it has: cable included, keep warm, fits height up to.
_NEITHER_EN = re.compile(
    r".+ (?:included|required|to|with|after|within|lasts)|(?:keep|scan|use|fits|sleeps|lies|allowed|contains)\b.*",
    re.IGNORECASE,
)
_PLURAL_EN = re.compile(r"(?!.* of ).*[^su]s", re.IGNORECASE)
_UNCOUNTED_EN = re.compile(
    r".*(?:ing|ion|ics|[^us]s|control|charging|lighting)|bluetooth.*|autofocus|wi-?fi|blood oxygen|[A-Z0-9-]+",
    re.DOTALL,
)


def of_a_product(title: str, statement: Statement, language: Language) -> str:
    """An attribute as a sentence about a named product."""
    said = predicate(statement, language)
    if language == "zh":
        gap = " " if said[:1].isascii() else ""
        return f"{title}{gap}{said}。" if said else f"{title}的{_valued(statement, language)}。"
    if said:
        return f"{title} {said}."
    if _is_noun(statement, language):
        return f"The {_valued(statement, language)}.".replace(statement.label, f"{statement.label} of {title}", 1)
    return f"{title} — {statement.label}: {statement.quote}."


def of_this(statement: Statement, language: Language) -> str:
    """The same of the product that was just named."""
    said = predicate(statement, language)
    if language == "zh":
        return f"{said or _valued(statement, language)}。"
    if said:
        return f"It {said}."
    if _is_noun(statement, language):
        return f"Its {_valued(statement, language)}."
    return f"{statement.label[:1].upper()}{statement.label[1:]}: {statement.quote}."


def together(
    plain: list[Statement], valued: list[Statement], language: Language
) -> Iterator[tuple[str, list[Statement]]]:
    """Attributes of the product that was just named, as few sentences as read well, each with what it tells.

    `plain` are those with a predicate. Chinese strings them together; English tells each value by itself.
    """
    if language == "zh":
        every = [*plain, *valued]
        if every:
            yield "，".join(of_this(s, language).rstrip("。") for s in every) + "。", every
        return
    if plain:
        yield f"It {' and '.join(predicate(s, language) for s in plain)}.", plain
    for statement in valued:
        yield of_this(statement, language), [statement]


def predicate(statement: Statement, language: Language) -> str:
    """A yes or no as it is said of the product, without its name: 防水, 带麦克风, is waterproof, has a microphone.

    "" for any other value, for a label that fits neither way, and for one of another language than the answer's: then
    only label and value side by side are honest.
    """
    if not isinstance(statement.value, bool) or not _fits(statement.label, language):
        return ""
    return (_holds_zh if language == "zh" else _holds_en)(statement.label, holds=statement.value)


def _valued(statement: Statement, language: Language) -> str:
    """续航是 9 小时, battery life is 9 hours; words of another kind than a number keep their colon in Chinese."""
    if language == "zh":
        plain = isinstance(statement.value, Measure | int | float) and not isinstance(statement.value, bool)
        return f"{statement.label}{'是 ' if plain else '：'}{statement.quote}"
    verb = "are" if _PLURAL_EN.fullmatch(statement.label) else "is"
    return f"{statement.label} {verb} {statement.quote}"


def _is_noun(statement: Statement, language: Language) -> bool:
    """Whether "the … of this is" can be said of the label."""
    said = isinstance(statement.value, bool) or _NEITHER_EN.fullmatch(statement.label)
    return not said and _fits(statement.label, language)


def _fits(label: str, language: Language) -> bool:
    """Whether the label is in the language; GPS and 5G are in both."""
    han = HAN.search(label) is not None
    return han or label.isupper() if language == "zh" else not han


def _holds_zh(label: str, *, holds: bool) -> str:
    if _QUALITY_ZH.fullmatch(label):
        return f"{'是' if holds else '不是'}{label}的"
    if not _PREDICATE_ZH.fullmatch(label):
        verb = "支持" if _ABILITY_ZH.fullmatch(label) else "带"
        return f"{'' if holds else '不'}{verb}{' ' if label[:1].isascii() else ''}{label}"
    if holds:
        return label
    if label.startswith("不含"):
        return label.removeprefix("不")
    if label.startswith("有"):
        return f"没{label}"
    if _PARTS_ZH.match(label):
        return f"没有{label}"
    denial = next((f"{no}{label[len(start) :]}" for start, no in _DENIALS_ZH if label.startswith(start)), "")
    return denial or f"不是{label}的"


def _holds_en(label: str, *, holds: bool) -> str:
    whole = _SENTENCE_EN.fullmatch(label)  # "is electric" is a predicate already
    if whole:
        return label if holds else f"{_UNDONE_EN[whole[1].lower()]} {whole[2]}"
    if _VERB_EN.match(label):
        return label if holds else ""
    if _QUALITY_EN.fullmatch(label):
        return f"is {'' if holds else 'not '}{label}"
    if _NEITHER_EN.fullmatch(label):
        return ""
    if not holds:
        return f"has no {label}"
    article = "" if _UNCOUNTED_EN.fullmatch(label) else "an " if label[:1].lower() in "aeiou" else "a "
    return f"has {article}{label}"
