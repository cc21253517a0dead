"""Tables and tiles of key figures on slides, in the look of the master."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.document import KeyFigure, List, Paragraph, Run, Table, lines_of
from reports.write.pptx_fit import ACROSS, SCALES, UPRIGHT, Ruler, Said, sized
from reports.write.pptx_master import BODY, POINT, SPACE, Frame, Master
from reports.write.pptx_text import put, put_runs

if TYPE_CHECKING:
    from pptx.slide import Slide

SMALLER = (0.76, 0.68, 0.6)  # further scales of key figures, words down to the second
GAP = 18.0  # points between two tiles
UNBROKEN = "\u2011"  # a hyphen after which no line ends: PowerPoint would part the unit of percentage points


def put_table(shape: Any, table: Table, frame: Frame, ruler: Ruler, style: str, alarm: bool) -> None:
    """A table in place of a frame, as it was measured; with `alarm` bold words take the colour of what needs care."""
    from pptx.util import Emu

    made = sized(table, frame, ruler)
    graphic = shape.insert_table(1 + len(table.rows), len(table.columns))
    described = graphic._element.nvGraphicFramePr.cNvPr
    described.set("descr", table.caption or table.title)
    described.set("name", table.title)
    drawn = graphic.table
    drawn._tbl.tblPr.find(f"{SPACE}tableStyleId").text = style
    drawn.first_row, drawn.horz_banding = True, False
    drawn.last_row = bool(table.rows) and table.rows[-1].total
    for column, width in zip(drawn.columns, made.widths, strict=True):
        column.width = Emu(int(width * POINT))
    for row, height in zip(drawn.rows, made.heights, strict=True):
        row.height = Emu(int(height * POINT))
    graphic.height = Emu(int(sum(made.heights) * POINT))
    heads: list[tuple[Paragraph | List, ...]] = [(Paragraph((Run(one.text),)),) for one in table.columns]
    rows = [heads, *([cell.blocks for cell in row.cells] for row in table.rows)]
    for at, row in enumerate(rows):
        for column, blocks in enumerate(row):
            _cell(drawn.cell(at, column), blocks, table.columns[column].align == "right", made.size, alarm and at > 0)


def tiles(figures: Sequence[KeyFigure], frame: Frame) -> list[Frame]:
    """The frames of the key figures: a frame divided into equal parts side by side."""
    edge = frame.edges[0]
    width = (frame.width + edge - GAP * (len(figures) - 1)) / max(1, len(figures))
    return [frame._replace(left=frame.left + at * (width + GAP), width=width - edge) for at in range(len(figures))]


class Tiling(NamedTuple):
    """How key figures stand in their tiles: the points of the numbers and of the words, and the height of the text."""

    number: float
    words: float
    height: float


def tiling(figures: Sequence[KeyFigure], tile: Frame, ruler: Ruler) -> Tiling | None:
    """The largest sizes at which all key figures fit a tile, None where one never does.

    A number stays on one line, and no word is divided.
    """
    value, label = tile.levels[:2]
    words = [word for one in figures for word in one.label.split(" ")]
    for large in (*SCALES, *SMALLER):
        for small in (*SCALES, *SMALLER[:2]):
            number, text = large * value.size, small * label.size
            widths = [ruler.width(one.value, number, value.bold) for one in figures]
            widths += [ruler.width(word, text, label.bold) for word in words]
            heights = [
                ruler.text([Said(one.value)], tile, large) + ruler.text([Said(one.label, 1)], tile, small)
                for one in figures
            ]
            if max(widths) <= tile.width and max(heights) <= tile.height:
                return Tiling(number, text, max(heights))
    return None


def put_key_figures(slide: Slide, given: Any, figures: Sequence[KeyFigure], master: Master, ruler: Ruler) -> None:
    """The key figures side by side in place of the `given` frame of their layout, in its own look, all of one size."""
    from pptx.util import Emu, Pt

    own = master.given("key-figures", BODY)
    given._element.getparent().remove(given._element)
    places = tiles(figures, master.body("key-figures"))
    value, label = places[0].levels[:2]
    stood = tiling(figures, places[0], ruler) or Tiling(value.size, label.size, places[0].height)
    for figure, frame in zip(figures, places, strict=True):
        size = (frame.width + frame.edges[0], stood.height + frame.edges[1])
        made = slide.shapes.add_textbox(*(Emu(int(one * POINT)) for one in (frame.left, frame.top, *size)))
        made.name = figure.label
        for fill in own._element.spPr.findall(f"{SPACE}solidFill"):
            made._element.spPr.replace(made._element.spPr.find(f"{SPACE}noFill"), deepcopy(fill))
        body = made.text_frame._txBody
        for tag in ("bodyPr", "lstStyle"):
            old, new = body.find(f"{SPACE}{tag}"), own._element.txBody.find(f"{SPACE}{tag}")
            if old is not None:
                body.remove(old)
            body.insert(0 if tag == "bodyPr" else 1, deepcopy(new))
        words = figure.label.replace("%-", f"%{UNBROKEN}")
        put(made, [Paragraph((Run(figure.value),)), Paragraph((Run(words),))])
        made.text_frame.paragraphs[1].level = 1
        for paragraph, points in zip(made.text_frame.paragraphs, stood[:2], strict=True):
            paragraph.runs[0].font.size = Pt(points)


def _cell(cell: Any, blocks: Sequence[Paragraph | List], right: bool, size: float, alarm: bool) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Emu, Pt

    cell.margin_left = cell.margin_right = Emu(int(ACROSS * POINT))
    cell.margin_top = cell.margin_bottom = Emu(int(UPRIGHT * POINT))
    for at, runs in enumerate(lines_of(tuple(blocks))):
        paragraph = cell.text_frame.paragraphs[0] if at == 0 else cell.text_frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        put_runs(paragraph, runs)
        for run in paragraph.runs:
            run.font.size = Pt(size)
            if alarm and run.font.bold:
                run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_4
