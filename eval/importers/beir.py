"""BEIR folders: queries.jsonl, corpus.jsonl, and judgements in qrels/*.tsv."""

from collections.abc import Iterator
from pathlib import Path

from catalog.model import Policy, Record
from eval.errors import SourceError
from eval.importers.judgements import graded_cases, tsv
from eval.importers.model import Found, Options, Plain, Problem
from eval.importers.text import Line, json_lines, text_of
from eval.text.fold import language_of


class Beir(Plain):
    """Queries with graded documents; a document is a text of the shop."""

    name = "beir"
    source = "a BEIR folder (queries.jsonl, corpus.jsonl, qrels/)"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """One case a query that somebody judged; `--qrels` names the judgements where there are several files."""
        path = options.qrels or _qrels(source)
        known = {record.id for record in self.records(source)} if (source / "corpus.jsonl").is_file() else None
        judged, problems = tsv(path, known)
        yield from problems
        queries: list[tuple[int, str, str]] = []
        for line in json_lines(source / "queries.jsonl"):
            if isinstance(line, Problem):
                yield line
            else:
                queries.append((line.number, text_of(line.row, "_id", "id"), text_of(line.row, "text", "query")))
        yield from graded_cases(source / "queries.jsonl", queries, path, judged, options)

    def records(self, source: Path) -> Iterator[Record]:
        """The corpus, each document as a policy."""
        for line in json_lines(source / "corpus.jsonl"):
            if isinstance(line, Line) and (id_ := text_of(line.row, "_id", "id")):
                title, body = text_of(line.row, "title"), text_of(line.row, "text")
                language = language_of(f"{title} {body}")
                yield Policy(id=id_, title=title or body[:60], body=body or title, language=language)


def _qrels(source: Path) -> Path:
    """The test judgements, or the only ones.

    Raises:
        SourceError: there are none, or several of which none is called test.
    """
    files = sorted((source / "qrels").glob("*.tsv"))
    test = [path for path in files if path.stem == "test"]
    if len(test or files) != 1:
        names = ", ".join(path.name for path in files) or "none"
        raise SourceError(f"{source / 'qrels'}: which judgements ({names})? Name them with --qrels FILE")
    return (test or files)[0]
