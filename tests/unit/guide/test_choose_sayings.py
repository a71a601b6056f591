"""An attribute as a sentence: natural where the label allows it, label and value side by side where it does not."""

import pytest

from catalog.model import Measure
from guide.choose import sayings
from guide.evidence import Statement, spoken


def statement(label, value, language):
    return Statement(
        record_id="p", field="attributes.x", quote=spoken(value, language), language=language, source="merchant",
        label=label, key="x", value=value,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("label", "value", "language", "said"),
    [
        ("防水", True, "zh", "防水。"),
        ("防水", False, "zh", "不防水。"),
        ("主动降噪", True, "zh", "支持主动降噪。"),
        ("麦克风", False, "zh", "不带麦克风。"),
        ("NFC", True, "zh", "支持 NFC。"),
        ("不含乳胶", False, "zh", "含乳胶。"),
        ("有机", False, "zh", "不是有机的。"),
        ("内置音箱", False, "zh", "没有内置音箱。"),
        ("扶手可调", True, "zh", "扶手可调。"),
        ("vegan", True, "zh", "vegan：是。"),
        ("waterproof", True, "en", "It is waterproof."),
        ("BPA-free", False, "en", "It is not BPA-free."),
        ("headrest", True, "en", "It has a headrest."),
        ("aroma tray", True, "en", "It has an aroma tray."),
        ("active noise cancelling", True, "en", "It has active noise cancelling."),
        ("GPS", False, "en", "It has no GPS."),
        ("is electric", False, "en", "It is not electric."),
        ("has caller id", True, "en", "It has caller id."),
        ("requires assembly", False, "en", "It does not require assembly."),
        ("contains nuts", True, "en", "It contains nuts."),
        ("contains nuts", False, "en", "Contains nuts: no."),
        ("cable included", True, "en", "Cable included: yes."),
        ("防水", True, "en", "防水: yes."),
        ("续航", Measure(value=9, unit="hour"), "zh", "续航是 9 小时。"),
        ("battery life", Measure(value=9, unit="hour"), "en", "Its battery life is 9 hours."),
        ("processor cores", 6, "en", "Its processor cores are 6."),
        ("number of modes", 4, "en", "Its number of modes is 4."),
        ("材质", ["棉", "麻"], "zh", "材质：棉、麻。"),
        ("material", ["cotton", "linen"], "en", "Its material is cotton, linen."),
        ("fits height up to", Measure(value=185, unit="cm"), "en", "Fits height up to: 185 cm."),
    ],
)
def test_an_attribute_of_what_was_just_named(label, value, language, said):
    assert sayings.of_this(statement(label, value, language), language) == said


def test_an_attribute_of_a_named_product():
    life = statement("battery life", Measure(value=9, unit="hour"), "en")
    assert sayings.of_a_product("Lightleaf 14", life, "en") == "The battery life of Lightleaf 14 is 9 hours."
    nfc = statement("NFC", False, "zh")
    assert sayings.of_a_product("南榆 N20", nfc, "zh") == "南榆 N20不支持 NFC。"
