"""Which series and categories of a chart carry the accent, and in what order sets of bars stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.chart import Chart

if TYPE_CHECKING:
    from figures.theme import Theme


def main_series(chart: Chart) -> int:
    """The place of the series that carries the accent: one named in the emphasis, else the first."""
    return next((i for i, series in enumerate(chart.series) if series.name in chart.emphasis), 0)


def emphasised(chart: Chart) -> set[int]:
    """The places of the categories that carry the accent."""
    return {index for index, name in enumerate(chart.categories) if name in chart.emphasis}


def series_order(chart: Chart) -> list[int]:
    """The sets of bars as they stand: what is compared with first, the chart's own last, as years run."""
    main = main_series(chart)
    return [index for index in range(len(chart.series)) if index != main] + [main]


def bar_colour(chart: Chart, theme: Theme, series: int, category: int) -> str:
    """The accent for the chart's own set, or for the emphasised categories where there is one set; else pale."""
    if len(chart.series) > 1:
        return theme.accent if series == main_series(chart) else theme.pale
    marked = emphasised(chart)
    return theme.accent if category in marked or not marked else theme.pale


def weight(strong: bool) -> str:
    """The weight of words that are emphasised: never the colour alone says it."""
    return "semibold" if strong else "regular"
