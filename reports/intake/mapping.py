"""mapping.yaml: how the layout of somebody else's table is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from reports.errors import Problem, ReportError, problem
from reports.read.decode import bytes_of, decode, excerpt
from reports.read.shape import shape
from reports.read.yaml import Tree, read_yaml

NONE = "none"
TABLE = re.compile(r"\w[\w-]*")  # the code of a table, which is the name of its folder
MOST_HEADINGS = 5  # rows that headings may stand on
NEEDED = {"statistics": {"period", "area", "content"}, "observations": {"period", "indicator"}}
ALLOWED = {
    "statistics": {"period", "area", "content", "value", "status"},
    "observations": {"period", "area", "indicator", "group", "value", "status", "source", "note"},
}


class Across(StrEnum):
    """What the headings of the columns of figures say, where a row has several figures."""

    NOTHING = ""
    PERIOD = "period"
    MONTH = "month"
    AREA = "area"
    GROUP = "group"
    INDICATOR = "indicator"
    CONTENT = "content"


class Empty(StrEnum):
    """What an empty cell among the figures is."""

    NOTHING = ""
    ERROR = "error"
    SKIP = "skip"


class Dates(StrEnum):
    """What the first day of a month in the column of periods is."""

    NOTHING = ""
    MONTH = "month"
    DAY = "day"


class Decimals(StrEnum):
    """The sign before the decimals."""

    COMMA = "comma"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a figure is made of, each part by the heading of its column, or by what it is in the whole table."""

    indicator: str = ""
    period: str = ""
    area: str = ""
    group: str = ""
    content: str = ""
    value: str = ""
    status: str = ""
    source: str = ""
    note: str = ""

    def given(self) -> dict[str, str]:
        """The parts that are given, by name."""
        return {one.name: text for one in fields(self) if (text := getattr(self, one.name))}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """mapping.yaml. `columns` are headings, `fixed` what is the same in every row.

    `statistics` is the table of data/statistics that the figures belong to; without it they are observations. `sheet`,
    `header` (`3`, or `3-4` for headings on two rows) and `last` say where the table is. `across` is what the headings
    of the columns of figures say: all columns that are not named otherwise, without those of `leave-out`, or those of
    `headings`, which gives for each heading what it means.
    `words` says what a cell's text stands for and `skip` which rows are left out, each by part; `down` are parts
    whose empty cells repeat the one above. `take` says which code is taken of a dimension of a PC-Axis or JSON-stat
    file that is neither time, area nor contents. `unit` is that of the file's numbers where the indicator has another.
    """

    columns: Parts = Parts()
    fixed: Parts = Parts()
    statistics: str = ""
    sheet: str = ""
    header: str = ""
    last: str = ""
    across: Across = Across.NOTHING
    headings: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    down: tuple[str, ...] = ()
    take: Mapping[str, str] = field(default_factory=dict)
    empty: Empty = Empty.NOTHING
    dates: Dates = Dates.NOTHING
    decimals: Decimals = Decimals.COMMA
    unit: str = ""


class Mapped(NamedTuple):
    """A mapping that has been read: what it says, the rows of headings and the last row (0: not said), where it is.

    `rows` is empty where the headings are to be found by what they are; `(0,)` says that there are none. `own` is true
    where the columns are our own.
    """

    mapping: FileMapping
    rows: tuple[int, ...]
    last: int
    tree: Tree
    own: bool = False

    @property
    def for_own_columns(self) -> bool:
        """Whether it names no columns, so that the table must have our own."""
        return not self.mapping.columns.given() and not self.mapping.across

    def problem(self, code: str, *path: str | int, **values: Any) -> Problem:
        """A problem of an entry."""
        return Problem(code, self.tree.place(path), values)


