"""The key of a year clock: what comes often with the mark of its ring, and what comes at no time of its own."""

from __future__ import annotations

from collections.abc import Sequence

from figures.clock_parts import Listed
from figures.lettering import ASCENT, CAP_HEIGHT, LINE
from figures.sheet import Align, Sheet

DOT, RIM, DIAMOND, SQUARE = 2.7, 1.2, 3.6, 2.5
"""Points: radius of a dot, the rim of a hollow one, half a diamond, half a square."""

INDENT, COLUMN, AIR, PAUSE = 11.0, 18.0, 6.0, 2.5
"""Points: from a mark to its words, between the two columns, between two entries, between what one of them lists."""


def mark(sheet: Sheet, x: float, y: float, ring: int, strong: bool, name: str = "") -> None:
    """Draws the mark of a ring, counted from the outermost: shapes differ, never the colour alone."""
    colour = sheet.theme.accent if strong else sheet.theme.pale
    if ring % 4 == 2:
        corners = [(x - DIAMOND, y), (x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND)]
        sheet.patch(corners, colour, name)
    elif ring % 4 == 3:
        corners = [(x + right * SQUARE, y + down * SQUARE) for right, down in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        sheet.patch(corners, colour, name)
    else:
        sheet.dot(x, y, DOT, colour, name)
        if ring % 4 == 1:
            sheet.dot(x, y, DOT - RIM, sheet.theme.paper)


def draw(sheet: Sheet, top: float, entries: Sequence[Listed], rings: int) -> float:
    """Draws the entries in two columns, the first `rings` with times with their marks, and gives where they end."""
    wide = (sheet.width - COLUMN) / 2 if len(entries) > 1 else sheet.width
    indent = INDENT if any(entry.times for entry in entries) else 0.0
    ends = [top, top]
    for at, entry in enumerate(entries):  # those with times come first
        side = 0 if len(entries) == 1 or ends[0] <= ends[1] else 1
        ring = at if entry.times and at < rings else None
        ends[side] = _entry(sheet, side * (wide + COLUMN), ends[side], wide, entry, indent, ring) + AIR
    return max(ends) - (AIR if entries else 0)


def _entry(sheet: Sheet, x: float, top: float, wide: float, entry: Listed, indent: float, ring: int | None) -> float:
    """Draws how often in bold, below it what comes; gives where they end."""
    y = top + sheet.text * ASCENT
    if ring is not None:
        mark(sheet, x + DIAMOND, y - sheet.text * CAP_HEIGHT / 2, ring, entry.strong)
    said = entry.said[:1].upper() + entry.said[1:]
    head = sheet.wrap(said, wide - indent, sheet.text, "semibold")
    sheet.block(x + indent, y, head, weight="semibold")
    wrapped = [sheet.wrap(label, wide - indent, sheet.text) for label in entry.labels]
    return labels(sheet, x + indent, y + (len(head) - 1) * sheet.text * LINE, wrapped, "left")


def labels(sheet: Sheet, x: float, y: float, wrapped: Sequence[Sequence[str]], align: Align) -> float:
    """Draws labels, each in its lines, below a head whose baseline is at `y`; gives where they end."""
    bottom = y
    for lines in wrapped:
        bottom = sheet.block(x, y + sheet.text * LINE, lines, align=align).bottom
        y += len(lines) * sheet.text * LINE + PAUSE
    return bottom
