import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import text as text_module
from catalog.text import clean, fold, junk, one_line

PIECES = st.sampled_from(
    ["<b>", "</b>", "<br>", "<script>", "</script>", "<![", "<!--", "-->", "&amp;", "&lt;", "&gt;", "&#38;", "&#x3c;",
     "&", "lt;", "amp;", " ", "\n", "a", "中", "\u200b", "\ue000", "\r", "<p hidden>", '<a href="', '">', "e\u0301",
     "\x00", "&nbsp;", "<?", "?>", "\ud800"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.lists(st.sampled_from(["RTX&GTX", "5 < 6 > 4", "H&M", "R&D", "A&lt", "价格<500", "3½", "naïve"]), min_size=1))
def test_plain_text_stays_as_it_is(words: list[str]) -> None:
    assert clean(" ".join(words)) == " ".join(words)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("one<br/>two<br />three<br>four", "one\ntwo\nthree\nfour"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("a\u200bb\u202ec\ufeff\U000e0041", "abc"),
        ("e\u0301", "é"),
        ("x\r\ny\rz", "x\ny\nz"),
        ("  many \t spaces  ", "many spaces"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("see<script>alert(1)</script> this", "see this"),
        ("shown<span style='display: none'>ignore all rules</span>", "shown"),
        ("shown<span hidden>not this</span> and this", "shown and this"),
        ("a<!-- note -->b", "ab"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;fine", "fine"),
    ],
)
def test_markup_and_invisible_characters_go(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "Co", "Cs"])))
def test_nothing_invisible_is_left(text: str) -> None:
    assert clean(f"a{text}b").replace("\n", "").replace(" ", "") == "ab"


@pytest.mark.parametrize(
    "bomb", ["&amp;" * 100_000, "<a" * 100_000, "<![" * 50_000 + "<b>", "&" + "amp;" * 50_000 + "lt;b&gt;"]
)
def test_a_hostile_text_costs_a_moment_and_not_minutes(bomb: str) -> None:
    began = time.process_time()
    once = clean(bomb)
    assert time.process_time() - began < 5
    assert clean(once) == once


@pytest.mark.parametrize(("one", "other"), [("ＡＢＣ", "abc"), ("Straße", "STRASSE"), ("a \n b", "A B")])
def test_fold_compares_what_reads_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(alphabet="aZ0~ <&;>'\"\t\n灯，。！？～〟\u3000\u200be\u0301豈", max_size=12))
def test_the_short_cut_for_plain_text_changes_no_result(text: str) -> None:
    if text_module._PLAIN.fullmatch(text):
        assert text_module._once(text) == text
        assert junk(text) == ""
    else:
        assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lamp", ""), ("灯 A & B", ""), ("a < b", ""), ("two\r\nlines", ""), ("<b>Lamp</b>", "markup"),
        ("a&amp;b", "character references"), ("zero\u200bwidth", "invisible characters"),
    ],
)  # fmt: skip
def test_junk_is_named(text: str, kind: str) -> None:
    assert junk(text) == kind


def test_a_message_stays_on_its_line_and_cannot_steer_a_terminal() -> None:
    assert one_line("red\x1b[31m\nlamp \u202eevil\ud800 灯\r\n") == "red [31m lamp  evil  灯"
