"""Rows of observations.csv, dates.csv and statistics files -> Observation and NamedDate, with all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from reports.errors import Problem, problem
from reports.home import Home
from reports.model import Area, Indicator, NamedDate, Observation, Status
from reports.period import Period
from reports.read.csv import Columns, Row, read_rows
from reports.read.decode import bytes_of, excerpt, nearest
from reports.read.number import Number, ReadingError, read_number, read_period
from reports.read.retrieved import read_day
from reports.read.setup import Setup

OBSERVATIONS = Columns(
    ("indicator", "period", "area", "group", "value", "status", "source", "note", "origin"),
    ("indicator", "period", "value"),
)
DATES = Columns(("name", "start", "end", "status", "source", "note"), ("name", "start"))
STATISTICS = Columns(("period", "area", "content", "value", "status", "origin"), ("period", "area", "content", "value"))


# The line of headings: the first that is neither empty, a remark, nor Excel's own `sep=;`.
_HEADINGS = re.compile(rb"^(?!\s*$|#|\s*sep=)[^\n]*\n?", re.MULTILINE | re.IGNORECASE)
_START = 400  # bytes that tell UTF-16


@dataclass(slots=True)
class Reading:
    """What is being gathered while the rows of one area are read."""

    setup: Setup
    observations: list[Observation] = field(default_factory=list)
    dates: dict[str, NamedDate] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    areas: dict[str, Area] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)  # on which the statistics of a source were read

    def __post_init__(self) -> None:
        for area in self.setup.area.areas:
            self.areas |= {name: area for name in (area.name, area.code, area.statistics, *area.aliases) if name}

    def report(self, code: str, row: Row, heading: str, **values: Any) -> None:
        """A problem of a cell."""
        self.problems.append(Problem(code, row.place(heading), {"found": excerpt(row[heading])} | values))


def read_observations(reading: Reading, data: bytes, file: str) -> None:
    """Add the rows of an observations.csv."""
    rows, problems = read_rows(data, file, OBSERVATIONS)
    reading.problems += problems
    for row in rows:
        if found := observation(reading, row):
            reading.observations.append(found)


def read_dates(reading: Reading, data: bytes, file: str) -> None:
    """Add the rows of a dates.csv."""
    rows, problems = read_rows(data, file, DATES)
    reading.problems += problems
    for row in rows:
        _date(reading, row)


def read_statistics(reading: Reading, home: Home, years: Collection[int]) -> None:
    """Add the statistics of the given years that indicators name, for the areas that have a statistics code."""
    tables: dict[str, dict[str, Indicator]] = {}
    for indicator in reading.setup.indicators.values():
        table, _, content = indicator.statistics.partition(" ")
        if content:
            tables.setdefault(table, {})[content] = indicator
    own = {area.statistics: area for area in reading.setup.area.areas if area.statistics}
    if not own:
        return
    for table, contents in tables.items():  # contents: the indicator of each content code
        keep = _contains(own, contents)
        origins: dict[str, set[str]] = {}  # the files that the figures of each source came from
        for path in _year_files(home.data / "statistics" / table, years):
            data = _only(bytes_of(path, home.name(path)), own)
            rows, problems = read_rows(data, home.name(path), STATISTICS, keep)
            reading.problems += problems
            for row in rows:
                if (area := own.get(row["area"])) and (named := contents.get(row["content"])):
                    _statistic(reading, row, named, area)
                    origins.setdefault(named.source, set()).add(row["origin"].partition(" ")[0])
        for source, files in origins.items():
            reading.days[source] = max(reading.days.get(source, ""), read_day(home, table, files))


def _year_files(folder: Path, years: Collection[int]) -> Iterable[Path]:
    return [path for year in sorted(set(years)) if (path := folder / f"{year}.csv").is_file()]


def _only(data: bytes, areas: Collection[str]) -> bytes:
    """The bytes of a file of statistics with every line emptied that names none of the areas; headings stay.

    A file holds every area of the country, and a report is about a handful: the rest need not even be decoded.
    """
    headings = _HEADINGS.search(data)
    if b"\0" in data[:_START] or not headings or not "".join(areas).isascii():
        return data  # UTF-16, or a code that another encoding writes in other bytes
    done = headings.end()
    parts = [data[:done]]
    # one code at a time: a search for plain letters is three times as fast as one for several words at once
    found = [one.start() for area in areas for one in re.finditer(re.escape(area.encode()), data)]
    for start in sorted(found):
        if start >= done:
            first, last = data.rfind(b"\n", 0, start) + 1, data.find(b"\n", start)
            last = last if last >= 0 else len(data)
            parts += [b"\n" * data.count(b"\n", done, first), data[first:last]]
            done = last
    return b"".join(parts)


def _contains(areas: Iterable[str], contents: Iterable[str]) -> Callable[[str], bool]:
    """A test of a raw line: names one of the areas and one of the contents. Keeps big files fast."""
    area = re.compile("|".join(map(re.escape, areas)))
    content = re.compile("|".join(map(re.escape, contents)))
    return lambda line: bool(area.search(line) and content.search(line))


def _statistic(reading: Reading, row: Row, indicator: Indicator, area: Area) -> None:
    period, number, status = _period(reading, row, "period"), _number(reading, row, indicator), _status(reading, row)
    if period and number and status:
        about, place, source = number.approximate, row.place("value"), indicator.source
        reading.observations.append(
            Observation(indicator.id, period, area.name, "", number.value, place, number.mark, about, status, source)
        )


def observation(reading: Reading, row: Row) -> Observation | None:
    """An observation, or None where something in its row is wrong; every cell is looked at."""
    indicator = _indicator(reading, row)
    period, status, area = _period(reading, row, "period"), _status(reading, row), _area(reading, row)
    number = _number(reading, row, indicator)
    source = _source(reading, row, indicator.source if indicator else "")
    group = _group(reading, row, indicator) if indicator else False
    if not (indicator and period and status and area and group and number) or source is None:
        return None
    return Observation(
        indicator=indicator.id,
        period=period,
        area=area,
        group=row["group"],
        value=number.value,
        place=row.place("value"),
        mark=number.mark,
        approximate=number.approximate,
        status=status,
        source=source,
        note=row["note"],
        upper=number.upper,
    )


def _indicator(reading: Reading, row: Row) -> Indicator | None:
    name = row["indicator"]
    found = reading.setup.indicators.get(name)
    if not name:
        reading.report("cell-empty", row, "indicator")
    elif not found and reading.setup.known("indicators"):
        reading.report("indicator-unknown", row, "indicator", near=nearest(name, reading.setup.indicators))
    return found


def _period(reading: Reading, row: Row, heading: str) -> Period | None:
    if not row[heading]:
        reading.report("cell-empty", row, heading)
        return None
    try:
        return _cached_period(row[heading])
    except ReadingError as error:
        reading.report(error.code, row, heading)
        return None


@lru_cache(maxsize=512)
def _cached_period(text: str) -> Period:
    # The same twelve months stand in hundreds of rows.
    return read_period(text)


def _status(reading: Reading, row: Row) -> Status | None:
    try:
        return Status(row["status"].lower() or Status.FINAL)
    except ValueError:
        reading.report("choice", row, "status", near=nearest(row["status"], Status))
        return None


def _area(reading: Reading, row: Row) -> str | None:
    name = row["area"] or reading.setup.area.scope
    if area := reading.areas.get(name):
        return area.name
    if reading.setup.known("area") and row["area"]:
        reading.report("area-unknown", row, "area", near=nearest(name, reading.areas))
    return None


def _number(reading: Reading, row: Row, indicator: Indicator | None) -> Number | None:
    try:
        number = read_number(row["value"], indicator.unit if indicator else "")
    except ReadingError as error:
        reading.report(error.code, row, "value", **error.values)
        return None
    exponent = number.value.as_tuple().exponent if number.value else 0
    typed = bool(row["indicator"])  # a publisher's own figure is as exact as it is
    if typed and indicator and isinstance(exponent, int) and -exponent > indicator.decimals:
        values = {"found": excerpt(row["value"]), "decimals": indicator.decimals, "indicator": indicator.id}
        reading.problems.append(Problem("value-decimals", row.place("value"), values, warning=True))
    return number


def _source(reading: Reading, row: Row, default: str) -> str | None:
    name = row["source"]
    if not name:
        if not default and row["indicator"] in reading.setup.indicators:
            reading.report("source-missing", row, "source")
        return default
    if name in reading.setup.sources:
        return name
    if reading.setup.known("sources"):
        reading.report("source-unknown", row, "source", near=nearest(name, reading.setup.sources))
    return None


def _group(reading: Reading, row: Row, indicator: Indicator) -> bool:
    name = row["group"]
    if not name or name in indicator.groups:
        return True
    code = "group-unknown" if indicator.groups else "group-unexpected"
    reading.report(code, row, "group", indicator=indicator.id, near=nearest(name, indicator.groups))
    return False


def _date(reading: Reading, row: Row) -> None:
    """Add a named date: a start alone is that day, month or year; with an end the span from one to the other."""
    name = row["name"]
    start = _period(reading, row, "start")
    end = _period(reading, row, "end") if row["end"] else start
    status, source = _status(reading, row), _source(reading, row, "")
    if not name:
        reading.report("cell-empty", row, "name")
    if start and end and end.last < start.first:
        reading.report("date-order", row, "end", start=row["start"])
    elif name in reading.dates:
        reading.report("date-twice", row, "name", first=str(reading.dates[name].place))
    elif name and start and end and status and source is not None:
        span = Period(start.first, end.last)
        reading.dates[name] = NamedDate(name, span, row.place("name"), status, source, row["note"])


def twice(observations: Iterable[Observation]) -> list[Problem]:
    """An error for each figure that stands in two places, whether they agree or not."""
    seen: dict[tuple[str, Period, str, str], Observation] = {}
    problems = []
    for o in observations:
        first = seen.setdefault((o.indicator, o.period, o.area, o.group), o)
        if first is not o:
            code = "figure-twice" if (first.value, first.mark) == (o.value, o.mark) else "figure-contradicts"
            name = " ".join(filter(None, (o.indicator, str(o.period), o.area, o.group and f"/ {o.group}")))
            values = {"name": name, "found": _shown(o), "other": _shown(first), "first": str(first.place)}
            problems.append(problem(code, o.place.file, o.place.row, o.place.column, **values))
    return problems


def _shown(o: Observation) -> str:
    return str(o.mark) if o.mark else str(o.value).replace(".", ",")
