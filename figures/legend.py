"""The names of sets of bars after a square of their colour: only where the names are too long to stand at the bars."""

from __future__ import annotations

from figures.accent import bar_colour, main_series, series_order, weight
from figures.chart import Chart
from figures.lettering import ASCENT, CAP_HEIGHT
from figures.sheet import Box, Sheet

SQUARE = 8.0
LONGEST = 0.28
"""Points: side of a square; and the part of the width up to which a name stands at its bar."""


def needed(chart: Chart, sheet: Sheet) -> bool:
    """Whether some name is too long to stand at its bar."""
    return any(sheet.measure(series.name, sheet.text, "semibold") > sheet.width * LONGEST for series in chart.series)


def draw(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws one line a set, in the order of the bars, and gives where the chart begins."""
    y = top
    for series in series_order(chart):
        baseline = y + sheet.text * ASCENT
        lift = baseline - (sheet.text * CAP_HEIGHT + SQUARE) / 2
        sheet.bar(Box(0, lift, SQUARE, lift + SQUARE), bar_colour(chart, sheet.theme, series, 0))
        strong = weight(series == main_series(chart))
        lines = sheet.wrap(chart.series[series].name, sheet.width - SQUARE - 6, sheet.text, strong)
        y = sheet.block(SQUARE + 6, baseline, lines, weight=strong).bottom + 3
    return y + 5
