"""Finnish working days: Monday to Friday, but for public holidays and the eves of Midsummer and Christmas."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from reports.period import Period

DAY = timedelta(days=1)
SATURDAY = 5
YEARS = range(1990, 2100)  # in which days are asked for: the law on holidays was another one before


@cache
def days_off(year: int) -> frozenset[date]:
    """The public holidays of a year and the two eves, on which offices are closed as on a holiday.

    They are those of the package `holidays`; it takes a tenth of a second to load, so only who asks for a day pays.
    """
    from holidays.countries.finland import Finland

    return frozenset(Finland(years=year))  # type: ignore[no-untyped-call]


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < SATURDAY and day not in days_off(day.year)


def on_or_before(day: date) -> date:
    """The day itself where it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def on_or_after(day: date) -> date:
    """The day itself where it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += DAY
    return day


def later(day: date, count: int) -> date:
    """The working day that comes `count` working days after a day."""
    for _ in range(count):
        day = on_or_after(day + DAY)
    return day


def working_day(month: Period, number: int) -> date:
    """The first (1), second (2) ... working day of a month; its last one for 0, and for a number it does not have."""
    last = on_or_before(month.last)
    if number == 0:
        return last
    return min(later(month.first - DAY, number), last)
