"""From one message to an Understanding: who is spoken of, what is asked, what must hold."""

from collections.abc import Sequence

import msgspec

from catalog.language import Language, detect
from guide.model import Constraint, Intent, Question, Understanding
from guide.understand import (
    absent,
    brands,
    constraints,
    described,
    facts,
    fields,
    intent,
    mentions,
    negation,
    offers,
    pointers,
    query,
    unknown,
)
from guide.understand.constraints import Constraints
from guide.understand.facts import Fact
from guide.understand.found import Found, join
from guide.understand.mentions import Mentions
from guide.understand.pointers import Price
from guide.understand.shop import Shop
from guide.understand.text import Phrase, blank, phrases, prepare
from index.filters import Filter


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the readers found in one question."""

    text: str
    cue: intent.Cue
    named: Mentions
    referents: tuple[str, ...]
    unresolved: str
    points: bool
    """Whether the unresolved words are a pointer (it, 第二个) rather than a name."""
    fields: tuple[str, ...]
    fact: Fact
    limits: Constraints


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """What was said before a message, as far as it changes what the message means."""

    continues: bool = False
    """There is a wish, and the message is too short to stand alone: "and in blue?" asks about no product then."""
    kinds: tuple[str, ...] = ()
    """The categories of that wish: what the words mean of things of that kind."""


def alone(question: Question, shop: Shop, price: Price, before: Before = Before()) -> Understanding:  # noqa: B008 - frozen
    """What one message asks for, read without the wishes before it (`guide.understand.carried` adds them)."""
    text = prepare(question.text)
    language = detect(text, _default(question))
    said = phrases(text)
    read = _read(said, question, shop, price, before)
    decided = _decide(read, shop)
    if before.continues and not read.referents and not read.points and decided in _TOO_SHORT:
        decided = "find"
    known = read.referents or read.points or any(brand.role == "wanted" for brand in read.limits.brands)
    unsold = "" if known else absent.unsold(text, said, read.limits.nouns, shop)
    if decided == "off_topic" and not read.cue and (unsold or _suits(read)):
        decided = "find"  # cat food is a matter for a shop, if not for this one
    if decided in {"abuse", "order", "smalltalk", "off_topic", "shop_question"}:
        return Understanding(language=language, intent=decided, query=text, referents=list(read.referents))
    if decided == "find" and not unsold and _names_no_kind(read):
        decided = "recommend"
    return msgspec.structs.replace(_about_products(read, decided, language), unsold=unsold)


def _names_no_kind(read: _Read) -> bool:
    """Whether suggestions are wished for: 送爸爸的礼物, what do you recommend, something like that one."""
    if read.referents:
        return intent.alike(read.text)
    named = read.limits.nouns or read.limits.brands or read.unresolved
    return not named and _suits(read)


def _suits(read: _Read) -> bool:
    """Whether something is wished for that suits somebody or some occasion, whatever it is."""
    wish = intent.wants(read.text) or not intent.asks(read.text)
    return intent.suggests(read.text) or (wish and bool(read.limits.audience or read.limits.occasion))


_TOO_SHORT: frozenset[Intent] = frozenset({"product_question", "off_topic", "smalltalk"})
"""What a message that goes on with a wish looks like when it is read alone."""


def _default(question: Question) -> Language:
    """The language of a text that shows none: the locale's, else that of the last thing the shopper said."""
    if question.locale:
        return "zh" if question.locale.lower().startswith("zh") else "en"
    said = next((turn.content for turn in reversed(question.history) if turn.role == "user"), "")
    return detect(said, "zh")


def _read(said: Sequence[Phrase], question: Question, shop: Shop, price: Price, before: Before) -> _Read:
    text = prepare(question.text)
    named = _unless_refused(text, said, _unless_wished_for(text, mentions.named(text, shop), shop), shop)
    pointed = pointers.pointed(blank(text, named.spans), question, shop, price)
    limits = constraints.read(text, shop, question.locale, named.spans, before.kinds)
    asked = tuple(fields.read(blank(text, (*named.spans, *limits.denied)), shop))
    fact = facts.read(text)
    limits = _of_that_brand(text, question, limits, shop)
    referents = _in_order(named, pointed)
    filler = pointed.unresolved.startswith("那") and (named.ids or limits.brands)  # 溪禾那罐面霜 names what it means
    unresolved = "" if filler else pointed.unresolved
    if not before.continues and not referents and not unresolved:
        referents = _implied(text, question, limits, asked, fact, shop)
    if not unresolved:
        strict = fact != "sells" and (not (asked or referents) or intent.wants(text))
        unresolved = unknown.read(blank(text, (*named.spans, *limits.denied)), said, shop, strict=strict)
    strange = unknown.beside_brand(text, said, shop)
    if strange and len(referents) < 2:
        referents, unresolved = (), strange
    return _Read(
        text=text,
        cue=_cue(text, limits),
        named=named,
        referents=referents,
        unresolved=unresolved,
        points=bool(pointed.unresolved) and not filler,
        fields=asked,
        fact=fact,
        limits=limits,
    )


def _cue(text: str, limits: Constraints) -> intent.Cue:
    """能马上发货的纸尿裤 is a wish for diapers in stock, though 发货 is a matter of the shop."""
    found = intent.cue(text)
    if found == "shop_question" and limits.nouns and limits.found.filter.in_stock:
        return intent.cue(blank(text, offers.stock(text).spans))
    return found


