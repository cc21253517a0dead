"""Tables of a Word document fitted to their pages: as wide as the text there, rows too long for a page let break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.write.docx_page import Page, page_of, section_in
from reports.write.docx_styles import Styles
from reports.write.docx_widths import TWIPS_PER_POINT, shared_out, sign_room, word_width
from reports.write.docx_xml import PARAGRAPH, TABLE, TEXT, child, drop, marks, name, paragraphs, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WIDTH, KIND = name("w:w"), name("w:type")
ROW, CELL, COLUMN, BREAK = name("w:tr"), name("w:tc"), name("w:gridCol"), name("w:br")
CELL_WIDTH = f"{name('w:tcPr')}/{name('w:tcW')}"
# The height of a line in parts of its type size, and what stands around a paragraph in a cell, in points.
LINE, AROUND = 1.35, 4.0
# The part of a page's height that a row may fill and still stay whole: a heading, a header row and luck need the rest.
WHOLE = 0.8


def fit_tables(root: Element, styles: Styles) -> None:
    """Resizes the tables that another layout was made for, and lets long rows of any table break over pages.

    The mark of a table from elsewhere (`<?fit 14116?>`) holds the width of the text there, in twentieths of a point.
    """
    made_for = {mark.getparent(): int(words) for mark, words in marks(root, "fit")}
    placed = list(_placed(root))
    alike: dict[tuple[tuple[int, ...], float], list[Element]] = {}
    for table, page in placed:
        if table in made_for and page.width != made_for[table]:
            alike.setdefault((_grid(table), page.width / made_for[table]), []).append(table)
    for (grid, factor), tables in alike.items():
        _resize(tables, grid, factor, styles)
    points: dict[str, float] = {}
    for table, page in placed:
        _let_break(table, styles, page.height * WHOLE, points)


def _placed(root: Element) -> Iterator[tuple[Element, Page]]:
    """The tables of the body, each with the page it stands on: a section's properties follow what is in it."""
    waiting: list[Element] = []
    for part in root.iterfind("/".join((name("w:body"), "*"))):
        waiting += part.iter(TABLE) if part.tag != PARAGRAPH else ()
        if (section := section_in(part)) is not None:
            yield from ((table, page_of(section)) for table in waiting)
            waiting = []


def _grid(table: Element) -> tuple[int, ...]:
    return tuple(int(column.get(WIDTH, "0")) for column in table.iterfind(f"{name('w:tblGrid')}/{COLUMN}"))


def _resize(tables: list[Element], grid: tuple[int, ...], factor: float, styles: Styles) -> None:
    """Gives tables of one make the same columns, in the old proportions as far as their longest words let them."""
    longest = [0.0] * len(grid)
    for table in tables:
        for at, span, cell in _cells(table):
            if span == 1:
                longest[at] = max(longest[at], *(word_width(text, bold=True) for text in paragraphs(cell)))
    points = max(map(styles.points, tables[0].iter(PARAGRAPH)))
    widths = shared_out(grid, longest, round(sum(grid) * factor), points, styles.cell_padding(tables[0]))
    for table in tables:
        for column, width in zip(table.iter(COLUMN), widths, strict=True):
            column.set(WIDTH, str(width))
        for whole in table.iterfind(f"{name('w:tblPr')}/{name('w:tblW')}"):
            whole.set(WIDTH, str(sum(widths)))
        for at, span, cell in _cells(table):
            for own in cell.iterfind(CELL_WIDTH):
                own.set(WIDTH, str(sum(widths[at : at + span])))


def _cells(table: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a table, each with its first column and how many it spans."""
    for row in table.iterfind(ROW):
        at = 0
        for cell in row.iterfind(CELL):
            span = int(value(cell, "w:tcPr/w:gridSpan") or 1)
            yield at, span, cell
            at += span


def _let_break(table: Element, styles: Styles, height: float, points: dict[str, float]) -> None:
    """Takes the order to stay whole from rows that may not fit on a page, by an estimate of their lines."""
    padding = styles.cell_padding(table) / TWIPS_PER_POINT
    for row in table.iterfind(ROW):
        look = child(row, "w:trPr")
        whole = None if look is None else child(look, "w:cantSplit")
        if whole is not None and any(_height(cell, styles, padding, points) > height for cell in row.iterfind(CELL)):
            drop(whole)


def _height(cell: Element, styles: Styles, padding: float, points: dict[str, float]) -> float:
    """About how high the text of a cell is, in points, by the type size of its first paragraph.

    Every paragraph ends in the middle of a line on the average. `points` remembers the type sizes of styles.
    """
    first = child(cell, "w:p")
    width = cell.find(CELL_WIDTH)
    if first is None or width is None or width.get(KIND) != "dxa":
        return 0.0
    style = value(first, "w:pPr/w:pStyle")
    if style not in points:
        points[style] = styles.points(first)
    room = max(int(width.get(WIDTH, "0")) / TWIPS_PER_POINT - padding, points[style])
    begun = sum(1 for _ in cell.iter(PARAGRAPH, BREAK))
    lines = max(begun, begun / 2 + sign_room("".join(map(str, cell.itertext(TEXT)))) * points[style] / room)
    return lines * points[style] * LINE + begun * AROUND
