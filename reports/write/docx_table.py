"""Word tables in the look of the template's sample table."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from reports.document import Column, Row, Table
from reports.write.docx_cells import CellLook, Sample, sample
from reports.write.docx_prepare import parse_copy, sample_tag
from reports.write.docx_runs import Rich, RunWriter, escaped, rich
from reports.write.docx_styles import Styles
from reports.write.docx_widths import TWIPS_PER_POINT, column_widths, sign_room
from reports.write.docx_xml import PARAGRAPH, VALUE, child, drop, inner, name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# The tags of a sample table, and which one stands in where a template has removed it.
TAGS = {
    "head": "", "number_head": "head", "cell": "head", "number": "cell", "total": "cell", "number_total": "number",
    "bullet": "cell", "numbered": "bullet",
}  # fmt: skip
# The first row's bit in a table's look.
FIRST_ROW = 0x20
# A table of so few rows and lines is kept on one page.
SHORT, SHORT_LINES = 12, 20


class Look(NamedTuple):
    """How one kind of cell looks: its own properties, and what stands in it."""

    cell: str
    text: Sample


class TableLook:
    """A sample table, read: what every table made like it takes over.

    `lists` are the looks of bulleted and numbered entries in its cells.
    """

    def __init__(self, table: Element, styles: Styles) -> None:
        for condition in list(table.iter(name("w:cnfStyle"))):
            drop(condition)
        self._table = _table_properties(table)
        self._width = sum(int(column.get(name("w:w"), "0")) for column in table.iter(name("w:gridCol")))
        self._points = max(map(styles.points, table.iter(PARAGRAPH)))
        self._padding = styles.cell_padding(table)
        self._looks = _looks(table)
        self.lists = (self._looks["bullet"].text, self._looks["numbered"].text)
        self._head_row, self._row, self._total_row = (_row_properties(table, tag) for tag in ("head", "cell", "total"))

    def build(self, table: Table, writer: RunWriter, widening: float = 1.0) -> Rich:
        """The table in this look, `widening` times as wide as the sample; every cell has a paragraph."""
        widths = column_widths(table, round(self._width * widening), self._points, self._padding)
        rows = [self._heads(table.columns, widths, writer)]
        whole = self._is_short(table, widths)
        for index, row in enumerate(table.rows):
            following = table.rows[index + 1 : index + 2]
            together = bool(following) and (whole or index in (0, len(table.rows) - 2) or following[0].total)
            rows.append(self._cells(row, table.columns, widths, writer, together))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        named = f'<w:tblCaption w:val="{escaped(table.title)}"/>' if table.title else ""
        properties = self._table.replace("<?width?>", str(sum(widths))).replace("<?name?>", named)
        markup = f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        return rich(markup, *_words(table))

    def _is_short(self, table: Table, widths: list[int]) -> bool:
        """Whether a table has so little in it that it is kept on one page, by an estimate of its lines."""
        if len(table.rows) > SHORT or any(len(cell.blocks) > 1 for row in table.rows for cell in row.cells):
            return False
        rooms = [max(1.0, (width - self._padding) / TWIPS_PER_POINT / self._points) for width in widths]
        lines = (
            max(ceil(sign_room(cell.text) / room) for cell, room in zip(row.cells, rooms, strict=True))
            for row in table.rows
        )
        return sum(lines) <= SHORT_LINES

    def _heads(self, columns: tuple[Column, ...], widths: list[int], writer: RunWriter) -> str:
        cells = []
        for column, width in zip(columns, widths, strict=True):
            look = self._looks["number_head" if column.align == "right" else "head"]
            head = look.text.around(writer.text(column.text), together=True)
            cells.append(f"<w:tc>{_cell_properties(look, width)}{head}</w:tc>")
        return f"<w:tr>{self._head_row}{''.join(cells)}</w:tr>"

    def _cells(
        self, row: Row, columns: tuple[Column, ...], widths: list[int], writer: RunWriter, together: bool
    ) -> str:
        cells = []
        for cell, column, width in zip(row.cells, columns, widths, strict=True):
            kind = (
                ("number_total" if row.total else "number")
                if column.align == "right"
                else "total"
                if row.total
                else "cell"
            )
            look = self._looks[kind]
            content = CellLook(look.text, *self.lists).content(cell.blocks, writer, together)
            cells.append(f"<w:tc>{_cell_properties(look, width)}{content}</w:tc>")
        return f"<w:tr>{self._total_row if row.total else self._row}{''.join(cells)}</w:tr>"


def _words(table: Table) -> list[str]:
    words = [column.text for column in table.columns]
    return words + [text for row in table.rows for cell in row.cells for text in cell.text.split("\n")]


def _cell_properties(look: Look, width: int) -> str:
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look.cell}</w:tcPr>'


def _table_properties(table: Element) -> str:
    """The sample's properties; a floating frame and the sample's own width and description stay behind."""
    properties = child(table, "w:tblPr")
    if properties is None:
        return "<w:tblPr><?name?></w:tblPr>"
    for tag in ("w:tblpPr", "w:tblOverlap", "w:tblCaption", "w:tblDescription"):
        if (found := child(properties, tag)) is not None:
            drop(found)
    width = child(properties, "w:tblW")
    if width is not None:
        width.set(name("w:w"), "0")
        width.set(name("w:type"), "dxa")
    look = child(properties, "w:tblLook")
    if look is None:
        look = properties.makeelement(name("w:tblLook"))
        properties.append(look)
    look.set(name("w:firstRow"), "1")
    look.set(VALUE, f"{int(look.get(VALUE, '0'), 16) | FIRST_ROW:04X}")
    markup = re.sub(r'(<w:tblW [^>]*?w:w=")0"', r'\1<?width?>"', inner(properties))
    return f"<w:tblPr>{markup}<?name?></w:tblPr>"


def _row_properties(table: Element, tag: str) -> str:
    """The properties of the sample row with that tag; rows never break over a page, the first repeats on each."""
    rows = table.iter(name("w:tr"))
    row = next((row for row in rows if any(sample_tag(each) == tag for each in row.iter(PARAGRAPH))), None)
    own = "" if row is None else inner(child(row, "w:trPr"))
    for wanted in ("cantSplit", *(["tblHeader"] if tag == "head" else [])):
        own = re.sub(rf"<w:{wanted}\b[^>]*/>", "", own) + f"<w:{wanted}/>"
    return f"<w:trPr>{own}</w:trPr>"


def _looks(table: Element) -> dict[str, Look]:
    found: dict[str, Look] = {}
    for cell in table.iter(name("w:tc")):
        for paragraph in cell.iter(PARAGRAPH):
            if (tag := sample_tag(paragraph)) in TAGS:
                found[tag] = _look(cell, paragraph)
    for tag, substitute in TAGS.items():
        found.setdefault(tag, found[substitute or "head"])
    return found


def _look(cell: Element, paragraph: Element) -> Look:
    properties = child(cell, "w:tcPr")
    if properties is not None:
        properties = parse_copy(properties)
        for tag in ("w:tcW", "w:gridSpan", "w:vMerge", "w:hMerge"):
            if (found := child(properties, tag)) is not None:
                drop(found)
    return Look(inner(properties), sample(paragraph))
