"""Questions a guide has to decline: four kinds, each proved by the records or by what a shop is."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from catalog.model import Measure, Product
from eval.cases import Case
from eval.generate.gold import case
from eval.generate.names import called
from eval.generate.shop import Shop
from eval.generate.wordings import LANGUAGES, Language, asked, data, in_turn, ways
from eval.text.fold import key


class Unstated(NamedTuple):
    """A property to be asked for, and all words it goes by."""

    label: str
    field: str
    words: frozenset[str]


def no_attribute(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """A property that no record states of the product: measures of other products, and what no shop states; in turn."""
    speaking = shop.speaking(language)
    never = [(product, one) for product in speaking for one in _unheard_of(language)]
    measures = _measures(shop, language)
    others = [(product, one) for product in speaking for one in measures.get(_branch(product), [])]
    yield from in_turn(_unstated(shop, language, random, plans) for plans in (never, others))


def _unstated(shop: Shop, language: Language, random: Random, plans: list[tuple[Product, Unstated]]) -> Iterator[Case]:
    """Each plan whose words stand in no text about the product, and share nothing with one of its labels."""
    for (product, one), frame in asked(random, plans, ways(language, "measure")):
        if not _has_like(product, one) and not shop.says(product, one.words):
            question = frame.format(product=called(shop.name(product, language), language), label=one.label)
            yield _declined("no_attribute", f"{product.id}/{one.field}", question)


def not_sold(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """A thing that no text of the shop names in either language."""
    pairs = zip(*(ways(code, "things") for code in LANGUAGES), strict=True)
    absent = [dict(zip(LANGUAGES, pair, strict=True)) for pair in pairs if not shop.has_anywhere(_stems(pair))]
    for names, frame in asked(random, absent, ways(language, "sell")):
        yield _declined("not_sold", names["en"], frame.format(thing=names[language]))


def out_of_scope(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """What no shop is asked for; the shop has no part in it."""
    del shop
    fillings = data(language)["out_of_scope_words"]
    frames = ways(language, "out_of_scope")
    longest = max(map(len, fillings.values()))
    for at, frame in asked(random, range(longest), frames):
        words = {name: own[at % len(own)] for name, own in fillings.items()}
        if at == 0 or any(f"{{{name}}}" in frame for name in words):
            yield _declined("out_of_scope", f"out_of_scope/{frames.index(frame)}", frame.format(**words))


def elsewhere(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """What another shop has or takes, and what is to come: no record can tell."""
    shops = [name for name in ways(language, "other_shops") if not shop.has_anywhere([name])]
    years = [str(shop.now.year + ahead) for ahead in (1, 2, 3)]
    plans = [(product, at) for product in shop.speaking(language) for at in range(len(shops))]
    for (product, at), frame in asked(random, plans, ways(language, "elsewhere")):
        words = {
            "product": called(shop.name(product, language), language),
            "shop": shops[at],
            "year": years[at % len(years)],
        }
        yield _declined("elsewhere", f"{product.id}/elsewhere", frame.format(**words))


def _declined(intent: str, group: str, question: str) -> Case:
    return case(intent, group, question, answerable=False)


def _unheard_of(language: Language) -> Iterator[Unstated]:
    """Properties shops do not state."""
    for pair in zip(*(ways(code, "unstated") for code in LANGUAGES), strict=True):
        names = dict(zip(LANGUAGES, pair, strict=True))
        yield Unstated(names[language], key(names["en"]), frozenset(pair))


def _measures(shop: Shop, language: Language) -> dict[str, list[Unstated]]:
    """The measures products state, by branch of the shop, under one label each."""
    found: dict[str, dict[str, Unstated]] = {}
    for product in shop.speaking(language):
        for name, value in product.attributes.items():
            words = shop.truth.labels.get(key(name), frozenset())
            label = next((word for word in sorted(words) if word.isascii() == (language == "en")), None)
            if label and isinstance(value, Measure):
                # "3 m of cable" answers for the cable length: no word of a label may stand in a text.
                parts = frozenset(part for word in words for part in _parts(word))
                one = Unstated(label.replace("_", " "), label, parts)
                found.setdefault(_branch(product), {})[label] = one
    return {branch: list(own.values()) for branch, own in found.items()}


def _branch(product: Product) -> str:
    return product.categories[0] if product.categories else ""


def _has_like(product: Product, one: Unstated) -> bool:
    """Whether a label of the product shares a word or a character with it: 存储容量 may be meant by 内存."""
    sources = [product.attributes, *(said.attributes or {} for said in product.translations.values())]
    sources += [variant.options for variant in product.variants]
    own = [key(name) for source in sources for name in source]
    latin = {part for name in own if name.isascii() for part in _parts(name)}
    characters = {character for name in own if not name.isascii() for character in name}
    return any(word in latin if word.isascii() else bool(set(word) & characters) for word in one.words)


def _parts(label: str) -> list[str]:
    """The words of a label's key; of a Chinese one its pairs of characters."""
    if label.isascii():
        return label.split("_")
    return [label[at : at + 2] for at in range(max(1, len(label) - 1))]


def _stems(names: tuple[str, ...]) -> list[str]:
    """The names as records may hold them: one or several."""
    return [name.removesuffix("s") for name in names]
