"""Word tables in the look of the template's sample table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reports.document import Cell, Column, List, Paragraph, Row, Table
from reports.write.docx_prepare import parse_copy, sample_tag
from reports.write.docx_runs import Rich, RunWriter, dressed, escaped, rich
from reports.write.docx_styles import Styles
from reports.write.docx_widths import column_widths
from reports.write.docx_xml import PARAGRAPH, RUN, VALUE, child, drop, inner, name, outer

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# The tags of a sample table, and which one stands in where a template has removed it.
TAGS = {
    "head": "", "number_head": "head", "cell": "head", "number": "cell", "total": "cell", "number_total": "number",
    "bullet": "cell", "numbered": "bullet",
}  # fmt: skip
# The first row's bit in a table's look.
FIRST_ROW = 0x20
# A table of so few rows, each cell a line or so, is kept on one page.
SHORT = 12


class Sample(NamedTuple):
    """How one kind of cell looks: cell, paragraph and run properties; `together` keeps the paragraph with the next."""

    cell: str
    paragraph: str
    together: str
    run: str


class TableLook:
    """A sample table, read: what every table made like it takes over."""

    def __init__(self, table: Element, styles: Styles) -> None:
        for condition in list(table.iter(name("w:cnfStyle"))):
            drop(condition)
        self._table = _table_properties(table)
        self._width = sum(int(column.get(name("w:w"), "0")) for column in table.iter(name("w:gridCol")))
        self._points = max(map(styles.points, table.iter(PARAGRAPH)))
        self._padding = styles.cell_padding(table)
        self._samples = _samples(table)
        self._head_row, self._row, self._total_row = (_row_properties(table, tag) for tag in ("head", "cell", "total"))

    def build(self, table: Table, writer: RunWriter, widening: float = 1.0) -> Rich:
        """The table in this look, `widening` times as wide as the sample; every cell has a paragraph."""
        widths = column_widths(table, round(self._width * widening), self._points, self._padding)
        rows = [self._heads(table.columns, widths)]
        whole = len(table.rows) <= SHORT and all(len(cell.blocks) <= 1 for row in table.rows for cell in row.cells)
        for index, row in enumerate(table.rows):
            following = table.rows[index + 1 : index + 2]
            together = bool(following) and (whole or index in (0, len(table.rows) - 2) or following[0].total)
            rows.append(self._cells(row, table.columns, widths, writer, together))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        named = f'<w:tblCaption w:val="{escaped(table.title)}"/>' if table.title else ""
        properties = self._table.replace("<?width?>", str(sum(widths))).replace("<?name?>", named)
        markup = f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        return rich(markup, *_words(table))

    def _heads(self, columns: tuple[Column, ...], widths: list[int]) -> str:
        cells = []
        for column, width in zip(columns, widths, strict=True):
            look = self._samples["number_head" if column.align == "right" else "head"]
            text = f'<w:r><w:rPr>{look.run}</w:rPr><w:t xml:space="preserve">{escaped(column.text)}</w:t></w:r>'
            cells.append(f"<w:tc>{_cell_properties(look, width)}<w:p>{look.together}{text}</w:p></w:tc>")
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
            look = self._samples[kind]
            content = self._content(cell, look, writer, together) or f"<w:p>{look.paragraph}</w:p>"
            cells.append(f"<w:tc>{_cell_properties(look, width)}{content}</w:tc>")
        return f"<w:tr>{self._total_row if row.total else self._row}{''.join(cells)}</w:tr>"

    def _content(self, cell: Cell, look: Sample, writer: RunWriter, together: bool) -> str:
        content = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                content.append(_paragraph(dressed(str(writer.runs(block.runs)), look.run), look, together))
            else:
                content += self._list(block, writer, together)
        return "".join(content)

    def _list(self, block: List, writer: RunWriter, together: bool) -> list[str]:
        markers = writer.list_markers(block, deep=True)
        lines = []
        for entry, marker in zip(block.entries, markers, strict=True):
            look = self._samples["numbered" if entry.number else "bullet"]
            lines.append(_paragraph(dressed(str(writer.runs(entry.runs, marker)), look.run), look, together))
        return lines


def _paragraph(runs: str, look: Sample, together: bool) -> str:
    return f"<w:p>{look.together if together else look.paragraph}{runs}</w:p>"


def _words(table: Table) -> list[str]:
    words = [column.text for column in table.columns]
    return words + [text for row in table.rows for cell in row.cells for text in cell.text.split("\n")]


def _cell_properties(look: Sample, width: int) -> str:
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


def _samples(table: Element) -> dict[str, Sample]:
    found: dict[str, Sample] = {}
    for cell in table.iter(name("w:tc")):
        for paragraph in cell.iter(PARAGRAPH):
            if (tag := sample_tag(paragraph)) in TAGS:
                found[tag] = _sample(cell, paragraph)
    for tag, substitute in TAGS.items():
        found.setdefault(tag, found[substitute or "head"])
    return found


def _sample(cell: Element, paragraph: Element) -> Sample:
    properties = child(cell, "w:tcPr")
    if properties is not None:
        properties = parse_copy(properties)
        for tag in ("w:tcW", "w:gridSpan", "w:vMerge", "w:hMerge"):
            if (found := child(properties, tag)) is not None:
                drop(found)
    own = child(paragraph, "w:pPr")
    run = next(iter(paragraph.iter(RUN)))
    look = inner(child(run, "w:rPr"))
    return Sample(inner(properties), "" if own is None else outer(own), _together(own), look)


def _together(own: Element | None) -> str:
    """Paragraph properties with `keepNext`, which comes right after the style."""
    if own is None:
        return "<w:pPr><w:keepNext/></w:pPr>"
    twin = parse_copy(own)
    if (kept := child(twin, "w:keepNext")) is not None:
        drop(kept)
    style = child(twin, "w:pStyle")
    twin.insert(0 if style is None else 1, twin.makeelement(name("w:keepNext")))
    return outer(twin)
