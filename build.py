"""Vuosikello's commands: `python build.py report annual 2021` makes the documents; `--help` shows the rest."""

from __future__ import annotations

import gc
import os
import sys
from datetime import datetime
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
from reports.messages import DOCUMENT_LANGUAGES
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
@click.option("--area", "only")
@shared_options
def check(shared: Shared, period: str | None, only: str | None) -> None:
    """Read and check everything without writing."""
    from reports.overview import check_all

    with shared.progress() as tell:
        chosen, language = shared.period(period) if period else None, console.home_setup(shared.home).language
        orders, problems = check_all(shared.home, shared.areas(only), chosen, language, tell)
    say_problems(problems, shared)
    errors, known = sum(not one.warning for one in problems), sum(one.acknowledged for one in problems)
    shared.say("checked", reports=orders, errors=errors, warnings=len(problems) - errors - known, known=known)
    shared.finish(problems)


@cli.command()
@click.argument("name")
@click.argument("period")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True)
@click.option("--area")
@click.option("--all-areas", is_flag=True)
@click.option("--workers", type=click.IntRange(1), default=1)
@click.option("--document-lang", type=click.Choice(["fi", "en", "sv"]))
@shared_options
def report(
    shared: Shared,
    name: str,
    period: str,
    formats: tuple[str, ...],
    area: str | None,
    all_areas: bool,
    workers: int,
    document_lang: str | None,
) -> None:
    """Make the documents of a report, of one area or of all."""
    from reports.pipeline import build

    order = shared.order(name, period, area, formats, document_lang)
    if all_areas:
        from reports.public.batch import report_areas

        report_areas(order, workers, shared)
        return
    with shared.progress() as tell:
        result = build(order, tell)
    shared.end(order, result)


@cli.command("all")
@click.argument("period")
@click.option("--area")
@click.option("--document-lang", type=click.Choice(["fi", "en"]))
@shared_options
def everything(shared: Shared, period: str, area: str | None, document_lang: str | None) -> None:
    """Make every document that a period has."""
    from reports.family.builds import build_all, exit_code
    from reports.family.everything import orders, table

    made = build_all(orders(shared.order("all", period, area, (), document_lang)), shared)
    for line in () if shared.quiet else table(made, shared.language):
        click.echo(line)
    if code := exit_code(made):
        raise console.Finished(code)
    shared.finish([problem for one in made for problem in one.problems])


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
    from reports.plan.roll import roll as roll_forward

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
    from reports.plan.compare import compare as compare_plans

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
@click.argument("period")
@click.option("--for", "owner", default="")
@click.option("--area")
@shared_options
def form(shared: Shared, period: str, owner: str, area: str | None) -> None:
    """Make the Excel form that the figures missing in a period are collected with."""
    from reports.intake.form import make_form

    order = shared.order("form", period, area, (), shared.language)
    with shared.progress() as tell:
        done = make_form(order, owner, tell)
    shared.say("form-rows" if done.rows else "form-complete", rows=done.rows)
    shared.end(order, done.result)


@cli.command("import")
@click.argument("file")
@click.option("--area")
@click.option("--mapping")
@click.option("--table")
@click.option("--dry-run", is_flag=True)
@click.option("--replace", is_flag=True)
@click.option("--good-rows", is_flag=True)
@shared_options
def import_figures(
    shared: Shared, file: str, area: str | None, mapping: str | None, table: str | None, **how: bool
) -> None:
    """Read figures from a file, check them, and store them in data/ with where they came from."""
    from reports.intake import imported
    from reports.intake.arrived import Asked
    from reports.intake.importer import How, import_file

    today = datetime.now().astimezone().date()
    order = shared.order("import", f"{today:%Y}", area)
    with shared.progress() as tell:
        tell("reading")
        asked = Asked(shared.home, Path(file), order.area, Path(mapping) if mapping else None, table or "")
        done = import_file(asked, How(**how), today)
    for line in () if shared.quiet else imported.lines(done, shared.language):
        click.echo(line)
    say_problems(done.problems, shared)
    shared.finish(done.problems)


