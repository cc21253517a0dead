"""What a report still lacks on a day: texts, figures and releases, each with who owes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reports.errors import Problem, ReportError
from reports.home import Home
from reports.intake.form_rows import FormRow, form_rows
from reports.model import Dataset, Indicator, Mark
from reports.month.monthly_setup import Monthly, read_monthly
from reports.order import Order
from reports.period import Period
from reports.plan.model import Plan
from reports.read.dataset import read_dataset
from reports.read.plan import plan_for, read_plan
from reports.recipe import MONTHLY, PLAN, Content, Recipe
from reports.reporting import Release, Reporting
from reports.schedule.due_day import release_days
from reports.schedule.occasions import back


class Lack(StrEnum):
    """A sort of thing that is lacking; its words are `due.lack.` and the value."""

    FILE = "file"
    MONTH = "month"
    TEXT = "text"
    COMING = "coming"
    RELEASED = "released"
    FIGURES = "figures"


BLOCKING = {Lack.FILE, Lack.MONTH}


class Need(NamedTuple):
    """What is lacking: files or names, who owes it, and of a release the months and the days on which it comes.

    Without a FILE, or any figure of its MONTH, the report cannot be made; all else may be lacking, and it then says so.
    """

    lack: Lack
    names: tuple[str, ...]
    by: str = ""
    months: tuple[Period, ...] = ()
    days: Period | None = None


class Known:
    """The figures and plans of an area, read when they are first asked about; `years` are those of its statistics."""

    def __init__(self, home: Home, area: str, years: Iterable[int]) -> None:
        self._home, self._area = home, area
        self.dataset: Dataset = read_dataset(home, area, set(years))
        self.problems: list[Problem] = list(self.dataset.problems)
        self._plans: dict[Period, Plan] = {}

    def plan(self, period: Period) -> Plan | None:
        """The plan that a period belongs to; its problems join the others."""
        when = plan_for(self._home, self._area, period)
        if when and when not in self._plans:
            self._plans[when], wrong = read_plan(self._home, self._area, when, self.dataset)
            self.problems += wrong
        return self._plans[when] if when else None

    def monthly(self, at: Period) -> Monthly | None:
        """What the reports of a month show; None where nothing tells it."""
        try:
            return read_monthly(self._home, self._area, at, self.dataset)[0]
        except ReportError:
            return None

    def published(self, at: Period) -> tuple[str, ...]:
        """The indicators that the short version of a month shows."""
        shown = self.monthly(at)
        if shown is None:
            return ()
        return (shown.people, shown.vacancies, *((shown.rate.part, shown.rate.whole) if shown.rate else ()))


def needs(order: Order, recipe: Recipe, line: Reporting, on: date, known: Known) -> Iterator[Need]:
    """Everything that an order lacks on a day, what stops it first."""
    yield from _month(order, recipe, line, on, known)
    yield from _files(order, recipe, line)
    for name in line.needs:
        yield from _released(known.dataset.setup.releases[name], order.period, on, line, known.dataset)
    if recipe.content not in (Content.PLAN, Content.TEXT):  # what a text says decides which figures it needs
        yield from _figures(order.period, known, recipe.content is Content.SHORT)


def _figures(period: Period, known: Known, short: bool) -> Iterator[Need]:
    """The figures of the period itself that the form asks for, by who gives them; of a `short` version what it shows.

    The other reports of a month tell of all that the plan follows.
    """
    plan = known.plan(period)
    shown = known.published(period) if short else ()
    owed: dict[str, list[str]] = {}
    for row in form_rows(known.dataset, plan, period):
        if row.period == period and (not short or row.indicator.id in shown):
            owed.setdefault(_owner(row, plan, known.dataset), []).append(_name(row))
    yield from (Need(Lack.FIGURES, tuple(names), owner) for owner, names in owed.items())


def _month(order: Order, recipe: Recipe, line: Reporting, on: date, known: Known) -> Iterator[Need]:
    """That there is no figure at all of the month that a report is of; a short version needs one of its main area."""
    shown = known.monthly(order.period) if recipe.content in (Content.MONTHLY, Content.SHORT) else None
    if shown is None:
        return
    dataset = known.dataset
    people = [name for name in (shown.people, shown.vacancies) if name]
    of_month = [o for o in dataset.observations.values() if o.period == order.period]
    there = [o for o in of_month if o.value is not None or o.mark is Mark.HIDDEN]
    if recipe.content is Content.SHORT:
        main = dataset.area(str(shown.area or dataset.setup.municipality))
        places = {main.name, *main.members} if main else set()
        there = [o for o in there if o.indicator in people and o.area in places]
    if not there:
        named = [dataset.indicators[name] for name in people]
        yield Need(Lack.MONTH, tuple(one.name for one in named), _bringer(named, order.period, on, line, dataset))


def _bringer(named: Iterable[Indicator], month: Period, on: date, line: Reporting, dataset: Dataset) -> str:
    """Who owes all figures of a month: up to the last day of their release the publisher, then the line's people."""
    tables = {one.statistics.partition(" ")[0] for one in named}
    releases = [one for one in dataset.setup.releases.values() if tables & set(one.tables)]
    ahead = (one.publisher for one in releases if release_days(one, back(month, -1)).last >= on)
    return next(ahead, line.by)