def read_mapping(path: Path, table: str = "") -> Mapped:
    """A mapping.yaml; a `table` goes before the one that it names.

    Raises ReportError with everything that is wrong with it (exit 2 where there is no such file).
    """
    if not path.is_file():
        raise ReportError([problem("mapping-missing", path.name)], exit_code=2)
    text, problems = decode(bytes_of(path, path.name), path.name)
    tree, slips = read_yaml(text, path.name)
    mapping, misfits = shape(FileMapping, tree)
    mapping = replace(mapping, statistics=table or mapping.statistics)
    problems += [*slips, *misfits]
    rows, last = _rows(mapping.header), _rows(mapping.last)
    mapped = Mapped(mapping, rows or (), (last or (0,))[-1], tree)
    if not any(not one.warning for one in problems):
        problems += _check(mapped, rows is None, last is None)
    if any(not one.warning for one in problems):
        raise ReportError(problems)
    return mapped


def _rows(text: str) -> tuple[int, ...] | None:
    """`3` or `3-4` as numbers; none for an empty text, `(0,)` for `none`, None for what is neither."""
    if not text:
        return ()
    if text == NONE:
        return (0,)
    match = re.fullmatch(r"([1-9][0-9]{0,6})(?:[-\u2013]([1-9][0-9]{0,6}))?", text)
    if not match:
        return None
    rows = range(int(match[1]), int(match[2] or match[1]) + 1)
    return tuple(rows) if 0 < len(rows) <= MOST_HEADINGS else None


def _check(mapped: Mapped, bad_header: bool, bad_last: bool) -> Iterator[Problem]:
    """What a mapping asks for that cannot be."""
    mapping = mapped.mapping
    columns, fixed = mapping.columns.given(), mapping.fixed.given()
    if bad_header:
        yield mapped.problem("mapping-rows", "header", found=excerpt(mapping.header))
    if bad_last:
        yield mapped.problem("mapping-rows", "last", found=excerpt(mapping.last))
    for name in sorted(columns.keys() & fixed.keys()):
        yield mapped.problem("mapping-both", "fixed", name, name=name)
    if mapping.across in columns.keys() | fixed.keys():
        yield mapped.problem("mapping-both", "across", name=mapping.across)
    if mapping.across and "value" in columns:
        yield mapped.problem("mapping-value", "across")
    if "value" in fixed:
        yield mapped.problem("mapping-fixed-value", "fixed", "value")
    if mapping.headings and not mapping.across:
        yield mapped.problem("mapping-headings", "headings")
    yield from _check_named(mapped, columns)
    yield from _check_parts(mapped, {*columns, *fixed, str(mapping.across)})


def _check_named(mapped: Mapped, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Rules for the cells of a column that the mapping does not name."""
    mapping = mapped.mapping
    for key, named in (("words", mapping.words), ("skip", mapping.skip), ("down", mapping.down)):
        for name in named:
            if name not in columns or name == "value":
                yield mapped.problem("mapping-part", key, found=excerpt(name), valid=", ".join(columns) or "-")


def _check_parts(mapped: Mapped, given: set[str]) -> Iterator[Problem]:
    """Parts that a figure of this kind needs and lacks, or cannot have."""
    table = mapped.mapping.statistics
    if table and not TABLE.fullmatch(table):
        yield mapped.problem("mapping-table", "statistics", found=excerpt(table))
    kind = "statistics" if table else "observations"
    if mapped.mapping.columns.given() or mapped.mapping.across:  # else the file has our own columns, or dimensions
        for name in sorted(NEEDED[kind] - given):
            yield mapped.problem(f"mapping-needed-{kind}", name=name)
        if not mapped.mapping.across and "value" not in given:
            yield mapped.problem("mapping-no-value", "columns")
    for name in sorted(given - {"", Across.MONTH} - ALLOWED[kind]):
        path = next(((key, name) for key in ("columns", "fixed") if (key, name) in mapped.tree.keys), ("across",))
        yield mapped.problem(f"mapping-unfit-{kind}", *path, name=name)
