"""Small closed word lists: function words, words that only frame, negations."""

import re

_STOP = """
a an the and or but if so as of at by for from in into on onto to with without within about over under than then
that this these those it its it's they them their there here which who whom whose what when where why how we our us
you your i me my he she his her is are was were be been being am has have had do does did can could will would may
might must shall should not no nor only also too very more most much many some any each every all both either such
same other another one ones up down out off per via just still yet now well s t re ve ll d m
cost costs priced price come comes came get gets give gives offer offers offered feature features include includes
including included available option options choice choices product products item items please let find found
show shows shown see look looking match matches matching recommend suggest according says say said state states
stated listed list lists currently available model fits fit good great best pick use uses used using need needs
shop store our information detail details
hello hi hey thanks thank sorry welcome sure of course happy help save saves saving note
like want want's make makes made provide provides
pay pays sell sells selling go goes going today normally usually originally regularly previously instead
"""
ENGLISH_STOP = frozenset(_STOP.split())

# Chinese words that carry no fact of their own; longest first so that 这款产品 goes as one.
_FRAMES = """
这款产品 这款商品 这件商品 该产品 该商品 为您找到 为您推荐 推荐给您 以下是 如下 根据 资料显示 商品说明原文 商品说明
说明原文 原文 资料中 目前 现在 这款 该款 这个 这些 那款 它们 我们 本店 店铺 商店 您好 您可以 可以 可选 提供 支持
价格为 价格是 价格 售价为 售价 单价 标价 原价 现价
今天 今日 平时 原来 只要 仅需 卖 属于 具有 拥有 配有 采用 适合 推荐 选择 商品 产品 其中 以及
并且 而且 同时 另外 此外 但是 不过 因此 所以 因为 如果 例如 比如 分别 一共 总共 共有 需要 关于 对于 或者 还是 还有
都是 也是 而是 就是 的话 是 的 了 在 有 和 与 或 及 为 也 都 还 就 而 但 您 我 你 它 其 该 此 这 那 将 会 能 可 请
以 于 从 到 对 把 被 由 吗 呢 吧 啊 哦 款 件 个 种 只 条 张 支 台 双 套 约 每 各 等
"""
CHINESE_FRAMES = re.compile("|".join(re.escape(word) for word in sorted(_FRAMES.split(), key=len, reverse=True)))

NEGATION = re.compile(
    r"\b(?:no|not|nothing|never|none|neither|nor|cannot|without|lacks?|non)\b|n['’]t\b"
    r"|\bun(?:available|able|fortunately)\b"
    r"|不|没有|没|无法|无需|未|非|勿|禁止|缺少",
    re.IGNORECASE,
)

# One colour, two languages; a record in one is spoken of in the other.
COLOURS = (
    ("black", "黑色"), ("white", "白色"), ("red", "红色"), ("blue", "蓝色"), ("green", "绿色"),
    ("gray", "grey", "灰色"), ("pink", "粉色"), ("purple", "紫色"), ("yellow", "黄色"), ("beige", "米色"),
    ("brown", "棕色"), ("orange", "橙色"), ("silver", "银色"), ("gold", "金色"), ("navy", "藏青色", "藏青"),
    ("khaki", "卡其色"),
)  # fmt: skip

# What a yes/no field may hold as a word, and how a text says its value.
YES = frozenset({"yes", "true", "是", "有", "支持"})
NO = frozenset({"no", "false", "否", "无", "没有", "不支持"})

# Words that turn a rule of a shop into its opposite, side against side.
OPPOSITES = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            r"\bfree(?: of charge)?\b|\b(?:at no|without) charge\b|免费|免运费|免邮|包邮|不收费",
            r"\bfor a (?:fee|charge)\b|\bcharged\b|\bcosts? extra\b|\bat your (?:own )?(?:expense|cost)\b"
            r"|(?<!不)收费|付费|自付|自费|自理|照收",
        ),
        (r"\bbefore\b|之前|以前", r"\bafter\b|之后|以后"),
        (
            r"\bat least\b|\bor more\b|\bminimum\b|至少|最少|以上",
            r"\bat most\b|\bup to\b|\bmaximum\b|最多|至多|以下|以内",
        ),
        (r"\b(?:over|above|more than)\b|超过|高于|多于", r"\b(?:under|below|less than)\b|低于|少于|不足|不满"),
        (r"\bincluded\b|\bincluding\b|包含|包括|计入", r"\bexcluded\b|\bexcluding\b|\bexcept\b|除外|不含|不计入"),
        (
            r"\bmust\b|\brequired\b|\bmandatory\b|必须|务必|强制",
            r"\boptional(?:ly)?\b|\bvoluntary\b|可选|自愿|随意|无需|不必|不用",
        ),
        (r"\baccept(?:s|ed)?\b|接受|受理", r"\b(?:refuse|reject)(?:s|d|ed)?\b|拒绝|拒收"),
        (r"\ballow(?:s|ed)?\b|\bpermitted\b|允许|可以", r"\b(?:forbidden|prohibited|banned)\b|禁止|严禁|不得"),
        (r"\bopened\b|已拆封|拆开", r"\bunopened\b|\bsealed\b|未拆封"),
        (
            r"\bbuyer\b|\bcustomer\b|\byou pay\b|买家承担|顾客承担|您承担",
            r"\bwe pay\b|\bshop pays\b|商城承担|商家承担|我们承担",
        ),
        (r"\bin full\b|\bfully\b|全额|全数", r"\b(?:only )?in part\b|\bpart(?:ly|ially)\b|部分"),
        (r"\bsame\b|相同|同一", r"\bdifferent\b|不同"),
    )
)