@cli.command()
@click.argument("service")
@click.option("--area", "only")
@click.option("--since", "earliest")
@click.option("--from-snapshot", "snapshot")
@shared_options
def fetch(shared: Shared, service: str, only: str | None, earliest: str | None, snapshot: str | None) -> None:
    """Bring the figures of a public service up to date, or back to those of a day."""
    from reports.intake import fetched, statfin

    areas, since = shared.areas(only), shared.period(earliest) if earliest else None
    with shared.progress() as tell:
        if snapshot:
            done = statfin.replay(shared.home, service, areas, shared.period(snapshot).last, since)
        else:
            done = statfin.fetch(shared.home, service, areas, since, tell)
    for line in () if shared.quiet else fetched.lines(done, shared.language):
        click.echo(line)
    say_problems(done.problems, shared)
    shared.finish(done.problems)


@cli.command()
@click.option("--on", "day")
@click.option("--build", "make", is_flag=True)
@click.option("--area", "only")
@shared_options
def due(shared: Shared, day: str | None, make: bool, only: str | None) -> None:
    """What is due, for whom, what it lacks and who owes that."""
    from reports.family.builds import build_all, exit_code
    from reports.schedule.due import due as what_is_due
    from reports.schedule.due_lines import lines

    on = shared.period(day).last if day else datetime.now().astimezone().date()
    language = console.home_setup(shared.home).language
    found = [what_is_due(shared.home, one, on, language) for one in shared.areas(only)]
    listed = [one for one in found if one.setup.reporting] or found  # an area without a calendar has nothing to tell
    for line in () if shared.quiet else (line for one in listed for line in lines(one, shared.language)):
        click.echo(line)
    problems = [problem for one in found for problem in one.problems]
    say_problems(problems, shared, brief=True)
    if make and (code := exit_code(build_all((order for one in found for order in one.orders()), shared))):
        raise console.Finished(code)
    shared.finish(problems)


@cli.command()
@click.argument("period", required=False)
@click.option("--latest", is_flag=True)
@click.option("--fetch", "fetching", is_flag=True)
@click.option("--to", "site", required=True)
@click.option("--area")
@click.option("--on", "day")
@click.option("--document-lang", type=click.Choice(DOCUMENT_LANGUAGES), multiple=True)
@shared_options
def publish(
    shared: Shared,
    period: str | None,
    latest: bool,
    fetching: bool,
    site: str,
    area: str | None,
    day: str | None,
    document_lang: tuple[str, ...],
) -> None:
    """Bring the public site up to date without anybody watching, or put one month on it."""
    from reports.public.publish import Asked
    from reports.public.swap import Shelf
    from reports.public.unattended import run

    on = shared.period(day).last if day else datetime.now().astimezone().date()
    order = shared.order("short", period or f"{on:%Y-%m}", area)
    one = period is not None
    run(Asked(order, Shelf.of(site), on, latest, one, fetching, shared.strict, document_lang), shared)


@cli.command()
@click.argument("period")
@click.option("--area")
@click.option("--document-lang", type=click.Choice(["fi", "en"]))
@shared_options
def calendar(shared: Shared, period: str, area: str | None, document_lang: str | None) -> None:
    """The year clock of reporting, and its days for calendar programs."""
    from reports.schedule.calendar_files import make_calendar

    order = shared.order("calendar", period, area, (), document_lang)
    with shared.progress() as tell:
        result = make_calendar(order, tell)
    shared.end(order, result)


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
@click.option("--area", "only")
@shared_options
def status(shared: Shared, only: str | None) -> None:
    """Which documents are up to date, stale and why, or edited by hand."""
    from reports.overview import status_lines

    for line in status_lines(shared.home, shared.areas(only), shared.language):
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
    """Run a command; the exit code: 0 done, 1 findings, 2 usage, 3 files, 4 network, 5 disclosure, 130 cut off."""
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
        click.echo(console.file_words(error), err=True)
        return 3


if __name__ == "__main__":
    gc.set_threshold(100_000, 20, 20)  # a run is short: looking for what may be thrown away took a tenth of it
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # every file is written and synced; taking the interpreter apart would take 40 ms more
