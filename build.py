"""Vuosikello's commands: `python build.py report annual 2021` makes the documents; `--help` shows the rest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # said before anything that older versions cannot read is imported
    sys.exit((Path(__file__).parent / "reports/messages/too_old.txt").read_text(encoding="utf-8"))

from reports import console

try:
    import click
except ModuleNotFoundError as missing:
    console.choose_language(sys.argv[1:])
    sys.stderr.write(f"{console.without_packages(missing)}\n")
    sys.exit(2)

from reports.arguments import in_any_place
from reports.console import Shared, say_problems, shared_options
from reports.errors import ReportError
from reports.order import FORMATS
from reports.version import version_option


@click.group(cls=console.Commands, context_settings={"help_option_names": ["-h", "--help"]})
@version_option
def cli() -> None:
    """The group of all commands; its help comes from the catalogue, like every command's."""


@cli.command("list")
@shared_options
def list_reports(shared: Shared) -> None:
    """The reports, areas and periods there are."""
    from reports.overview import reports

    for line in reports(shared.home, shared.language):
        click.echo(line)


@cli.command()
@click.argument("period", required=False)
@click.option("--area")
@shared_options
def check(shared: Shared, period: str | None, area: str | None) -> None:
    """Read and check everything without writing."""
    from reports.overview import check_all

    with shared.progress() as tell:
        chosen, language = shared.period(period) if period else None, console.home_setup(shared.home).language
        orders, problems = check_all(shared.home, shared.areas(area), chosen, language, tell)
    say_problems(problems, shared)
    shared.say("checked", reports=orders, errors=sum(not one.warning for one in problems))
    shared.finish(problems)


@cli.command()
@click.argument("name")
@click.argument("period")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True)
@click.option("--area")
@click.option("--document-lang", type=click.Choice(["fi", "en"]))
@shared_options
def report(
    shared: Shared, name: str, period: str, formats: tuple[str, ...], area: str | None, document_lang: str | None
) -> None:
    """Make the documents of a report."""
    from reports.pipeline import build

    order = shared.order(name, period, area, formats, document_lang)
    with shared.progress() as tell:
        result = build(order, tell)
    shared.end(order, result)


@cli.command()
@click.argument("name")
@click.argument("period")
@click.option("--area")
@click.option("--compare")
@click.option("--document-lang", type=click.Choice(["fi", "en"]))
@shared_options
def figure(
    shared: Shared, name: str, period: str, area: str | None, compare: str | None, document_lang: str | None
) -> None:
    """Make one chart as SVG and PNG."""
    from reports.single import make_figure

    order = shared.order("annual", period, area, (), document_lang)
    with shared.progress() as tell:
        result = make_figure(order, name, compare, tell)
    shared.end(order, result)


@cli.command()
@click.argument("name")
@click.argument("period")
@click.option("--area")
@click.option("--document-lang", type=click.Choice(["fi", "en"]))
@shared_options
def table(shared: Shared, name: str, period: str, area: str | None, document_lang: str | None) -> None:
    """Make one table as DOCX and CSV."""
    from reports.single import make_table

    order = shared.order("annual", period, area, (), document_lang)
    with shared.progress() as tell:
        result = make_table(order, name, tell)
    shared.end(order, result)


@cli.command()
@click.argument("period")
@click.option("--from", "since", required=True)
@click.option("--area")
@click.option("--document-lang", type=click.Choice(["fi", "en"]))
@shared_options
def roll(shared: Shared, period: str, since: str, area: str | None, document_lang: str | None) -> None:
    """Make the next action plan from the one before, and a list of what has to be decided."""
    from reports.roll import roll as roll_forward

    order = shared.order("plan", period, area, (), document_lang)
    with shared.progress() as tell:
        done = roll_forward(order, shared.period(since), shared.language, tell)
    shared.say("roll-new" if done.fresh else "roll-same", path=done.file)
    for line in () if shared.quiet else done.lines:
        click.echo(line)
    shared.end(order, done.result)


@cli.command()
@click.argument("before")
@click.argument("after")
@click.option("--area")
@click.option("--document-lang", type=click.Choice(["fi", "en"]))
@shared_options
def compare(shared: Shared, before: str, after: str, area: str | None, document_lang: str | None) -> None:
    """What has changed in the action plan from one period to another."""
    from reports.compare import compare as compare_plans

    order = shared.order("plan", after, area, (), document_lang)
    with shared.progress() as tell:
        done = compare_plans(order, shared.period(before), shared.language, tell)
    for line in () if shared.quiet else done.lines:
        click.echo(line)
    shared.end(order, done.result)


@cli.command()
@click.argument("name")
@click.argument("period")
@click.option("--area")
@shared_options
def context(shared: Shared, name: str, period: str, area: str | None) -> None:
    """What a template may use."""
    from reports.overview import context_lines

    for line in context_lines(shared.order(name, period, area), shared.language):
        click.echo(line)


@cli.command()
@click.argument("folder")
@shared_options
def new(shared: Shared, folder: str) -> None:
    """Make a working home for another city."""
    from reports.starter import make_home

    for path in make_home(Path(folder)):
        shared.say("new-file", path=path)
    shared.say("new-next", folder=folder)


@cli.command()
@click.option("--area")
@shared_options
def status(shared: Shared, area: str | None) -> None:
    """Which documents are up to date, stale and why, or edited by hand."""
    from reports.overview import status_lines

    for line in status_lines(shared.home, shared.areas(area), shared.language):
        click.echo(line)


@cli.command()
@click.option("--to", default="docs/schema")
@shared_options
def schema(shared: Shared, to: str) -> None:
    """Write the JSON Schemas of the YAML files."""
    from reports.overview import write_schemas

    for path in write_schemas(Path(to)):
        shared.say("new-file", path=path)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; gives the exit code: 0 done, 1 findings in the data, 2 usage, 3 files, 130 interrupted."""
    given = sys.argv[1:] if arguments is None else arguments
    console.let_all_letters_pass()
    try:
        console.speak(given, cli)
        cli.main(in_any_place(given), prog_name="python build.py", standalone_mode=False)
        return 0
    except console.Finished as done:
        return done.code
    except ReportError as error:
        return console.fail(error)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return console.interrupted()
    except ModuleNotFoundError as error:
        click.echo(console.without_packages(error), err=True)
        return 2
    except OSError as error:
        return console.file_trouble(error)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # every file is written and synced; taking the interpreter apart would take 40 ms more
