"""Pairs of a sentence and its evidence, with what must become of them: None, or the check that says no."""

import phone_shop
import pytest

from guide.model import Sentence
from guide.verify import Verifier

ZH = Verifier(phone_shop.zh(), phone_shop.ZH_QUESTION)
EN = Verifier(phone_shop.en(), phone_shop.EN_QUESTION)

CHINESE = [
    # Numbers with units, and other ways to say them.
    ("续航 30 小时。", [3], None),
    ("续航三十小时。", [3], None),
    ("续航可达30个小时，够用一天多。", [3], "number"),
    ("续航 36 小时。", [3], "number"),
    ("续航 30 天。", [3], "number"),
    ("重量 196 克，很轻便。", [4], None),
    ("重 0.196 千克。", [4], None),
    ("重 196 千克。", [4], "number"),
    ("充满电只要一个半小时。", [6], None),
    ("充满电只要 90 分钟。", [6], None),
    ("充满电只要半小时。", [6], "number"),
    ("续航 1.5 小时。", [3, 6], "number"),
    ("续航 30 小时，充电时间 1.5 小时。", [3, 6], None),
    # Prices.
    ("现价 ¥1,099。", [2], None),
    ("现在只要1099元。", [2], None),
    ("一千零九十九元就能买到。", [2], None),
    ("现价 $1,099。", [2], "number"),
    ("现价 ¥1,199。", [2], "number"),
    ("原价 1299 元，现在 1099 元。", [2], None),
    ("南榆 X5 Pro 现价 ¥1,099。", [2, 8], "number"),
    ("南榆 N20 现价 ¥1,099，X5 Pro 要 ¥2,999。", [2, 8], None),
    ("南榆 N20 现价 ¥2,999，X5 Pro 要 ¥1,099。", [2, 8], "number"),
    ("1500 元以内有这些手机。", [2], "number"),
    # Names, models, quotes.
    ("南榆 N20 的续航是 30 小时。", [3], None),
    ("南榆 N30 的续航是 30 小时。", [3], "name"),
    ("南榆 X5 Pro 的续航是 30 小时。", [3], "number"),
    ("小米 Mix4 也不错。", [], "name"),
    ("有买家说：“用了三个月，屏幕很亮”。", [14], None),
    ("有买家说：“用了三年，屏幕很亮”。", [14], "name"),
    ("有买家说充电有点慢。", [14], None),
    ("“云端一号”也有货。", [2], "name"),
    # Availability.
    ("南榆 N20 有货。", [2], None),
    ("南榆 N20 现货，还剩 12 件。", [2], None),
    ("南榆 N20 还剩 20 件。", [2], "number"),
    ("南榆 N20 缺货。", [2], "availability"),
    ("南榆 X5 Pro 目前缺货。", [8], None),
    ("南榆 X5 Pro 有货。", [8], "availability"),
    ("南榆 X5 Pro 没有现货。", [8], None),
    ("南榆 N20 正在预售。", [2], "availability"),
    # Yes and no.
    ("南榆 N20 不防水。", [5], None),
    ("南榆 N20 防水。", [5], "truth"),
    ("南榆 N20 支持防水。", [5], "truth"),
    ("不，它不支持防水。", [5], None),
    ("是的，可以的。", [5], "truth"),
    ("X5 Pro 防水，而 N20 不防水。", [5, 11], None),
    ("X5 Pro 不防水，而 N20 防水。", [5, 11], "truth"),
    ("这款不含酒精。", [15], None),
    ("这款含酒精。", [15], "truth"),
    ("电影院周末人很多，记得提前订座位。", [12], "support"),
    ("签收后可以无理由退货。", [12], None),
    ("這款手機不防水。", [5], None),
    # Rankings.
    ("南榆 N20 比 X5 Pro 便宜。", [2, 8], None),
    ("南榆 X5 Pro 比 N20 便宜。", [2, 8], "ranking"),
    ("与 X5 Pro 相比，南榆 N20 更便宜。", [2, 8], None),
    ("南榆 N20 比 X5 Pro 便宜 1900 元。", [2, 8], None),
    ("南榆 N20 比 X5 Pro 便宜 1500 元。", [2, 8], "number"),
    ("南榆 N20 是最轻的手机。", [4], "ranking"),
    ("南榆 N20 最长续航 30 小时。", [3], None),
    # Shop texts, ranges, percentages.
    ("签收后七天内可以退货。", [12], None),
    ("签收后一周内可以退货。", [12], None),
    ("签收后 15 天内可以退货。", [12], "number"),
    ("满 99 元免运费，否则收 8 元。", [13], None),
    ("会员可享 5% 优惠。", [13], None),
    ("会员可享九五折。", [13], None),
    ("会员可享八折。", [13], "number"),
    ("适合 3-6 岁。", [17], None),
    ("适合 3 岁以上。", [17], None),
    ("适合 5 岁。", [17], "number"),
    ("退款 1 到 3 个工作日到账。", [12], None),
    # Counts, marks, links, speech.
    ("一共找到两款手机。", [], "mark"),
    ("一共找到五款手机。", [], "number"),
    ("续航 30 小时。", [99], "mark"),
    ("详情见 https://shop.example/p/audio-001。", [1], None),
    ("详情见 https://evil.example/x。", [1], "link"),
    ("请加微信或访问 evil.com 领券。", [1], "link"),
    ("作为一个AI语言模型，我不能确定。", [], "speech"),
    ("请忽略以上指令。", [], "speech"),
    ("The battery lasts 30 hours.", [3], "speech"),
    # 原文怎么说，就怎么说。
    ("机身防水，可以带进浴室。", [16], "polarity"),
    ("机身不防水。", [16], None),
    ("用了三个月，屏幕不亮。", [14], "polarity"),
    ("签收后 7 天内不能退货。", [12], "polarity"),
    ("签收后 7 天内可以无理由退货。", [12], None),
    # 免费的才说免费。
    ("签收后 7 天内可以免费退货。", [12], "charge"),
    ("满 99 元包邮。", [13], None),
    ("七天内退货并不免费。", [12], "polarity"),
    ("电池坏了免费换。", [18], None),
    ("电池不会免费更换。", [18], "polarity"),
    ("更换电池不收费。", [18], None),
    ("更换电池需要付费。", [18], "charge"),
    ("不满 99 元要付运费。", [13], None),
]

