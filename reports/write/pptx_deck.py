"""What a deck of slides has besides a document: the numbers of its charts; and which layout each slide takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from reports.document import NBSP, Document, Figure, List, Notice, Paragraph, Picture, Section, Table

MASTER = "slides.pptx"
LAYOUTS = ("title", "section", "bullets", "chart", "table", "chart-text", "goals", "key-figures", "closing")
KEY_FIGURES = "slides-key-figures"  # the anchor of the slide that shows the document's key figures
GOALS = "slides-goals"  # and of the goals board


class Line(NamedTuple):
    """A series of a chart: its name and a value a category, None where it is unknown."""

    name: str
    values: tuple[Decimal | None, ...]


class Plot(NamedTuple):
    """A chart as PowerPoint draws it; `symbol` is printed after a number (` %`), `emphasis` names what stands out.

    `thousands` is what stands between thousands in the document's language.
    """

    kind: Literal["lines", "bars", "columns"]
    categories: tuple[str, ...]
    series: tuple[Line, ...]
    decimals: int = 0
    symbol: str = ""
    emphasis: tuple[str, ...] = ()
    thousands: str = NBSP
    language: str = "fi"


@dataclass(frozen=True, slots=True)
class Deck(Document):
    """A document whose sections are slides, and the charts of its figures by name.

    A slide holds one figure, picture or table at most. Its notices are marks above it, its paragraphs of the role
    `note` go to its notes.
    """

    plots: Mapping[str, Plot] = field(default_factory=dict)


class Parts(NamedTuple):
    """The blocks of a slide by where they stand; a picture stands where a figure does."""

    flags: tuple[Notice, ...]
    text: tuple[Paragraph | List, ...]
    notes: tuple[Paragraph, ...]
    figure: Figure | Picture | None
    table: Table | None


def parts_of(slide: Section) -> Parts:
    """The blocks of a slide sorted."""
    text = tuple(one for one in slide.blocks if isinstance(one, Paragraph | List) and not is_note(one))
    return Parts(
        tuple(one for one in slide.blocks if isinstance(one, Notice)),
        text,
        tuple(one for one in slide.blocks if isinstance(one, Paragraph) and is_note(one)),
        next((one for one in slide.blocks if isinstance(one, Figure | Picture)), None),
        next((one for one in slide.blocks if isinstance(one, Table)), None),
    )


def is_note(block: Paragraph | List) -> bool:
    """Whether a block belongs to the notes of its slide."""
    return isinstance(block, Paragraph) and block.role == "note"


def layout_of(slide: Section, last: bool) -> str:
    """The name of the layout that a slide takes; `last` is whether it ends the deck.

    A slide of nothing but a title opens a part; a last one of paragraphs alone closes the deck.
    """
    if slide.anchor == KEY_FIGURES:
        return KEY_FIGURES.removeprefix("slides-")
    found = parts_of(slide)
    if found.figure:
        return "chart-text" if found.text else "chart"
    if found.table:
        return "goals" if slide.anchor.startswith(GOALS) else "table"
    if not found.text:
        return "section"
    return "closing" if last and all(isinstance(one, Paragraph) for one in found.text) else "bullets"
