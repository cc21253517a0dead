"""The reporting calendar on a day -> what is late, due or coming, what each lacks and who owes it, what can be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from reports import manifest
from reports.errors import Problem, ReportError, problem
from reports.home import Home
from reports.manifest import Hashes
from reports.model import AreaSetup
from reports.order import Order
from reports.period import Period
from reports.public.given_out import given_out
from reports.read.setup import read_setup
from reports.recipe import Content, read_recipe
from reports.reporting import Reporting
from reports.schedule.due_needs import BLOCKING, Known, Lack, Need, needs
from reports.schedule.occasions import Occasion, named_months, occasions
from reports.schedule.workdays import YEARS

OF_A_MONTH = (Content.FOLLOWUP, Content.MONTHLY, Content.SHORT, Content.RELEASE)
AHEAD = timedelta(days=31)
BEHIND = timedelta(days=400)  # a line that comes once a year has its last time within these


class State(StrEnum):
    """How the documents of an occasion stand; its words are `due.state.` and the value."""

    NONE = "none"
    MADE = "made"
    STALE = "stale"
    READY = "ready"
    PARTLY = "partly"
    BLOCKED = "blocked"


class Due(NamedTuple):
    """An occasion, how its documents stand, what they lack, and the order for them where the program makes any."""

    occasion: Occasion
    state: State = State.NONE
    needs: tuple[Need, ...] = ()
    order: Order | None = None


class DueList(NamedTuple):
    """What there is to say of an area on a day; `undated` are the lines that have no time of their own."""

    setup: AreaSetup
    on: date
    items: tuple[Due, ...]
    undated: tuple[Reporting, ...]
    problems: tuple[Problem, ...]

    def orders(self) -> Iterator[Order]:
        """What can be made: before its day what lacks nothing, from its day on whatever can be."""
        for one in self.items:
            come = one.state is State.PARTLY and one.occasion.day <= self.on
            if one.order and (come or one.state in (State.READY, State.STALE)):
                yield one.order


def due(home: Home, area: str, on: date, language: str) -> DueList:
    """What is late on a day, due on it, or comes within a month, of the reports of an area; by day.

    A line is late until its report is made or its next time has come. Of a line for which the program makes nothing
    only what is still to come is known. Raises ReportError where area.yaml or a recipe has errors, and due-day (exit 2)
    for a day that is too far away.
    """
    if on.year not in YEARS:
        raise ReportError([problem("due-day", found=on)], exit_code=2)
    setup = read_setup(home, area)
    if any(not one.warning for one in setup.problems):
        raise ReportError(setup.problems)
    found = occasions(setup.area, Period(on - BEHIND, on + AHEAD))
    chosen = [one for line in setup.area.reporting for one in _near([each for each in found if each.line is line], on)]
    items, problems = _looked_at(home, area, sorted(chosen, key=lambda one: one.day), on, language)
    in_force = [line for line in setup.area.reporting if line.runs(Period(on, on))]
    undated = tuple(line for line in in_force if not any(named_months(line)))
    return DueList(setup.area, on, tuple(items), undated, tuple(problems))


def _near(of_line: list[Occasion], on: date) -> Iterator[Occasion]:
    """The last time of a line that has gone, where the program makes something for it, and the next one."""
    gone = [one for one in of_line if one.day < on]
    yield from (one for one in gone[-1:] if one.line.report)
    yield from [one for one in of_line if one.day >= on][:1]


def _looked_at(
    home: Home, area: str, chosen: list[Occasion], on: date, language: str
) -> tuple[list[Due], list[Problem]]:
    """How each occasion stands, and problems in the figures; what is made and gone is left out."""
    orders = {at: _order(home, area, one, language) for at, one in enumerate(chosen) if one.line.report}
    if not orders:
        return [Due(one) for one in chosen], []
    years = {year - back for order in orders.values() for year in order.period.years for back in (0, 1)}
    known, hashes = Known(home, area, years), Hashes(home.cache / "hashes.json")
    now = manifest.input_hashes(home, area, hashes)
    hashes.save()
    items = []
    for at, one in enumerate(chosen):
        item = _stands(one, orders[at], on, known, now) if at in orders else Due(one)
        if one.day >= on or item.state is not State.MADE:
            items.append(item)
    return items, known.problems


def _order(home: Home, area: str, one: Occasion, language: str) -> Order:
    """The order for an occasion; a report that is of a month is of the last one where a year is told."""
    period = one.about
    if read_recipe(home, one.line.report).content in OF_A_MONTH and period.kind == "year":
        period = Period.month(period.last.year, period.last.month)
    return Order(home, one.line.report, area, period, language=language)


def _stands(one: Occasion, order: Order, on: date, known: Known, now: Mapping[str, str]) -> Due:
    entry = manifest.read(order.home, order.area, order.period).get(order.stem)
    if entry and all((order.folder / name).is_file() for name in entry.outputs):
        # What was made for a day that has gone has been given out; before that day newer figures belong in it.
        fresh = not manifest.changes(entry, manifest.chosen(entry.years, entry.layouts, now))
        return Due(one, State.MADE if fresh or one.day < on else State.STALE, order=order)
    recipe = read_recipe(order.home, order.name)
    if recipe.content is Content.SHORT and given_out(order):
        return Due(one, State.MADE, order=order)
    lacking = tuple(needs(order, recipe, one.line, on, known))
    sorts = {each.lack for each in lacking}
    partly = sorts - {Lack.TEXT}  # what nobody need write is told, and not waited for
    state = State.BLOCKED if sorts & BLOCKING else State.PARTLY if partly else State.READY
    return Due(one, state, lacking, order)
