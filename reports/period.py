"""Periods: a day, a month, a year or a span, as people write them. Standard library only."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date


class PeriodError(ValueError):
    """A text that is not a period."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time from the first to the last day, both included.

    >>> str(Period.of("11/22")), str(Period.of("2012-2015")), str(Period.of("2021-03-13"))
    ('2022-11', '2012-2015', '2021-03-13')
    """

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> Period:
        """A whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A whole calendar month; raises PeriodError where there is no such month."""
        if not 1 <= month <= 12:
            raise PeriodError(f"{year}-{month}")
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def of(cls, text: str, months: Mapping[str, int] | None = None) -> Period:
        """Read `2021`, `2021-03`, `2021M03`, `3/2021`, `11/22`, `1.3.2021`, `2021-03-01`, `2012-2015`, a named month.

        `months` maps month names to numbers. Raises PeriodError for anything else.
        """
        text = text.strip()
        for pattern, build in _FORMS:
            if match := re.fullmatch(pattern, text):
                try:
                    return build(*(int(part) for part in match.groups()))
                except ValueError as error:
                    raise PeriodError(text) from error
        named = re.fullmatch(r"(.+) (\d{4})", text)
        if not (months and named and named[1].lower() in months):
            raise PeriodError(text)
        try:
            return cls.month(int(named[2]), months[named[1].lower()])
        except ValueError as error:  # the year 0
            raise PeriodError(text) from error

    @property
    def kind(self) -> str:
        """`day`, `month`, `year` or `span`."""
        if self.first == self.last:
            return "day"
        if self == Period.year(self.first.year):
            return "year"
        if self == Period.month(self.first.year, self.first.month):
            return "month"
        return "span"

    @property
    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.first.year, self.last.year + 1)

    def months(self) -> Iterator[Period]:
        """The whole months within it, in order."""
        for year in self.years:
            for number in range(1, 13):
                month = Period.month(year, number)
                if self.first <= month.first and month.last <= self.last:
                    yield month

    def __contains__(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        match self.kind:
            case "day":
                return self.first.isoformat()
            case "month":
                return f"{self.first:%Y-%m}"
            case "year":
                return str(self.first.year)
        whole = self == Period(Period.year(self.first.year).first, Period.year(self.last.year).last)
        return f"{self.first.year}-{self.last.year}" if whole else f"{self.first}/{self.last}"


def _span(first: int, last: int) -> Period:
    if last < first:
        raise PeriodError(f"{first}-{last}")
    return Period(date(first, 1, 1), date(last, 12, 31))


def _day(year: int, month: int, day: int) -> Period:
    return Period(date(year, month, day), date(year, month, day))


_FORMS = (
    (r"(\d{4})", Period.year),
    (r"(\d{4})[-M](\d{2})", Period.month),
    (r"(\d{1,2})/(\d{4})", lambda month, year: Period.month(year, month)),
    (r"(\d{1,2})/(\d{2})", lambda month, year: Period.month(2000 + year, month)),
    (r"(\d{4})-(\d{2})-(\d{2})", _day),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", lambda day, month, year: _day(year, month, day)),
    (r"(\d{4})[-\u2013](\d{4})", _span),
)
