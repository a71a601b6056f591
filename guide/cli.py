"""`guide`: serve the API, ask one question in a terminal, hand out keys, forget shoppers.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

import sys
from pathlib import Path

import click

from catalog.errors import ShopguideError
from guide.commands.common import CONFIG, DATA
from guide.commands.erase import erase
from guide.commands.keys import keys_group

EXIT_REFUSED, EXIT_USAGE, EXIT_UNUSABLE, EXIT_INTERRUPTED = 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shopguide")
def cli() -> None:
    """Answer shoppers' questions from an indexed catalog.

    \b
    Examples:
      guide serve --data data
      guide ask "300 元以内的降噪耳机" --data data
      guide keys add --kind secret --name ERP --data data
    """


@cli.command()
@DATA
@CONFIG
@click.option("--host", help="Address to listen on; not only this machine once there are keys.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks a free one.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Worker processes.  [default: 1]")
@click.option("--snapshot", help="Serve this snapshot instead of the live one.")
@click.option("--clock", help="Fix the time (ISO 8601 with offset), for promotions and tests.")
@click.option("--ready-file", type=click.Path(path_type=Path), help="Gets the address once questions are taken.")
def serve(data: Path, config: Path | None, ready_file: Path | None, **options: str | int | None) -> None:
    """Serve the API and the page at / until Ctrl-C.

    \b
    Examples:
      guide serve --data data --port 8000
      guide serve --data data --port 0 --ready-file ready.txt
    """
    from guide.serve import run

    run({"data": str(data), "config": config and str(config), **options}, ready_file)


@cli.command()
@click.argument("question")
@DATA
@CONFIG
@click.option("--snapshot", help="Ask this snapshot instead of the live one.")
@click.option("--clock", help="Fix the time (ISO 8601 with offset).")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as the API sends it.")
def ask(question: str, data: Path, config: Path | None, as_json: bool, **options: str | None) -> None:
    """Ask one QUESTION here, without a server.

    \b
    Examples:
      guide ask "How long do I have to return something?" --data data
      guide ask "对比 A1 和 B2" --data data --json
    """
    from guide.terminal import answer, render

    if not question.strip():
        raise click.UsageError("the question is empty")
    result = answer(question, {"data": str(data), "config": config and str(config), **options})
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(result))
    else:
        click.echo(render(result))


cli.add_command(erase)
cli.add_command(keys_group)


def main() -> None:
    """Run, and turn errors into one line on stderr and an exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = EXIT_INTERRUPTED
    except ShopguideError as error:
        click.echo(f"guide: {error}", err=True)
        code = _exit_code(error)
    sys.exit(code)


def _exit_code(error: ShopguideError) -> int:
    """3 for what cannot be used, 2 for a wrong setting, 1 for what was refused."""
    from guide.errors import ConfigError

    if isinstance(error, ConfigError):
        return EXIT_USAGE
    return EXIT_UNUSABLE if error.unusable else EXIT_REFUSED
