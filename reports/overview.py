"""What there is and how it stands: reports and periods, findings, the state of documents, names a template may use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reports import manifest
from reports.deliver import settle
from reports.errors import Problem, ReportError
from reports.home import Home
from reports.manifest import Hashes
from reports.messages import catalogue
from reports.order import Order, Say, silent
from reports.period import Period
from reports.prepare import prepare, read_data
from reports.recipe import Recipe, names, read_recipe


def reports(home: Home, language: str) -> Iterator[str]:
    """A line a report, and below it the areas and the periods that have its text."""
    say = catalogue(language).say
    for name in names(home):
        recipe = read_recipe(home, name)
        yield say("say.list-report", name=name, title=recipe.title.get(language) or next(iter(recipe.title.values())))
        for area in home.areas():
            if periods := [str(period) for period in _written(home, name, area)]:
                yield say("say.list-area", area=area, periods=", ".join(periods))


def check_all(home: Home, areas: Sequence[str], period: Period | None, tell: Say = silent) -> tuple[int, list[Problem]]:
    """How many reports were checked, and every problem in them and in the figures of their areas."""
    checked = 0
    problems: dict[str, Problem] = {}
    for area in areas:
        for order in _orders(home, area, period):
            checked += 1
            problems |= {_key(one): one for one in _problems(order, tell)}
        if not any(_orders(home, area, period)):
            order = Order(home, "", area, period or next(iter(home.periods(area)), Period.year(1)))
            problems |= {_key(one): one for one in read_data(order, order.period.years)[1]}
    return checked, list(problems.values())


def status_lines(home: Home, areas: Sequence[str], language: str) -> Iterator[str]:
    """A line a document with its state, and for a stale one what has changed."""
    words = catalogue(language)
    hashes = Hashes(home.cache / "hashes.json")
    some = False
    for area in areas:
        for period in home.periods(area):
            with suppress(ReportError):
                settle(home.out_folder(area, period), home.cache / "locks")
            for stem, entry in manifest.read(home, area, period).items():
                name = str(entry.options.get("report", stem))
                changes = manifest.changes(entry, manifest.input_hashes(home, area, name, hashes, entry.years))
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
    """Write the JSON Schema of each kind of YAML file, the recipe's among them; gives the files."""
    from reports.read import schema

    return schema.write_schemas(folder, {"recipe": Recipe})


def _orders(home: Home, area: str, period: Period | None) -> Iterator[Order]:
    for name in names(home):
        for written in _written(home, name, area):
            if period is None or written == period:
                yield Order(home, name, area, written)


def _written(home: Home, name: str, area: str) -> list[Period]:
    """The periods of an area that have the main text of a report."""
    main = read_recipe(home, name).parts[0].text
    return [period for period in home.periods(area) if (home.period_folder(area, period) / main).is_file()]


def _problems(order: Order, tell: Say) -> Sequence[Problem]:
    from reports.layouts import template_problems, theme_problems

    try:
        prepared = prepare(order, tell)
        layout = template_problems(prepared) if "docx" in prepared.recipe.formats else []
        return (*prepared.problems, *theme_problems(prepared.template.theme), *layout)
    except ReportError as error:
        return error.problems


def _key(one: Problem) -> str:
    return f"{one.place}{one.code}{one.values}"
