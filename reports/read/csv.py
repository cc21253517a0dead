"""A CSV file -> rows that know their file and row; every cell is text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.errors import Place, Problem, problem
from reports.read.decode import decode, excerpt, nearest

_SEPARATORS = (",", ";", "\t")
_REMARK = "#"


class Columns(NamedTuple):
    """The headings a kind of file may have, and those of them it must have."""

    valid: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a file: its cells by heading, stripped; columns the file does not have are empty."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def place(self, heading: str = "") -> Place:
        """Where a cell (or the row) stands."""
        return Place(self.file, self.number, heading)


def read_rows(
    data: bytes, file: str, columns: Columns, keep: Callable[[str], bool] | None = None
) -> tuple[list[Row], list[Problem]]:
    """The rows of a file, and everything that is wrong with its form; `file` is its name in messages.

    Comma, semicolon or tab is recognised by the heading line. Empty rows and remarks (`#`) are skipped. `keep` looks at
    a raw line and says whether it is wanted; the others are neither read nor checked. A row that does not fit the
    headings is left out.
    """
    text, problems = decode(data, file)
    if problems and not text.strip():
        return [], problems
    rows, found = rows_in(text, file, columns, keep)
    return rows, problems + found


def rows_in(
    text: str, file: str, columns: Columns, keep: Callable[[str], bool] | None = None
) -> tuple[list[Row], list[Problem]]:
    """The rows of a text that `decode` has passed, as read_rows gives those of a file."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip() and not _declares(line)), None)
    if start is None:
        return [], [problem("csv-empty", file, 1, wanted=", ".join(columns.required))]
    separator = _separator(lines[start], columns)
    headings, problems = _headings(_cells(lines[start], separator) or [], file, start + 1, columns)
    rows: list[Row] = []
    blank = f" \u00a0{separator}"
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if not line or not line.strip(blank) or line.startswith(_REMARK) or (keep and not keep(line)):
            continue
        row = _row(line, separator, headings, file, number)
        rows.append(row) if isinstance(row, Row) else problems.append(row)
    return ([] if any(name not in headings for name in columns.required) else rows), problems


def _declares(line: str) -> bool:
    """Whether a line is a remark, or Excel's own `sep=;`."""
    return line.startswith(_REMARK) or line.strip().lower().startswith("sep=")


def _separator(line: str, columns: Columns) -> str:
    def known(separator: str) -> tuple[int, int]:
        names = [name.strip().strip('"').lower() for name in line.split(separator)]
        return sum(name in columns.valid for name in names), len(names)

    return max(_SEPARATORS, key=known)


def _cells(line: str, separator: str) -> list[str] | None:
    """The cells of a line, stripped; None where a quote is left open or text follows a closed one."""
    if '"' not in line:
        return [cell.strip() for cell in line.split(separator)]
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator, strict=True))]
    except (csv.Error, StopIteration):
        return None


def _headings(cells: Sequence[str], file: str, row: int, columns: Columns) -> tuple[list[str], list[Problem]]:
    names = [cell.lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    problems: list[Problem] = []
    for number, name in enumerate(names, 1):
        if name not in columns.valid:
            near = nearest(name, columns.valid)
            problems.append(problem("column-unknown", file, row, number, found=excerpt(name), near=near))
        elif name in names[: number - 1]:
            problems.append(problem("column-twice", file, row, number, found=name))
    missing = [name for name in columns.required if name not in names]
    problems += [problem("column-missing", file, row, name=name, wanted=", ".join(columns.valid)) for name in missing]
    return names, problems


def _row(line: str, separator: str, headings: Sequence[str], file: str, number: int) -> Row | Problem:
    cells = _cells(line, separator)
    if cells is None:
        return problem("csv-quote", file, number, found=excerpt(line))
    while len(cells) > len(headings) and not cells[-1]:
        cells.pop()
    if len(cells) != len(headings):
        code = "row-long" if len(cells) > len(headings) else "row-short"
        at = excerpt(cells[len(headings)] if code == "row-long" else cells[-1])
        return problem(code, file, number, found=len(cells), wanted=len(headings), at=at)
    return Row(file, number, dict(zip(headings, cells, strict=True)))
