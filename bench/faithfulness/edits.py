"""Made-up edits of true sentences: a number, name or word exchanged, a denial put in or out, halves joined.

After FactCC (arXiv 1910.12840), with one edit a sentence. Half of the sentences stay true: as they stand, or with an
aside or a tail left out. The texts are those of QAGS xsum and of RGB's English passages; none is of a held document.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.faithfulness.sets import SETS, Labelled
from eval.commands import ClaimRow
from eval.faithfulness.words.kinds import OPPOSITES
from eval.text.wordlists import ENGLISH_STOP

_RGB = "rgb/dev/en_fact.jsonl"
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_HELPER = re.compile(r"\b(?:is|are|was|were|will|would|can|could|should|has|have|had|does|did|may)\b")
_DENIAL = re.compile(r" not\b|n't\b")
_ASIDE = re.compile(r"\s*\([^)]*\)|, (?:who|which) [^,]{3,60},")

Edit = Callable[[str, list[str], random.Random], str | None]


def rows(data: Path, most: int) -> list[Labelled]:
    """So many rows, half of them true; `original` is the sentence before the edit."""
    chance = random.Random(3)
    texts = list(_texts(data))
    chance.shuffle(texts)
    found: list[Labelled] = []
    while len(found) < most:
        text = texts[len(found) % len(texts)]
        sentences = [part for part in _SENTENCE.split(text) if 6 <= len(part.split()) <= 45]
        if len(sentences) < 3:
            texts.remove(text)
            continue
        true = chance.choice(sentences)
        others = [sentence for sentence in sentences if sentence != true]
        right = chance.random() < 0.5
        said = _shortened(true, chance) if right else chance.choice(_EDITS)(true, others, chance)
        if said and (right or said != true):
            claim = ClaimRow(id=f"made/{len(found)}", evidence=[text], response=said)
            found.append(Labelled(claim, right, text, true))
        else:
            chance.shuffle(texts)
    return found


def _texts(data: Path) -> Iterator[str]:
    (xsum,) = (one for one in SETS if one.name == "QAGS xsum")
    yield from dict.fromkeys(row.group for row in xsum.rows(data))
    for line in (data / _RGB).read_text("utf-8").splitlines():
        row = json.loads(line)
        yield from (text for text in [*row["positive"], *row["negative"]] if isinstance(text, str) and len(text) > 400)


def _shortened(sentence: str, chance: random.Random) -> str:
    """The sentence, or less of it that is as true."""
    if chance.random() < 0.5:
        sentence = _ASIDE.sub("", sentence, count=1)
    parts = sentence.split(", ")
    return ", ".join(parts[:-1]) + "." if len(parts) > 2 and chance.random() < 0.3 else sentence


def _number(sentence: str, others: list[str], chance: random.Random) -> str | None:
    held = list(_NUMBER.finditer(sentence))
    strange = [number for other in others for number in _NUMBER.findall(other) if number not in sentence]
    if not held:
        return None
    spot = chance.choice(held)
    digits = str(int(re.sub(r"\D", "", spot[0])) + chance.randint(1, 9))
    return _replaced(sentence, spot, chance.choice(strange) if strange and chance.random() < 0.5 else digits)


def _name(sentence: str, others: list[str], chance: random.Random) -> str | None:
    held = list(_NAME.finditer(sentence))
    strange = [name for other in others for name in _NAME.findall(other) if name not in sentence]
    return _replaced(sentence, chance.choice(held), chance.choice(strange)) if held and strange else None


def _word(sentence: str, others: list[str], chance: random.Random) -> str | None:
    """Another word of the text with the same ending."""
    held = [match for match in _WORD.finditer(sentence) if match[0].lower() not in ENGLISH_STOP]
    if not held:
        return None
    spot = chance.choice(held)
    words = [word for other in others for word in _WORD.findall(other) if word.lower() not in ENGLISH_STOP]
    strange = [word for word in words if word[-2:] == spot[0][-2:] and word not in sentence]
    return _replaced(sentence, spot, chance.choice(strange)) if strange else None


def _opposite(sentence: str, _others: list[str], chance: random.Random) -> str | None:
    held = [match for match in re.finditer(r"[a-z]+", sentence) if match[0] in OPPOSITES]
    if not held:
        return None
    spot = chance.choice(held)
    return _replaced(sentence, spot, chance.choice(sorted(OPPOSITES[spot[0]])))


def _denied(sentence: str, _others: list[str], _chance: random.Random) -> str | None:
    if _DENIAL.search(sentence):
        return _DENIAL.sub("", sentence, count=1)
    helper = _HELPER.search(sentence)
    return f"{sentence[: helper.end()]} not{sentence[helper.end() :]}" if helper else None


def _joined(sentence: str, others: list[str], chance: random.Random) -> str | None:
    """The beginning of one sentence and the end of another: what summarisers that copy get wrong."""
    first, second = sentence.split(), chance.choice(others).split()
    if min(len(first), len(second)) < 8:
        return None
    return " ".join(first[: chance.randint(3, len(first) - 3)] + second[chance.randint(3, len(second) - 3) :])


def _replaced(sentence: str, spot: re.Match[str], word: str) -> str:
    return sentence[: spot.start()] + word + sentence[spot.end() :]


_EDITS: list[Edit] = [_number, _name, _name, _word, _word, _opposite, _denied, _joined, _joined, _joined]
