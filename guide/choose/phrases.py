"""The Composer's frames in both languages. Everything in braces comes from a record."""

import re
from datetime import datetime

from catalog.model import Product
from catalog.money import display
from guide.choose import sayings
from guide.evidence import Statement, localised
from guide.model import Language
from index.api import LiveOffer


def name(product: Product, language: Language) -> str:
    """A product's name as a sentence uses it."""
    return localised(product, language)


def fact(
    product: Product, statement: Statement, language: Language, *, plainly: bool = False, named: bool = True
) -> str:
    """An attribute in one sentence; `plainly` leaves the yes or no in front out, without `named` it says "it"."""
    said = (
        sayings.of_a_product(name(product, language), statement, language)
        if named
        else sayings.of_this(statement, language)
    )
    if not isinstance(statement.value, bool) or plainly:
        return said
    if language == "en":
        return f"{'Yes' if statement.value else 'No'}. {said}"
    denial = "没有" if sayings.predicate(statement, "zh").startswith(("不带", "不支持", "没有")) else "不"
    return f"{'是的' if statement.value else denial}，{said}"


def quoted(statement: Statement, language: Language) -> str:
    """A statement word for word, with who says it."""
    text = re.sub(r"\s*\n\s*", " ", statement.quote).rstrip("；;")
    foreign = statement.language != language
    if language == "zh":
        said = {"merchant": "商品说明写道", "qa": "商家答复", "policy": "商城规定", "faq": "商城说明"}.get(
            statement.source
        )
        if statement.source == "customer":
            said = f"有买家说（{statement.rating:g} 星）" if statement.rating else "有买家说"
        return f"{said}{'（原文）' if foreign else ''}：“{text}”"
    said = {
        "merchant": "The description says",
        "qa": "The shop answered",
        "policy": "The policy says",
        "faq": "The shop says",
    }.get(statement.source)
    if statement.source == "customer":
        said = f"A customer says ({statement.rating:g} stars)" if statement.rating else "A customer says"
    return f"{said}{' (original text)' if foreign else ''}: “{text}”"


_VERBS_ZH = (
    ("有没有", "有", "没有"),
    ("可不可以", "可以", "不可以"),
    ("可以", "可以", "不可以"),
    ("会", "会", "不会"),
    ("能", "能", "不能"),
)
"""A yes or no in Chinese takes up the question's own verb: what it holds, the yes, the no."""


def direct(question: str, language: Language, *, holds: bool) -> str:
    """The yes or no that leads an answer."""
    if language == "en":
        return "Yes. " if holds else "No. "
    yes, no = next(((yes, no) for verb, yes, no in _VERBS_ZH if verb in question), ("是的", "不是"))
    return f"{yes if holds else no}。"


def recorded(statement: Statement, language: Language) -> str:
    """An attribute with who says it, as it stands beside another voice."""
    if language == "zh":
        return f"商品资料写的是：{statement.label} {statement.quote}。"
    return f"The shop's own record says: {statement.label} {statement.quote}."


def shop_text(statement: Statement, language: Language) -> str:
    """A sentence of an FAQ or policy: as it is in its own language, marked as a quote in the other."""
    if statement.language == language:
        return statement.quote
    return quoted(statement, language)


def price(title: str, offer: LiveOffer, language: Language) -> str:
    """What it costs and whether it can be had."""
    availability = availability_of(offer, language)
    if language == "zh":
        sale = "秒杀价" if offer.promotion_id else "现价"
        return f"{title}{sale} {cost(offer, language)}，{availability}。"
    sale = "is on flash sale at" if offer.promotion_id else "costs"
    return f"{title} {sale} {cost(offer, language)}, {availability}."


def cost(offer: LiveOffer, language: Language, *, until: bool = True) -> str:
    """The price, with what it is without a sale, the list price where that is another, and `until` when it holds."""
    zh = language == "zh"
    notes = []
    if offer.usual_price and offer.usual_price != offer.list_price:
        notes.append(f"{'平时' if zh else 'usually'} {display(offer.usual_price)}")
    if offer.list_price:
        notes.append(f"{'原价' if zh else 'list price'} {display(offer.list_price)}")
    if until and offer.until:
        notes.append(f"{'秒杀截至' if zh else 'flash sale until'} {moment(offer.until)}")
    if not notes:
        return display(offer.price)
    return f"{display(offer.price)}（{'，'.join(notes)}）" if zh else f"{display(offer.price)} ({', '.join(notes)})"


def moment(text: str) -> str:
    """An ISO 8601 time to the minute, as the shop wrote it: 2026-11-12 08:00 UTC+08:00."""
    at = datetime.fromisoformat(text)
    return f"{at:%Y-%m-%d %H:%M} {at.tzname()}"


_AVAILABILITY: dict[str, dict[Language, str]] = {
    "in_stock": {"zh": "有货", "en": "in stock"},
    "out_of_stock": {"zh": "缺货", "en": "out of stock"},
    "preorder": {"zh": "预售中", "en": "on preorder"},
    "backorder": {"zh": "暂无现货，补货中可预订", "en": "on backorder, not in stock now"},
}


