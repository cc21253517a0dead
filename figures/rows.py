"""Horizontal bars under each other: a label at the left, the number at the end, any number of bars a label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures import legend
from figures.accent import bar_colour, emphasised, main_series, series_order, weight
from figures.chart import Chart, ChartError
from figures.lettering import ASCENT, CAP_HEIGHT, DESCENT, LINE
from figures.sheet import MOST_HEIGHT_MM, POINTS_PER_MM, Box, Sheet

LABEL_PART = 0.34
GAP = 6.0
"""Between a label, its bar and the number, in points."""

THICK = 13.0
BETWEEN = 1.0
FOOT = 30.0
"""A bar at its best, the slit between two bars of a row, and the room kept for a source line, in points."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its number (None draws the text alone), the text at its end, and after that a name in its own colour."""

    value: Decimal | None
    text: str
    colour: str
    strong: bool = False
    name: str = ""
    name_colour: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The bars of one category."""

    label: str
    bars: tuple[Bar, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Ruler:
    """From numbers to places across the sheet: `zero` is where bars begin."""

    zero: float
    scale: float

    def box(self, value: Decimal, top: float, thick: float) -> Box:
        """The box of a bar."""
        end = self.zero + float(value) * self.scale
        return Box(min(self.zero, end), top, max(self.zero, end), top + thick)


def plot_chart(chart: Chart, sheet: Sheet, top: float, order: Sequence[int], text: Callable[[int, int], str]) -> float:
    """Draws a chart's categories in this order, its callout above them, and gives where they end.

    `text` gives what stands at the end of a bar, from the places of its series and category. The names of several
    sets stand at the first row's bars.
    """
    marked = emphasised(chart)
    keyed = legend.needed(chart, sheet)
    named = len(chart.series) > 1 and not keyed

    def bar(series: int, index: int) -> Bar:
        return Bar(
            chart.series[series].values[index],
            text(series, index),
            bar_colour(chart, sheet.theme, series, index),
            strong=index in marked,
            name=chart.series[series].name if named and index == order[0] else "",
            name_colour=sheet.theme.accent if series == main_series(chart) else sheet.theme.muted,
        )

    rows = [
        Row(chart.categories[index], tuple(bar(series, index) for series in series_order(chart)), index in marked)
        for index in order
    ]
    top = callout(chart, sheet, top)
    return plot(sheet, rows, legend.draw(chart, sheet, top) if keyed and len(chart.series) > 1 else top)


def callout(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws the callout above the bars, where there is one, and gives where the bars begin."""
    if not chart.callout:
        return top
    lines = sheet.wrap(chart.callout, sheet.width, sheet.text, "semibold")
    box = sheet.block(0, top + sheet.text * ASCENT, lines, weight="semibold", colour=sheet.theme.accent)
    return box.bottom + 6


def plot(sheet: Sheet, rows: Sequence[Row], top: float) -> float:
    """Draws the rows from `top` down and gives where they end. Raises ChartError(chart-too-many-categories)."""
    labels = [sheet.wrap(row.label, sheet.width * LABEL_PART, sheet.text, weight(row.strong)) for row in rows]
    widths = [
        sheet.measure(line, sheet.text, weight(row.strong))
        for row, lines in zip(rows, labels, strict=True)
        for line in lines
    ]
    wide = max(widths)
    ruler = ruler_for(sheet, [bar for row in rows for bar in row.bars], wide + GAP + 2, sheet.width)
    thick, heights = _sizes(sheet, rows, labels, top)
    y = top
    for row, lines, height in zip(rows, labels, heights, strict=True):
        label(sheet, lines, wide, y + height / 2, row.strong)
        first = y + (height - _bars_height(row, thick)) / 2
        for number, bar in enumerate(row.bars):
            draw_bar(sheet, ruler, bar, first + number * (thick + BETWEEN), thick, row.label)
        y += height
    sheet.stroke([(ruler.zero, top), (ruler.zero, y)], sheet.theme.grey, 0.8)
    return y


def ruler_for(sheet: Sheet, bars: Sequence[Bar], left: float, right: float) -> Ruler:
    """The largest scale at which every bar has room for its text between `left` and `right`."""
    texts = [(float(bar.value or 0), text_width(sheet, bar) + GAP) for bar in bars]
    low = max((room for value, room in texts if value < 0), default=0.0)
    lowest = min((value for value, _ in texts if value < 0), default=0.0)
    scales = [
        (right - left - low - room) / (value - lowest) for value, room in texts if value >= 0 and value - lowest > 0
    ] or [(right - left - low) / -lowest if lowest else 1.0]
    scale = max(min(scales), 0.0)
    return Ruler(left + (low - lowest * scale if lowest else 0.0), scale)


def text_width(sheet: Sheet, bar: Bar) -> float:
    """The room of the number and the name at the end of a bar."""
    wide = sheet.measure(bar.text, sheet.text, weight(bar.strong))
    return wide + (GAP + sheet.measure(bar.name, sheet.text, "semibold") if bar.name else 0.0)


def draw_bar(sheet: Sheet, ruler: Ruler, bar: Bar, top: float, thick: float, category: str) -> None:
    """A bar with its number at the end, and its name after that."""
    box = ruler.box(bar.value or Decimal(0), top, thick)
    middle = top + thick / 2 + sheet.text * CAP_HEIGHT / 2
    colour = sheet.theme.ink if bar.value is not None else sheet.theme.muted
    if bar.value:
        sheet.bar(box, bar.colour, f"{category}: {bar.text}")
    if bar.value is not None and bar.value < 0:
        sheet.words(box.left - GAP, middle, bar.text, weight=weight(bar.strong), align="right")
        end = ruler.zero
    else:
        end = sheet.words(box.right + GAP, middle, bar.text, weight=weight(bar.strong), colour=colour).right
    if bar.name:
        sheet.words(end + GAP, middle, bar.name, weight="semibold", colour=bar.name_colour)


def label(sheet: Sheet, lines: Sequence[str], right: float, middle: float, strong: bool) -> None:
    """Draws a label before its bar, centred on `middle`."""
    size = sheet.text
    first = middle - (len(lines) - 1) * size * LINE / 2 + size * CAP_HEIGHT / 2
    sheet.block(right, first, lines, size=size, weight=weight(strong), align="right")


def _bars_height(row: Row, thick: float) -> float:
    return thick * len(row.bars) + BETWEEN * (len(row.bars) - 1)


def _sizes(sheet: Sheet, rows: Sequence[Row], labels: Sequence[Sequence[str]], top: float) -> tuple[float, list[float]]:
    """Thickness of a bar and height of each row: generous while they fit on a page, then closer."""
    room = MOST_HEIGHT_MM * POINTS_PER_MM - top - FOOT
    several = max(len(row.bars) for row in rows) > 1
    least = sheet.text * (ASCENT + DESCENT) if several else sheet.text - 1  # numbers of neighbours must not touch
    heights: list[float] = []
    for squeeze in (1.0, 0.8, 0.6, 0.4, 0.2, 0.0):
        thick = least + ((THICK - 2 if several else THICK) - least) * squeeze
        gap = 3.0 + 6.5 * squeeze
        heights = [
            max(_bars_height(row, thick) + gap, len(lines) * sheet.text * LINE + gap / 2)
            for row, lines in zip(rows, labels, strict=True)
        ]
        if sum(heights) <= room:
            return thick, heights
    raise ChartError("chart-too-many-categories", found=len(rows), most=int(room // (sum(heights) / len(rows))))
