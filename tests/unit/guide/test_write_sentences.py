import pytest

from guide.write.sentences import Cutter, parted


def cut(text, size):
    cutter = Cutter()
    found = [sentence for at in range(0, len(text), size) for sentence in cutter.feed(text[at : at + size])]
    return [*found, *cutter.end()]


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("续航 30 小时。[3]重 1.5 公斤！[4][5]要吗？", ["续航 30 小时。[3]", "重 1.5 公斤！[4][5]", "要吗？"]),
        (
            "It costs $49.90. [1] It weighs 1.5 kg [2]. Good.",
            ["It costs $49.90. [1]", "It weighs 1.5 kg [2].", "Good."],
        ),
        ("它说：“很好。”[1] 不错；可以。", ["它说：“很好。”[1]", "不错；", "可以。"]),
        ("About approx. 30 h, e.g. at night. Fine!", ["About approx. 30 h, e.g. at night.", "Fine!"]),
        ("It weighs 196 g. It runs 9 h. Good.", ["It weighs 196 g.", "It runs 9 h.", "Good."]),
        ("Sold in the U.S. market. Yes.", ["Sold in the U.S. market.", "Yes."]),
        ("1. First fact [1].\n2. Second [2].", ["1. First fact [1].", "2. Second [2]."]),
        ("No stop at the end", ["No stop at the end"]),
        ("Really?! Yes... maybe.", ["Really?!", "Yes...", "maybe."]),
        ("好【1】。\n\n好的【2】。", ["好【1】。", "好的【2】。"]),
        ("It is listed as No. 5 here. Ok.", ["It is listed as No. 5 here.", "Ok."]),
    ],
)
def test_cut(text, expected, size):
    assert cut(text, size) == expected


def test_a_sentence_comes_as_soon_as_the_next_one_begins():
    cutter = Cutter()
    assert cutter.feed("有货。") == []
    assert cutter.feed("[1]") == []
    assert cutter.feed("价") == ["有货。[1]"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("**It** runs `30 hours` [3].", ("It runs 30 hours.", [3])),
        ("- 有货 [1][2]。", ("有货。", [1, 2])),
        ("## Price: ¥99 [2, 3]", ("Price: ¥99", [2, 3])),
        ("See [here](https://x.example) now【4】.", ("See here now.", [4])),
        ("![img](http://x/y.png)Nice *thing* [^5].", ("Nice thing.", [5])),
        ("2. 续航 30 小时。[1][1]", ("续航 30 小时。", [1])),
    ],
)
def test_marks_and_markdown_are_taken_out(sentence, expected):
    assert parted(sentence) == expected
