"""Figures that a service has revised: what stood, what is said now, and which documents show what stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reports import manifest
from reports.deliver import digest
from reports.home import Home
from reports.intake.incoming import Statistic, figure_text
from reports.intake.merging import Files, Merge
from reports.intake.stored import Layout, harmless
from reports.model import Mark, Status
from reports.period import Period, PeriodError
from reports.read.csv import read_rows
from reports.read.number import ReadingError, read_number, read_period
from reports.read.observations import STATISTICS

FILE = "revisions.csv"
LOG = Layout(("found", "period", "area", "content", "old", "new", "shown"), ",", ("found", "period", "area", "content"))
BETWEEN = "; "  # documents in a cell of the log, origins in a manifest
Name = tuple[str, str, str]  # period, area, content
Rows = tuple[Statistic, ...]


class Standing(NamedTuple):
    """A figure as it stands in a file: what its cells say, and its row."""

    value: str
    status: str
    file: str
    row: int

    @property
    def figure(self) -> tuple[Decimal | None, Mark | None] | None:
        """The figure or its mark; None where the cell cannot be read, which is said where it is merged."""
        try:
            number = read_number(self.value)
        except ReadingError:
            return None
        return number.value, number.mark


class Revision(NamedTuple):
    """A figure that is another one now. `shown` are the documents whose text prints the old one."""

    name: Name
    old: str
    new: str
    place: tuple[str, int]
    shown: tuple[str, ...] = ()


class Documents(NamedTuple):
    """Documents of a home by the file and row they print a figure of, and all that were made with a file."""

    printing: Mapping[tuple[str, int], tuple[str, ...]]
    using: Mapping[str, tuple[str, ...]]


def year_file(home: Home, table: str, year: int) -> Path:
    """Where the figures of a year lie."""
    return home.data / "statistics" / table / f"{year}.csv"


def standing(home: Home, table: str, years: Iterable[int]) -> dict[Name, Standing]:
    """The figures of a table that stand now; what cannot be read is left out, and said where they are merged."""
    found: dict[Name, Standing] = {}
    for year in sorted(set(years)):
        path = year_file(home, table, year)
        if path.is_file():
            rows, _ = read_rows(path.read_bytes(), home.name(path), STATISTICS)
            for row in rows:
                name = (_period(row["period"]), row["area"], row["content"])
                found[name] = Standing(row["value"], row["status"].lower(), row.file, row.number)
    return found


@lru_cache(maxsize=1024)
def _period(text: str) -> str:
    # The same twelve months stand in thousands of rows.
    try:
        return str(read_period(text))
    except ReadingError:
        return text


def compared(rows: Iterable[Statistic], stands: Mapping[Name, Standing]) -> tuple[Rows, list[Revision]]:
    """The rows with those that differ from what stands marked as revised, and the revisions.

    A figure that was not available yet, or an example, is not revised but found. What was revised once stays so.
    """
    out: list[Statistic] = []
    revisions: list[Revision] = []
    for row in rows:
        name, now = name_of(row), figure_text(row.value, row.mark)
        old = stands.get(name)
        differs = old is not None and old.value != now and old.figure != (row.value, row.mark)
        if old and differs and _stood(old):
            revisions.append(Revision(name, old.value, now, (old.file, old.row)))
            row = _revised(row)
        elif old and old.status == Status.REVISED and not differs:
            row = _revised(row)
        out.append(row)
    return tuple(out), revisions


def as_kept(rows: Iterable[Statistic], revised: Collection[str]) -> Rows:
    """The rows, those marked as revised whose names a snapshot has kept."""
    return tuple(_revised(row) if key(name_of(row)) in revised else row for row in rows)


def name_of(row: Statistic) -> Name:
    """Period, area and content of a figure."""
    return _text(row.period), row.area, row.content


_text = lru_cache(maxsize=1024)(str)


def _stood(old: Standing) -> bool:
    """Whether a figure was one that could be shown."""
    return old.status != Status.EXAMPLE and old.figure not in (None, (None, Mark.UNAVAILABLE))


def _revised(row: Statistic) -> Statistic:
    return row._replace(status=Status.REVISED) if row.status is Status.FINAL else row


def key(name: Name) -> str:
    """A figure as snapshots and imports call it: `CONTENT PERIOD AREA`."""
    return f"{name[2]} {name[0]} {name[1]}"


def documents(home: Home, files: Iterable[str]) -> Documents:
    """The documents that show figures of some files, by the manifests in out/.

    Which row a printed figure came from is known only where the file is as it was when the document was made.
    """
    now = {file: digest((home.root / file).read_bytes()) for file in files}
    printing: dict[tuple[str, int], list[str]] = {}
    using: dict[str, list[str]] = {}
    for path, entry in _entries(home):
        for file, seal in now.items():
            if file not in entry.inputs:
                continue
            using.setdefault(file, []).append(path)
            if entry.inputs[file] == seal:
                for row in sorted(_rows(entry, file)):
                    printing.setdefault((file, row), []).append(path)
    return Documents(
        {at: tuple(found) for at, found in printing.items()}, {at: tuple(found) for at, found in using.items()}
    )


def _entries(home: Home) -> Iterator[tuple[str, manifest.Entry]]:
    """The reports that were made, by the name of their documents without the format."""
    for path in sorted(home.out.glob(f"*/*/{manifest.FILE}")):
        try:
            period = Period.of(path.parent.name)
        except PeriodError:
            continue
        for name, entry in sorted(manifest.read(home, path.parent.parent.name, period).items()):
            yield f"{home.name(path.parent)}/{name}", entry


def _rows(entry: manifest.Entry, file: str) -> set[int]:
    """The rows of a file that a report's text prints figures of."""
    rows = set()
    for fact in entry.facts:
        for origin in fact.get("origins", "").split(BETWEEN):
            name, _, rest = origin.partition(":")
            row = rest.partition(":")[0]
            if name == file and row.isdigit():
                rows.add(int(row))
    return rows


def log(home: Home, table: str, revisions: Iterable[Revision], day: date) -> Merge:
    """What writes revisions down in data/statistics/TABLE/revisions.csv."""
    files = Files(home)
    stored = files.open(year_file(home, table, 0).with_name(FILE), LOG)
    for one in revisions:
        cells = (day.isoformat(), *one.name, one.old, one.new, harmless(BETWEEN.join(one.shown)))
        stored.add(dict(zip(LOG.columns, cells, strict=True)))
    return files.merge((), ())