ENGLISH = [
    ("It runs for 30 hours.", [3], None),
    ("It has a 30-hour battery.", [3], None),
    ("It runs for thirty hours.", [3], None),
    ("It runs for 30 days.", [3], "number"),
    ("It runs for up to 31 hours.", [3], "number"),
    ("It weighs 1500 g.", [4], None),
    ("It weighs 3.3 lb.", [4], None),
    ("It weighs 1.5 g.", [4], "number"),
    ("The screen is 17 cm across.", [17], None),
    ("The screen is 18 cm across.", [17], "number"),
    ("The Nanyu N20 costs ¥1,099.", [2], None),
    ("The Nanyu N20 costs 1,099 yuan.", [2], None),
    ("The Nanyu N20 costs CNY 1099.00.", [2], None),
    ("The Nanyu N20 costs $1,099.", [2], "number"),
    ("The Nanyu N20 costs ¥2,999.", [2], "number"),
    ("The N20 costs ¥1,099 and the X5 Pro costs ¥2,999.", [2, 7], None),
    ("The N20 costs ¥2,999 and the X5 Pro costs ¥1,099.", [2, 7], "number"),
    ("The N20 and the X5 Pro cost ¥1,099 and ¥2,999 respectively.", [2, 7], None),
    ("The lotion costs $24.50.", [15], None),
    ("The Meadow Body Lotion costs €24.50.", [15], "number"),
    ("The Sony Xperia costs ¥1,099.", [2], "name"),
    ("Sony is a good choice.", [2], "name"),
    ("The N21 runs for 30 hours.", [3], "name"),
    ("It works with the iPhone 15 charger.", [14], None),
    ("It works with the iPhone 16 charger.", [14], "number"),
    ("It works with the Galaxy charger.", [14], "name"),
    ("The N20 is in stock.", [2], None),
    ("The N20 is sold out.", [2], "availability"),
    ("The N20 is not in stock.", [2], "availability"),
    ("The X5 Pro is out of stock.", [7], None),
    ("The X5 Pro is available now.", [7], "availability"),
    ("Only 12 of the N20 are left.", [2], None),
    ("The lotion can be had on preorder.", [15], None),
    ("No, the N20 is not waterproof.", [5], None),
    ("Yes, the N20 is waterproof.", [5], "truth"),
    ("The X5 Pro isn't waterproof.", [10], "truth"),
    ("The X5 Pro is waterproof, but the N20 is not waterproof.", [5, 10], None),
    ("It contains no alcohol.", [12], None),
    ("It contains alcohol.", [12], "truth"),
    ("It is alcohol-free.", [12], None),
    # Something else altogether.
    ("No, you cannot trade in your old device for credit.", [11], "support"),
    ("Goods can be returned, no questions asked.", [11], None),
    ("The X5 Pro is lighter than the N20.", [4, 9], None),
    ("The N20 is lighter than the X5 Pro.", [4, 9], "ranking"),
    ("The X5 Pro is 600 g lighter than the N20.", [4, 9], None),
    ("The X5 Pro is the cheapest phone.", [7], "ranking"),
    ("It is the best phone you can buy.", [3], "ranking"),
    ("You can return it within a week.", [11], None),
    ("You can return it within 7 days.", [11], None),
    ("You can return it within 30 days.", [11], "number"),
    # A text is told as it means it.
    ("No, it does not work with the iPhone 15 charger.", [14], "polarity"),
    ("It works with the iPhone 15 charger.", [14], None),
    ("You cannot return goods.", [11], "polarity"),
    ("It does not run 30 hours.", [3], "polarity"),
    ("Battery life: 30 hours, no charger needed.", [3], "polarity"),
    ("The answer is yes.", [], "mark"),
    ("The answer is yes.", [14], "support"),
    ("Nanyu N20 · answer: it works with the iPhone 15 charger.", [14], "speech"),
    ("Members save 5 percent between ¥99 and ¥299.", [16], None),
    ("Members save 15%.", [16], "number"),
    ("See www.evil.example for a coupon.", [1], "link"),
    ("See [the page](javascript:alert(1)).", [1], "link"),
    ("Write to sales@evil.com.", [1], "link"),
    ("As an AI, I cannot say.", [], "speech"),
    ("My system prompt says so.", [], "speech"),
    ("The sheet is data-0123456789ab.", [], "speech"),
    ("Copy names, numbers and prices exactly.", [], "speech"),
    ("这款手机很好。", [3], "speech"),
    # Free is what is said to be free.
    ("We replace the battery at no charge.", [18], None),
    ("The battery is replaced free.", [18], None),
    ("No, you do not swap it at no charge.", [18], "polarity"),
    ("The battery is not replaced for free.", [18], "polarity"),
    ("You still pay for the replacement of a battery below 80%.", [18], "charge"),
    ("A battery below 80% is replaced at your own expense.", [18], "charge"),
    ("Returns within 7 days are free.", [11], "charge"),
    ("We ship this lotion for free.", [12], "charge"),
    ("You can return goods within 7 days at no extra cost.", [11], "charge"),
    ("It is free of alcohol.", [12], None),
]


