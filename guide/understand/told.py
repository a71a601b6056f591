"""Everything the shop says in words, for telling what it never mentions."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from catalog.model import Faq, Policy, Product
from guide.understand.text import one_spelling

_BETWEEN = re.compile(r"[^0-9a-z\u3400-\u9fff]+|(?<=[0-9a-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[0-9a-z])")


class Told(msgspec.Struct, frozen=True):
    """Titles, categories, text attributes, FAQs and policies."""

    text: str
    """A line each, NFKC, simplified characters."""
    words: str
    """The same in lower case, with one blank around every run of letters and figures and of Chinese characters."""
    pieces: frozenset[str]
    """Its words, and the pairs of neighbouring Chinese characters: most of what it lacks is lacking here already."""

    @classmethod
    def of(cls, products: Iterable[Product], texts: Iterable[Faq | Policy]) -> "Told":
        """Read a snapshot's records."""
        said = [words for product in products for words in _of_product(product)]
        said += [words for text in texts for words in _of_text(text)]
        whole = one_spelling("\n".join(said))
        spaced = _spaced(whole)
        return cls(whole, spaced, frozenset(piece for run in spaced.split() for piece in _pieces(run)))

    def bears(self, noun: str) -> bool:
        """Whether a noun (folded, in the singular) occurs, in the singular or the plural."""
        word = _spaced(noun).strip()
        if not word.isascii():
            return self.pieces.issuperset(p for run in word.split() for p in _pieces(run)) and word in self.words
        *before, last = word.split() or [""]
        endings = [ending for ending in ("", "s", "es") if last + ending in self.pieces]
        return self.pieces.issuperset(before) and any(f" {word}{ending} " in self.words for ending in endings)


def _spaced(text: str) -> str:
    return f" {_BETWEEN.sub(' ', text.casefold()).strip()} "


def _pieces(run: str) -> list[str]:
    return [run] if run.isascii() or len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def _of_product(product: Product) -> Iterator[str]:
    yield from (product.title, *product.categories)
    yield from (value for value in product.attributes.values() if isinstance(value, str))
    for text in product.translations.values():
        yield text.title or ""
        yield from (value for value in (text.attributes or {}).values() if isinstance(value, str))


def _of_text(record: Faq | Policy) -> Iterator[str]:
    yield from (record.question, record.answer) if isinstance(record, Faq) else (record.title, record.body)
    for text in record.translations.values():
        yield from (text.question or "", text.answer or "", text.title or "", text.body or "")
