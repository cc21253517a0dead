"""What a chart says: labels and numbers with title, unit, source and status; and what it looks like once drawn."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from figures.notation import Notation


class ChartError(ValueError):
    """A chart that cannot be drawn; `code` names the sentence in the catalogue."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class Series(NamedTuple):
    """One line or set of bars. `values` runs beside the chart's categories; None is unknown, and `marks` says why.

    `marks` holds the sign of the unknown ones (`...`, `..`, `.`) and of a nil (`-`, whose value is 0), and is empty for
    the others: the table prints the sign.
    """

    name: str
    values: tuple[Decimal | None, ...]
    marks: tuple[str, ...] = ()


class Aim(NamedTuple):
    """What a chart of targets says of one category in words, and which side of its target is the good one.

    `now`, `target` and `baseline` are printed numbers (`2 621`, `alle 2 900`), `status` the word for how it stands;
    each is empty where there is none. `good` is empty where neither side is better, `met` None where it is not judged.
    """

    now: str = ""
    target: str = ""
    status: str = ""
    baseline: str = ""
    good: Literal["below", "above", ""] = ""
    met: bool | None = None


class Time(NamedTuple):
    """A time of the year: in words (`30.6.`, `6/2023`), and in months since the year began (0 to 12)."""

    when: str
    at: float


class Round(NamedTuple):
    """What a year clock says of one category: how often it comes in words, and its times of the year, oldest first."""

    said: str
    times: tuple[Time, ...] = ()


class Chart(NamedTuple):
    """A chart before it is drawn; pure data, so that equal charts have equal keys in the cache.

    `kind` picks the module that draws it (age-distribution, shares, trend, euros, targets, year-clock ...).
    `emphasis` names the categories (or, for lines, the series) that carry the accent, `callout` says them in words.
    `words` are the sentences of this kind in the document's language (alt text, table heads), from the catalogue.
    `aims` are of a chart of targets alone, `rounds` of a year clock alone, one a category. A `narrow` one is drawn for
    the screen of a telephone, whatever width the theme has.
    """

    kind: str
    title: str
    unit: str
    source: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    status: str = ""
    category_name: str = ""
    emphasis: tuple[str, ...] = ()
    callout: str = ""
    decimals: int = 0
    note: str = ""
    notation: Notation = Notation()
    words: Mapping[str, str] = {}
    aims: tuple[Aim, ...] = ()
    rounds: tuple[Round, ...] = ()
    narrow: bool = False


class Drawing(NamedTuple):
    """A drawn chart: an SVG whose text is outlines, and its size in millimetres."""

    svg: str
    width_mm: float
    height_mm: float


class Grid(NamedTuple):
    """A chart's numbers as a table: headings, and rows of (text, number or None); the first cell heads its row.

    `decimals` is each column's own precision (a share has one decimal), None where it is the chart's; `totals` rows at
    the end are sums.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, Decimal | None], ...], ...]
    decimals: tuple[int | None, ...]
    totals: int = 0
