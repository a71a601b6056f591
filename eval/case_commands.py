"""`guide-eval validate`, `import` and `generate`: case files checked and made."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eval.cli_errors import errors

if TYPE_CHECKING:
    from eval.cases import CaseFile
    from eval.importers.collect import Imported

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
_SHOWN = 20
"""Problems named for people, one a line; JSON holds them all."""
FORMATS = (
    "csv", "beir", "trec", "ragas", "esci", "icecat_chorus", "zh_ecom", "ecommerce_faq", "rgb", "tau_retail",
    "webshop_goals",
)  # fmt: skip
"""Names of eval.importers.formats, repeated so that `--help` loads none of them; a test holds the two together."""
KINDS = (
    "fact", "paraphrase", "budget", "brand", "comparison", "shop_fact", "text", "follow_up", "promotion",
    "no_attribute", "not_sold", "out_of_scope", "elsewhere",
)  # fmt: skip
"""Kinds of generated cases, for the same reason."""


@click.command()
@click.argument("cases", type=_FILE)
@click.option("--rules", type=_FILE, help="Check the rules of a gate too (TOML).")
@click.option("--json", "as_json", is_flag=True, help="Print {file, cases, hash, …} or {problems} as JSON on stdout.")
def validate(cases: Path, rules: Path | None, as_json: bool) -> None:
    """Check a case file and print its content hash.

    \b
    guide-eval validate cases.jsonl
    guide-eval validate cases.jsonl --rules gates.toml
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        from eval.cases import load
        from eval.errors import CaseError

        if rules:
            from eval.rules import load as load_rules

            load_rules(rules)
        try:
            file = load(cases)
        except CaseError as error:
            if as_json:
                _print({"file": cases.name, "problems": error.problems})
            raise
        if as_json:
            _print(_held(file))
        else:
            click.echo(f"{file.name}: {len(file.cases)} cases, sha256 {file.hash}")


