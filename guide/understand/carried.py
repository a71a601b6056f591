"""What earlier messages asked for, carried on: 换成红色, "under 300 then", "any brand is fine", 算了还是要耳机吧.

The shopper's earlier messages are read again in their order by the same rules, each on top of the wish before it, so
nothing has to be kept but the words. A question about a product shown or about the shop leaves the wish alone.
"""

import msgspec

from guide.model import Question, Turn, Understanding
from guide.understand import absent, elsewhere, pointers, reader
from guide.understand.dropped import NOTHING_DROPPED, dropped
from guide.understand.pointers import Price
from guide.understand.revised import goes_on, is_reset, moves, revised
from guide.understand.shop import Shop
from guide.understand.text import blank, prepare
from index.filters import Filter

_TURNS = 16
"""Messages of both sides that are read: eight of the shopper's."""
_WISHES = frozenset({"find", "recommend"})


def understand(question: Question, shop: Shop, price: Price) -> Understanding:
    """What a question asks for, by rules alone: language, intent, constraints, referents, fields and facts.

    The filter holds what the words say and what earlier words still ask for; the request's own filters are the
    caller's to add. Constraints of earlier messages are marked `carried`. Positions and quoted words are those of the
    prepared text (NFKC, simplified characters). It raises nothing: what cannot be read is a `find`.
    """
    read = _with_history(question, shop, price)
    text = prepare(question.text)
    return msgspec.structs.replace(read, unspoken=[*elsewhere.beyond(text), *absent.unspoken(text, shop)])


def _with_history(question: Question, shop: Shop, price: Price) -> Understanding:
    if not question.history:
        return reader.alone(question, shop, price)
    history = question.history[-_TURNS:]
    wish: Understanding | None = None
    for at, turn in enumerate(history):
        if turn.role == "user":
            wish = _after(wish, _said(turn, history[:at], question), shop, price)
    return _on(wish, msgspec.structs.replace(question, history=history), shop, price)


def _said(turn: Turn, before: tuple[Turn, ...], question: Question) -> Question:
    return Question(text=turn.content, history=before, locale=question.locale)


def _after(wish: Understanding | None, said: Question, shop: Shop, price: Price) -> Understanding | None:
    """The wish after one more message of the shopper."""
    if is_reset(prepare(said.text)):
        wish = None
    read = _on(wish, said, shop, price)
    return read if _is_wish(read) else wish


def _is_wish(read: Understanding) -> bool:
    """Products to choose from are asked for, or whether there are any of a kind."""
    if read.intent == "shop_fact":
        return bool(read.filter.category or read.filter.brand)
    return read.intent in _WISHES and not read.referents


def _on(wish: Understanding | None, said: Question, shop: Shop, price: Price) -> Understanding:
    """One message read on top of a wish."""
    shown = pointers.shown(said)
    text = prepare(said.text)
    base = wish or _of_shown(text, shown, shop)
    gone = dropped(text, base.filter, shop) if base else NOTHING_DROPPED
    goes = base is not None and not said.product_ids and (bool(gone.spans) or goes_on(text))
    before = reader.Before(continues=goes, kinds=tuple(base.filter.category) if base else ())
    rest = msgspec.structs.replace(said, text=blank(text, gone.spans)) if gone.spans else said
    read = reader.alone(rest, shop, price, before)
    if base is None or read.intent not in _WISHES or read.referents:
        return read
    if wish is None and not goes:
        return read
    old = msgspec.structs.replace(base, filter=gone.left)
    return revised(old, read, text, shown, shop, price)


def _of_shown(text: str, shown: tuple[str, ...], shop: Shop) -> Understanding | None:
    """With no wish in words, the kind of what was shown: the shopper saw it and goes on from there."""
    if len(shown) == 1 and not moves(text):
        return None  # "what about purple" asks about it
    kinds = {item.category for id_ in shown if (item := shop.product(id_)) is not None and item.category}
    if len(kinds) != 1 or not shop.categorised:
        return None
    return Understanding(language="zh", intent="find", query="", filter=Filter(category=sorted(kinds)))
