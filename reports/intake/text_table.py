"""A text file of columns in anybody's layout -> a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, overload

from reports.errors import Problem, ReportError, problem
from reports.intake.foreign_words import plain
from reports.intake.table import Table
from reports.read.decode import excerpt

SEPARATORS = (";", ",", "\t", "|")
SEARCHED = 40  # lines in which headings are looked for
LONGEST = 200_000  # characters of a line
MOST = 1000  # lines that are told of


class TextRows(Sequence[tuple[int, list[str]]]):
    """The rows of a text, each with its number; lines are taken apart when they are looked at, as there may be many.

    `spaced` tells whether there are spaces in the text that may have to be stripped from the cells.
    """

    def __init__(self, lines: Sequence[str], separator: str, spaced: bool) -> None:
        self._lines = lines
        self._separator = separator
        self._spaced = spaced

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        separator, spaced = self._separator, self._spaced
        for number, line in enumerate(self._lines, 1):
            if not line or (line[0] == separator and not line.strip(separator)):
                continue
            cells = quoted_cells(line, separator) if '"' in line else line.split(separator)
            if spaced:
                cells = [cell.strip() for cell in cells]
            if any(cells):
                yield number, cells

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, at: int) -> tuple[int, list[str]]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, list[str]]]: ...
    def __getitem__(self, at: int | slice) -> Any:
        return list(self)[at]


def text_table(text: str, file: str, headings: Collection[str]) -> Table:
    """The table of a text that `decode` has passed; the separator is the one that shows most of the headings.

    Where none of them is found, it is the one that stands most often in one of the first lines. Raises ReportError for
    every line in which a quotation mark is left open, and for one that is too long for a row of a table.
    """
    lines = text.split("\n")
    _refuse(problem("import-line", file, at, most=LONGEST) for at, line in enumerate(lines, 1) if len(line) > LONGEST)
    separator, marked = _separator(lines[:SEARCHED], {plain(one) for one in headings}), '"' in text
    _refuse(
        problem("csv-quote", file, number, found=excerpt(line))
        for number, line in enumerate(lines, 1)
        if marked and '"' in line and not quoted_cells(line, separator)
    )
    spaced = re.search(f"[^\\S\n{re.escape(separator)}]", text) is not None
    return Table(file, "", TextRows(lines, separator, spaced))


def _refuse(problems: Iterator[Problem]) -> None:
    if found := list(islice(problems, MOST)):
        raise ReportError(found)


def quoted_cells(line: str, separator: str) -> list[str]:
    """The cells of a line with quotation marks; none where one of them is left open."""
    try:
        return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=separator, strict=True))]
    except (csv.Error, StopIteration):
        return []


def _separator(lines: Sequence[str], headings: Collection[str]) -> str:
    def shown(separator: str) -> tuple[int, int]:
        found = (sum(plain(cell.strip().strip('"')) in headings for cell in line.split(separator)) for line in lines)
        return max(found, default=0), max((line.count(separator) for line in lines), default=0)

    return max(SEPARATORS, key=shown)
