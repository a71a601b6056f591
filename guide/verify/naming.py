"""Every product, model and brand that a sentence names is one that its evidence names."""

import re
from collections.abc import Iterator

from catalog import lexicon
from guide.verify.reading import Reading
from guide.verify.text import squeezed

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9+'’-]*")
_MODEL = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+-]+")
_MEASURE = re.compile(r"\d+(?:\.\d+)?[A-Za-z]{1,3}|[A-Za-z]")
_OPENS = re.compile(r"(?:^|[.!?:;\n\"“(]\s*|\]\s*)$")
# Capitals that name no product. Day and month names are left out on purpose: a wrong day is a wrong fact.
_PLAIN = frozenset({
    "i", "ok", "usb", "led", "lcd", "oled", "hdmi", "nfc", "gps", "wifi", "wi-fi", "bluetooth", "ai", "app", "rmb",
    "cny", "usd", "eur", "gbp", "jpy", "us", "uk", "eu", "faq", "yes", "no", "english", "chinese",
})  # fmt: skip
# A sentence may begin with any word; one of these after a capitalised first word makes it a subject.
_VERB = re.compile(r"\s+(?:is|are|has|have|costs?|offers?|comes?|weighs?|lasts?|supports?|features?|makes?|sells?)\b")
_STARTERS = frozenset({
    "it", "this", "that", "these", "those", "they", "both", "which", "there", "here", "yes", "no", "what", "each",
    "neither", "either", "everything", "nothing", "one", "all", "you", "we", "i", "he", "she", "who", "price",
    "delivery", "shipping", "stock",
})  # fmt: skip


def naming(reading: Reading) -> Iterator[str]:
    """Complaints about names that the evidence does not hold."""
    yield from _quoted(reading)
    yield from _strangers(reading)
    for match in _WORD.finditer(reading.text):
        word = match[0]
        if any(figure.start < match.end() and match.start() < figure.end for figure in reading.figures):
            continue
        if _is_model(word) and not _stated(word, reading, match.start()):
            yield f"model {word!r} is not in the evidence"
        elif not reading.own and _is_name(match, reading) and not _known(word, reading):
            yield f"name {word!r} is not in the evidence"


def _quoted(reading: Reading) -> Iterator[str]:
    """Text in quotation marks is word for word."""
    everything = reading.ground().squeezed
    for _, _, quote in reading.quotes:
        if squeezed(quote) not in everything:
            yield f"quote {quote!r} is not in the evidence"


def _strangers(reading: Reading) -> Iterator[str]:
    """Where products were found, only those on the cards are spoken of; and the named product is the cited one."""
    decision, named = reading.context.decision, {mention.product for mention in reading.subjects.mentions}
    shown = {card.id for card in decision.cards}
    if decision.understanding.intent in {"find", "recommend"} and shown and not named <= shown:
        yield "a product is named that is not among the cards"
    facts = reading.context.grounds.facts
    cited = {facts[n].product for n in reading.sentence.citations if n in facts} & reading.context.names.titles.keys()
    if named and cited and not named & cited:
        yield "the product named is not the one cited"


def _is_model(word: str) -> bool:
    return bool(_MODEL.fullmatch(word)) and not _MEASURE.fullmatch(word)


def _stated(word: str, reading: Reading, place: int) -> bool:
    ground = reading.ground(place)
    name = squeezed(word)
    if name in {squeezed(known) for known in _WORD.findall(ground.text)}:
        return True
    # X5Pro for X5 Pro: long enough not to be found inside something else by chance.
    return len(name) > 4 and name in ground.squeezed


def _is_name(match: re.Match[str], reading: Reading) -> bool:
    word = match[0]
    if not word[0].isupper() or word.lower() in _PLAIN or len(word) == 1:
        return False
    if not _OPENS.search(reading.text[: match.start()].rstrip(" ")):
        return True
    if word.lower() in _STARTERS:
        return False
    return _VERB.match(reading.text, match.end()) is not None


def _known(word: str, reading: Reading) -> bool:
    """In any evidence or title of the decision, or an everyday word of the lexicon."""
    name = squeezed(word).removesuffix("s")
    texts = [fact.text for fact in reading.context.grounds.facts.values()]
    texts += [title for titles in reading.context.names.titles.values() for title in titles]
    texts.append(reading.ground().text)
    known = {squeezed(other).removesuffix("s") for text in texts for other in _WORD.findall(text)}
    return name in known or name in _everyday()


def _everyday() -> set[str]:
    return {word.removesuffix("s") for label in lexicon.attribute_names() for word in label.split()}
