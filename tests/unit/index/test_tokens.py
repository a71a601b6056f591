import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.tokens import stem, tokens

SKUS = st.from_regex(r"[A-Za-z0-9]+([-./][A-Za-z0-9]+){0,3}", fullmatch=True).filter(lambda sku: re.search(r"\d", sku))


@given(SKUS)
def test_a_model_number_is_never_lost(sku: str) -> None:
    assert sku.casefold() in tokens(sku)
    for sentence in (f"is the {sku} in stock?", f"请问{sku}有货吗", f"({sku})", f"{sku}。", f"“{sku}”, {sku}!"):
        assert set(tokens(sku)) <= set(tokens(sentence))


@given(SKUS)
def test_a_model_number_matches_however_its_parts_are_joined(sku: str) -> None:
    parts = re.findall(r"[a-z]+|[0-9]+", sku.casefold())
    assume(len(parts) > 1)
    spaced, joined = set(tokens(" ".join(parts))), set(tokens(sku))
    assert {part for part in parts if part.isdigit()} <= spaced & joined


@given(st.text())
def test_any_text_gives_folded_words(text: str) -> None:
    for term in tokens(text):
        assert term
        assert term == term.casefold()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Mate70 Pro+", ["mate70", "mate", "70", "pro+", "pro"]),
        ("006R90321", ["006r90321", "006", "r", "90321"]),
        ("dv7-1211ea", ["dv7-1211ea", "dv7", "1211ea", "dv", "7", "1211", "ea"]),
        ("无线耳机", ["无线", "线耳", "耳机"]),
        ("茶 的", ["茶"]),
        ("ＡＢ１２", ["ab12", "ab", "12"]),
        ("the headphones for batteries", ["headphone", "battery"]),
        ("Привет", ["привет"]),
        ("...!?", []),
    ],
)
def test_examples(text: str, terms: list[str]) -> None:
    assert tokens(text) == terms


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("batteries", "battery"), ("watches", "watch"), ("glasses", "glass"), ("glass", "glass"), ("bus", "bus"),
     ("phones", "phone"), ("gas", "gas"), ("boxes", "box"), ("tennis", "tennis"), ("ties", "tie")],
)  # fmt: skip
def test_plurals_meet_their_singular(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed
