"""The reporting calendar -> the year clock: of a plan by months, of a calendar year by days with what is released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from figures.chart import Chart, Round, Series, Time
from figures.year_clock import MOST_NAMED
from reports import charts
from reports.finnish import Language
from reports.model import AreaSetup
from reports.period import Period
from reports.reporting import Every, Release, Reporting
from reports.schedule import rhythm
from reports.schedule.occasions import Coming, Occasion, coming, named_months, occasions, plan_lines, plan_months

KIND = "year-clock"


def plan_clock(setup: AreaSetup, period: Period, language: Language) -> Chart:
    """The clock of a plan's reporting: the months of its last year, and those of the year after it.

    It has the words of the table that the plan holds, and no days, which a plan does not promise.
    """
    lines = plan_lines(setup, period)
    rounds = [_of_plan(line, setup, period, language) for line in lines]
    return _chart("reporting.plan_clock", str(period.last.year), lines, rounds, [], language)


def year_clock(setup: AreaSetup, year: Period, language: Language) -> Chart:
    """The clock of a calendar year: every day on which something is due, and the last days of releases."""
    due, come = occasions(setup, year), coming(setup, year)
    lines = [line for line in setup.reporting if line.runs(year)]
    rounds = [_of_year(line, due, setup, language) for line in lines]
    releases = [_release(one, come, language) for one in setup.releases.values()]
    chart = _chart("reporting.clock", str(year), lines, rounds, releases, language)
    return chart._replace(note=setup.organisation)


def _of_plan(line: Reporting, setup: AreaSetup, period: Period, language: Language) -> Round:
    """When a line of the plan's calendar comes, a month as its middle."""
    months = plan_months(line, period)
    if line.every is Every.MONTH and not months:
        year = (Period.month(period.last.year, number) for number, _ in named_months(line))
        months = [month for month in year if line.runs(month)]
    times = [Time(language.short(month), month.first.month - 0.5) for month in sorted(months)]
    return _round(line, times, setup, language)


def _of_year(line: Reporting, due: Sequence[Occasion], setup: AreaSetup, language: Language) -> Round:
    return _round(line, [_time(one.day, language) for one in due if one.line is line], setup, language)


def _round(line: Reporting, times: Sequence[Time], setup: AreaSetup, language: Language) -> Round:
    """A line with its times; those that have a ring are not told one by one."""
    dated = [time.when for time in times] if len(times) <= MOST_NAMED else []
    if line.every is Every.NEVER and not line.times and times and not dated:
        dated = [language.catalogue.say("plan.times", times=len(times))]
    return Round(rhythm.when(line, dated, setup.releases, language), tuple(times))


def _time(day: date, language: Language) -> Time:
    """A day as a time of the year, at its noon."""
    month = Period.month(day.year, day.month)
    return Time(language.in_year(day), day.month - 1 + (day.day - 0.5) / month.last.day)


def _release(release: Release, come: Sequence[Coming], language: Language) -> tuple[str, Round]:
    """A release in words, and the last day of each time that it comes."""
    say = language.catalogue.say
    said = say(f"reporting.release_{'between' if release.first else 'by'}", first=release.first, last=release.last)
    times = tuple(_time(one.days.last, language) for one in come if one.release is release)
    return say("reporting.line", audience=release.publisher, what=release.title), Round(said, times)


def _chart(
    title: str,
    year: str,
    lines: Sequence[Reporting],
    rounds: Sequence[Round],
    releases: Sequence[tuple[str, Round]],
    language: Language,
) -> Chart:
    """The chart of what is due, which carries the accent, and of what is released."""
    names = tuple(rhythm.named(line, language) for line in lines)
    every = (*rounds, *(one for _, one in releases))
    counts = tuple(Decimal(len(one.times)) for one in every)
    return Chart(
        kind=KIND,
        title=language.catalogue.say(title, year=year),
        unit="",
        source="",
        categories=(*names, *(name for name, _ in releases)),
        series=(Series(year, counts),),
        emphasis=names if releases else (),
        notation=language.notation,
        words=charts.words(KIND, language),
        rounds=every,
    )
