"""The document and its blocks: all that a writer or a template may see. Standard library only.

Everything here is finished: text is formatted, figures are drawn and numbered, references know their numbers.
A writer only decides where things stand and what they look like. Text is plain text, never markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text with one look, and with its `language` where that is not the document's.

    `href` is an address outside the document. `target` is the anchor of a block inside it; then `number` holds the
    number that follows the words (`kuviossa` + `1`), or nothing where the words stand alone.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    target: str = ""
    number: str = ""
    language: str = ""

    @property
    def shown(self) -> str:
        """The text as a reader sees it: `kuviossa 1` with a no-break space."""
        return f"{self.text}{NBSP}{self.number}" if self.number else self.text


Runs = tuple[Run, ...]


def plain_text(runs: Runs) -> str:
    """The words of some runs, without their looks."""
    return "".join(run.shown for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section, level 2 or 3 (a section's own title is level 1)."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `role` says what it is for. The boxes' roles are for formats that have no boxes of their own."""

    kind: ClassVar[str] = "paragraph"
    runs: Runs
    role: Literal["body", "lead", "note", "quote", "byline", "box", "box-title"] = "body"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, with its depth from 0 and its printed number (`2.`, `b)`), empty for a bullet."""

    runs: Runs
    level: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted or numbered list, nested lists laid flat: depth stands in the entries."""

    kind: ClassVar[str] = "list"
    entries: tuple[Entry, ...]
    role: Literal["body", "box"] = "body"


@dataclass(frozen=True, slots=True)
class Box:
    """Something beside the running text, set apart in a frame; the title may be empty."""

    kind: ClassVar[str] = "box"
    title: str
    blocks: tuple[Paragraph | List, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that must be seen: example figures in the document, data missing."""

    kind: ClassVar[str] = "notice"
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: heading, side, `share` of the width (all add up to 1), headings of its `parts` in a workbook."""

    text: str
    align: Literal["left", "right"] = "left"
    share: float = 0.0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: paragraphs and lists, and the bare number behind the text where it is one.

    A workbook writes `value` (as written, `decimals` its precision) or each of `parts` in its column; others the text.
    """

    blocks: tuple[Paragraph | List, ...]
    value: Decimal | None = None
    decimals: int = 0
    parts: tuple[Cell, ...] = ()

    @property
    def text(self) -> str:
        """The words of the cell, one line a paragraph."""
        return "\n".join(plain_text(runs) for runs in lines_of(self.blocks))


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `total` marks a sum row. The first cell is the row's heading."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `label` and `number` are empty for a table that is not numbered (a chart's own data)."""

    kind: ClassVar[str] = "table"
    anchor: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str = ""
    number: str = ""
    caption: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn chart and what stands beside it; `caption` is finished but for label and number. Sizes in millimetres.

    `svg` has its text as outlines, `png` is the same at 200 dots an inch, `narrow` one for a telephone or nothing.
    """

    kind: ClassVar[str] = "figure"
    anchor: str
    label: str
    number: str
    title: str
    caption: str
    alt: str
    svg: str
    png: bytes = field(repr=False)
    width_mm: float
    height_mm: float
    table: Table
    name: str = ""
    narrow: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the user's own, not numbered; `data` is a bare PNG or JPEG, `file` its name. Sizes as of figures."""

    kind: ClassVar[str] = "picture"
    anchor: str
    caption: str
    alt: str
    file: str = ""
    data: bytes = field(default=b"", repr=False)
    width_mm: float = 0.0
    height_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the three to five figures a report opens with."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of a goal's table. `title` heads its measures: `1. Asiakkaat`. Each cell holds at least one paragraph."""

    title: str
    measures: tuple[Paragraph | List, ...]
    actions: tuple[Paragraph | List, ...]
    responsible: tuple[Paragraph | List, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of an action plan: the printed heading (`Tavoite 1. ...`), how it is pursued (may be empty), its table."""

    anchor: str
    heading: str
    means: str
    rows: tuple[GoalRow, ...]


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of an action plan, each with its table Mittarit | Toimenpiteet | Vastuu; a layout loops over them."""

    kind: ClassVar[str] = "goals"
    goals: tuple[Goal, ...]


Block = Heading | Paragraph | List | Notice | Table | Figure | Goals | Box | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the report or an attachment (`label` Liite, `number` 1); its title is a level 1 heading."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    label: str = ""
    number: str = ""
    landscape: bool = False

    @property
    def heading(self) -> str:
        """The title as printed: `Liite 1. Lukujen lähteet` for an attachment."""
        return f"{self.label}{NBSP}{self.number}. {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Document:
    """A finished report.

    `date` is printed, `day` is the same as 2022-02-16 for a file's own properties; both may be empty. `labels` are the
    words a layout prints itself (contents, page, data table ...), by name. `separate` names documents that belong to
    the report but are not in it. `contents` says whether it opens with a list of its sections, `levels` how many levels
    of headings that has. `data` are wide tables that only the workbook holds.
    """

    name: str
    title: str
    subtitle: str
    organisation: str
    date: str
    roles: tuple[str, ...]
    language: str
    area: str
    period: str
    sections: tuple[Section, ...]
    attachments: tuple[Section, ...] = ()
    separate: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    data: tuple[Table, ...] = ()
    contents: bool = True
    levels: int = 1

    def blocks(self) -> Iterator[Block]:
        """Every block of the body and the attachments, in reading order."""
        for section in (*self.sections, *self.attachments):
            yield from section.blocks

    def figures(self) -> list[Figure]:
        """Every figure in reading order."""
        return [block for block in self.blocks() if isinstance(block, Figure)]

    def tables(self) -> list[Table]:
        """Every table in reading order, without the charts' own data tables."""
        return [block for block in self.blocks() if isinstance(block, Table)]


def text_cell(text: str, value: Decimal | None = None, decimals: int = 0) -> Cell:
    """A cell of one plain paragraph."""
    return Cell((Paragraph((Run(text),)),), value, decimals)


def lines_of(blocks: tuple[Paragraph | List, ...]) -> Iterator[Runs]:
    """The running text of paragraphs and list entries, a line each."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs
        else:
            yield from (entry.runs for entry in block.entries)
