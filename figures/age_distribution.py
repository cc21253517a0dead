"""How a whole divides over ages or other ordered groups: upright bars, or lying ones where words would touch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from figures import grid
from figures.chart import Chart, Grid
from figures.say import compose, distribution, known, printed

if TYPE_CHECKING:
    from figures.sheet import Sheet

MOST_SERIES = 2


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws the groups in the order given, from `top` down, and gives where they end."""
    from figures import columns, rows

    fitted = columns.fit(chart, sheet)
    if fitted is not None:
        return columns.plot(chart, sheet, fitted, top)
    return rows.plot_chart(chart, sheet, top, range(len(chart.categories)), partial(printed, chart))


def alt_text(chart: Chart) -> str:
    """The chart in words: largest and smallest group, and the total, of each set."""
    return compose(chart, [distribution(chart, series) for series in chart.series if known(series)])


def data_table(chart: Chart) -> Grid:
    """The groups with their numbers and the sum."""
    return grid.numbers(chart, summed=True)
