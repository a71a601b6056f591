"""Which variants a text names, by their option values in either language."""

import re

from eval.products import Sellable, value_text
from eval.text.fold import contains_folded, fold
from eval.text.quantities import Quantity, of_value, quantities
from eval.text.wordlists import COLOURS


def best_named(text: str, forms: list[Sellable]) -> list[Sellable]:
    """The forms most of whose option values the text spells out (静音红轴 over 红轴); none when it names none."""
    return _best(text, forms, whole=False)


def wholly_named(text: str, forms: list[Sellable]) -> list[Sellable]:
    """The forms whose every option value the text spells out; none when there is no such form."""
    return _best(text, forms, whole=True)


def _best(text: str, forms: list[Sellable], *, whole: bool) -> list[Sellable]:
    folded, numbers = fold(text), quantities(text)
    scores = []
    for form in forms:
        sizes = _sizes(form, folded, numbers)
        scores.append(0 if whole and not all(sizes) else sum(sizes))
    best = max(scores, default=0)
    return [form for form, score in zip(forms, scores, strict=True) if score == best] if best else []


def _sizes(form: Sellable, folded: str, numbers: tuple[Quantity, ...]) -> list[int]:
    """For each option, how many characters of its value the text spells out (0 = it does not)."""
    sizes = []
    for value in form.variant.options.values() if form.variant else []:
        word = fold(value_text(value))
        spellings = [word, *(other for pair in COLOURS for other in pair if word in pair)]
        held = of_value(value)
        said = any(_has_word(folded, spelling) for spelling in spellings)
        said = said or (bool(held) and all(any(one.same(other) for other in numbers) for one in held))
        sizes.append(len(word) if said else 0)
    return sizes


def _has_word(folded: str, word: str) -> bool:
    """A Latin value has to stand as a word of its own: size L is not in every lamp."""
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", folded) is not None
    return contains_folded(folded, word)
