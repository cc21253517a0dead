"""A CSV file of data/ as its lines: rows are put in or changed, every other line stays as it was written."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

BOM = b"\xef\xbb\xbf"
REMARK = "#"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
Cells = Mapping[str, str]
Key = tuple[str, ...]
_sorted_by = itemgetter(0)


class Layout(NamedTuple):
    """What a new file of a kind looks like: its columns, the sign between them, and the columns it is sorted by."""

    columns: tuple[str, ...]
    separator: str
    sorted_by: tuple[str, ...]


def harmless(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA) else line


class Stored:
    """A file of rows. `text` is what `decode` made of its bytes; an empty one is a new file.

    `changed` tells whether anything in it is not as it was read.
    """

    def __init__(self, text: str, layout: Layout, marked: bool = False) -> None:
        self.layout = layout
        self.marked = marked
        self.changed = False
        self.lines = text.removesuffix("\n").split("\n") if text.strip() else [layout.separator.join(layout.columns)]
        self.head = next(at for at, line in enumerate(self.lines) if line.strip() and not _aside(line))
        self.separator = max(",;\t", key=self.lines[self.head].count) if text.strip() else layout.separator
        self.headings = [name.lower() for name in self._split(self.lines[self.head])]
        while self.headings and not self.headings[-1]:
            self.headings.pop()
        self._new: list[tuple[Key, str]] = []

    def rows(self) -> list[int]:
        """The numbers, from 0, of the lines that are rows."""
        after = range(self.head + 1, len(self.lines))
        return [at for at in after if self.lines[at].strip() and not self.lines[at].startswith(REMARK)]

    def cells(self, at: int) -> dict[str, str]:
        """The cells of a line by heading."""
        return dict(zip(self.headings, self._split(self.lines[at]), strict=False))

    def change(self, at: int, cells: Cells) -> None:
        """Write some cells of a line anew; the others stay."""
        self._make_room(cells)
        self.lines[at] = self._line({**self.cells(at), **cells})
        self.changed = True

    def add(self, cells: Cells) -> None:
        """Add a row; where it goes is decided when the file is written."""
        self._make_room(cells)
        self._new.append((self._key(cells), self._line(cells)))
        self.changed = True

    def add_all(self, columns: Sequence[str], rows: Sequence[tuple[Key, Sequence[str]]]) -> None:
        """Add many rows, each with what it is sorted by: all of them have the same columns."""
        if not rows:
            return
        self._make_room(dict.fromkeys(columns, "needed"))
        if self.headings == list(columns):
            lines = self._all_joined([cells for _, cells in rows])
        else:
            pick = itemgetter(*(columns.index(name) if name in columns else -1 for name in self.headings))
            lines = self._all_joined([pick((*cells, "")) for _, cells in rows])
        self._new += zip((key for key, _ in rows), lines, strict=True)
        self.changed = True

    def to_bytes(self) -> bytes:
        """The file, each new row in its place: UTF-8, line feeds, with the mark at its beginning if it had one."""
        if rows := self.rows():
            self._put_in(rows)
        else:
            self.lines += [line for _, line in sorted(self._new, key=_sorted_by)]
        self._new = []
        return (BOM if self.marked else b"") + ("\n".join(self.lines) + "\n").encode()

    def _put_in(self, rows: Sequence[int]) -> None:
        """Put the new rows in: into the order of a file that is sorted, else behind the last row of their kind.

        So a file that somebody keeps in an order of their own is not turned over.
        """
        keys = [self._key(self.cells(at)) for at in rows] if self._new else []
        in_order = keys == sorted(keys)
        last = {key[0]: at for key, at in zip(keys, rows, strict=False)}
        behind: dict[int, list[str]] = {}
        for key, line in sorted(self._new, key=_sorted_by):
            place = bisect_right(keys, key) if in_order else 0
            at = rows[place - 1] if place else self.head
            behind.setdefault(at if in_order else last.get(key[0], len(self.lines) - 1), []).append(line)
        self.lines = [line for at, own in enumerate(self.lines) for line in (own, *behind.get(at, ()))]

    def _key(self, cells: Cells) -> Key:
        return tuple(cells.get(name, "") for name in self.layout.sorted_by)

    def _make_room(self, cells: Cells) -> None:
        """Add the columns that cells with something in them need; only then is every row written anew."""
        missing = [name for name, cell in cells.items() if cell and name not in self.headings]
        if not missing:
            return
        rows = [(at, self.cells(at)) for at in self.rows()]
        new = [(key, dict(zip(self.headings, self._split(line), strict=True))) for key, line in self._new]
        self.headings += missing
        self.lines[self.head] = self._joined(self.headings)
        for at, own in rows:
            self.lines[at] = self._line(own)
        self._new = [(key, self._line(own)) for key, own in new]

    def _line(self, cells: Cells) -> str:
        return self._joined([cells.get(name, "") for name in self.headings])

    def _all_joined(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """The lines of many rows of the same columns; one look at all of them where no cell needs quotation marks."""
        lines = [self.separator.join(cells) for cells in rows]
        whole = "\n".join(lines)
        if '"' in whole or REMARK in whole or whole.count(self.separator) != len(rows) * (len(rows[0]) - 1):
            return [self._joined(cells) for cells in rows]
        return lines

    def _joined(self, cells: Sequence[str]) -> str:
        line = self.separator.join(cells)
        if '"' not in line and line.count(self.separator) == len(cells) - 1 and line[:1] != REMARK:
            return line
        out = io.StringIO(newline="")
        # a row that would begin like a remark is quoted throughout
        style: Any = csv.QUOTE_ALL if line.startswith(REMARK) else csv.QUOTE_MINIMAL
        csv.writer(out, delimiter=self.separator, quoting=style, lineterminator="").writerow(cells)
        return out.getvalue()

    def _split(self, line: str) -> list[str]:
        if '"' not in line:
            return [cell.strip() for cell in line.split(self.separator)]
        return [cell.strip() for cell in next(csv.reader([line], delimiter=self.separator))]


def _aside(line: str) -> bool:
    """Whether a line is a remark, or Excel's own `sep=;`."""
    return line.startswith(REMARK) or line.strip().lower().startswith("sep=")