def _files(order: Order, recipe: Recipe, line: Reporting) -> Iterator[Need]:
    """The files that the report is made of and that are not there; a text that it can do without is no hindrance."""
    folder = order.home.period_folder(order.area, order.period)
    parts = [(part, folder / part.file(order.language)) for part in recipe.parts]
    missing = [(part, path) for part, path in parts if not path.is_file()]
    for part, path in sorted(missing, key=lambda pair: pair[0].optional):
        lack = Lack.TEXT if part.optional else Lack.FILE
        yield Need(lack, (order.home.name(path),), line.texts.get(part.text, line.by))
    if all(part.optional for part, _ in missing) and not _written(order, recipe):
        yield Need(Lack.FILE, (order.home.name(_lacking(order, recipe, folder)),), line.by)


def _written(order: Order, recipe: Recipe) -> bool:
    return recipe.written(order.home, order.area, order.period, order.language)


def _lacking(order: Order, recipe: Recipe, folder: Path) -> Path:
    """The file without which there is no such report: its own, or the one that the area's reports of a sort rest on."""
    own = folder / recipe.main(order.language)
    area = order.home.area_folder(order.area)
    of_a_month = (Content.MONTHLY, Content.SHORT, *((Content.RELEASE,) if own.is_file() else ()))
    if recipe.content in of_a_month:
        return area / MONTHLY
    return area / str(order.period.first.year) / PLAN if own.is_file() else own


def _released(release: Release, period: Period, on: date, line: Reporting, dataset: Dataset) -> Iterator[Need]:
    """The months whose figures are not there: those that the publisher has still to give out, and those it has given.

    Nothing can be said of a release whose tables no indicator uses.
    """
    lacking = [month for month in period.months() if not _has(release, month, dataset)]
    came = {month: release_days(release, back(month, -1)) for month in lacking}
    late = tuple(month for month in lacking if came[month].last < on)
    if late:
        yield Need(Lack.RELEASED, (release.title,), line.by, late)
    for month in lacking:
        if month not in late:
            yield Need(Lack.COMING, (release.title,), release.publisher, (month,), came[month])


def _has(release: Release, month: Period, dataset: Dataset) -> bool:
    """Whether some figure of a month's release is there, or none is ever read from it."""
    used = {one.id for one in dataset.indicators.values() if one.statistics.partition(" ")[0] in release.tables}
    return not used or any(o.indicator in used and o.period == month for o in dataset.observations.values())


def _owner(row: FormRow, plan: Plan | None, dataset: Dataset) -> str:
    """Who gives a figure: the indicator's owner, else the first whom the plan names responsible for it.

    What a share is worked out from is given by the one who gives the share.
    """
    if row.indicator.owner or plan is None:
        return row.indicator.owner
    for placed in plan.measures():
        measured = dataset.indicators.get(placed.measure.indicator)
        if measured and row.indicator.id in (measured.id, measured.part, measured.whole):
            return next(map(str, placed.row.responsible), "")
    return ""


def _name(row: FormRow) -> str:
    return f"{row.indicator.name}: {row.group}" if row.group else row.indicator.name