def _of_that_brand(text: str, question: Question, limits: Constraints, shop: Shop) -> Constraints:
    """The brand of what was shown is meant by "that brand"."""
    brand = "" if limits.brands else pointers.brand(text, question, shop)
    if not brand:
        return limits
    said = Found(filter=Filter(brand=[brand]), constraints=(Constraint("brand", brand, brand),))
    return msgspec.structs.replace(limits, found=join([limits.found, said]))


def _unless_wished_for(text: str, named: Mentions, shop: Shop) -> Mentions:
    """Words of titles that describe a wish name nothing: a 14-inch laptop, 麻辣味的面."""
    asks = intent.asks(text)
    wish = not asks or (intent.wants(text) and not intent.compares(text))
    return Mentions() if len(named.ids) == 1 and wish and described.only(text, named.spans, shop) else named


def _unless_refused(text: str, said: Sequence[Phrase], named: Mentions, shop: Shop) -> Mentions:
    """What is wished away names nothing: the watch of "but not Subu", the reader of "without a fingerprint reader"."""
    if len(named.ids) != 1:
        return named
    refused = [name for one in brands.said(text, said, shop) if one.role == "refused" for name in one.brands]
    denied = [span for span in negation.read(text, shop).spans if negation.wishes(text[slice(*span)])]
    inside = any(start < end and first < last for start, last in named.spans for first, end in denied)
    item = shop.product(named.ids[0])
    return Mentions() if inside or (item is not None and item.brand in refused) else named


def _in_order(named: Mentions, pointed: Mentions) -> tuple[str, ...]:
    first = bool(pointed.spans) and (not named.spans or pointed.spans[0] < named.spans[0])
    both = (*pointed.ids, *named.ids) if first else (*named.ids, *pointed.ids)
    return tuple(dict.fromkeys(both))


def _implied(
    text: str, question: Question, limits: Constraints, asked: tuple[str, ...], fact: Fact, shop: Shop
) -> tuple[str, ...]:
    """The product of a question that names none: 防水吗? on its page, or "the Lianqiao router" when there is one."""
    if fact not in {"", "sells"} or not intent.asks(text):
        return ()
    if not limits.nouns and not limits.brands and (asked or intent.elliptical(text)):
        shown = pointers.shown(question)
        return shown if len(shown) == 1 else ()
    wanted = [name for said in limits.brands if said.role == "wanted" for name in said.brands]
    if len(wanted) != 1 or intent.wants(text) or limits.found.filter.price is not None:
        return ()
    return mentions.by_brand(text, wanted[0], shop)


def _decide(read: _Read, shop: Shop) -> Intent:
    product = read.referents and (
        read.cue == "off_topic" or (read.cue == "shop_question" and read.fields[:1] == ("stock",))
    )
    if read.fact == "on_sale" and read.cue == "shop_question" and not read.referents:
        return "shop_fact"  # 打折 is a word of the shop's rules too
    if read.cue and not product:
        return read.cue
    if len(read.referents) > 1:
        return "compare"
    if len(read.referents) == 1:
        return _about_one(read)
    if read.unresolved and intent.compares(read.text) and read.named.ids:
        return "compare"
    if _is_fact(read):
        return "shop_fact"
    return _without_referent(read, shop)


def _about_one(read: _Read) -> Intent:
    if read.unresolved and intent.compares(read.text):
        return "compare"
    elsewhere = intent.alike(read.text) or (intent.wants(read.text) and not read.named.ids and not read.fields)
    return "find" if elsewhere else "product_question"


def _is_fact(read: _Read) -> bool:
    """A count asked of one product's parts (几种颜色, how many keys) is a field, not a fact of the shop."""
    if read.fact == "count":
        things = [phrase.start for phrase, _ in read.limits.nouns] + [said.phrase.start for said in read.limits.brands]
        return intent.generic(read.text) or any(intent.counts(read.text[:start]) for start in things)
    return read.fact != ""


def _without_referent(read: _Read, shop: Shop) -> Intent:
    plain = all(constraint.kind == "in_stock" for constraint in read.limits.found.constraints)
    if read.fields and intent.asks(read.text) and not intent.wants(read.text) and plain:
        return "shop_question" if read.fields == ("warranty",) and not read.unresolved else "product_question"
    other = intent.wants(read.text) or intent.alike(read.text)
    if read.unresolved and (read.fields or read.points) and not other:
        return "product_question"
    known = read.limits.found.constraints or read.fields or read.unresolved or intent.asks_for(read.text)
    if not known and intent.asks(read.text) and not shop.speaks_of(read.text):
        return "off_topic"
    return "find"


_WISHES = frozenset({"find", "recommend", "shop_fact"})


def _about_products(read: _Read, decided: Intent, language: Language) -> Understanding:
    limits, wishing = read.limits, decided in _WISHES
    limit = limits.found.filter if wishing else constraints.of_a_product(limits.found.filter)
    fact = read.fact if decided == "shop_fact" else ""
    return Understanding(
        language=language,
        intent=decided,
        query=query.words(read.text, list(limits.found.spans)) if wishing else read.text,
        filter=limit,
        sort=limits.sort if wishing else "relevance",
        level=limits.level if wishing else "",
        audience=list(limits.audience) if wishing else [],
        occasion=list(limits.occasion) if wishing else [],
        constraints=list(limits.found.constraints) if wishing else [],
        referents=list(read.referents),
        unresolved=read.unresolved,
        fields=[] if decided in {"find", "recommend"} else list(read.fields),
        fact=fact,
        currency_missing=limits.currency_missing if wishing else "",
    )
