"""Whether words fit a frame of a slide, measured with a font: lines, heights, sizes of tables and widths of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from reports.document import List, Paragraph, Runs, Table, plain_text
from reports.write.pptx_master import Frame, Level
from reports.write.template import Template

SHIPPED = ("font_source_sans_pro", "files/SourceSansPro-{}.ttf")
WIDEST = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans{}.ttf", ("", "-Bold"))
# The families that Source Sans Pro, which comes along, is at least as wide and as high as, each with the faces for it.
NARROW = {
    "Calibri": ("Regular", "Semibold"),
    "Carlito": ("Regular", "Semibold"),
    "Source Sans Pro": ("Regular", "Bold"),
}
UNIT = 1000  # the size at which letters are measured
SCALES = (1.0, 0.92, 0.84)  # of the text of a slide, before it is divided
SMALLEST, STEP = 14.0, 2.0  # points of the text of a table, and how it shrinks
ACROSS, UPRIGHT = 7.2, 5.0  # points between the edge of a cell and its text
LEAST_WIDE, ROOMY = 0.6, 1.5  # of the frame, and of its longest lines: how wide a table of short texts is
PIECE = re.compile(r"[^ \t\n-]*(?:-|[ \t\n]+|$)")


class Said(NamedTuple):
    """A paragraph of a frame: its words, its depth, and whether any of it is bold."""

    text: str
    level: int = 0
    bold: bool = False


class Sized(NamedTuple):
    """A table as it stands on a slide: the points of its text, the width of each column and the height of each row.

    The first height is of the heading row.
    """

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]


class Ruler:
    """The widths of words in a font, in points."""

    def __init__(self, regular: Path, bold: Path) -> None:
        from PIL.ImageFont import Layout, truetype

        self._fonts = [truetype(str(path), UNIT, layout_engine=Layout.BASIC) for path in (regular, bold)]
        self.height = sum(self._fonts[0].getmetrics()) / UNIT
        self._known: dict[tuple[str, bool], float] = {}

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide some words on one line are."""
        key = text, bold
        if key not in self._known:
            self._known[key] = float(self._fonts[bold].getlength(text)) / UNIT
        return self._known[key] * size

    def lines(self, text: str, size: float, width: float, bold: bool = False) -> int:
        """How many lines some words take; a word that is too wide for a line is broken over several."""
        lines, taken = 1, 0.0
        for piece in PIECE.findall(text):
            needed = self.width(piece.rstrip(), size, bold)
            if taken and taken + needed > width:
                lines, taken = lines + 1, 0.0
            if needed > width:
                lines, needed = lines + int(needed // width), needed % width
            taken += needed + self.width(piece, size, bold) - self.width(piece.rstrip(), size, bold)
        return lines

    def paragraph(self, said: Said, level: Level, width: float, scale: float = 1.0) -> float:
        """The height of a paragraph with the space before it."""
        size = level.size * scale
        lines = self.lines(said.text, size, width - level.margin, said.bold or level.bold)
        return level.before * scale + lines * size * self.height * level.leading

    def text(self, said: Iterable[Said], frame: Frame, scale: float = 1.0) -> float:
        """The height of the paragraphs of a frame."""
        return sum(self.paragraph(one, frame.levels[one.level], frame.width, scale) for one in said)

    def scale(self, said: Sequence[Said], frame: Frame) -> float | None:
        """The largest scale at which the paragraphs fit their frame, None where they do not."""
        return next((one for one in SCALES if self.text(said, frame, one) <= frame.height), None)


def ruler(template: Template, family: str) -> Ruler:
    """What measures a font: its own files in fonts/ of the layout folders, else the one nearest to it that is wider."""
    stem = family.replace(" ", "")
    for folder in template.folders:
        own = [folder / "fonts" / f"{stem}-{face}.ttf" for face in ("Regular", "Bold")]
        if all(path.is_file() for path in own):
            return Ruler(*own)
    package, pattern, faces = (*SHIPPED, NARROW[family]) if family in NARROW else WIDEST
    spec = find_spec(package)
    base = Path(spec.origin).parent if spec and spec.origin else Path()
    regular, bold = (base / pattern.format(face) for face in faces)
    return Ruler(regular, bold)


def said(blocks: Iterable[Paragraph | List]) -> list[Said]:
    """The paragraphs of some blocks, the entries of lists by their depth."""
    out = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(_said(block.runs, 0))
        else:
            out += [_said(one.runs, one.level) for one in block.entries]
    return out


def sized(table: Table, frame: Frame, ruler: Ruler) -> Sized:
    """The table at the largest size at which all of it fits its frame; at the smallest where it never does."""
    size = max(frame.levels[0].size, SMALLEST)
    while True:
        made = at_size(table, frame, ruler, size)
        if sum(made.heights) <= frame.height or size - STEP < SMALLEST:
            return made
        size -= STEP


def at_size(table: Table, frame: Frame, ruler: Ruler, size: float) -> Sized:
    """The table with a text of so many points."""
    heads = [one.text for one in table.columns]
    texts = [heads, *([cell.text for cell in row.cells] for row in table.rows)]
    widths = _widths(table, texts, frame.width, ruler, size)
    line = size * ruler.height
    heights = []
    for at, row in enumerate(texts):
        bold = at == 0 or table.rows[at - 1].total
        counts = [
            sum(ruler.lines(part, size, width - 2 * ACROSS, bold) for part in text.split("\n"))
            for text, width in zip(row, widths, strict=True)
        ]
        heights.append(max(counts) * line + 2 * UPRIGHT)
    return Sized(size, tuple(widths), tuple(heights))


def _widths(table: Table, texts: list[list[str]], width: float, ruler: Ruler, size: float) -> list[float]:
    """As wide as the longest lines where there is room for them; else headings are broken first, then other words.

    A number is never broken. A table of short texts stays narrower than its frame, so that the eye finds from one
    column to the next. Without room even for the words, the columns have the parts of the width that the table gives.
    """
    heads = [text.split("\n") for text in texts[0]]
    lines = [[line for row in texts[1:] for line in row[at].split("\n")] for at in range(len(heads))]
    whole = [part if one.align == "right" else _words(part) for one, part in zip(table.columns, lines, strict=True)]

    def widest(*columns: list[str]) -> float:
        return max(ruler.width(text, size, True) for column in columns for text in column) + 2 * ACROSS + 1

    full = [widest(part, head) for part, head in zip(lines, heads, strict=True)]
    if sum(full) <= width:
        wide = max(LEAST_WIDE * width, min(width, ROOMY * sum(full)))
        return [one * max(1.0, wide / sum(full)) for one in full]
    most = [widest(part, _words(head)) for part, head in zip(lines, heads, strict=True)]
    least = [widest(part, _words(head)) for part, head in zip(whole, heads, strict=True)]
    for narrow, broad in ((most, full), (least, most)):
        if sum(narrow) <= width:
            room = (width - sum(narrow)) / (sum(broad) - sum(narrow))
            return [low + room * (high - low) for low, high in zip(narrow, broad, strict=True)]
    shares = [one.share or 1 / len(table.columns) for one in table.columns]
    return [width * one / sum(shares) for one in shares]


def _words(lines: list[str]) -> list[str]:
    return [word for line in lines for word in line.split(" ")]


def _said(runs: Runs, level: int) -> Said:
    return Said(plain_text(runs), level, any(run.strong for run in runs))
