"""TREC: topics (SGML, XML, or a line each with the number and the words parted by a tab) and a file of judgements."""

import re
from collections.abc import Iterator
from pathlib import Path

from eval.errors import SourceError
from eval.importers import judgements
from eval.importers.model import Found, Options, Plain, Problem
from eval.importers.text import read_text

_TOPIC = re.compile(r"<top(?:ic)?\b(?P<attributes>[^>]*)>(?P<body>.*?)</top(?:ic)?>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<num(?:ber)?>\s*(?:Number:)?\s*(?P<number>[^\s<]+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?:number|id)\s*=\s*["'](?P<number>[^"']+)["']""", re.IGNORECASE)
# A field ends at its closing tag, at the next tag, or at the end: old topics close none.
_TITLE = re.compile(r"<(?:title|query|question)>\s*(?:Topic:)?\s*(?P<words>[^<]+)", re.IGNORECASE)


class Trec(Plain):
    """Topics with graded records."""

    name = "trec"
    source = "a TREC topics file, with --qrels FILE"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """One case a judged topic."""
        if options.qrels is None:
            raise SourceError("TREC topics need their judgements: --qrels FILE")
        judged, problems = judgements.trec(options.qrels)
        yield from problems
        text = read_text(source)
        topics = _marked(text) if _TOPIC.search(text) else _lines(text)
        yield from judgements.graded_cases(source, topics, options.qrels, judged, options)


def _marked(text: str) -> Iterator[tuple[int, str, str]]:
    for topic in _TOPIC.finditer(text):
        line = text.count("\n", 0, topic.start()) + 1
        number = _ATTRIBUTE.search(topic["attributes"]) or _NUMBER.search(topic["body"])
        title = _TITLE.search(topic["body"])
        words = " ".join(title["words"].split()) if title else ""
        yield line, number["number"] if number else "", words


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    for line, row in enumerate(text.splitlines(), start=1):
        if row.strip():
            number, _, words = row.partition("\t" if "\t" in row else ":")
            yield line, number.strip(), words.strip()