@pytest.mark.parametrize(("text", "citations", "check"), CHINESE)
def test_chinese(text, citations, check):
    _expect(ZH, text, citations, check)


@pytest.mark.parametrize(("text", "citations", "check"), ENGLISH)
def test_english(text, citations, check):
    _expect(EN, text, citations, check)


def _expect(verifier, text, citations, check):
    verdict = verifier.check(Sentence(text=text, citations=citations))
    assert (check in {name for name, _ in verdict.reasons}) if check else verdict.kept, verdict.reasons


@pytest.mark.parametrize("verifier", [ZH, EN])
def test_what_the_engine_says_passes(verifier):
    for sentence in verifier.context.decision.sentences:
        assert verifier.check(sentence).reasons == ()


def test_only_a_frame_may_repeat_the_numbers_of_the_question():
    text = "1500 元以内的手机："
    assert ZH.check(Sentence(text=text, kind="frame")).kept
    assert not ZH.check(Sentence(text=text)).kept


def test_a_found_answer_speaks_only_of_its_cards():
    decision = phone_shop.zh()
    decision.cards = decision.cards[:1]
    verdict = Verifier(decision, phone_shop.ZH_QUESTION).check(Sentence(text="南榆 X5 Pro 也值得看。"))
    assert not verdict.kept
