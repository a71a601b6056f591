"""Closed values a shopper asks for: red, XL, 草莓."""

import re

from catalog import lexicon
from guide.model import Constraint
from guide.understand.found import NOTHING, Found
from guide.understand.shop import Shop
from guide.understand.text import Phrase, Span, blank, lookup, phrases
from index.filters import Filter

_ENOUGH_OF_A_CATEGORY = 0.2
_ALWAYS = frozenset({"color", "size", "material"})
"""Kinds of values that are constraints even when no category was named."""
_OFTEN_SOMETHING_ELSE = frozenset({"orange", "gold", "silver", "wood", "glass", "walnut", "medium", "large", "small"})
_FIXED = re.compile(
    r"(?:green|black|white|red|yellow) (?:tea|coffee|noise|wine|friday|light|box|rice|pepper)|"
    r"blue ?(?:tooth|light|ray)|绿茶|红茶|白茶|黑茶|黄茶|"
    r"红酒|白酒|蓝牙耳机|红包|白噪音|黑科技|红外|金属|黄油|黑巧克力|白条|绿色食品|花呗|"
    r"(?:orange|walnut) (?:juice|oil)|大小",
    re.IGNORECASE,
)
_NO_OBJECT = re.compile(
    r"\s*(?:$|[^\sA-Za-z]|(?:for|with|and|or|in|please|ones?|colou?rs?|version|size|under|below|that|only|if|at|to|from|is|are)\b)",
    re.IGNORECASE,
)
_LETTER_SIZE = re.compile(r"(?<![A-Za-z0-9'’.&+-])(?<!\d )(XXXL|XXL|XL|XS|[SML]|[23]XL)(?![A-Za-z0-9'’.&+-])(?:码|号)?")
_NUMBER_SIZE = re.compile(
    r"(?:size|尺码|码数|穿|鞋码)\s*(?:is|是|为)?\s*((?:US|UK|EU|EUR)?\s?\d{1,2}(?:\.5)?)(?!\d)|((?:US|"
    r"UK|EU|EUR)\s?\d{1,2}(?:\.5)?)\b|(\d{2}(?:\.5)?)\s*(?:码|号)",
    re.IGNORECASE,
)
_COLOR_LETTER = re.compile(r"(?<![\u3400-\u9fff])?([黑白红蓝绿灰粉银金紫棕橙黄])(?:的|款|色(?:的|款)?)(?!人)")


def read(text: str, shop: Shop, categories: tuple[str, ...], heads: list[Span]) -> Found:
    """Filters for closed values; several of one attribute are alternatives. `heads` are the wanted nouns."""
    text = blank(text, (match.span() for match in _FIXED.finditer(text)))
    found: dict[str, list[str]] = {}
    constraints: list[Constraint] = []
    for start, end, pairs in [*_sizes(text, shop), *_letters(text, shop), *_named(text, shop, categories, heads)]:
        for key, value in pairs:
            if value not in found.setdefault(key, []):
                found[key] += values_like(shop, key, value)
                constraints.append(Constraint(key, text[start:end], value))
    if not found:
        return NOTHING
    return Found(
        filter=Filter(attributes={key: list(values) for key, values in found.items()}), constraints=tuple(constraints)
    )


def values_like(shop: Shop, key: str, value: str) -> list[str]:
    """The value and, of a material, what is a kind of it: stainless steel is also 304 stainless steel."""
    if lexicon.kind_of(value) != "material":
        return [value]
    words = {lexicon.fold(value), lexicon.fold(lexicon.say(value, "zh"))}
    seen = shop.attributes[key].values if key in shop.attributes else ()
    return [value, *(other for other in seen if other != value and any(lexicon.fold(other).endswith(w) for w in words))]


_WORD = re.compile(r"\s+([A-Za-z]+)")
_JOINT = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b|、|和|或)?\s*", re.IGNORECASE)
Hit = tuple[int, int, tuple[tuple[str, str], ...]]


def _named(text: str, shop: Shop, categories: tuple[str, ...], heads: list[Span]) -> list[Hit]:
    hits: list[Hit] = []
    for phrase, pairs in reversed(lookup(phrases(text), shop.values)):
        wanted = tuple(pair for pair in pairs if _meant(phrase, *pair, shop, categories))
        joined = bool(hits) and _joined(text, phrase.end, wanted, hits[-1])
        named = any(_labelled(text, phrase.end, key) for key, _ in wanted)
        if wanted and (not heads or joined or named or _describes(text, phrase.end, heads)):
            hits.append((phrase.start, phrase.end, wanted[:1]))
    return hits[::-1]


def _labelled(text: str, end: int, key: str) -> bool:
    """Whether the next word is of the attribute's name: curly hair, light roast."""
    following = _WORD.match(text, end)
    return following is not None and following[1].lower() in key.split("_")


def _joined(text: str, end: int, pairs: tuple[tuple[str, str], ...], after: Hit) -> bool:
    """Whether the next value is another of the same attribute: the dry of dry, sensitive skin."""
    together = _JOINT.fullmatch(text, end, after[0]) is not None
    return together and bool({key for key, _ in pairs} & {key for key, _ in after[2]})


def _describes(text: str, end: int, heads: list[Span]) -> bool:
    """Whether the words before `end` describe the wanted thing: white dust is no white humidifier."""
    if not text[end : end + 2].strip().isascii() or _NO_OBJECT.match(text, end):
        return True
    return any(start - end >= 0 and len(text[end:start].split()) <= 3 for start, _ in heads)


def _meant(phrase: Phrase, key: str, value: str, shop: Shop, categories: tuple[str, ...]) -> bool:
    """Whether these words are this value: a colour or a size anywhere, other values where the category states them."""
    if len(phrase.squeezed) < 2 or phrase.squeezed.isdigit():
        return False
    kind = lexicon.kind_of(value)
    told_otherwise = kind in {"yesno", "availability", "type"} or (kind == "gender" and value != "unisex")
    if told_otherwise or (key == "size" and phrase.folded in {"s", "m", "l"}):
        return False
    if categories:
        return shop.coverage(key, categories) >= _ENOUGH_OF_A_CATEGORY
    return kind in _ALWAYS and kind == key and phrase.folded not in _OFTEN_SOMETHING_ELSE


def _letters(text: str, shop: Shop) -> list[Hit]:
    """黑的, 红款: one character is a colour only with what makes it an adjective."""
    hits = []
    for match in _COLOR_LETTER.finditer(text):
        value = lexicon.value(match[1])
        pairs = tuple(pair for pair in shop.values.get(lexicon.fold(match[1]), ()) if pair == ("color", value))
        if pairs:
            hits.append((match.start(), match.end(), pairs))
    return hits


def _sizes(text: str, shop: Shop) -> list[Hit]:
    hits = []
    for pattern in (_LETTER_SIZE, _NUMBER_SIZE):
        for match in pattern.finditer(text):
            said = next(group for group in match.groups() if group)
            pairs = tuple(pair for pair in shop.values.get(lexicon.fold(said), ()) if pair[0] == "size")
            if pairs:
                hits.append((match.start(), match.end(), pairs[:1]))
    return hits
