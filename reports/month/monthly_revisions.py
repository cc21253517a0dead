"""Figures that were revised after the follow-up of the month before was given out: what stood then, and what now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.errors import Problem
from reports.home import Home
from reports.intake import revisions
from reports.model import AreaSetup, Dataset, Key, Mark, Observation, Status
from reports.order import Order
from reports.period import Period
from reports.read.csv import Columns, Row, read_rows
from reports.read.decode import bytes_of, excerpt
from reports.read.number import ReadingError, read_number, read_period
from reports.schedule.occasions import back, occasions

LOG = Columns(revisions.LOG.columns, ("found", "period", "area", "content", "old"))


class Logged(NamedTuple):
    """A revision as it was written down: the day it was found, the figure, and what stood before it."""

    found: date
    key: Key
    value: Decimal | None
    mark: Mark | None


class Log(NamedTuple):
    """What is known of revisions: the figures before those of the time of a follow-up, and which were ever revised."""

    before: Mapping[Key, Logged] = {}
    ever: frozenset[Key] = frozenset()


class Revised(NamedTuple):
    """A figure that is another one now; `old` is what stood, None where nobody wrote it down."""

    now: Observation
    old: Observation | None


def read_log(order: Order, dataset: Dataset, problems: list[Problem]) -> Log:
    """The revisions found since the follow-up of the month before was given out, until that of the order's month is.

    Of a figure that was revised twice the first counts. What is wrong in a revisions.csv joins the problems.
    """
    rows = sorted(_rows(order.home, dataset, problems), key=lambda one: one.found)
    if not rows:
        return Log()
    since, until = (_given_out(dataset.setup, order.name, at) for at in (back(order.period, 1), order.period))
    mine = {one.key: one for one in reversed(rows) if since < one.found <= until}
    return Log(mine, frozenset(one.key for one in rows))


def revised(shown: Iterable[Observation], log: Log, at: Period) -> Iterator[Revised]:
    """Those of the figures shown that were revised by the log.

    A figure that is only marked as revised, in no log, is told in the month after its own: its own follow-up was the
    first to show it, and later ones would tell old news.
    """
    for o in dict.fromkeys(shown):
        key = o.indicator, o.period, o.area, o.group
        if old := log.before.get(key):
            if (old.value, old.mark) != (o.value, o.mark):  # nothing where the old figures were put back
                yield Revised(o, o._replace(value=old.value, mark=old.mark, upper=None))
        elif o.status is Status.REVISED and key not in log.ever and o.period.last == back(at, 1).last:
            yield Revised(o, None)


def _given_out(setup: AreaSetup, report: str, at: Period) -> date:
    """The day that the calendar has for the follow-up of a month, else the last one of the month after."""
    after = back(at, -1)
    near = occasions(setup, Period(after.first, back(after, -1).last))
    return min((one.day for one in near if (one.line.report, one.about) == (report, at)), default=after.last)


def _rows(home: Home, dataset: Dataset, problems: list[Problem]) -> Iterator[Logged]:
    """What the logs of all tables say of figures that the area has."""
    areas = {area.statistics: area.name for area in dataset.setup.areas if area.statistics}
    contents = {one.statistics: one.id for one in dataset.indicators.values() if one.statistics}
    for table in dict.fromkeys(name.partition(" ")[0] for name in contents):
        path = home.data / "statistics" / table / revisions.FILE
        if not path.is_file():
            continue
        rows, wrong = read_rows(bytes_of(path, home.name(path)), home.name(path), LOG)
        problems += wrong
        for row in rows:
            area, indicator = areas.get(row["area"]), contents.get(f"{table} {row['content']}")
            if area and indicator and (logged := _logged(row, indicator, area, problems)):
                yield logged


def _logged(row: Row, indicator: str, area: str, problems: list[Problem]) -> Logged | None:
    cell = "found"
    try:
        found = read_period(row[cell]).first
        cell = "period"
        period = read_period(row[cell])
        cell = "old"
        number = read_number(row[cell])
    except ReadingError as error:
        problems.append(Problem(error.code, row.place(cell), {"found": excerpt(row[cell]), **error.values}))
        return None
    return Logged(found, (indicator, period, area, ""), number.value, number.mark)
