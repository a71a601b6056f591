"""How a recommendation is said, in both languages."""

from catalog.model import Product
from guide.choose import phrases, reasons, sayings
from guide.choose.draft import Draft
from guide.evidence import Statement, localised
from guide.model import Language

_TEXTS: dict[str, dict[Language, str]] = {
    "suited": {"zh": "说到“{words}”，可以看看这几款：", "en": "These speak of “{words}” in their own records:"},
    "popular": {"zh": "买家评价最好的有这几款：", "en": "Buyers rate these best:"},
    "like": {"zh": "和{title}相近的有这几款：", "en": "These come close to {title}:"},
    "nothing": {"zh": "没有符合这些条件的商品可以推荐。", "en": "Nothing passes, so there is nothing to recommend."},
    "alone": {"zh": "没有和{title}相近、又符合条件的商品。", "en": "Nothing that passes comes close to {title}."},
    "silent": {
        "zh": "商品资料和买家评价里没有提到“{words}”，这一点只能请您自己判断。",
        "en": "No record here speaks of “{words}”, so please judge that for yourself.",
    },
    "partly": {
        "zh": "其中有的商品资料没有提到“{words}”，是按评分挑的。",
        "en": "Not every record here speaks of “{words}”; the others are picked by their ratings.",
    },
    "stars": {"zh": "买家评分 {stars} 星，{count} 人评过。", "en": "It has {stars} stars from {count} ratings."},
    "tag": {"zh": "商城给它的标签是“{tag}”。", "en": "The shop tags it “{tag}”."},
    "bundle": {"zh": "商城有把它们放在一起卖的套装。", "en": "The shop sells them together in a bundle."},
}  # fmt: skip


def opening(words: str, language: Language, anchor: Product | None) -> str:
    """What the list is of: what is like the anchor, what speaks of the words, or what is rated best."""
    if anchor is not None:
        return _TEXTS["like"][language].format(title=localised(anchor, language))
    return _TEXTS["suited" if words else "popular"][language].format(words=words)


def nothing(language: Language, anchor: Product | None) -> str:
    """That there is nothing to recommend."""
    if anchor is None:
        return _TEXTS["nothing"][language]
    return _TEXTS["alone"][language].format(title=localised(anchor, language))


def silent(words: str, language: Language, *, every: bool) -> str:
    """That no record, or not every one, speaks of whom or what it is for."""
    return _TEXTS["silent" if every else "partly"][language].format(words=words)


def say(draft: Draft, product: Product, variant_id: str | None, spoken: list[Statement], unverified: list[str]) -> None:
    """A product in a line: its price, then what of its record speaks for it."""
    card = draft.show(product, variant_id, unverified=unverified)
    if card.offer is not None:
        text = phrases.price(localised(product, draft.language), card.offer, draft.language)
        draft.say(text, *draft.cite_price(product, card.offer, variant_id), kind="advice", opens=True)
    told = [reason(statement, draft.language) for statement in spoken if statement.field in _OWN_WORDS]
    plain = [statement for statement in spoken if statement.field not in _OWN_WORDS]
    why = reasons.say(draft, plain)
    for statement in spoken:
        if statement.field in _OWN_WORDS:
            draft.say(reason(statement, draft.language), draft.cite(statement), kind="advice")
    draft.tell_why(product.id, " ".join(part for part in (why, *told) if part).rstrip("。."))


def why(spoken: list[Statement], language: Language) -> str:
    """The reasons in short, for a card by itself."""
    said = [_short(statement, language) for statement in spoken]
    return ("；" if language == "zh" else "; ").join(text.rstrip("。.") for text in said)


def _short(statement: Statement, language: Language) -> str:
    if statement.field in _OWN_WORDS:
        return reason(statement, language)
    return sayings.of_this(statement, language) if statement.key else statement.quote


_OWN_WORDS = {"rating", "tags", "product_ids"}
"""Fields that are no text and no attribute: they are said in our words."""


def reason(statement: Statement, language: Language) -> str:
    """A rating, a tag or a bundle in a sentence."""
    if statement.field == "rating":
        stars, _, count = statement.quote.rstrip(")").partition(" (")
        return _TEXTS["stars"][language].format(stars=stars, count=count)
    if statement.field == "tags":
        return _TEXTS["tag"][language].format(tag=statement.quote)
    return _TEXTS["bundle"][language]
