"""What there is and how it stands: reports and periods, findings, the state of documents, names a template may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reports import manifest
from reports.chart_worker import ChartWorker
from reports.deliver import settle
from reports.errors import Problem, ReportError, problem, warning
from reports.home import Home
from reports.manifest import Hashes
from reports.messages import LANGUAGES, catalogue
from reports.order import Order, Say, silent
from reports.period import Period
from reports.prepare import prepare, read_data, years_of
from reports.recipe import MONTHLY, Content, Recipe, names, read_recipe
from reports.schedule.occasions import back

NO_PERIOD = Period.year(1)
ANY_MONTH = Period.month(2000, 1)
LEAST_RUN = 3  # months that follow each other and are told by the first and the last of them
LATER = 4  # exit code: what a document is made of is not given out yet


def reports(home: Home, language: str) -> Iterator[str]:
    """A line a report, and below it the areas and the periods that have its text, or the figures that it is made of."""
    say = catalogue(language).say
    months = {area: _months(home, area) for area in home.areas()}
    for name in names(home):
        recipe = read_recipe(home, name)
        yield say("say.list-report", name=name, title=recipe.title.get(language) or next(iter(recipe.title.values())))
        of_figures = recipe.content in (Content.MONTHLY, Content.SHORT) and all(part.optional for part in recipe.parts)
        for area, known in months.items():
            found = {period for period, _ in _written(home, recipe, area)}.union(known if of_figures else ())
            if found:
                yield say("say.list-area", area=area, periods=", ".join(_runs(sorted(found))))


def check_all(
    home: Home, areas: Sequence[str], period: Period | None, language: str, tell: Say = silent
) -> tuple[int, list[Problem]]:
    """How many reports were checked, and every problem in them and in the figures of their areas.

    A report is checked in each language that it is written in; that it is not in the usual one is a warning.
    """
    settle(home.data, home.cache / "locks")
    checked = 0
    problems: list[Problem] = []
    for area in areas:
        covered: set[Period] = set()
        for order in _orders(home, area, period):
            checked += 1
            problems += _problems(order, tell)
            covered.add(order.period)
        problems += _unwritten(home, area, period, language)
        for other in [period] if period else home.periods(area) or [NO_PERIOD]:
            if other not in covered:
                problems += _data_problems(Order(home, "", area, other))
    if not checked and not problems:
        have = "; ".join(f"{area} {', '.join(map(str, home.periods(area)))}" for area in home.areas())
        problems.append(problem("check-nothing", home.name(home.data), have=have or "-"))
    return checked, list({_key(one): one for one in problems}.values())


def status_lines(home: Home, areas: Sequence[str], language: str) -> Iterator[str]:
    """A line a document with its state, and for a stale one what has changed."""
    words = catalogue(language)
    hashes = Hashes(home.cache / "hashes.json")
    some = False
    for area in areas:
        now = manifest.input_hashes(home, area, hashes)
        for period in home.periods(area):
            with suppress(ReportError):
                settle(home.out_folder(area, period), home.cache / "locks")
            for entry in manifest.read(home, area, period).values():
                changes = manifest.changes(entry, manifest.chosen(entry.years, entry.layouts, now))
                for file, state in manifest.states(entry, home.out_folder(area, period), bool(changes), hashes).items():
                    some = True
                    path = home.name(home.out_folder(area, period) / file)
                    yield words.say("say.status-line", path=path, state=words.say(f"state.{state}"))
                    if state == "stale" and not changes:
                        yield words.say("say.status-behind")
                for file, change in changes:
                    yield words.say("say.status-change", file=file, change=words.say(f"state.{change}"))
    hashes.save()
    if not some:
        yield words.say("say.status-none")


def context_lines(order: Order, language: str) -> Iterator[str]:
    """What a template of a report may use: path, kind and an example, a line each."""
    from reports.write.docx_context import context_names

    prepared = prepare(order)
    say = catalogue(language).say
    for path, kind, example in context_names(prepared.document):
        yield say("say.context-line", path=path, kind=kind, example=example)


def write_schemas(folder: Path) -> list[Path]:
    """Write the JSON Schema of each kind of YAML file, the recipe's and the services' among them; gives the files."""
    from reports.intake.services import Service
    from reports.read import schema

    return schema.write_schemas(folder, {"recipe": Recipe, "services": Mapping[str, Service]})


def _orders(home: Home, area: str, period: Period | None) -> Iterator[Order]:
    for name in names(home):
        for written, languages in _written(home, read_recipe(home, name), area):
            if period is None or written == period:
                yield from (Order(home, name, area, written, language=each, thorough=True) for each in languages)


def _written(home: Home, recipe: Recipe, area: str) -> Iterator[tuple[Period, list[str]]]:
    """The periods of an area that have what a report is made of, and the languages of its texts."""
    for period in home.periods(area):
        if languages := [one for one in LANGUAGES if recipe.written(home, area, period, one)]:
            yield period, languages[:1] if recipe.content is not Content.TEXT else languages


def _months(home: Home, area: str) -> list[Period]:
    """The months that reports made of figures alone can be made of; none where nothing tells what they show.

    What is wrong with the figures is told by `check`.
    """
    from reports.public.newest import read_figures

    if (home.area_folder(area) / MONTHLY).is_file():
        with suppress(ReportError):
            return read_figures(Order(home, "monthly", area, ANY_MONTH)).begun()
    return []


def _runs(periods: Sequence[Period]) -> Iterator[str]:
    """Periods in order, months that follow each other as `2020-01–2023-10`."""
    run: list[Period] = []
    for period in periods:
        if run and not (period.kind == run[-1].kind == "month" and back(period, 1) == run[-1]):
            yield from _told(run)
            run = []
        run.append(period)
    yield from _told(run)


def _told(run: Sequence[Period]) -> list[str]:
    return [f"{run[0]}–{run[-1]}"] if len(run) >= LEAST_RUN else list(map(str, run))


def _unwritten(home: Home, area: str, period: Period | None, language: str) -> Iterator[Problem]:
    """Main texts that are there in another language only than the one that documents are made in."""
    for recipe in (read_recipe(home, name) for name in names(home)):
        for written, languages in _written(home, recipe, area):
            if language not in languages and period in (None, written):
                path = home.period_folder(area, written) / recipe.main(language)
                yield warning("text-missing", home.name(path))


def _data_problems(order: Order) -> list[Problem]:
    try:
        return read_data(order, years_of(order, ()))[1]
    except ReportError as error:
        return list(error.problems)


def _problems(order: Order, tell: Say) -> Sequence[Problem]:
    from reports.layouts import layout_problems, theme_problems

    try:
        with ChartWorker(order.cache) as worker:  # some faults of a chart come out only when it is drawn
            prepared = prepare(order, tell, worker=worker)
        layout = layout_problems(prepared, prepared.recipe.formats)
        return (*prepared.problems, *theme_problems(prepared.template.theme), *layout)
    except ReportError as error:
        # A month whose figures are still to come has no fault; those that are there are checked with its follow-up.
        return () if error.exit_code == LATER else error.problems


def _key(one: Problem) -> str:
    return f"{one.place}{one.code}{one.values}"
