"""The DATA of a PC-Axis file -> values and marks, written in full or by KEYS, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from reports.errors import Problem, problem
from reports.model import Mark
from reports.read.cube import MARKS, SAID, Numbers, quoted
from reports.read.identity import identity_codes
from reports.read.px_text import VALUES, Parts

_PIECE = 1 << 16  # characters that are taken apart at a time: all the texts of a large file would fill the memory
_BLANK = re.compile(r"\s")
_CELL = re.compile(r"[^\s,]+")
_TOKEN = re.compile(r'"([^"\n]*)"|[^\s,;"]+')
_NIL = "-"
_MOST_DOTS = 6
Cell = Decimal | Mark | None


class Layout(NamedTuple):
    """How the cells are laid out: how many there are, how many stand on a row, and what the rows are named by.

    `keys` has for each dimension of the stub its names in order. Without keys every cell is there; with keys a row that
    holds nothing but noughts is left out.
    """

    cells: int
    columns: int
    keys: tuple[tuple[str, ...], ...] = ()


class _Cells:
    """Cells as they are read: those that could not be, by how they are written, with their place and number."""

    def __init__(self, symbols: Mapping[str, str], file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.bad: dict[str, list[int]] = {}
        dots = {"." * number: symbols.get(f"DATASYMBOL{number}", "") for number in range(1, _MOST_DOTS + 1)}
        dots["." * (_MOST_DOTS + 1)] = symbols.get("DATASYMBOLSUM", "")
        self.shown = {stored: text.strip() or stored for stored, text in dots.items()}
        marks = {stored: MARKS[text] for stored, text in self.shown.items() if text in MARKS}
        marks[_NIL] = Mark.NIL  # however it is shown: the format has it for what is absolutely nil
        self.known = Numbers({form: mark for stored, mark in marks.items() for form in (stored, f'"{stored}"')})

    def read(self, texts: Sequence[str], position: int) -> Sequence[Cell]:
        """The cells of some texts, the first of which stands at a position of the whole."""
        try:
            return [self.known[text] for text in texts]
        except ValueError:
            return [self._one(text, position + offset) for offset, text in enumerate(texts)]

    def _one(self, text: str, position: int) -> Cell:
        try:
            return self.known[text]
        except ValueError:
            self.bad.setdefault(text, []).append(position)
            return None

    def faults(self, body: str, row: int, form: re.Pattern[str]) -> Iterator[Problem]:
        """What to say of each kind of cell that could not be read, where it first stands."""
        for text, positions in islice(self.bad.items(), SAID):
            found = next(islice(form.finditer(body), positions[0], None))
            column = found.start() - body.rfind("\n", 0, found.start())
            at = row + body.count("\n", 0, found.start())
            stored = text.strip('"')
            if stored in self.shown:
                shown = quoted(self.shown[stored])
                yield problem("px-symbol", self.file, at, column, found=text, shown=shown, times=len(positions))
            else:
                yield problem("px-cell", self.file, at, column, found=quoted(text), times=len(positions))


def read_cells(parts: Parts, layout: Layout, symbols: Mapping[str, str], file: str) -> tuple[list[Cell], list[Problem]]:
    """The cells in order, and what is wrong; `symbols` are the file's DATASYMBOL keywords.

    A cell of dots means what the file says it is shown as (`...` is unknown to Statistics Sweden, who show it as `..`);
    what is shown in other words than the four marks is refused where it stands in a cell.
    """
    cells = _Cells(symbols, file)
    match = VALUES.match(parts.cells)
    if not match:
        row = parts.row + parts.cells.rstrip().count("\n")
        return [], [problem("px-cut", file, row, found=quoted(parts.cells.rstrip()[-40:]))]
    body = match[1]
    if after := parts.cells[match.end() :].strip():
        row = parts.row + parts.cells.count("\n", 0, match.end())
        cells.problems.append(problem("px-after", file, row, found=quoted(after)))
    form = _TOKEN if layout.keys else _CELL
    found = _by_keys(body, parts.row, layout, cells) if layout.keys else _in_full(body, parts.row, layout, cells)
    return found, [*cells.problems, *cells.faults(body, parts.row, form)]


def identity_in(parts: Parts, file: str) -> list[Problem]:
    """A personal identity code among the cells; to be asked where some of them are neither numbers nor marks."""
    found = next(identity_codes(parts.cells), None)
    row = parts.row + parts.cells.count("\n", 0, found or 0)
    return [] if found is None else [problem("identity-code", file, row)]


def _in_full(body: str, row: int, layout: Layout, cells: _Cells) -> list[Cell]:
    found: list[Cell] = []
    count = 0
    for piece in _pieces(body):
        texts = _CELL.findall(piece) if "," in piece else piece.split()
        count += len(texts)
        if count <= layout.cells:
            found += cells.read(texts, len(found))
    if count != layout.cells:
        cells.problems.append(problem("cube-count", cells.file, row, found=count, wanted=layout.cells))
    return found


def _pieces(body: str) -> Iterator[str]:
    at = 0
    while at < len(body):
        blank = _BLANK.search(body, at + _PIECE)
        end = blank.start() if blank else len(body)
        yield body[at:end]
        at = end


class _Row(NamedTuple):
    """A row that is named: its names, its cells as written, and where it stands."""

    names: list[re.Match[str]]
    texts: list[str]
    at: int


def _rows(body: str, row: int, names: int, columns: int) -> Iterator[_Row]:
    tokens = _TOKEN.finditer(body)
    start = 0
    while found := list(islice(tokens, names)):
        row += body.count("\n", start, found[0].start())
        start = found[0].start()
        yield _Row(found, [token[0] for token in islice(tokens, columns)], row)


def _by_keys(body: str, row: int, layout: Layout, cells: _Cells) -> list[Cell]:
    """The cells of rows that are named; the reading ends at a row whose form is wrong, for where is the next?"""
    found: list[Cell] = [Decimal(0)] * layout.cells
    order = [{name: place for place, name in enumerate(names)} for names in layout.keys]
    seen = bytearray(layout.cells // layout.columns)
    token = 0
    for one in _rows(body, row, len(order), layout.columns):
        start = 0
        for names, name in zip(order, one.names, strict=False):
            place = names.get(normalize("NFC", name[1] or ""))
            if place is None:
                cells.problems.append(problem("px-key", cells.file, one.at, found=quoted(name[0])))
                return found
            start = start * len(names) + place
        if len(one.texts) < layout.columns:
            wanted = layout.columns
            cells.problems.append(problem("px-row-short", cells.file, one.at, found=len(one.texts), wanted=wanted))
            return found
        if seen[start]:
            cells.problems.append(problem("px-row-twice", cells.file, one.at))
            return found
        seen[start] = True
        found[start * layout.columns : (start + 1) * layout.columns] = cells.read(one.texts, token + len(order))
        token += len(order) + layout.columns
    return found
