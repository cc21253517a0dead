"""A text of the year as its author wrote it: front matter (facts, figures, tables) and body. Frozen values, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.errors import Place, Problem
from reports.period import Period


class Placed(str):
    """A piece of text that knows where it was written; otherwise an ordinary str."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, text: str, place: Place | None = None) -> Placed:
        """The text, and the place of its first character (none: an empty place)."""
        new = super().__new__(cls, text)
        new.place = place or Place("")
        return new

    def __reduce__(self) -> tuple[type[Placed], tuple[str, Place]]:
        return Placed, (str(self), self.place)


NOTHING = Placed("")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the figures a report opens with: `value` is a sentence piece with facts in it, `label` says what it is."""

    value: Placed
    label: Placed
    place: Place


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A chart as the author asks for it; `data` and `compare` are in the fact notation."""

    chart: str
    data: tuple[Placed, ...]
    place: Place
    compare: tuple[Placed, ...] = ()
    emphasis: tuple[Placed, ...] = ()
    callout: Placed = NOTHING
    note: Placed = NOTHING
    title: Placed = NOTHING


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """A picture of the author's own: its file in the period's folder, its words for those who do not see, its maker."""

    image: Placed
    alt: Placed
    place: Place
    note: Placed = NOTHING


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table as the author asks for it; the cells of a row stand on one line, divided by `|`.

    With `data` (indicator and period in the fact notation) instead of rows: months down, the areas of `columns` across.
    With `csv` the rows are those of a CSV file in the period's folder, its headings the `columns`.
    """

    columns: tuple[Placed, ...]
    place: Place
    rows: tuple[Placed, ...] = ()
    data: Placed = NOTHING
    csv: Placed = NOTHING
    total: bool = False
    note: Placed = NOTHING
    title: Placed = NOTHING


@dataclass(frozen=True, slots=True)
class Slot:
    """Words that only a person can give: what somebody says (`by` in running text), or a proposal; a paragraph each.

    Without `text` it is not filled yet.
    """

    place: Place
    text: tuple[Placed, ...] = ()
    by: Placed = NOTHING


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text file. `facts` maps names to notations; `body` is Markdown, its first line stands on row `body_row`.

    Every text that may hold facts is `Placed`. `problems` are those of the front matter; facts and body are unread.
    A release or a monthly document may have no `title`; `embargo` is until when a release is kept back.
    """

    file: str
    title: Placed = NOTHING
    body: str = ""
    body_row: int = 1
    subtitle: Placed = NOTHING
    date: Period | None = None
    roles: tuple[Placed, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    attachments: tuple[Placed, ...] = ()
    facts: Mapping[str, Placed] = field(default_factory=dict)
    figures: Mapping[str, FigureSpec] = field(default_factory=dict)
    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    pictures: Mapping[str, PictureSpec] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    embargo: Placed = NOTHING
    not_facts: tuple[Placed, ...] = ()
    separate: tuple[Placed, ...] = ()
    problems: tuple[Problem, ...] = ()