def availability_of(offer: LiveOffer, language: Language) -> str:
    """Availability in words; a stock of zero is out of stock whatever else is said."""
    state = "out_of_stock" if offer.availability == "in_stock" and offer.stock == 0 else offer.availability
    return _AVAILABILITY[state][language]


TEXTS: dict[str, dict[Language, str]] = {
    "no_field": {
        "zh": "抱歉，{title}的资料里没有写明这一点，我不能乱猜。",
        "en": "Sorry, the records of {title} do not say, and I will not guess.",
    },
    "conflict": {
        "zh": "资料对此说法不一，下单前请再确认：",
        "en": "The records disagree on this, so please check before you order:",
    },
    "no_evidence": {
        "zh": "抱歉，商城的资料里没有写到这个问题，建议联系客服确认。",
        "en": "Sorry, the shop's texts do not cover this; please ask customer service.",
    },
    "unknown_product": {
        "zh": "抱歉，没有在商城里找到“{words}”。",
        "en": "Sorry, I cannot find “{words}” in this shop.",
    },
    "not_sold": {"zh": "抱歉，商城里没有这类商品。", "en": "Sorry, the shop does not sell that."},
    "nothing_passes": {"zh": "没有商品同时满足这些条件。", "en": "Nothing in the shop meets all of these wishes."},
    "nearest": {"zh": "没有完全符合的商品，最接近的是下面这些：", "en": "Nothing fits exactly; these come closest:"},
    "nearest_but": {
        "zh": "没有商品符合“{words}”，最接近的是这几款：",
        "en": "Nothing fits “{words}”; these come closest:",
    },
    "nearest_but_one": {
        "zh": "没有商品符合“{words}”，最接近的是这一款：",
        "en": "Nothing fits “{words}”; this comes closest:",
    },
    "taken_cheap": {
        "zh": "“{words}”按同类商品里价格较低的三分之一来找。",
        "en": "“{words}” is taken as the lower third of prices of this kind.",
    },
    "taken_dear": {
        "zh": "“{words}”按同类商品里价格较高的三分之一来找。",
        "en": "“{words}” is taken as the upper third of prices of this kind.",
    },
    "not_ranked": {
        "zh": "这几款的资料里没有写明哪款更{words}，我不能乱猜。",
        "en": "The records of these do not say which is {words}, and I will not guess.",
    },
    "two_currencies": {
        "zh": "它们的价格币种不同，我不换算，请看各自的价格。",
        "en": "Their prices are in different currencies, which I do not convert; here is each.",
    },
    "unpriced": {
        "zh": "不是每一款都有价格，分不出先后。",
        "en": "Not all of these have a price, so they cannot be ranked by it.",
    },
    "outside": {
        "zh": "{title}不符合这次请求的筛选条件：{words}。",
        "en": "{title} does not pass the filters of this request: {words}.",
    },
    "currency_not_sold": {"zh": "商城没有以 {words} 计价的商品。", "en": "Nothing in this shop is priced in {words}."},
    "not_narrowed": {
        "zh": "这里没有按“{words}”筛选：商品资料里没有这一项。",
        "en": "This is not narrowed by “{words}”: the records have no such field.",
    },
    "not_counted": {
        "zh": "商品资料里没有“{words}”这一项，我没法准确计数。",
        "en": "The records have no field for “{words}”, so I cannot count them.",
    },
    "no_prices": {"zh": "这些商品没有标价。", "en": "None of them has a price."},
    "which_product": {"zh": "请问您指的是哪一款商品？", "en": "Which product do you mean?"},
    "order_account": {
        "zh": "我看不到订单和账户，也不能替您操作，请到“我的订单”查看或联系客服。",
        "en": "I cannot see or change orders and accounts; please open your orders page or ask customer service.",
    },
    "smalltalk": {
        "zh": "您好，我是导购助手，可以帮您找商品、比较、查价格库存和购物规则。",
        "en": "Hello, I am the shopping guide: I find and compare products, and know prices, stock and shop rules.",
    },
    "off_topic": {
        "zh": "这个问题和购物无关，我帮不上忙。",
        "en": "That is not about this shop, so I cannot help with it.",
    },
    "abuse": {"zh": "这个请求我不能照做。", "en": "I will not do that."},
    "found": {"zh": "为您找到 {count} 款：", "en": "Here are {count} products that fit:"},
    "found_one": {"zh": "为您找到 1 款：", "en": "Here is 1 product that fits:"},
    "unverified": {
        "zh": "以上有商品没有写明：{words}，请下单前确认。",
        "en": "Not stated for some of these: {words}; please check before you order.",
    },
}


def text(key: str, language: Language, **values: object) -> str:
    """A frame with its values filled in."""
    return TEXTS[key][language].format(**values)
