"""The lines of the reporting calendar and a stretch of time -> the days on which something is due, or comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reports.model import AreaSetup
from reports.period import Period
from reports.reporting import About, Every, Release, Reporting
from reports.schedule.due_day import USUAL, day_of, read_day, release_days

MONTHS = 12


class Occasion(NamedTuple):
    """One time that a line of the calendar falls due: the month that the calendar names, the day, and the period told.

    The month is what stays where the day is moved, so it tells one occasion from another.
    """

    line: Reporting
    month: Period
    day: date
    about: Period


class Coming(NamedTuple):
    """One time that public figures come: the release, between which days, and of which month."""

    release: Release
    days: Period
    about: Period


def occasions(setup: AreaSetup, within: Period) -> list[Occasion]:
    """Everything that falls due on a day of a stretch of time, by day; of one day in the order of the calendar."""
    found = [one for line in setup.reporting for one in _of_line(line, setup, within)]
    return sorted(found, key=lambda one: one.day)


def coming(setup: AreaSetup, within: Period) -> list[Coming]:
    """The public figures whose last day of release is in a stretch of time, by that day."""
    found = [
        Coming(release, days, back(month, 1))
        for release in setup.releases.values()
        for month in _months(within)
        if _within((days := release_days(release, month)).last, within)
    ]
    return sorted(found, key=lambda one: one.days.last)


def named_months(line: Reporting) -> Iterator[tuple[int, About]]:
    """The months of the year in which a line falls due, and what it then tells; none where it has no time of its own.

    Numbers that are no months are passed over: the reader of area.yaml has told them.
    """
    if line.months or line.after:
        yield from ((number, line.about or About.LAST_MONTH) for number in numbers(line.months))
        yield from ((number, line.about or About.LAST_YEAR) for number in numbers(line.after))
    elif line.every is Every.MONTH:
        yield from ((number, line.about or About.LAST_MONTH) for number in range(1, MONTHS + 1))


def plan_months(line: Reporting, period: Period) -> list[Period]:
    """The months that a line names for the reporting on a plan: of the plan's last year, then of the year after it."""
    year = period.last.year
    own = [Period.month(year, number) for number in numbers(line.months)]
    own += [Period.month(year + 1, number) for number in numbers(line.after)]
    return [month for month in own if line.runs(month)]


def plan_lines(setup: AreaSetup, period: Period) -> list[Reporting]:
    """The lines of the reporting on a plan: those with a month of it, and of those that name none what is in force."""
    return [
        line
        for line in setup.reporting
        if plan_months(line, period) or not (line.months or line.after or not line.runs(period))
    ]


def numbers(months: tuple[str, ...]) -> list[int]:
    """The months among some texts, as numbers."""
    found = [int(one) for one in months if one.isascii() and one.isdigit()]
    return [one for one in found if 1 <= one <= MONTHS]


def back(month: Period, count: int) -> Period:
    """The month that is some months earlier."""
    at = month.first.year * MONTHS + month.first.month - 1 - count
    return Period.month(at // MONTHS, at % MONTHS + 1)


def _of_line(line: Reporting, setup: AreaSetup, within: Period) -> Iterator[Occasion]:
    rule = read_day(line.day) or USUAL
    named = sorted(named_months(line))
    for year in range(within.first.year - 1, within.last.year + 1):
        for number, about in named:
            month = Period.month(year, number)
            day = day_of(rule, month, setup.releases)
            if line.runs(month) and _within(day, within):
                yield Occasion(line, month, day, _about(about, month))


def _months(within: Period) -> Iterator[Period]:
    """The months that a stretch of time touches."""
    month = Period.month(within.first.year, within.first.month)
    while month.first <= within.last:
        yield month
        month = back(month, -1)


def _within(day: date, period: Period) -> bool:
    return period.first <= day <= period.last


def _about(about: About, month: Period) -> Period:
    year = month.first.year
    match about:
        case About.LAST_YEAR:
            return Period.year(year - 1)
        case About.THIS_YEAR:
            return Period.year(year)
        case About.NEXT_YEAR:
            return Period.year(year + 1)
        case About.MONTH_BEFORE_LAST:
            return back(month, 2)
    return back(month, 1)
