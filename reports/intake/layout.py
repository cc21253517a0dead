"""A table and its mapping -> in which column each part of a figure stands, and where the figures begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from reports.errors import Problem, ReportError
from reports.intake.foreign_words import Names, plain, read_month, read_when
from reports.intake.mapping import Across, Mapped
from reports.intake.table import Joined, Table, column_of, letters
from reports.read.decode import excerpt, nearest
from reports.read.number import ReadingError
from reports.read.yaml import Path

SEARCHED = 40  # rows in which headings are looked for
_LETTERS = re.compile(r"column ([A-Z]{1,3})", re.IGNORECASE)


class Layout(NamedTuple):
    """Where things are in a table.

    `header` is the number of the last row of headings (0: none), `columns` the column of each part, and `figures` the
    columns of figures with what their headings mean (a part of the figure; nothing where a row has one figure).
    """

    table: Table
    header: int
    headings: Sequence[str]
    columns: Mapping[str, int]
    figures: Sequence[tuple[int, str]]


def find_layout(table: Table, mapped: Mapped, names: Names) -> Layout:
    """The layout of a table. Raises ReportError with every heading that is missing, there twice or not understood."""
    header, headings = _headings(table, mapped)
    finder = _Finder(table, mapped, header, headings)
    columns = {part: finder.column(("columns", part), text) for part, text in mapped.mapping.columns.given().items()}
    figures = [(columns.pop("value"), "")] if "value" in columns else finder.across(names, set(columns.values()))
    if finder.problems:
        raise ReportError(finder.problems)
    return Layout(table, header, headings, columns, figures)


def _headings(table: Table, mapped: Mapped) -> tuple[int, list[str]]:
    """The number of the last row of headings, and the heading of every column."""
    if mapped.rows == (0,):
        return 0, []
    rows = mapped.rows or (_found_row(table, mapped),)
    return rows[-1], _joined(table, rows)


def _found_row(table: Table, mapped: Mapped) -> int:
    """The first row that has all headings of the mapping, else that which has most; where it names none, the first."""
    mapping = mapped.mapping
    named = [one for one in (*mapping.columns.given().values(), *mapping.headings) if not _LETTERS.match(one)]
    wanted = {plain(one) for one in named}
    if not wanted:
        return next((number for number, _ in table.rows), 1)
    best, most = 0, 0
    for number, cells in islice(table.rows, SEARCHED):
        have = len(wanted & {plain(cell) for cell in cells})
        if have > most:
            best, most = number, have
        if have == len(wanted):
            break
    if not most:
        raise ReportError([mapped.problem("mapping-no-header", "columns", file=table.file, wanted=", ".join(named))])
    return best


def _joined(table: Table, rows: Sequence[int]) -> list[str]:
    """The headings of some rows, those of one column put together; a merged heading belongs to all its columns."""
    grid = {number: list(cells) for number, cells in table.rows if number in rows}
    for top, left, bottom, right in table.merged:
        cells = grid.get(top, [])
        text = cells[left] if left < len(cells) else ""
        for row in (row for row in rows if top <= row <= bottom and text):
            line = grid.setdefault(row, [])
            line += [""] * (right + 1 - len(line))
            line[left : right + 1] = [text] * (right + 1 - left)
    width = max(map(len, grid.values()), default=0)
    columns = ([line[at] for row in rows if (line := grid.get(row, [])) and at < len(line)] for at in range(width))
    return [_one([cell for cell in cells if cell]) for cells in columns]


def _one(cells: Sequence[str]) -> str:
    """The heading of a column: its only cell as it is (a date stays one), several with spaces between."""
    different = list(dict.fromkeys(cells))
    return different[0] if len(different) == 1 else Joined(different)


def _read(read: Callable[[str], str], text: str, shared: Collection[str]) -> str:
    """What a heading means; a title above all columns of figures, which tells none of them apart, is left out.

    Raises ReadingError, also where the title could mean something itself.
    """
    try:
        return read(text)
    except ReadingError:
        own = [part for part in text.parts if part not in shared] if isinstance(text, Joined) else []
        if len(own) != 1 or any(_can(read, part) for part in shared):
            raise
        return read(own[0])


def _can(read: Callable[[str], str], text: str) -> bool:
    try:
        return bool(read(text))
    except ReadingError:
        return False


class _Finder:
    """One search for columns by their headings."""

    def __init__(self, table: Table, mapped: Mapped, header: int, headings: Sequence[str]) -> None:
        self.table = table
        self.mapped = mapped
        self.header = header
        self.headings = headings
        self.problems: list[Problem] = []
        self.shared: set[str] = set()  # parts of the headings that all columns of figures have
        self.known: dict[str, list[int]] = {}
        for at, heading in enumerate(headings):
            self.known.setdefault(plain(heading), []).append(at)

    def column(self, path: Path, text: str) -> int:
        """The column of a heading, or of its letters (`column D`); -1 and a problem where there is none, or several."""
        found = self.known.get(plain(text), [])
        if not found and (match := _LETTERS.fullmatch(text)):
            return column_of(match[1].upper())
        if len(found) == 1:
            return found[0]
        values = {"found": excerpt(text), "file": self.table.file}
        if found:
            values |= {"columns": ", ".join(letters(at) for at in found), "first": letters(found[0])}
            self.problems.append(self.mapped.problem("mapping-column-twice", *path, **values))
        else:
            near = nearest(text, filter(None, self.headings))
            self.problems.append(self.mapped.problem("mapping-column", *path, **values, near=near))
        return -1

    def across(self, names: Names, taken: set[int]) -> list[tuple[int, str]]:
        """The columns of figures with what their headings mean."""
        mapping = self.mapped.mapping
        if mapping.headings:
            chosen = {self.column(("headings", key), key): meant for key, meant in mapping.headings.items()}
            return [(at, self._meant(at, meant, names)) for at, meant in chosen.items() if at >= 0]
        left_out = {self.column(("leave-out", at), one) for at, one in enumerate(mapping.leave_out)}
        free = [at for at, heading in enumerate(self.headings) if heading and at not in taken | left_out]
        parts = [{*heading.parts} for at in free if isinstance(heading := self.headings[at], Joined)]
        self.shared = set.intersection(*parts) if len(parts) == len(free) > 1 else set()
        found = [(at, self._meant(at, self.headings[at], names)) for at in free]
        if not found and not self.problems:
            self.problems.append(self.mapped.problem("mapping-nothing-across", "across", file=self.table.file))
        return found

    def _meant(self, at: int, text: str, names: Names) -> str:
        """What a heading means, in our own words; a problem where it is no period or month."""
        mapping = self.mapped.mapping
        try:
            match mapping.across:
                case Across.PERIOD:
                    return _read(lambda one: str(read_when(one, mapping.dates)), text, self.shared)
                case Across.MONTH:
                    return _read(lambda one: str(read_month(one)), text, self.shared)
        except ReadingError as error:
            place = self.table.place(self.header, at, self.headings[at])
            code = "import-heading" if error.code == "period" else error.code
            self.problems.append(Problem(code, place, {"found": excerpt(text), **error.values}))
        if mapping.across is Across.AREA:
            return names.area_code(text) if mapping.statistics else names.area(text)
        return names.indicator(text) if mapping.across is Across.INDICATOR else text
