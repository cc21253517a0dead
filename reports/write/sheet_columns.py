"""A table as a workbook has it: a column whose cells hold several numbers becomes as many columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.document import Cell, Column, Row, Table


def divided(table: Table) -> Table:
    """The table with a column for each part of those that have parts; a cell without parts stands in all of its own."""
    columns = tuple(one for column in table.columns for one in _columns(column))
    rows = tuple(replace(row, cells=tuple(_cells(row, table.columns))) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _columns(column: Column) -> list[Column]:
    return [replace(column, text=text, parts=()) for text in column.parts] or [column]


def _cells(row: Row, columns: tuple[Column, ...]) -> Iterator[Cell]:
    for cell, column in zip(row.cells, columns, strict=False):
        if column.parts:
            yield from cell.parts or (cell,) * len(column.parts)
        else:
            yield cell
