"""What a whole consists of: lying bars, the largest first, each with its number and its share of the whole."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from figures import grid
from figures.accent import main_series
from figures.chart import Chart, Grid, Series
from figures.say import SHARE_DECIMALS, amount, compose, extreme, known, percent, printed, say, sentence, share, total

if TYPE_CHECKING:
    from figures.sheet import Sheet

MOST_SERIES = 2
NAMED = 4
"""Categories the alt text gives with their numbers."""


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws the categories from the largest to the smallest, from `top` down, and gives where they end."""
    from figures import rows

    return rows.plot_chart(chart, sheet, top, order(chart), lambda series, index: text(chart, series, index))


def order(chart: Chart) -> list[int]:
    """The categories by the chart's own series, largest first, equal ones as given, unknown ones last."""
    values = chart.series[main_series(chart)].values

    def rank(index: int) -> tuple[bool, Decimal]:
        value = values[index]
        return value is None, -(value or Decimal(0))

    return sorted(range(len(values)), key=rank)


def text(chart: Chart, series: int, index: int) -> str:
    """`1 234 (47,3 %)`; the number alone where shares say nothing."""
    value = chart.series[series].values[index]
    part = share(chart, chart.series[series], value) if value is not None else ""
    words = printed(chart, series, index)
    return say(chart, "with-share", value=words, share=part) if part else words


def alt_text(chart: Chart) -> str:
    """The chart in words: the largest categories with their shares, the smallest, and the total, of each series."""
    return compose(chart, [_summary(chart, number) for number, series in enumerate(chart.series) if known(series)])


def _summary(chart: Chart, number: int) -> str:
    series = chart.series[number]
    ranked = [index for index in order(chart) if series.values[index] is not None]
    clauses = [say(chart, "item", label=chart.categories[i], value=text(chart, number, i)) for i in ranked[:NAMED]]
    if len(ranked) > NAMED:
        clauses.append(extreme(chart, series, min, "lowest"))
    whole = total(chart, series)
    if whole is not None and len(ranked) > 1:
        clauses.append(say(chart, "sum", total=amount(chart, whole)))
    return sentence(chart, series, ", ".join(clauses))


def data_table(chart: Chart) -> Grid:
    """The categories as drawn, with their numbers, shares and the sum."""
    added: list[grid.Added] = []
    for series in chart.series:
        whole = total(chart, series)
        if whole:
            name = say(chart, "share")
            heading = say(chart, "head", name=series.name, unit=name) if len(chart.series) > 1 else name
            added.append(grid.Added(heading, partial(_share_cell, chart, series, whole), SHARE_DECIMALS))
    return grid.numbers(chart, order=order(chart), added=added, summed=True)


def _share_cell(chart: Chart, series: Series, whole: Decimal, index: int) -> grid.Cell:
    part = series.values[index] if index >= 0 else whole
    return ("", None) if part is None else (percent(chart, part, whole), part * 100 / whole)
