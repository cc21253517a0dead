"""Money: what was planned against what came of it, pair by pair, the difference in words; or one set of sums."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from figures import grid, rows
from figures.accent import bar_colour, emphasised, main_series, series_order, weight
from figures.chart import Chart, ChartError, Grid
from figures.lettering import ASCENT, CAP_HEIGHT, DESCENT
from figures.say import compose, known, mark, percent, printed, say
from figures.sheet import MOST_HEIGHT_MM, POINTS_PER_MM, Sheet

MOST_SERIES = 2
THICK, BETWEEN, HEADING, AFTER = 13.0, 3.0, 18.0, 16.0
"""Points: a bar, the air to the next, the line of words over a pair, and the air under it."""

MILLION = Decimal(1_000_000)


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws pairs of bars, or single bars, from `top` down and gives where they end."""
    text = partial(_money_at, chart)
    if len(chart.series) == 1:
        return rows.plot_chart(chart, sheet, top, range(len(chart.categories)), text)
    return _pairs(chart, sheet, top)
