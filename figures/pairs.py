"""Pairs of lying bars, each pair under a line that names it and says its difference."""

from __future__ import annotations

from collections.abc import Sequence

from figures import legend, rows
from figures.accent import bar_colour, emphasised, main_series, series_order, weight
from figures.chart import Chart, ChartError
from figures.lettering import ASCENT, CAP_HEIGHT, DESCENT, LINE
from figures.say import printed
from figures.sheet import MOST_HEIGHT_MM, POINTS_PER_MM, Sheet

THICK, BETWEEN, AFTER = 13.0, 3.0, 18.0
"""Points: a bar, the air to the next one of its pair, and the air under a pair."""


def called(chart: Chart) -> int | None:
    """The one pair that the callout speaks of, whose difference it then says; None where it speaks of all."""
    places = emphasised(chart) or set(range(len(chart.categories)))
    return places.pop() if chart.callout and len(places) == 1 else None


def plot(chart: Chart, sheet: Sheet, top: float, differences: Sequence[str]) -> float:
    """Draws a chart of two sets below `top` and gives where it ends. Raises ChartError(chart-too-many-categories).

    Each pair stands under a line with its name and its difference, the names of the two sets before their bars.
    """
    spoken = called(chart)
    if spoken is None:
        top = rows.callout(chart, sheet, top)
    order = series_order(chart)
    bars = [[_bar(chart, sheet, series, index) for series in order] for index in range(len(chart.categories))]
    names, left = [chart.series[series].name for series in order], 0.0
    if legend.needed(chart, sheet):
        top, names = legend.draw(chart, sheet, top), [""] * len(order)
    else:
        left = max(sheet.measure(name, sheet.text, "semibold") for name in names) + 2 * rows.GAP
    ruler = rows.ruler_for(sheet, [bar for pair in bars for bar in pair], left, sheet.width)
    y = top
    for index, pair in enumerate(bars):
        y = _heading(chart, sheet, index, y, chart.callout if index == spoken else differences[index], index == spoken)
        start = y
        for series, name, bar in zip(order, names, pair, strict=True):
            middle = y + THICK / 2 + sheet.text * CAP_HEIGHT / 2
            sheet.words(0, middle, name, weight=weight(series == main_series(chart)))
            rows.draw_bar(sheet, ruler, bar, y, THICK, f"{chart.categories[index]}, {name}")
            y += THICK + BETWEEN
        sheet.stroke([(ruler.zero, start - 2), (ruler.zero, y - BETWEEN + 2)], sheet.theme.grey, 0.8)
        y += AFTER - BETWEEN
    if y > MOST_HEIGHT_MM * POINTS_PER_MM - rows.FOOT:
        each = (y - top) / len(bars)
        most = int((MOST_HEIGHT_MM * POINTS_PER_MM - rows.FOOT - top) // each)
        raise ChartError("chart-too-many-categories", found=len(bars), most=most)
    return y - AFTER


def _bar(chart: Chart, sheet: Sheet, series: int, index: int) -> rows.Bar:
    value = chart.series[series].values[index]
    own = series == main_series(chart)
    return rows.Bar(value, printed(chart, series, index), bar_colour(chart, sheet.theme, series, index), strong=own)


def _heading(chart: Chart, sheet: Sheet, index: int, top: float, words: str, spoken: bool) -> float:
    """The name of a pair at the left, its difference or callout at the right edge, or below where they would meet."""
    size, strong = sheet.text, weight(True)
    look, colour = weight(spoken), sheet.theme.accent if spoken else ""
    below = sheet.measure(chart.categories[index], size, strong) + sheet.measure(words, size, look) + 18 > sheet.width
    tone = sheet.theme.accent if index in emphasised(chart) else sheet.theme.ink
    lines = sheet.wrap(chart.categories[index], sheet.width, size, strong)
    box = sheet.block(0, top + size * ASCENT, lines, weight=strong, colour=tone)
    baseline = box.bottom - size * DESCENT
    if words and below:
        lines = sheet.wrap(words, sheet.width, size, look)
        return sheet.block(0, baseline + size * LINE, lines, weight=look, colour=colour).bottom + 4
    sheet.words(sheet.width, baseline, words, weight=look, colour=colour, align="right")
    return box.bottom + 4
