import pytest

from catalog.language import detect, simplify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mate70 Pro+ 有货吗", "zh"),
        ("Is 海盐 tea sugar free", "en"),
        ("iPhone 手机壳", "zh"),
        ("这款 bluetooth headphones 多少钱", "zh"),
        ("do you sell 龙井 and 普洱?", "en"),
        ("我要 gaming laptop under 1000", "zh"),
        ("headphones", "en"),
        ("耳机", "zh"),
    ],
)
def test_the_words_that_carry_the_grammar_decide(text, language):
    assert detect(text, "zh" if language == "en" else "en") == language


@pytest.mark.parametrize("text", ["", "12345", "?!", "🙂"])
def test_text_without_words_is_in_the_default_language(text):
    assert (detect(text, "zh"), detect(text, "en")) == ("zh", "en")


def test_traditional_characters_fold_one_for_one():
    text = "這款藍牙耳機續航多久？無線鍵盤"
    assert simplify(text) == "这款蓝牙耳机续航多久？无线键盘"
    assert len(simplify(text)) == len(text)