@click.command("import")
@click.argument("source", metavar="SOURCE", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="What SOURCE is.")
@click.option("--out", required=True, type=_OUT, help="The case file to write.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="csv: the column of a field.")
@click.option("--qrels", type=_FILE, help="beir, trec: the file of judgements.")
@click.option("--language", metavar="TAG", help="Language of every question; by default each is looked at.")
@click.option("--split", type=click.Choice(("tune", "report")), help="Only this half of the cases, by hash.")
@click.option("--catalog-out", "catalog", type=_OUT, help="Write the records that come with SOURCE (canonical JSONL).")
@_JSON
def import_(source: Path, out: Path, *, as_json: bool, **told: Any) -> None:
    """Make a case file of SOURCE: a table of questions, a retrieval benchmark, a ragas dataset, a shared set.

    Every row that cannot be used is named with file, line and code; the others are imported. A row without gold is
    imported too: it is asked, and counts neither as right nor as wrong. Nothing usable is exit 3.

    \b
    guide-eval import faq.csv --format csv --map question=Frage --map references=Antwort --out faq.cases.jsonl
    guide-eval import fiqa/ --format beir --out fiqa.cases.jsonl --catalog-out fiqa.catalog.jsonl
    guide-eval import topics.txt --format trec --qrels qrels.txt --out trec.cases.jsonl --split tune
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    with errors():
        from eval.importers.collect import run
        from eval.importers.formats import IMPORTERS
        from eval.importers.model import Options

        options = Options(columns=_pairs(told["columns"]), qrels=told["qrels"], language=told["language"])
        made = run(IMPORTERS[told["form"]], source, out, options, told["split"], told["catalog"])
        if as_json:
            _print(made)
        else:
            _say_imported(made)


@click.command()
@click.option("--catalog", multiple=True, required=True, metavar="FEED", help="Records: a file, a folder, or `sample`.")
@click.option("--mapping", type=_FILE, help="How the columns of --catalog map to fields (TOML).")
@click.option("--out", required=True, type=_OUT, help="The case file to write.")
@click.option("--n", "total", default=1000, show_default=True, type=click.IntRange(1), help="How many cases.")
@click.option("--seed", default=7, show_default=True, help="The same seed and records give the same cases.")
@click.option("--language", default="both", show_default=True, type=click.Choice(("zh", "en", "both")))
@click.option("--kinds", metavar="KIND,…", help=f"Only these kinds: {', '.join(KINDS)}.")
@click.option("--clock", metavar="ISO", help="The time the answers are judged at, stated in each case.  [default: now]")
@_JSON
def generate(catalog: Sequence[str], mapping: Path | None, out: Path, *, as_json: bool, **told: Any) -> None:
    """Make cases out of a shop's records: questions in fair shares of each kind, their gold computed.

    What the records leave in doubt is left out; a shop that gives fewer questions than --n is told of. The cases ask
    for facts, budgets, brands, comparisons, facts of the whole shop, its texts, follow-ups and promotions, and in four
    kinds for what has to be declined.

    \b
    guide-eval generate --catalog sample --out cases.jsonl --n 1000 --seed 7
    guide-eval generate --catalog shop.csv --mapping shop.toml --out cases.jsonl --language en --kinds fact,budget
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    kinds = _listed(told["kinds"]) if told["kinds"] else KINDS
    with errors():
        from eval.generate.make import Wanted, make
        from eval.generate.wordings import LANGUAGES

        languages = [language for language in LANGUAGES if told["language"] in {language, "both"}]
        wanted = Wanted(told["total"], told["seed"], languages, kinds, told["clock"])
        made = make(catalog, str(mapping) if mapping else None, out, wanted)
        if made.cases < told["total"]:
            click.echo(f"the records give no more than {made.cases} different questions", err=True)
        shares = ", ".join(f"{kind} {count}" for kind, count in made.kinds.items())
        if as_json:
            _print(made)
        else:
            click.echo(f"{made.out}: {made.cases} cases, sha256 {made.hash}\n  {shares}")


def _listed(words: str) -> tuple[str, ...]:
    """Kinds parted by commas; an unknown one is wrong usage."""
    kinds = tuple(word.strip() for word in words.split(","))
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise click.BadParameter(f"no kind {unknown[0]!r}; there are {', '.join(KINDS)}", param_hint="--kinds")
    return kinds


def _pairs(words: Sequence[str]) -> dict[str, str]:
    """FIELD=COLUMN options as a table; a word without `=` is wrong usage."""
    for word in words:
        if "=" not in word:
            raise click.BadParameter(f"{word!r} is not FIELD=COLUMN", param_hint="--map")
    return dict(word.split("=", 1) for word in words)


def _say_imported(made: "Imported") -> None:
    from eval.importers.model import WARNINGS

    grave_first = sorted(made.problems, key=lambda problem: problem.code in WARNINGS)
    for problem in grave_first[:_SHOWN]:
        click.echo(str(problem), err=True)
    if len(made.problems) > _SHOWN:
        click.echo(f"and {len(made.problems) - _SHOWN} more; --json names them all", err=True)
    parts = [f"{made.out}: {made.cases} cases, sha256 {made.hash}"]
    if made.without_gold:
        parts.append(f"{made.without_gold} of them without gold: never scored as right or wrong")
    if made.other_half:
        parts.append(f"{made.other_half} belong to the other half")
    if made.codes:
        parts.append("problems: " + ", ".join(f"{code} {count}" for code, count in made.codes.items()))
    if made.records:
        parts.append(f"{made.records} records written")
    click.echo("\n  ".join(parts))


def _held(file: "CaseFile") -> dict[str, Any]:
    """What a case file holds, in figures."""
    return {
        "file": file.name,
        "cases": len(file.cases),
        "hash": file.hash,
        "without_gold": sum(not case.graded for case in file.cases),
        "languages": dict(Counter(case.language or "" for case in file.cases)),
        "tags": dict(sorted(Counter(tag for case in file.cases for tag in case.tags).items())),
    }


def _print(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.encode(value).decode())
