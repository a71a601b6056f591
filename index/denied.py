"""Things a shopper wants to be without that no attribute tells of: what the texts of a record say of them.

A text that has the thing ("with glass beads") counts against a record, one that denies it ("no glass beads") settles
the matter, silence leaves it open. English is compared word by word in the singular, Chinese character by character.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import numpy as np

from catalog.model import Product, Record
from index.filtering import Mask
from index.rank import Rows
from index.snapshot import Snapshot
from index.tokens import stem

Says: TypeAlias = Literal["has", "lacks", ""]
DEPTH = 100
"""Best records whose texts are read; deeper ones stay where they are."""
_WITHOUT = re.compile(r"\bw/o\b|\bfree (?:of|from)\b")
_SENTENCE = re.compile(r"[.!?;|。！？；\n]+")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?|[\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DENIES = re.compile(r"without|no|not|non|minus|exclud\w+|never|zero|n?either|nor|sans|lacks|\w+n['’]t")
_REACH = 4
"""A denial reaches over so many words: without chicken, beef or corn."""
_DENIED_AFTER = re.compile(r"free\b|less\b|(?:is |are )?(?:not (?:included|needed|required|necessary)|sold separately)")
_HAN_DENIES = re.compile(r"[不没无免非零去别](?:[^,，、。]{0,4})$")
_HAN_DENIED_AFTER = re.compile(r"[^,，。]{0,2}(?:除外|另购|另售|不含)")


def says(texts: Iterable[str], thing: str) -> Says:
    """What the texts say of the thing; one denial outweighs whatever else mentions it."""
    spoken = {said for text in texts for sentence in _SENTENCE.split(text.lower()) for said in _said(sentence, thing)}
    return "lacks" if "lacks" in spoken else "has" if "has" in spoken else ""


def spoken_of(texts: Sequence[str], thing: str) -> str:
    """As many first words of the thing as the texts mention together: overflow, of "overflow solid brass"."""
    words = thing.split()
    starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((start for start in starts if says(texts, start)), thing)


def last(snapshot: Snapshot, rows: Rows, things: Sequence[str]) -> tuple[Rows, dict[str, Mask]]:
    """The rows with those that have a thing after the others of the first `DEPTH`; by thing, where none denies it."""
    texts = {row: _texts(snapshot.record(row)) for row in rows[:DEPTH].tolist()}
    having = np.zeros(len(rows), bool)
    doubtful: dict[str, Mask] = {}
    for thing in things:
        known = spoken_of([text for found in texts.values() for text in found], thing)
        said = {row: says(found, known) for row, found in texts.items()}
        having[: len(texts)] |= [answer == "has" for answer in said.values()]
        doubtful[thing] = np.ones(len(snapshot.ids), bool)
        doubtful[thing][[row for row, answer in said.items() if answer == "lacks"]] = False
    deeper = np.arange(len(rows)) >= DEPTH
    return rows[np.argsort(np.where(deeper, 2, having), kind="stable")], doubtful


def _texts(record: Record) -> list[str]:
    """What a product's own texts say; a category ("Baskets & Accessories") says nothing of one product."""
    if not isinstance(record, Product):
        return []
    told = [(record.title, record.bullets, record.description)]
    told += [(text.title or "", text.bullets or [], text.description) for text in record.translations.values()]
    return [part for title, bullets, description in told for part in (title, *bullets, description or "")]


def _said(sentence: str, thing: str) -> Iterator[Says]:
    return _in_han(sentence, thing.lower()) if _HAN.search(thing) else _in_words(sentence, thing.lower())


def _in_han(sentence: str, thing: str) -> Iterator[Says]:
    at = sentence.find(thing)
    while at >= 0:
        end = at + len(thing)
        denied = _HAN_DENIES.search(sentence[:at]) or _HAN_DENIED_AFTER.match(sentence, end)
        yield "lacks" if denied else "has"
        at = sentence.find(thing, end)


def _in_words(sentence: str, thing: str) -> Iterator[Says]:
    wanted = [stem(word) for word in _WORD.findall(thing)]
    if not wanted or wanted[0][:3] not in sentence:
        return
    words = _WORD.findall(_WITHOUT.sub("without", sentence))
    stems = [stem(word) for word in words]
    for at in range(len(stems) - len(wanted) + 1):
        if stems[at : at + len(wanted)] == wanted:
            before, after = words[max(0, at - _REACH) : at], " ".join(words[at + len(wanted) :])
            denied = any(map(_DENIES.fullmatch, before)) or _DENIED_AFTER.match(after)
            yield "lacks" if denied else "has"
