"""Money: what was planned against what came of it, pair by pair, the difference in words; or one set of sums."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from figures import grid
from figures.accent import main_series, series_order
from figures.chart import Chart, Grid
from figures.notation import MILLION
from figures.say import amount, compose, known, mark, percent, printed, say

if TYPE_CHECKING:
    from figures.sheet import Sheet

MOST_SERIES = 2


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws pairs of bars, or single bars, from `top` down and gives where they end."""
    from figures import pairs, rows

    chart = in_millions(chart)
    if len(chart.series) == 1:
        return rows.plot_chart(chart, sheet, top, range(len(chart.categories)), partial(printed, chart))
    return pairs.plot(chart, sheet, top, [difference(chart, index) for index in range(len(chart.categories))])


def in_millions(chart: Chart) -> Chart:
    """Large sums as `3,5 M€`, where that hides nothing: all are full ten thousands, or ten millions and more."""
    values = [abs(value) for series in chart.series for _, value in known(series) if value]
    exact = all(value % (MILLION / 100) == 0 for value in values)
    if chart.unit != "€" or max(values, default=Decimal(0)) < MILLION or not (exact or min(values) >= 10 * MILLION):
        return chart
    decimals = 1 if all(value % (MILLION / 10) == 0 for value in values) else 2
    scaled = tuple(
        series._replace(values=tuple(None if value is None else value / MILLION for value in series.values))
        for series in chart.series
    )
    return chart._replace(series=scaled, unit=say(chart, "millions"), decimals=decimals)


def difference(chart: Chart, index: int) -> str:
    """`59 000 € (10,0 %) vähemmän`: the chart's own sum against the other one; empty where one is unknown."""
    main = main_series(chart)
    own, other = chart.series[main].values[index], chart.series[1 - main].values[index]
    if own is None or other is None:
        return ""
    if own == other:
        return say(chart, "same")
    size = amount(chart, abs(own - other))
    if other > 0 and own >= 0:
        size = say(chart, "with-share", value=size, share=percent(chart, abs(own - other), other))
    return say(chart, "more" if own > other else "less", difference=size)


def alt_text(chart: Chart) -> str:
    """The chart in words: each pair with both sums and their difference, as many as there is room for."""
    shown = in_millions(chart)
    return compose(shown, [_summary(shown, index) for index in range(len(shown.categories))])


def _summary(chart: Chart, index: int) -> str:
    """One category: its known sums by name, and the difference."""
    pair, places = len(chart.series) > 1, [i for i in series_order(chart) if chart.series[i].values[index] is not None]
    labels = [chart.series[place].name if pair else chart.categories[index] for place in places]
    sums = [
        say(chart, "item", label=label, value=printed(chart, place, index))
        for label, place in zip(labels, places, strict=True)
    ]
    clause = ", ".join([*sums, *([words] if pair and (words := difference(chart, index)) else [])])
    if not clause:
        return ""
    return (say(chart, "of", name=chart.categories[index], clause=clause) if pair else clause) + "."


def data_table(chart: Chart) -> Grid:
    """The sums in full euros; of a pair also the difference."""
    if len(chart.series) == 1:
        return grid.numbers(chart)
    return grid.numbers(chart, added=[grid.Added(say(chart, "difference"), partial(_difference_cell, chart))])


def _difference_cell(chart: Chart, index: int) -> grid.Cell:
    main = main_series(chart)
    own, other = chart.series[main].values[index], chart.series[1 - main].values[index]
    if own is None or other is None:
        return mark(chart.series[main if own is None else 1 - main], index), None
    value = own - other
    return ("+" if value > 0 else "") + amount(chart, value), value
