"""The rows of a table in any layout: which of them hold figures, and what stands in each part of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reports.errors import Place, Problem, ReportError
from reports.intake.foreign_words import Names, plain, read_when
from reports.intake.layout import Layout
from reports.intake.mapping import Across, Decimals, Empty, Mapped
from reports.intake.stored import REMARK
from reports.intake.table import Dated, Faulty, Numeric
from reports.period import Period
from reports.read.decode import excerpt
from reports.read.number import ReadingError

KEYS = ("indicator", "period", "area", "content")
MOST_ROWS = 10**9
MOST_PROBLEMS = 5000
MOST_MERGED = 200_000  # cells; those of further ranges are what they are in the file: empty, which is told
_POINTED = re.compile(r"([-+\u2212]?[0-9][0-9\s]*)\.([0-9]+)(\D*)")
_GROUPED = re.compile(r"[-+\u2212]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\D*")
Cells = Sequence[str]


class Found(NamedTuple):
    """A row of figures: its number, its cells, and the parts that stand in columns of their own, as written."""

    number: int
    cells: Cells
    parts: Mapping[str, str]

    def cell(self, column: int) -> str:
        """The cell of a column."""
        return self.cells[column] if column < len(self.cells) else ""


class Foreign:
    """One reading of a table. Raises ReportError where thousands of its cells are wrong.

    `problems` is added what is wrong with single cells, `notes` the numbers of the rows without figures that were
    passed over.
    """

    def __init__(self, layout: Layout, mapped: Mapped, names: Names, problems: list[Problem], notes: list[int]) -> None:
        self.layout = layout
        self.mapping = mapped.mapping
        self.own = mapped.own
        self.last = mapped.last
        self.names = names
        self.problems = problems
        self.notes = notes
        self.empty: list[Place] = []  # the first of the cells without a figure
        self.empties = 0
        self.fixed = self.mapping.fixed.given()
        self.words = {part: {plain(k): v for k, v in words.items()} for part, words in self.mapping.words.items()}
        self._skip = {part: {plain(one) for one in texts} for part, texts in self.mapping.skip.items()}
        self._above: dict[str, str] = {}
        self._spread = _spread(layout)
        # In a text file whose figures are as they should be, a row that fits the headings has plain texts only.
        self.plain = not layout.table.sheet and bool(layout.headings) and self.mapping.decimals is Decimals.COMMA
        self._simple = not self._spread and not self.mapping.down
        self._width = len(layout.headings)
        self._needed = 1 + max((*layout.columns.values(), *(column for column, _ in layout.figures)), default=0)

    def rows(self) -> Iterator[Found]:
        """The rows of figures below the headings."""
        figures = [column for column, _ in self.layout.figures]
        header, last = self.layout.header, self.last or MOST_ROWS
        for number, cells in self.layout.table.rows:
            if not header < number <= last or (self.own and cells[0].startswith(REMARK)):
                continue
            if len(self.problems) > MOST_PROBLEMS:  # it is another table than somebody thought
                raise ReportError(self.problems)
            found = Found(number, cells, self._parts(number, cells))
            if self._skip and self._is_skipped(found):
                continue
            if not any(map(found.cell, figures)) and not self._has_keys(found):
                self.notes.append(number)
            elif len(cells) == self._width or self._fits(number, cells):
                yield found
        if self.empty and self.mapping.empty is Empty.NOTHING and self.mapping.across:
            self.problems.append(Problem("import-empty", self.empty[0], {"count": self.empties}, warning=True))

    def place(self, found: Found, column: int) -> Place:
        """Where a cell of a row stands."""
        headings = self.layout.headings
        return self.layout.table.place(found.number, column, headings[column] if column < len(headings) else "")

    def part_place(self, found: Found, part: str) -> Place:
        """Where a part of a row stands: in its column, or above the figures, or nowhere in the file."""
        column = self.layout.columns.get(part)
        return Place(self.layout.table.file, found.number) if column is None else self.place(found, column)

    def heading_place(self, column: int) -> Place:
        """Where the heading of a column stands."""
        return self.layout.table.place(self.layout.header, column, self.layout.headings[column])

    def period(self, found: Found, meant: str) -> Period | None:
        """The period of a figure; `meant` is what its column's heading means. None and a problem where it is none."""
        across, text = self.mapping.across, found.parts.get("period", self.fixed.get("period", ""))
        if across is Across.PERIOD:
            return Period.of(meant)
        try:
            when = read_when(text, self.mapping.dates)
            if across is Across.MONTH and when.kind != "year":
                raise ReadingError("import-not-year")
        except ReadingError as error:
            code = error.code if text else "cell-empty"
            values = {"found": excerpt(text), **error.values}
            self.problems.append(Problem(code, self.part_place(found, "period"), values))
            return None
        return Period.month(when.first.year, int(meant)) if across is Across.MONTH else when

    def text(self, found: Found, part: str, meant: str) -> str | None:
        """A part that is a word, in our own words where the mapping gives them; None where its cell is no word."""
        if part == self.mapping.across:
            return meant
        text = found.parts.get(part, self.fixed.get(part, ""))
        if isinstance(text, Faulty | Dated):
            code = text.code if isinstance(text, Faulty) else "workbook-date"
            self.problems.append(Problem(code, self.part_place(found, part), {"found": excerpt(text)}))
            return None
        return self.words.get(part, {}).get(plain(text), text)

    def figure(self, found: Found, column: int) -> str | None:
        """The cell of a figure, with a decimal comma; None where there is none, and a problem where there should be."""
        cell = self._spread.get((found.number, column)) or found.cell(column)
        if isinstance(cell, Faulty | Dated):
            code = cell.code if isinstance(cell, Faulty) else "workbook-date"
            self.problems.append(Problem(code, self.place(found, column), {"found": excerpt(cell)}))
            return None
        if not cell:
            self._without(found, column)
            return None
        if self.mapping.decimals is Decimals.POINT and not isinstance(cell, Numeric):
            return self._from_point(found, column, cell)
        return cell

    def _without(self, found: Found, column: int) -> None:
        self.empties += 1
        self.empty = self.empty or [self.place(found, column)]
        if self.mapping.empty is Empty.ERROR or (self.mapping.empty is Empty.NOTHING and not self.mapping.across):
            self.problems.append(Problem("number-empty", self.place(found, column)))

    def _from_point(self, found: Found, column: int, cell: str) -> str | None:
        if match := _POINTED.fullmatch(cell):
            return f"{match[1]},{match[2]}{match[3]}"
        if "," in cell and cell.strip(",.") and (_GROUPED.fullmatch(cell) or cell[:1].isdigit()):
            self.problems.append(Problem("import-comma", self.place(found, column), {"found": excerpt(cell)}))
            return None
        return cell

    def _fits(self, number: int, cells: Cells) -> bool:
        """Whether a row of a text file has as many cells as there are headings: a comma may have split one of them."""
        found, wanted = len(cells), self._width
        if not wanted or self.layout.table.sheet:
            return True
        if found >= self._needed and not any(cells[wanted:]):
            return True
        values = {"found": found, "wanted": wanted, "at": excerpt(cells[min(wanted, found - 1)])}
        code = "row-long" if found > wanted else "row-short"
        self.problems.append(Problem(code, Place(self.layout.table.file, number), values))
        return False

    def _parts(self, number: int, cells: Cells) -> dict[str, str]:
        width = len(cells)
        if self._simple and width >= self._needed:
            return {part: cells[column] for part, column in self.layout.columns.items()}
        parts = {}
        for part, column in self.layout.columns.items():
            text = cells[column] if column < width else ""
            if self._spread:
                text = self._spread.get((number, column), text)
            if part in self.mapping.down:
                text = self._above[part] = text or self._above.get(part, "")
            parts[part] = text
        return parts

    def _is_skipped(self, found: Found) -> bool:
        return any(plain(found.parts[part]) in texts for part, texts in self._skip.items())

    def _has_keys(self, found: Found) -> bool:
        """Whether a row without figures says which figures it lacks; else it is a note or a heading of its own."""
        for part in KEYS:
            text = found.parts.get(part)
            if text is not None and not self._is_key(part, text) and not (self.own and part == "area" and not text):
                return False
        return bool(found.parts)

    def _is_key(self, part: str, text: str) -> bool:
        if not text or part != "period":
            word = self.words.get(part, {}).get(plain(text), text)
            known = {"area": self.names.areas, "indicator": self.names.setup.indicators}
            return bool(word) and (part == "content" or self.translated(part, word) in known[part])
        try:
            return bool(read_when(text, self.mapping.dates))
        except ReadingError:
            return False

    def translated(self, part: str, text: str) -> str:
        """An area or indicator by the name that our own files give it."""
        return self.names.area(text) if part == "area" else self.names.indicator(text)


def _spread(layout: Layout) -> dict[tuple[int, int], str]:
    """What stands in cells that are merged with one above or before them, below the headings."""
    ranges = [one for one in layout.table.merged if one[2] > layout.header]
    if not ranges:
        return {}
    rows = dict(layout.table.rows)
    figures = {column for column, _ in layout.figures}
    found: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in ranges:
        cells = rows.get(top, ())
        text = cells[left] if left < len(cells) else ""
        if text and len(found) + (bottom - top + 1) * (right - left + 1) <= MOST_MERGED:
            for column in range(left, right + 1):
                spread = Faulty(text, "workbook-merged") if column in figures else text
                found |= {(row, column): spread for row in range(top, bottom + 1)}
    return found
