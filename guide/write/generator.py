"""The writer that lets a language model put the decided facts in its own words."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing

from guide.errors import GeneratorError
from guide.model import Decision, Outcome, Question, Sentence
from guide.write import WriterName
from guide.write.model import Model
from guide.write.prompt import messages, tags
from guide.write.sentences import LONGEST, Cutter, all_parted

WRITABLE: frozenset[Outcome] = frozenset({"answered", "nearest_match"})
"""Outcomes with something to tell; the others are said as they are."""

_MOST_SENTENCES = 8
"""Four were asked for; far beyond that a model repeats itself."""
_BARE_ANSWER = re.compile(r"(?:yes|no|是的?|不是?|对的?|可以的?|有的?|没有)[.。,，!！]*", re.IGNORECASE)
_LINE = re.compile(r"^(?:findings?:\s*|(?:P\d+|shop) · )+", re.IGNORECASE)
"""How a line of the sheet begins (guide/write/prompt.py)."""
_INCHES = re.compile(r'(?<=\d)"')
_BROKEN = re.compile("\ufffd|[\x00-\x08\x0e-\x1f]|(.)\\1{11}")


def writable(decision: Decision) -> bool:
    """Whether there is something that a model may put in its own words."""
    return decision.outcome in WRITABLE and bool(decision.evidence)


class Generator:
    """Streams an answer from a model, sentence by sentence; nothing it writes has been checked yet."""

    name: WriterName = "generator"

    def __init__(self, model: Model, seconds: float = 20.0, max_tokens: int = 220) -> None:
        """With a model and what one answer may take: seconds from the first call to the last token, and tokens."""
        self._model = model
        self._seconds = seconds
        self._max_tokens = max_tokens

    async def write(self, question: Question, decision: Decision, /) -> AsyncGenerator[Sentence, None]:
        """Sentences as the model finishes them.

        Raises:
            GeneratorError: the model failed, was slow, or wrote nothing usable.
        """
        said: set[str] = set()
        async with aclosing(self._raw(question, decision)) as raw:
            opening = ""
            async for text, marks in raw:
                if _BARE_ANSWER.fullmatch(text) and not marks:  # "Yes." says nothing alone: it opens the next sentence
                    opening = f"{text} " if text.isascii() else text
                    continue
                if text in said:  # a loop: it has nothing more to say
                    break
                said.add(text)
                yield Sentence(text=opening + _closed(_titled(text, decision)), citations=marks)
                opening = ""
                if len(said) == _MOST_SENTENCES:
                    break
        if not said:
            raise GeneratorError("the language model wrote nothing")

    async def _raw(self, question: Question, decision: Decision) -> AsyncGenerator[tuple[str, list[int]], None]:
        deadline = asyncio.get_running_loop().time() + self._seconds
        cutter = Cutter()
        stream = self._model.stream(messages(question, decision), self._max_tokens, deadline)
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                for part in all_parted(cutter.feed(piece)):
                    yield _sane(part)
                if cutter.waiting > LONGEST:
                    raise GeneratorError("the language model wrote no sentence")
        for part in all_parted(cutter.end()):
            yield _sane(part)


def _sane(part: tuple[str, list[int]]) -> tuple[str, list[int]]:
    if _BROKEN.search(part[0]):
        raise GeneratorError("the language model wrote garbage")
    return part


def _closed(text: str) -> str:
    """Quotation marks in pairs: a quote of two sentences is cut between them."""
    if text.count("“") > text.count("”"):
        return f"{text}”"
    inches = len(_INCHES.findall(text))
    if text.count('"') % 2 == 0 or (text.count('"') - inches) % 2 == 0:
        return text
    return text[:-1] if text.endswith('"') else f'{text}"'


def _titled(text: str, decision: Decision) -> str:
    """Tags of the sheet (P1) as the titles they stand for; a copied line without what only a sheet needs."""
    bare = _LINE.sub("", text)
    text = text if bare == text else bare[:1].upper() + bare[1:]
    titles = {card.id: card.title for card in decision.cards}
    for tag, product in tags(decision).items():
        text = re.sub(rf"(?<![A-Za-z0-9]){tag}(?![A-Za-z0-9])", lambda _, title=titles[product]: title, text)  # type: ignore[misc]
    return text
