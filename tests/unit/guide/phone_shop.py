"""Hand-made decisions about two phones, a lotion and the shop's rules, shaped as the engine makes them."""

from catalog.money import Money
from guide.model import Card, Decision, Evidence, Question, Sentence, Understanding
from index.results import LiveOffer

ZH_N20, ZH_X5 = "南榆 N20 5G 手机 6.6 英寸 5000mAh", "南榆 X5 Pro 影像旗舰手机"
EN_N20, EN_X5 = "Nanyu N20 5G phone, 6.6-inch, 5000 mAh", "Nanyu X5 Pro camera flagship phone"
EN_LOTION = "Cirdoux Meadow Body Lotion, 250 ml"
N20, X5, LOTION = "audio-001", "audio-002", "beauty-007"


def offer(price: int, availability: str = "in_stock", stock: int | None = None, listed: int | None = None) -> LiveOffer:
    return LiveOffer(
        price=Money(price, "CNY"), availability=availability, stock=stock,
        list_price=Money(listed, "CNY") if listed else None,
    )  # fmt: skip


def evidence(n, record, field, quote, language="en", source="merchant"):
    return Evidence(n=n, record_id=record, field=field, quote=quote, language=language, source=source)


def zh() -> Decision:
    records = [
        evidence(1, N20, "title", ZH_N20, "zh"),
        evidence(2, N20, "offer", "¥1,099 (¥1,299) · 有货 · 12", "zh"),
        evidence(3, N20, "attributes.续航", "30 小时", "zh"),
        evidence(4, N20, "attributes.重量", "196 g", "zh"),
        evidence(5, N20, "attributes.防水", "否", "zh"),
        evidence(6, N20, "attributes.充电时间", "1.5 小时", "zh"),
        evidence(7, X5, "title", ZH_X5, "zh"),
        evidence(8, X5, "offer", "¥2,999 · 缺货 · 0", "zh"),
        evidence(9, X5, "attributes.续航", "36 小时", "zh"),
        evidence(10, X5, "attributes.重量", "1.2 kg", "zh"),
        evidence(11, X5, "attributes.防水", "是", "zh"),
        evidence(12, "policy-1", "body", "签收后 7 天内可以无理由退货，退款在 1-3 个工作日内到账。", "zh", "policy"),
        evidence(13, "faq-2", "answer", "满 99 元免运费，不满收 8 元；会员打 95 折。", "zh", "faq"),
        evidence(14, f"{N20}/review/3", "text", "用了三个月，屏幕很亮，就是充电有点慢。", "zh", "customer"),
        evidence(15, LOTION, "attributes.无酒精", "是", "zh"),
        evidence(16, N20, "description", "机身不防水，请不要带进浴室。", "zh"),
        evidence(17, X5, "attributes.适用年龄", "3-6 岁", "zh"),
        evidence(18, "policy-2", "body", "保修期内电池坏了，免费更换。", "zh", "policy"),
    ]
    sentences = [
        Sentence(text="为您找到 2 款：", kind="frame"),
        Sentence(text=f"{ZH_N20}现价 ¥1,099（原价 ¥1,299），有货。", citations=[1, 2], kind="price"),
        Sentence(text=f"{ZH_N20}的续航：30 小时。", citations=[1, 3]),
        Sentence(text=f"{ZH_N20}比 {ZH_X5} 便宜。", citations=[2, 8]),
        Sentence(text=f"{ZH_X5}现价 ¥2,999，缺货。", citations=[7, 8], kind="price"),
        Sentence(text="以上有商品没有写明：颜色，请下单前确认。", kind="notice"),
    ]
    cards = [
        Card(
            id=N20, title=ZH_N20, offer=offer(109900, stock=12, listed=129900), url="https://shop.example/p/audio-001"
        ),
        Card(id=X5, title=ZH_X5, offer=offer(299900, stock=0), url="/p/audio-002"),
    ]
    understanding = Understanding(language="zh", intent="find", query="手机")
    return Decision(
        outcome="answered",
        language="zh",
        understanding=understanding,
        cards=cards,
        evidence=records,
        sentences=sentences,
    )


def en() -> Decision:
    records = [
        evidence(1, N20, "title", EN_N20),
        evidence(2, N20, "variants.audio-001-a.offer", "¥1,099 · in stock · 12"),
        evidence(3, N20, "attributes.battery life", "30 hours"),
        evidence(4, N20, "attributes.weight", "1.5 kg"),
        evidence(5, N20, "attributes.waterproof", "no"),
        evidence(6, X5, "title", EN_X5),
        evidence(7, X5, "offer", "¥2,999 · sold out · 0"),
        evidence(8, X5, "attributes.battery life", "36 hours"),
        evidence(9, X5, "attributes.weight", "900 g"),
        evidence(10, X5, "attributes.waterproof", "yes"),
        evidence(
            11, "policy-1", "body", "You can return goods within 7 days; refunds arrive in 1-3 days.", source="policy"
        ),
        evidence(12, LOTION, "attributes.alcohol-free", "yes"),
        evidence(13, LOTION, "title", EN_LOTION),
        evidence(14, f"{N20}/qa/1", "answer", "It works with the iPhone 15 charger at 18 W.", source="qa"),
        evidence(15, LOTION, "offer", "$24.50 · preorder"),
        evidence(16, "faq-1", "answer", "Members get 5% off orders between ¥99 and ¥299.", source="faq"),
        evidence(17, X5, "attributes.screen size", "6.7 inches"),
        evidence(
            18, "policy-2", "body", "A battery below 80% of its capacity is replaced free of charge.", source="policy"
        ),
    ]
    sentences = [
        Sentence(text="Nothing fits exactly; these come closest:", kind="frame"),
        Sentence(text=f"{EN_N20} costs ¥1,099, in stock.", citations=[1, 2], kind="price"),
        Sentence(text=f"No. {EN_N20} — waterproof: no.", citations=[1, 5]),
        Sentence(text=f"{EN_X5} is lighter than {EN_N20}.", citations=[4, 9]),
        Sentence(text=f"{EN_X5} costs ¥2,999, sold out.", citations=[6, 7], kind="price"),
    ]
    cards = [
        Card(id=N20, title=EN_N20, offer=offer(109900, stock=12), url="https://shop.example/p/audio-001"),
        Card(id=X5, title=EN_X5, offer=offer(299900, stock=0)),
        Card(id=LOTION, title=EN_LOTION, offer=LiveOffer(price=Money(2450, "USD"), availability="preorder")),
    ]
    understanding = Understanding(language="en", intent="compare", query="phones")
    return Decision(
        outcome="nearest_match",
        language="en",
        understanding=understanding,
        cards=cards,
        evidence=records,
        sentences=sentences,
    )


ZH_QUESTION = Question(text="1500 元以内的手机有哪些？")
EN_QUESTION = Question(text="Which phone under ¥1,500 is waterproof?")
