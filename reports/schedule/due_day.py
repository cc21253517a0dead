"""A rule of the reporting calendar and a month -> the day; and the days on which public figures come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reports.period import Period
from reports.reporting import Release
from reports.schedule.workdays import DAY, later, on_or_after, on_or_before, working_day

# The place in this list is the number of the rule.
ORDINALS = ("last", "first", "second", "third", "fourth")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
WEEK = 7
MOST_DAYS = 31


class Kind(StrEnum):
    """What a rule counts; its words are `reporting.day.` and the value."""

    DATE = "date"
    WORKING_DAY = "working-day"
    WEEKDAY = "weekday"
    AFTER = "after"


class DayRule(NamedTuple):
    """Which day of a month: its `number`th of a kind, 0 for the last. `weekday` counts from Monday, 0.

    Of AFTER `number` is how many working days after the last day of the release named `release`.
    """

    kind: Kind
    number: int = 0
    weekday: int = 0
    release: str = ""


USUAL = DayRule(Kind.WORKING_DAY)


def read_day(text: str) -> DayRule | None:
    """The rule that a text of area.yaml means, the last working day where it is empty; None where it means none.

    >>> read_day("2 working days after statfin")
    DayRule(kind=<Kind.AFTER: 'after'>, number=2, weekday=0, release='statfin')
    """
    text = " ".join(text.lower().split())
    if text in ("", "last working day"):
        return USUAL
    if (date_of := re.fullmatch(r"[0-9]{1,2}", text)) and 1 <= int(text) <= MOST_DAYS:
        return DayRule(Kind.DATE, int(date_of[0]))
    if (counted := re.fullmatch(r"working day ([0-9]{1,2})", text)) and 1 <= int(counted[1]) <= MOST_DAYS:
        return DayRule(Kind.WORKING_DAY, int(counted[1]))
    if named := re.fullmatch(rf"({'|'.join(ORDINALS)}) ({'|'.join(WEEKDAYS)})", text):
        return DayRule(Kind.WEEKDAY, ORDINALS.index(named[1]), WEEKDAYS.index(named[2]))
    if following := re.fullmatch(r"([1-9][0-9]?) working days? after (\S+)", text):
        return DayRule(Kind.AFTER, int(following[1]), release=following[2])
    return None


def day_of(rule: DayRule, month: Period, releases: Mapping[str, Release]) -> date:
    """The day of a month by a rule, always a working day; one that follows a release may be in the next month.

    For a day that is none the working day before it is taken, and the one after it at the beginning of the month.
    """
    match rule.kind:
        case Kind.DATE:
            return _open(_date(month, rule.number), month)
        case Kind.WEEKDAY:
            return _open(_weekday(month, rule), month)
        case Kind.AFTER:
            return later(release_days(releases[rule.release], month).last, rule.number)
    return working_day(month, rule.number)


def release_days(release: Release, month: Period) -> Period:
    """The day or the days of a month between which a publisher gives out the figures of the month before."""
    told = [one for one in release.days if one in month]
    if told:
        return told[0]
    last = on_or_before(_date(month, int(release.last)))
    first = on_or_after(_date(month, int(release.first))) if release.first else last
    return Period(min(first, last), last)


def _open(day: date, month: Period) -> date:
    before = on_or_before(day)
    return before if before >= month.first else on_or_after(day)


def _date(month: Period, number: int) -> date:
    """A date of a month, its last one where it is shorter."""
    return month.first.replace(day=min(number, month.last.day))


def _weekday(month: Period, rule: DayRule) -> date:
    """The first Tuesday, the last Friday ... of a month."""
    if rule.number == 0:
        return month.last - DAY * ((month.last.weekday() - rule.weekday) % WEEK)
    first = month.first + DAY * ((rule.weekday - month.first.weekday()) % WEEK)
    return first + DAY * WEEK * (rule.number - 1)
