"""A workbook (.xlsx) -> its sheets as tables of text, and what must be said of it; nothing in it is ever run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from string import digits
from typing import Any, NamedTuple
from unicodedata import normalize

from reports.errors import Place, Problem, ReportError, problem
from reports.intake.cell_value import BUILT_IN, number_text
from reports.intake.incoming import cell_place
from reports.intake.package import Package, open_package
from reports.intake.package_people import personal_parts
from reports.intake.people import has_code, refuse
from reports.intake.table import Dated, Faulty, Table, column_of, letters
from reports.read.decode import FORBIDDEN

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedstrings.xml", "xl/styles.xml"

MOST_CELLS = 1_000_000
_MOST_COLUMNS = 16_384
_MOST_MERGED = 20_000  # ranges
_KEPT = 100_000  # numbers
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ELSEWHERE = re.compile(r"\[[0-9]+\]|\.xl\w*[\]']", re.IGNORECASE)  # a formula that reads another workbook
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")


class Workbook(NamedTuple):
    """The visible sheets that hold something, the names of the hidden ones that do, and warnings.

    `names` are the names that the workbook gives to places of its own.
    """

    sheets: tuple[Table, ...]
    hidden: tuple[str, ...]
    names: frozenset[str]
    problems: tuple[Problem, ...]


class _Entry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


def read_workbook(data: bytes, file: str) -> Workbook:
    """The sheets of a workbook as a person sees their cells: numbers with decimal commas, shares with their `%`.

    A date is a Dated cell, and one without a readable value (an error, a formula that was never calculated) a Faulty
    one. Raises ReportError for a workbook that is not safe to read, and for personal identity codes anywhere in it.
    """
    package = open_package(data, file)
    with package.reading():
        return _Reading(package).workbook()


class _Reading:
    """One reading of a workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.file = package.file
        self.people: list[Problem] = []
        self.problems: list[Problem] = []
        self.names: set[str] = set()
        self.from_1904 = False
        self.cells = 0
        self.entries = list(self._entries())
        strings = self._strings()
        self.personal = {at for at, text in enumerate(strings) if has_code(text)}
        self.strings = [_clean(text) for text in strings]
        self.formats = self._formats()
        self.numbers: dict[tuple[str, str], str] = {}
        self.sheet, self.row = "", 0

    def workbook(self) -> Workbook:
        """Everything of it; all of it is looked through for identity codes first."""
        if any(has_code(entry.name) for entry in self.entries):  # any other place would be told by the sheet's name
            refuse([Problem("people-part", Place(self.file), {"part": BOOK})])
        tables = [(self._sheet(entry), entry.visible) for entry in self.entries]
        if self.personal and not self.people:  # a text that no cell shows any more
            self.people.append(Problem("people-part", Place(self.file), {"part": self.package.names[STRINGS]}))
        sheets = {entry.part.lower(): entry.name for entry in self.entries}
        refuse(self.people or list(personal_parts(self.package, sheets, {STRINGS})))
        hidden = tuple(table.sheet for table, visible in tables if table.rows and not visible)
        visible = tuple(table for table, visible in tables if table.rows and visible)
        return Workbook(visible, hidden, frozenset(self.names), tuple(self.problems))

    def _entries(self) -> Iterator[_Entry]:
        """The worksheets in their order; sheets that are charts or dialogues hold no cells."""
        parts = {}
        for one in self.package.elements(RELATIONS, "Relationship"):
            target = one.get("Target", "")
            if one.get("Type", "").endswith("/worksheet"):
                parts[one.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for one in self.package.elements(BOOK, "sheet", "workbookPr", "definedName"):
            match _local(one):
                case "workbookPr":
                    self.from_1904 = one.get("date1904") in _TRUE
                case "definedName":
                    self.names.add(one.get("name", ""))
                case "sheet":
                    key = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
                    if key in parts:
                        yield _Entry(one.get("name", ""), parts[key], one.get("state", "visible") == "visible")

    def _strings(self) -> list[str]:
        """The texts that cells share."""
        if STRINGS not in self.package.names:
            return []
        strings = [_text(one) for one in islice(self.package.elements(STRINGS, "si"), MOST_CELLS + 1)]
        self._check(len(strings))
        return strings

    def _formats(self) -> list[str]:
        """The number format of each style of cells."""
        if STYLES not in self.package.names:
            return []
        own: dict[str, str] = {}
        for one in self.package.elements(STYLES, "numFmts"):
            own |= {format_.get("numFmtId", ""): format_.get("formatCode", "") for format_ in one}
        for one in self.package.elements(STYLES, "cellXfs"):
            ids = [style.get("numFmtId", "0") for style in one]
            return [own[key] if key in own else BUILT_IN.get(int(key), "General") for key in ids]
        return []

    def _sheet(self, entry: _Entry) -> Table:
        rows: list[tuple[int, list[str]]] = []
        merged: list[tuple[int, int, int, int]] = []
        hidden: set[int] = set()
        last = 0
        for one in self.package.elements(entry.part, "row", "mergeCell"):
            if _local(one) == "mergeCell":
                merged.append(_range(one.get("ref", "")))
                self._check(len(merged) * MOST_CELLS // _MOST_MERGED)
                continue
            number = int(one.get("r") or last + 1)
            if number <= last:
                raise ValueError(number)
            last = number
            self.sheet, self.row = entry.name, number
            if cells := self._row(one):
                rows.append((number, cells))
                hidden |= {number} if one.get("hidden") in _TRUE else set()
        return Table(self.file, entry.name, rows, merged, frozenset(hidden))

    def _row(self, row: Any) -> list[str]:
        """The cells of a row up to the last that is not empty."""
        cells: list[str] = []
        for one in row.iterchildren("{*}c"):
            reference = one.get("r")
            column = _column(reference.rstrip(digits)) if reference else len(cells)
            if column < len(cells) or column >= _MOST_COLUMNS:
                raise ValueError(column)
            if text := self._cell(one, column):
                cells += [""] * (column - len(cells))
                cells.append(text)
        self.cells += len(cells)
        self._check(self.cells)
        return cells

    def _check(self, cells: int) -> None:
        """Refuse a workbook that would take more time and memory than any table of figures needs."""
        if cells > MOST_CELLS:
            raise ReportError([problem("workbook-large", self.file, most=MOST_CELLS)])

    def _cell(self, cell: Any, column: int) -> str:
        """The text of a cell."""
        kind = cell.get("t", "n")
        raw, formula = _inside(cell)
        if formula and _ELSEWHERE.search(formula) and not self.problems:
            self.problems.append(Problem("workbook-links", self._place(column), warning=True))
        if not raw:
            return Faulty("=", "workbook-formula") if formula is not None and kind != "str" else ""
        if kind == "n":
            return self._number(raw, cell.get("s", "0"))
        if kind == "s":
            if int(raw) in self.personal:
                self.people.append(Problem("people-code", self._place(column)))
            return self.strings[int(raw)]
        if has_code(raw):
            self.people.append(Problem("people-code", self._place(column)))
        return _of_kind(kind, raw)

    def _number(self, raw: str, style: str) -> str:
        """The text of a number; the same few stand in many cells."""
        key = raw, style
        if (found := self.numbers.get(key)) is None:
            format_ = self.formats[int(style)] if self.formats else "General"
            found = number_text(raw, format_, self.from_1904)
            if len(self.numbers) < _KEPT:
                self.numbers[key] = found
        return found

    def _place(self, column: int) -> Place:
        return cell_place(self.file, self.sheet, self.row, letters(column))


def _inside(cell: Any) -> tuple[str, str | None]:
    """What a cell holds, and its formula: None where it has none."""
    raw, formula = "", None
    for part in cell:
        match _local(part):
            case "v":
                raw = part.text or ""
            case "is":
                raw = _text(part)
            case "f":
                formula = part.text or ""
    return raw, formula


def _of_kind(kind: str, raw: str) -> str:
    """A cell that holds neither a number nor a text that others share."""
    match kind:
        case "b":
            return Faulty(raw, "workbook-truth")
        case "e":
            return Faulty(raw, "workbook-error")
        case "d":
            return Dated(date.fromisoformat(raw[:10]))
    return _clean(raw)


@lru_cache(maxsize=2048)
def _column(text: str) -> int:
    """The column of letters; ValueError where they are none."""
    if not re.fullmatch("[A-Z]{1,3}", text):
        raise ValueError(text)
    return column_of(text)


def _local(element: Any) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def _text(element: Any) -> str:
    """The text of a string, its runs put together; how it is pronounced (Japanese) is left out."""
    runs = element.iterchildren("{*}t", "{*}r")
    texts = (
        run.text if _local(run) == "t" else "".join(t.text or "" for t in run.iterchildren("{*}t")) for run in runs
    )
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(filter(None, texts)))


def _clean(text: str) -> str:
    """A text on one line; one with signs that no document may hold cannot be used."""
    line = " ".join(normalize("NFC", text).split())
    return Faulty(line, "workbook-character") if FORBIDDEN.search(line) else line


def _range(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    ends = [_CELL.fullmatch(one) for one in (first, last or first)]
    if not (ends[0] and ends[1]):
        raise ValueError(reference)
    return int(ends[0][2]), column_of(ends[0][1]), int(ends[1][2]), column_of(ends[1][1])
