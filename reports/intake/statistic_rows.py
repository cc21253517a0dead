"""Figures of a public statistic -> what they change in its yearly files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from reports.errors import Place, Problem, problem
from reports.home import Home
from reports.intake.incoming import SourceFile, Statistic, figure_text
from reports.intake.merging import ADDED, CHANGED, SAME, Change, Files, Merge, origin_cell
from reports.intake.stored import Key, Layout
from reports.model import Mark, Status
from reports.period import Period
from reports.read.decode import excerpt
from reports.read.number import ReadingError, read_number, read_period
from reports.read.observations import STATISTICS

LAYOUT = Layout(("period", "area", "content", "value", "status", "origin"), ",", ("period", "area", "content"))
CODE = re.compile(r"\w[\w.:-]*")


def merge_statistics(home: Home, table: str, rows: Iterable[Statistic], source_file: SourceFile) -> Merge:
    """Put the figures of a table into data/statistics/TABLE/YEAR.csv, the year being that its period begins in.

    All figures of a table have one source, so a figure that differs from the one that stands is a revision: changed.
    Codes that cannot stand in such a file, and a figure that is given twice, are problems of the merge. Of hundreds of
    thousands of figures those that are added or the same are counted only; `changes` are the revisions. Raises
    ReportError with what is wrong with the files that stand.
    """
    merging = _Merging(Files(home), home.data / "statistics" / table, source_file)
    gathering = _Gathering(source_file.name)
    gathering.gather(rows)
    for year in sorted(gathering.years):
        if figures := gathering.years.pop(year):  # let go of, since the lines of the file hold them now
            merging.take(year, figures)
    return merging.finish(gathering.problems)


# A figure and its status as written, and where: a line of the file that stands, or a place in the one read. These come
# by the hundred thousand, and a plain tuple is made in a tenth of the time.
Figure = tuple[str, str, str]
Figures = dict[Key, Figure]


class _Merging:
    """One import into the folder of a table."""

    def __init__(self, files: Files, folder: Path, source_file: SourceFile) -> None:
        self.files = files
        self.folder = folder
        self.source_file = source_file
        self.changes: list[Change] = []

    def take(self, year: int, figures: Figures) -> None:
        """Put figures into the file of a year."""
        path = self.folder / f"{year}.csv"
        stored = self.files.open(path, LAYOUT)
        stands = self._standing(path)
        prefix = origin_cell(self.source_file, "")
        rows = [(key, (*key, value, status, prefix + where)) for key, (value, status, where) in figures.items()]
        new = [row for row in rows if row[0] not in stands] if stands else rows
        revised = 0
        for key, cells in sorted(row for row in rows if row[0] in stands) if stands else ():
            if differs := _differs(stands[key], figures[key]):
                revised += 1
                self.changes.append(Change(CHANGED, _name(key), *differs, self.files.home.name(path)))
                stored.change(int(stands[key][2]), dict(zip(LAYOUT.columns, cells, strict=True)))
        stored.add_all(LAYOUT.columns, new)
        self.files.count(path, {ADDED: len(new), CHANGED: revised, SAME: len(figures) - len(new) - revised})

    def finish(self, problems: Iterable[Problem]) -> Merge:
        """What it comes to, the list of source files included."""
        self.files.note_source(self.folder, self.source_file)
        return self.files.merge(self.changes, problems)

    def _standing(self, path: Path) -> Figures:
        """The rows of a file by period, area and content."""
        return {
            (_period_text(cells["period"]), cells["area"], cells["content"]): (
                cells["value"],
                cells.get("status", "").lower() or Status.FINAL,
                str(number - 1),
            )
            for number, cells in ((row.number, row.cells) for row in self.files.rows(path, STATISTICS))
        }


@lru_cache(maxsize=512)
def _period_text(text: str) -> str:
    try:
        return str(read_period(text))
    except ReadingError:
        return text


def _differs(old: Figure, new: Figure) -> tuple[str, str] | None:
    """What a figure was and is now, where the two differ."""
    (was, was_status, _), (now, now_status, _) = old, new
    alike = was == now or _number(was) == _number(now)
    if alike and was_status == now_status:
        return None
    return (was_status, now_status) if alike else (was, now)


def _number(text: str) -> tuple[Decimal | None, Mark | None] | None:
    try:
        number = read_number(text)
    except ReadingError:
        return None
    return number.value, number.mark


class _Gathering:
    """The figures of an import by year; a figure that is given twice is taken once, and not at all if it differs."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.years: dict[int, Figures] = {}
        self.problems: list[Problem] = []
        self._good: set[str] = set()
        self._bad: set[str] = set()
        self._contradicted: list[tuple[Figures, Key]] = []

    def gather(self, rows: Iterable[Statistic]) -> None:
        """Take all rows. Hundreds of thousands come by here, so that only what is new is looked at."""
        good = self._good
        texts: dict[str, str] = {}  # the same few thousand texts stand in millions of figures
        periods: dict[Period, tuple[str, Figures]] = {}
        last: Period | None = None
        when, figures = "", Figures()
        for period, area, content, value, mark, status, where in rows:
            if period is not last:
                if not (known := periods.get(period)):
                    known = periods[period] = str(period), self.years.setdefault(period.first.year, {})
                last, (when, figures) = period, known
            if not (area in good and content in good) and not self._check(where, area, content):
                continue
            key = (when, area, content)
            text = figure_text(value, mark)
            figure: Figure = texts.setdefault(text, text), status, where
            if (first := figures.setdefault(key, figure)) is not figure:
                self._twice(figures, key, figure, first)
        for doubtful, what in self._contradicted:
            doubtful.pop(what, None)

    def _check(self, where: str, *codes: str) -> bool:
        """Whether codes can stand in a file of statistics; each that cannot is told once."""
        bad = [code for code in codes if not CODE.fullmatch(code)]
        for code in bad:
            if code not in self._bad:
                self.problems.append(problem("import-code", self.file, column=where, found=excerpt(code)))
        self._good |= {*codes} - {*bad}
        self._bad |= {*bad}
        return not bad

    def _twice(self, figures: Figures, key: Key, figure: Figure, first: Figure) -> None:
        agree = first[:2] == figure[:2]
        if not agree:
            self._contradicted.append((figures, key))
        values = {"name": _name(key), "found": figure[0], "other": first[0], "first": first[2]}
        code = "import-twice" if agree else "import-contradicts"
        self.problems.append(Problem(code, Place(self.file, 0, figure[2]), values, agree))


def _name(key: Key) -> str:
    return f"{key[2]} {key[0]} {key[1]}"
