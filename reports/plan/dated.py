"""Dates in running text: where they stand, which are over when a new plan starts, a title's years put forward."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from reports.finnish import month_names
from reports.period import Period, PeriodError

_BETWEEN = re.compile(r"\s*[-\u2013\u2014]\s*")
_WORD_BEFORE = re.compile(r"(?<![\w-])[^\W\d_]+\s$")  # `spring 2023`
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
YEARS_BACK = 10  # a four-digit number that would be an older year is an amount


class Dated(NamedTuple):
    """A date or a range of dates in a text: where it stands, and from when to when."""

    start: int
    end: int
    period: Period


def past(text: str, old: Period, new: Period) -> list[str]:
    """The dates in a text that are over when the new plan starts, as written, with the word before a bare year.

    >>> past("kehittämispäivä (5/2023), uudistus keväällä 2023, hanke 2023–2025", Period.year(2023), Period.year(2024))
    ['5/2023', 'keväällä 2023']
    """
    earliest = old.first.year - YEARS_BACK
    over = [one for one in dates(text) if one.period.last < new.first and one.period.first.year >= earliest]
    return list(dict.fromkeys(_with_word(text, one) for one in over))


def moved(text: str, old: Period, new: Period) -> str:
    """A text with its years of the old plan put forward to the new one's; years of a longer range stay.

    >>> moved("Työllisyysohjelma 2021–2025, suunnitelma 2023", Period.year(2023), Period.year(2024))
    'Työllisyysohjelma 2021–2025, suunnitelma 2024'
    """
    ahead = new.first.year - old.first.year
    for one in reversed(list(dates(text))):
        if all(year in old.years for year in one.period.years):
            put = _YEAR.sub(lambda found: str(int(found[0]) + ahead), text[one.start : one.end])
            text = text[: one.start] + put + text[one.end :]
    return text


def dates(text: str) -> Iterator[Dated]:
    """Every date of a text; two with nothing but a dash between them are one range.

    >>> [str(one.period) for one in dates("13.–14.3.2021, toukokuussa 2023, 5/2023–2024")]
    ['2021-03-13/2021-03-14', '2023-05', '2023-05-01/2024-12-31']
    """
    range_of: list[Dated] = []
    for one in _single(text):
        if range_of and not _BETWEEN.fullmatch(text, range_of[-1].end, one.start):
            yield _joined(range_of)
            range_of = []
        range_of.append(one)
    if range_of:
        yield _joined(range_of)


def _single(text: str) -> Iterator[Dated]:
    for found in _pattern().finditer(text):
        with suppress(PeriodError):
            yield Dated(*found.span(), _period(found))


def _period(found: re.Match[str]) -> Period:
    if found["school"]:
        return Period.of(found[0].replace("/", "-"))
    if found["named"]:
        return Period.month(int(found["of"]), month_names()[found["named"].lower()])
    last = Period.of(found["last"] or found[0])
    if not found["from"]:
        return last
    month = int(found["in"] or last.first.month)
    first = Period.of(f"{found['from']}.{month}.{last.first.year - (month > last.first.month)}")
    return Period(first.first, max(first.last, last.last))


@cache
def _pattern() -> re.Pattern[str]:
    """Dates as people write them: 2023-05-31, 31.5.2023, 1.–2.5.2023, 5/2023, 5/23, toukokuussa 2023, 2023.

    Not a part of a name (TE2024), of a code (380/2023), of an amount (2023 €), or of a compound (a decade).
    """
    names = "|".join(sorted(month_names(), key=len, reverse=True))
    return re.compile(
        r"(?<![\w.,/])(?:[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?"
        r"|(?:(?P<from>[0-9]{1,2})\.(?:(?P<in>[0-9]{1,2})\.)?\s*[-\u2013]\s*)?(?P<last>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})"
        r"|[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})|(?P<school>[0-9]{4}/[0-9]{4})"
        rf"|(?<![-\u2013])(?P<named>{names})[^\W\d_]*\s(?P<of>[0-9]{{4}})|[0-9]{{4}})"
        r"(?![\w/]|-[^\W\d]|\s?[%€])",
        re.IGNORECASE,
    )


def _joined(dates: list[Dated]) -> Dated:
    first, last = dates[0].period.first, max(one.period.last for one in dates)
    return Dated(dates[0].start, dates[-1].end, Period(first, last))


def _with_word(text: str, one: Dated) -> str:
    shown = text[one.start : one.end]
    before = _WORD_BEFORE.search(text[: one.start]) if shown.isdigit() else None
    return (before[0] if before else "") + shown
