"""Tables of a text file or workbook, with a mapping or in our own columns -> their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from itertools import chain

from reports.errors import Problem, ReportError, problem
from reports.intake.arrived import Arrived, Asked, incoming
from reports.intake.foreign import Foreign
from reports.intake.foreign_figures import observations, statistics, table_needed
from reports.intake.foreign_words import Names, plain
from reports.intake.layout import SEARCHED, find_layout
from reports.intake.mapping import Empty, FileMapping, Mapped, Parts
from reports.intake.people import warn_of_people
from reports.intake.table import Numeric, Table
from reports.intake.text_table import text_table
from reports.intake.workbook import Workbook
from reports.read.csv import Columns
from reports.read.decode import excerpt, nearest
from reports.read.observations import OBSERVATIONS, STATISTICS, Reading
from reports.read.yaml import Tree

ADVICE = {"area-unknown": "import-area-name", "indicator-unknown": "import-indicator-name"}


def read_text_table(arrived: Arrived, text: str, asked: Asked, mapped: Mapped | None) -> None:
    """Add the figures of a text file."""
    wanted = [*mapped.mapping.columns.given().values(), *mapped.mapping.headings] if mapped else []
    table = text_table(text, asked.file, wanted or [*OBSERVATIONS.valid, *STATISTICS.valid])
    _read(arrived, table, mapped or _own(arrived, [table], asked)[table.sheet])


def read_sheets(arrived: Arrived, book: Workbook, asked: Asked, mapped: Mapped | None) -> None:
    """Add the figures of a workbook: of the sheet that the mapping names, or of every sheet in our own columns."""
    if mapped:
        _read(arrived, _chosen(book.sheets, mapped, asked), mapped)
        return
    own = _own(arrived, book.sheets, asked)
    for table in book.sheets:
        if table.sheet in own:
            _read(arrived, table, own[table.sheet])


def _chosen(tables: Sequence[Table], mapped: Mapped, asked: Asked) -> Table:
    """The sheet that a mapping names, or the only one."""
    wanted = mapped.mapping.sheet
    found = [table for table in tables if not wanted or plain(table.sheet) == plain(wanted)]
    if len(found) == 1:
        return found[0]
    sheets = [table.sheet for table in tables]
    if found:
        raise ReportError([mapped.problem("mapping-sheet-needed", file=asked.file, have=", ".join(sheets))])
    values = {"found": excerpt(wanted), "file": asked.file, "near": nearest(wanted, sheets)}
    raise ReportError([mapped.problem("mapping-sheet", "sheet", **values)])


def _own(arrived: Arrived, tables: Sequence[Table], asked: Asked) -> dict[str, Mapped]:
    """How the tables in our own columns are read, by sheet. Raises ReportError where none is, or a heading is wrong."""
    own: dict[str, Mapped] = {}
    problems: list[Problem] = []
    for table in tables:
        if found := _own_headings(table):
            number, columns = found
            problems += _heading_problems(table, number, columns)
            own[table.sheet] = _as_mapping(table, number, columns, asked.table)
        elif any(isinstance(cell, Numeric) for _, cells in table.rows for cell in cells):
            arrived.problems.append(Problem("workbook-unread", table.place(0), {"name": table.sheet}, warning=True))
    if not own:
        arrived.problems.clear()
        problems = [problem("import-columns", asked.file, wanted=", ".join(OBSERVATIONS.required))]
    if any(one.mapping.statistics == "" and one.mapping.columns.content for one in own.values()):
        problems.append(table_needed(asked.file, arrived.setup))
    if asked.table and any(not one.mapping.columns.content for one in own.values()):
        problems.append(problem("import-table-idle", asked.file, found=asked.table))
    if problems:
        raise ReportError(problems)
    return own


def _own_headings(table: Table) -> tuple[int, Columns] | None:
    """The row of headings of a table in our own columns, and what columns those may be."""
    for number, cells in table.rows[:SEARCHED]:
        names = {cell.lower() for cell in cells}
        for columns in (OBSERVATIONS, STATISTICS):
            if set(columns.required) <= names:
                return number, columns
    return None


def _heading_problems(table: Table, number: int, columns: Columns) -> list[Problem]:
    names = [cell.lower() for cell in dict(table.rows)[number]]
    problems = []
    for at, name in enumerate(names):
        if name and name not in columns.valid:
            values = {"found": excerpt(name), "near": nearest(name, columns.valid)}
            problems.append(Problem("column-unknown", table.place(number, at), values))
        elif name and name in names[:at]:
            problems.append(Problem("column-twice", table.place(number, at), {"found": name}))
    return problems


def _as_mapping(table: Table, number: int, columns: Columns, statistics: str) -> Mapped:
    """Our own columns as a mapping."""
    names = {cell.lower() for cell in dict(table.rows)[number]}
    parts = {field.name: field.name for field in fields(Parts) if field.name in names}
    own = FileMapping(Parts(**parts), statistics=statistics if columns is STATISTICS else "", empty=Empty.ERROR)
    return Mapped(own, (number,), 0, Tree(table.file), own=True)


def _read(arrived: Arrived, table: Table, mapped: Mapped) -> None:
    """Add the figures of a table."""
    names = Names(arrived.setup)
    layout = find_layout(table, mapped, names)
    known = {plain(one) for one in (*names.areas, *_groups(arrived))}
    arrived.problems += warn_of_people(table, layout.header, known)
    arrived.problems += _hidden_rows(table, layout.header)
    foreign = Foreign(layout, mapped, names, arrived.problems, arrived.notes)
    arrived.sheets = ", ".join(filter(None, (arrived.sheets, table.sheet)))
    if mapped.mapping.statistics:
        arrived.table = mapped.mapping.statistics
        arrived.statistics = chain(arrived.statistics, statistics(foreign, arrived.areas))
        return
    reading = Reading(arrived.setup)
    arrived.rows = [*arrived.rows, *(incoming(one) for one in observations(foreign, reading))]
    arrived.problems += [one if mapped.own else _with_advice(one) for one in reading.problems]


def _with_advice(one: Problem) -> Problem:
    """A name that is not known, told so that the mapping can be mended rather than the table."""
    return replace(one, code=ADVICE.get(one.code, one.code))


def _groups(arrived: Arrived) -> Iterator[str]:
    return (group for one in arrived.setup.indicators.values() for group in one.groups)


def _hidden_rows(table: Table, header: int) -> list[Problem]:
    hidden = sorted(number for number in table.hidden if number > header)
    if not hidden:
        return []
    values = {"count": len(hidden), "rows": spans(hidden)}
    return [Problem("workbook-hidden-rows", table.place(hidden[0]), values, warning=True)]


def spans(numbers: Sequence[int], most: int = 8) -> str:
    """Numbers in order, those that follow each other as one: `3-5, 9`.

    >>> spans([3, 4, 5, 9])
    '3-5, 9'
    """
    ends: list[list[int]] = []
    for number in numbers:
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in ends[:most]]
    return ", ".join([*shown, *(["…"] if len(ends) > most else [])])
