"""A chart's numbers as a table: the same for every kind but for the columns it adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from figures.chart import Chart, Grid, Series
from figures.say import amount, mark, say, to_come, total

Cell = tuple[str, Decimal | None]


class Added(NamedTuple):
    """A column beside those of the series; `cell` gives it for a category's place (-1: the sum)."""

    head: str
    cell: Callable[[int], Cell]
    decimals: int | None = None


def number_cell(chart: Chart, series: Series, index: int) -> Cell:
    """A number as printed and as it is, or the sign of an unknown one or a nil, which is more than a 0 says.

    Nothing where the number of a month is still to come.
    """
    value = series.values[index]
    if value is None and to_come(chart, series, index):
        return "", None
    if value is None or (index < len(series.marks) and series.marks[index]):
        return mark(series, index), None
    return amount(chart, value), value


def head(chart: Chart, series: Series) -> str:
    """What a column of numbers is called: the name of the series and the unit."""
    if not (series.name and chart.unit):
        return series.name or chart.unit or say(chart, "value")
    return say(chart, "head", name=series.name, unit=chart.unit)


def numbers(chart: Chart, *, order: list[int] | None = None, added: Sequence[Added] = (), summed: bool = False) -> Grid:
    """The table of a chart: categories in `order`, a column a series, those `added`, a row of sums where asked."""
    order = list(range(len(chart.categories))) if order is None else order
    rows: list[tuple[Cell, ...]] = [
        (
            (chart.categories[index], None),
            *(number_cell(chart, series, index) for series in chart.series),
            *(one.cell(index) for one in added),
        )
        for index in order
    ]
    sums = [total(chart, series) for series in chart.series]
    if summed and len(chart.categories) > 1 and all(value is not None for value in sums):
        whole = tuple((amount(chart, value), value) for value in sums if value is not None)
        rows.append(((say(chart, "total"), None), *whole, *(one.cell(-1) for one in added)))
        summed_rows = 1
    else:
        summed_rows = 0
    heads = (chart.category_name or say(chart, "category"), *(head(chart, series) for series in chart.series))
    decimals = (*(None for _ in heads), *(one.decimals for one in added))
    return Grid((*heads, *(one.head for one in added)), tuple(rows), decimals, summed_rows)
