"""A chart's numbers as a table: the same for every kind but for the columns it adds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from figures.chart import Chart, Grid, Series
from figures.say import amount, mark, say, total

Cell = tuple[str, Decimal | None]
Added = Callable[[int], Cell]


def number_cell(chart: Chart, series: Series, index: int) -> Cell:
    """A number as printed and as it is, or the sign of an unknown one."""
    value = series.values[index]
    return (mark(series, index), None) if value is None else (amount(chart, value), value)


def head(chart: Chart, series: Series) -> str:
    """What a column of numbers is called: the name of the series and the unit."""
    if not (series.name and chart.unit):
        return series.name or chart.unit or say(chart, "value")
    return say(chart, "head", name=series.name, unit=chart.unit)


def numbers(
    chart: Chart, *, order: list[int] | None = None, added: list[tuple[str, Added]] | None = None, summed: bool = False
) -> Grid:
    """The table of a chart: categories in `order`, a column a series, the `added` columns, a row of sums where asked.

    An added column is a heading and a function from a category's place (-1: the sum) to its cell.
    """
    added = added or []
    order = list(range(len(chart.categories))) if order is None else order
    rows: list[tuple[Cell, ...]] = [
        (
            (chart.categories[index], None),
            *(number_cell(chart, series, index) for series in chart.series),
            *(cell(index) for _, cell in added),
        )
        for index in order
    ]
    sums = [total(chart, series) for series in chart.series]
    if summed and len(chart.categories) > 1 and all(value is not None for value in sums):
        whole = tuple((amount(chart, value), value) for value in sums if value is not None)
        rows.append(((say(chart, "total"), None), *whole, *(cell(-1) for _, cell in added)))
        summed_rows = 1
    else:
        summed_rows = 0
    heads = (chart.category_name or say(chart, "category"), *(head(chart, series) for series in chart.series))
    return Grid((*heads, *(name for name, _ in added)), tuple(rows), summed_rows)
