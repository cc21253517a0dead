"""What a cell of somebody else's table means: periods, months, areas, groups and statuses as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from reports.errors import Problem
from reports.finnish import month_names
from reports.intake.mapping import Dates, Mapped
from reports.intake.table import Dated, Faulty
from reports.messages import LANGUAGES, catalogue
from reports.model import Status
from reports.period import Period
from reports.read.decode import excerpt
from reports.read.number import ReadingError, read_period
from reports.read.setup import Setup

_FIRST_OF_MONTH = re.compile(r"0?1\.([01]?[0-9])\.([0-9]{4})|([0-9]{4})-([01][0-9])-01")
_POINTED = re.compile(r"(0?[1-9]|1[0-2])\.([0-9]{4})")
_GLUED = re.compile(r"([0-9]{4})(0[1-9]|1[0-2])")
_NAMED = re.compile(r"([^\W\d_]{3,})\.?[ -]?([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[ -]+([^\W\d_]{3,}\.?|[0-9]{1,2})")
_CENTURY = 2000
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


def plain(text: str) -> str:
    """A text as headings and names are compared: small letters, single spaces, one kind of dash."""
    return _DASHES.sub("-", " ".join(text.split())).casefold()


def read_when(cell: str, dates: Dates) -> Period:
    """The period of a cell or heading. Raises ReadingError.

    A date that a workbook keeps is, on the first of a month, that month: Excel makes such a date of a typed `11/22`.
    In a text file the first of a month may be either, so the mapping must say.
    """
    if isinstance(cell, Faulty):
        raise ReadingError(cell.code)
    if isinstance(cell, Dated):
        whole = dates is Dates.MONTH or (dates is Dates.NOTHING and cell.day.day == 1)
        return Period.month(cell.day.year, cell.day.month) if whole else Period(cell.day, cell.day)
    text = " ".join(cell.split())
    try:
        found = read_period(text)
    except ReadingError:
        return _loosely(text)
    if found.kind != "day" or dates is Dates.DAY:
        return found
    if dates is Dates.NOTHING and _FIRST_OF_MONTH.fullmatch(text):
        month = Period.month(found.first.year, found.first.month)
        raise ReadingError("import-first-day", month=str(month), day=str(found))
    return Period.month(found.first.year, found.first.month) if dates is Dates.MONTH else found


def wrong_period(mapped: Mapped) -> list[Problem]:
    """What is wrong with the period that a mapping gives to every figure of a table."""
    text = mapped.mapping.fixed.period
    try:
        if text:
            read_when(text, mapped.mapping.dates)
    except ReadingError as error:
        return [mapped.problem(error.code, "fixed", "period", found=excerpt(text), **error.values)]
    return []


def _loosely(text: str) -> Period:
    """Periods that only other people's tables write: `tammi 2021`, `tammi.21`, `2021 tammi`, `01.2021`, `202101`."""
    if match := _POINTED.fullmatch(text):
        month, year = match.groups()
    elif match := _GLUED.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        year, month = match.groups()
    elif match := _NAMED.fullmatch(text):
        month, year = match.groups()
    else:
        raise ReadingError("period")
    try:
        return Period.month(int(year) + (_CENTURY if len(year) == 2 else 0), read_month(month))
    except ValueError as error:
        raise ReadingError("period") from error


def read_month(text: str) -> int:
    """The number of a month: `1`, `01`, `tammikuu`, or the first letters of its name. Raises ReadingError."""
    word = text.strip().rstrip(".").lower()
    if re.fullmatch(r"0?[1-9]|1[0-2]", word):
        return int(word)
    found = {number for name, number in month_names().items() if len(word) > 2 and name.startswith(word)}
    if len(found) != 1:
        raise ReadingError("period")
    return found.pop()


class Names:
    """The names of an area's own files, found by what other people call them."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.areas = {name: area for area in setup.area.areas for name in (area.name, area.code, area.statistics)}
        self._area = _unlike((name, area.name) for name, area in self.areas.items())
        named = [(name, id_) for id_, one in setup.indicators.items() for name in (id_, one.name)]
        self._indicator = _unlike(named)

    def area(self, text: str) -> str:
        """The area's name; the text itself where there is none of that name. `91` is the municipality 091."""
        found = self._area.get(plain(text))
        if not found and text.isdigit():
            found = self._area.get(text.zfill(3))
        return found or text

    def area_code(self, text: str) -> str:
        """The area's code in statistics; the text itself where it has none."""
        area = self.areas.get(self.area(text))
        return area.statistics if area and area.statistics else text

    def indicator(self, text: str) -> str:
        """The indicator's id, found by its name too; the text itself where none, or more than one, is called so."""
        return self._indicator.get(plain(text), text)

    def group(self, text: str, indicator: str) -> str:
        """The group as the indicator writes it."""
        known = self.setup.indicators.get(indicator)
        return _unlike((one, one) for one in (known.groups if known else ())).get(plain(text), text)

    def status(self, text: str) -> str:
        """The status of its name in any language."""
        return _statuses().get(plain(text), text)


def _unlike(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Names as they are compared, and what each stands for; a name of several things is left out."""
    found: dict[str, set[str]] = {}
    for name, meant in pairs:
        found.setdefault(plain(name), set()).add(meant)
    return {name: next(iter(meant)) for name, meant in found.items() if name and len(meant) == 1}


@cache
def _statuses() -> Mapping[str, str]:
    words = {language: catalogue(language).part("status") for language in LANGUAGES}
    return {plain(word): status for table in words.values() for status, word in table.items()} | {s: s for s in Status}
