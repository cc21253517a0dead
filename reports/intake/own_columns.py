"""Tables in the columns of our own files -> how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import islice

from reports.errors import Problem, ReportError, problem
from reports.intake.arrived import Asked
from reports.intake.foreign_figures import table_needed
from reports.intake.layout import SEARCHED
from reports.intake.mapping import Dates, Empty, FileMapping, Mapped, Parts
from reports.intake.table import Numeric, Table
from reports.read.csv import Columns
from reports.read.decode import excerpt, nearest
from reports.read.observations import OBSERVATIONS, STATISTICS
from reports.read.setup import Setup
from reports.read.yaml import Tree

Own = list[tuple[Table, Mapped]]


def own_tables(tables: Sequence[Table], setup: Setup, asked: Asked, mapped: Mapped | None) -> tuple[Own, list[Problem]]:
    """The tables in our own columns with how each is read, and a warning for each other table that holds figures.

    A mapping may say the rest (`dates`, `decimals`, `statistics`). Raises ReportError where no table is in our columns,
    where a heading is none of ours, and where it is not said which table of statistics the figures belong to.
    """
    own: Own = []
    problems: list[Problem] = []
    unread: list[Problem] = []
    for table in tables:
        if found := _headings(table):
            number, names, columns = found
            problems += _wrong_headings(table, number, names, columns)
            own.append((table, _as_mapping(table, number, names, columns, asked.table, mapped)))
        elif any(isinstance(cell, Numeric) for _, cells in table.rows for cell in cells):
            unread.append(Problem("workbook-unread", table.place(0), {"name": table.sheet}, warning=True))
    kinds = {bool(how.mapping.columns.content) for _, how in own}
    if not own:
        problems = [problem("import-columns", asked.file, wanted=", ".join(OBSERVATIONS.required))]
    if True in kinds and not all(how.mapping.statistics for _, how in own if how.mapping.columns.content):
        problems.append(table_needed(asked.file, setup))
    if False in kinds and asked.table:
        problems.append(problem("import-table-idle", asked.file, found=asked.table))
    if problems:
        raise ReportError(problems)
    return own, unread


def _headings(table: Table) -> tuple[int, list[str], Columns] | None:
    """The row of headings of a table in our own columns: its number, the names, and what they may be."""
    for number, cells in islice(table.rows, SEARCHED):
        names = [cell.lower() for cell in cells]
        for columns in (OBSERVATIONS, STATISTICS):
            if set(columns.required) <= set(names):
                return number, names, columns
    return None


def _wrong_headings(table: Table, number: int, names: Sequence[str], columns: Columns) -> list[Problem]:
    problems = []
    for at, name in enumerate(names):
        if name and name not in columns.valid:
            values = {"found": excerpt(name), "near": nearest(name, columns.valid)}
            problems.append(Problem("column-unknown", table.place(number, at), values))
        elif name and name in names[:at]:
            problems.append(Problem("column-twice", table.place(number, at), {"found": name}))
    return problems


def _as_mapping(
    table: Table, number: int, names: Sequence[str], columns: Columns, statistics: str, mapped: Mapped | None
) -> Mapped:
    """Our own columns as a mapping. In a text file a day is a day: docs/data.md says how the columns are written."""
    base = mapped.mapping if mapped else FileMapping(dates=Dates.NOTHING if table.sheet else Dates.DAY)
    parts = {field.name: field.name for field in fields(Parts) if field.name in names}
    told = statistics or base.statistics if columns is STATISTICS else ""
    own = replace(base, columns=Parts(**parts), statistics=told, empty=base.empty or Empty.ERROR)
    return Mapped(own, (number,), mapped.last if mapped else 0, mapped.tree if mapped else Tree(table.file), own=True)
