"""Superlatives and comparisons: only the ones that the engine worked out itself."""

import re
from collections.abc import Iterator

from guide.model import Sentence
from guide.verify.mentions import Mention
from guide.verify.reading import Context, Reading
from guide.verify.text import folded

# Direction by direction: English words, Chinese adjectives. A superlative and a comparative of one direction count as
# the same; Chinese ones are made with 最, 更, 较 or 比.
_DIRECTIONS = {
    "cheap": (r"cheap(?:er|est)|(?:least|less) expensive|lowe(?:st|r)[- ]priced?|(?:most|more) affordable",
              "便宜|实惠|划算|低价"),
    "dear": (r"dear(?:er|est)|(?:most|more) expensive|pric(?:ier|iest)|highest[- ]priced?", "贵|高价"),
    "light": (r"light(?:er|est)\b", "轻"),
    "heavy": (r"heav(?:ier|iest)", "重(?!要)"),
    "long": (r"long(?:er|est)", "长|久"),
    "short": (r"short(?:er|est)", "短"),
    "big": (r"(?:bigg|larg)(?:er|est)", "大(?!可能)"),
    "small": (r"small(?:er|est)", "小(?!时)"),
    "high": (r"high(?:er|est)", "高(?!价)"),
    "low": (r"\blow(?:er|est)(?![- ]priced?)", "低(?!价)"),
    "fast": (r"fast(?:er|est)|quick(?:er|est)", "快"),
    "slow": (r"slow(?:er|est)", "慢"),
    "quiet": (r"quiet(?:er|est)", "静|安静"),
    "good": (r"\bbest(?! before)\b|\bbetter\b|top[- ]rated", "好|佳|优"),
    "bad": (r"\bwors[et]\b", "差"),
    "new": (r"new(?:er|est)|\blatest\b", "新"),
    "warm": (r"warm(?:er|est)", "暖"),
    "thin": (r"thin(?:ner|nest)", "薄"),
    "only": (r"\bthe only\b|唯一", ""),
    "same": (r"\bsame\b|\bequal(?:ly)?\b|一样|相同", ""),
    "more": (r"\bmore(?! than (?:\d|one\b))(?: \w+)? than\b|\bmost (?!of\b|likely\b)\w+", "多|强|适合|耐用|实用"),
    "less": (r"\bless(?! than \d)(?: \w+)? than\b|\bleast \w+", "少"),
}  # fmt: skip


def _pattern(english: str, chinese: str) -> re.Pattern[str]:
    ranked = rf"|(?:最|更|较)(?:{chinese})|(?<![价对相])比[^,。;]{{1,60}}?(?:{chinese})" if chinese else ""
    return re.compile(english + ranked, re.IGNORECASE)


_PATTERNS = {name: _pattern(*words) for name, words in _DIRECTIONS.items()}
# 最长可达 30 小时, at least 3, the latest by 18:00: bounds of a number, not a ranking.
_BOUND = re.compile(
    r"最[长高大低多少短快晚早迟][^,。;\d]{0,5}\d|最[多少近后终初早晚迟]"
    r"|at (?:least|most|best)|no (?:longer|more|less)"
)

_AGAINST = re.compile(r"(?:\bthan|\bcompared (?:to|with)|\bversus|\bvs\.?|比|比起)\s*(?:the )?$", re.IGNORECASE)
_AGAINST_AFTER = re.compile(r"\s*相比")


def comparisons(reading: Reading) -> Iterator[str]:
    """Complaints about rankings that no sentence of the engine with the same evidence makes."""
    claimed = ranked(reading.text, reading.sentence, reading.context)
    if reading.own or not claimed:
        return
    made = [pair for said in _related(reading) for pair in ranked(folded(said.text), said, reading.context)]
    for direction, subject in claimed:
        if not any(direction == known and _same(subject, whose) for known, whose in made):
            yield f"nothing says {direction!r} in a comparison here"


def compares(reading: Reading) -> bool:
    """Whether a sentence ranks or compares at all."""
    return bool(ranked(reading.text, reading.sentence, reading.context))


def ranked(text: str, sentence: Sentence, context: Context) -> list[tuple[str, frozenset[str]]]:
    """Each direction in which a folded text ranks something, with the product it ranks (empty when unnamed)."""
    plain = _BOUND.sub(lambda match: " " * len(match[0]), text)
    found: list[tuple[str, frozenset[str]]] = []
    for direction, pattern in _PATTERNS.items():
        match = pattern.search(plain)
        if match and not (direction in {"more", "less"} and found):
            product = _ranked_product(text, match.start(), context) or _cited_product(sentence, context)
            found.append((direction, product))
    return found


def _ranked_product(text: str, place: int, context: Context) -> frozenset[str]:
    """The product named last before the word, one that another is only held against left out (than B, 与 B 相比)."""
    named = [mention for mention in context.names.find(text) if not _held_against(text, mention)]
    before = [mention.product for mention in named if mention.start < place]
    return frozenset(before[-1:] or [mention.product for mention in named[:1]])


def _held_against(text: str, mention: Mention) -> bool:
    return bool(_AGAINST.search(text[: mention.start]) or _AGAINST_AFTER.match(text, mention.end))


def _cited_product(sentence: Sentence, context: Context) -> frozenset[str]:
    facts = context.grounds.facts
    cited = {facts[n].product for n in sentence.citations if n in facts}
    return frozenset(cited) if len(cited) == 1 else frozenset()


def _related(reading: Reading) -> list[Sentence]:
    cited = set(reading.sentence.citations)
    return [said for said in reading.context.decision.sentences if not cited or cited & set(said.citations)]


def _same(claimed: frozenset[str], known: frozenset[str]) -> bool:
    return not claimed or not known or claimed == known
