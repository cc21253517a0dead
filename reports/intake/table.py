"""A sheet of a workbook or a text file as rows of cells that know where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from string import ascii_uppercase
from typing import NamedTuple

from reports.errors import Place
from reports.intake.incoming import cell_place


class Dated(str):
    """A cell that its program keeps as a date; its text is the date as Finns write it."""

    __slots__ = ("day",)
    day: date

    def __new__(cls, day: date) -> Dated:
        """The cell of a day."""
        made = super().__new__(cls, f"{day.day}.{day.month}.{day.year}")
        made.day = day
        return made


class Numeric(str):
    """A cell that its program keeps as a number; its text has a decimal comma, whatever signs the other texts have."""

    __slots__ = ()


class Faulty(str):
    """A cell that nothing can be read from; `code` is the problem it becomes where it is needed."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, text: str, code: str) -> Faulty:
        """The cell with what a message may quote of it."""
        made = super().__new__(cls, text)
        made.code = code
        return made


class Joined(str):
    """A heading that stands in several cells, put together with spaces; `parts` are the cells."""

    __slots__ = ("parts",)
    parts: Sequence[str]

    def __new__(cls, parts: Sequence[str]) -> Joined:
        """The heading of some cells."""
        made = super().__new__(cls, " ".join(parts))
        made.parts = parts
        return made


class Table(NamedTuple):
    """Rows of cells in their order, each with its number in the file; cells are stripped, an empty one is "".

    `sheet` is the sheet's name, empty for a text file. `merged` are ranges of cells that are one, as first row, first
    column (from 0), last row, last column; `hidden` are the numbers of rows that nobody sees.
    """

    file: str
    sheet: str
    rows: Sequence[tuple[int, Sequence[str]]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: frozenset[int] = frozenset()

    def place(self, row: int, column: int = -1, heading: str = "") -> Place:
        """Where a cell (or with no column a row) stands: by its letters in a workbook, else by its heading."""
        if column < 0:
            return Place(self.file, row, self.sheet)
        if self.sheet:
            return cell_place(self.file, self.sheet, row, letters(column))
        return Place(self.file, row, heading or column + 1)


def letters(column: int) -> str:
    """The letters of a column counted from 0: `A`, `Z`, `AA`."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, len(ascii_uppercase))
        text = ascii_uppercase[rest] + text
    return text


def column_of(text: str) -> int:
    """The column, from 0, of letters.

    >>> column_of("A"), column_of("AA"), letters(column_of("XFD"))
    (0, 26, 'XFD')
    """
    number = 0
    for letter in text:
        number = number * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return number - 1
