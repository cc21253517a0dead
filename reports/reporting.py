"""The reporting calendar of an area: who is told what and when, and when public figures come. Frozen, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reports.period import Period


class Every(StrEnum):
    """A rhythm of reporting."""

    NEVER = ""
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class About(StrEnum):
    """The period that a report is of, as seen from the month in which it falls due."""

    USUAL = ""
    LAST_MONTH = "last-month"
    MONTH_BEFORE_LAST = "month-before-last"
    LAST_YEAR = "last-year"
    THIS_YEAR = "this-year"
    NEXT_YEAR = "next-year"


@dataclass(frozen=True, slots=True)
class Reporting:
    """A line of the reporting calendar: who is told what, when and by whom.

    `every` is a rhythm (`week`, `month`, `year`), `times` how many times a year; `months` are months of the year that
    is reported (6, 10), `after` those of the year that follows it (2). `day` is the day of such a month, its last
    working day where it says nothing: `16` (the working day before it where it is none), `working day 5`, `last working
    day`, `second tuesday`, `last friday`, `2 working days after statfin` (a name of `releases`). `report` names what
    the program makes for it (a report of `list`), `about` the period that this is of: the month before, or of the
    months in `after` the year before. `needs` are the `releases` that it waits for. `by` is who answers for it; `texts`
    says who writes a text of the report (by its file) where that is somebody else. `from` and `until` are the first and
    the last month (or year) in which it falls due; without them it always did, and always will.
    """

    audience: str
    what: str
    every: Every = Every.NEVER
    times: str = ""
    months: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    by: str = ""
    note: str = ""
    day: str = ""
    report: str = ""
    about: About = About.USUAL
    needs: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    from_: Period | None = None
    until: Period | None = None

    def runs(self, within: Period) -> bool:
        """Whether the line is in force in some of a stretch of time."""
        begun = self.from_ is None or self.from_.first <= within.last
        return begun and (self.until is None or within.first <= self.until.last)


@dataclass(frozen=True, slots=True)
class Release:
    """When a publisher gives out its figures of a month: in the month after, at the latest on day `last`.

    With `first` no earlier than that day. Where either is no working day, it is the nearest one inside the two. `days`
    are the exact days of those months of which the publisher has told them. `tables` are the statistics tables that
    come (as `statistics` in indicators.yaml names them): by them it is seen whether a month's figures are there.
    """

    title: str
    publisher: str
    last: str
    first: str = ""
    days: tuple[Period, ...] = ()
    tables: tuple[str, ...] = ()
