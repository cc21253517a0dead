"""Tables of a text file or workbook, with a mapping or in our own columns -> their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from reports.errors import Problem, ReportError
from reports.intake.arrived import Arrived, Asked, incoming
from reports.intake.foreign import Foreign
from reports.intake.foreign_figures import observations, statistics
from reports.intake.foreign_words import Names, plain, wrong_period
from reports.intake.layout import find_layout
from reports.intake.mapping import Mapped
from reports.intake.own_columns import own_tables
from reports.intake.people import warn_of_people
from reports.intake.table import Table
from reports.intake.text_table import text_table
from reports.intake.workbook import Workbook
from reports.read.decode import excerpt, nearest
from reports.read.observations import OBSERVATIONS, STATISTICS


def read_text_table(arrived: Arrived, text: str, asked: Asked, mapped: Mapped | None) -> None:
    """Add the figures of a text file."""
    wanted = [*mapped.mapping.columns.given().values(), *mapped.mapping.headings] if mapped else []
    table = text_table(text, asked.file, wanted or [*OBSERVATIONS.valid, *STATISTICS.valid])
    _read_tables(arrived, [table], asked, mapped)


def read_sheets(arrived: Arrived, book: Workbook, asked: Asked, mapped: Mapped | None) -> None:
    """Add the figures of a workbook: of the sheet that the mapping names, or of every sheet in our own columns."""
    named = mapped and (mapped.mapping.sheet or not mapped.for_own_columns)
    _read_tables(arrived, [_chosen(book.sheets, mapped, asked)] if mapped and named else book.sheets, asked, mapped)


def _read_tables(arrived: Arrived, tables: Sequence[Table], asked: Asked, mapped: Mapped | None) -> None:
    if mapped and not mapped.for_own_columns:
        _read(arrived, tables[0], mapped)
        return
    own, unread = own_tables(tables, arrived.setup, asked, mapped)
    arrived.problems += unread
    for table, how in own:
        _read(arrived, table, how)


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
        if wrong := wrong_period(mapped):
            raise ReportError(wrong)
        arrived.table = mapped.mapping.statistics
        arrived.statistics = chain(arrived.statistics, statistics(foreign, arrived.areas))
        return
    if wrong := _wrong_fixed(mapped, names):
        raise ReportError(wrong)
    arrived.rows = [*arrived.rows, *(incoming(one) for one in observations(foreign, arrived.setup))]


def _wrong_fixed(mapped: Mapped, names: Names) -> list[Problem]:
    """Names that the mapping gives to every figure of the table, and that stand for nothing."""
    setup, fixed = names.setup, mapped.mapping.fixed
    kinds = {
        "indicator": (names.indicator(fixed.indicator), setup.indicators),
        "area": (names.area(fixed.area), names.areas),
        "source": (fixed.source, setup.sources),
    }
    problems = [
        mapped.problem(f"{part}-unknown", "fixed", part, found=excerpt(name), near=nearest(name, known))
        for part, (name, known) in kinds.items()
        if name and name not in known
    ]
    return problems + wrong_period(mapped)


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
