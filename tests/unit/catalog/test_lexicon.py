import pytest

from catalog import lexicon


@pytest.mark.parametrize(
    "name", ["Battery Life", "battery-life", "battery_life", "续航", "续航时间", "ＲＵＮ Time", "Runtime"]
)
def test_spellings_of_one_attribute_fold_to_one_key(name):
    assert lexicon.key(name) == "battery_life"


def test_an_unknown_attribute_keeps_its_words():
    assert lexicon.key("Master Outer-Case") == "master_outer_case"
    assert lexicon.label("master_outer_case", "en") == "master outer case"


def test_labels_speak_both_languages():
    assert (lexicon.label("warranty", "zh"), lexicon.label("warranty", "en")) == ("质保", "warranty")


@pytest.mark.parametrize(
    ("text", "canonical", "zh"),
    [
        ("黑", "black", "黑色"),
        ("Grey", "gray", "灰色"),
        ("现货", "in stock", "有货"),
        ("均码", "one size", "均码"),
        ("棉", "cotton", "纯棉"),
    ],
)
def test_closed_values(text, canonical, zh):
    assert lexicon.value(text) == canonical
    assert lexicon.say(canonical, "zh") == zh
    assert lexicon.say(canonical, "en") == canonical


def test_yes_and_no_are_the_words_of_booleans():
    assert [lexicon.value(text) for text in ("是", "yes", "支持", "否", "No")] == ["true"] * 3 + ["false"] * 2
    assert (lexicon.say("true", "en"), lexicon.say("false", "zh")) == ("yes", "否")


def test_free_text_stays_word_for_word():
    assert lexicon.value("machine washable, 30 °C") == "machine washable, 30 °C"
    assert lexicon.say("machine washable, 30 °C", "zh") == "machine washable, 30 °C"


def test_nouns_share_kinds_across_languages_and_numbers():
    assert lexicon.kinds("耳机") == lexicon.kinds("Headphones") == {"headphones"}
    assert "laptop" in lexicon.synonyms("笔记本电脑")
    assert lexicon.synonyms("widgets") == {"widget"}


def test_no_name_stands_for_two_attributes():
    seen: dict[str, str] = {}
    for name, key in lexicon.attribute_names().items():
        assert seen.setdefault(name, key) == key == lexicon.key(name)
