"""Months of a year as lines: this year in the accent, the years it is compared with pale, the turning point named."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from figures import grid
from figures.accent import main_series
from figures.chart import Chart, ChartError, Grid, Series
from figures.say import amount, compose, extreme, known, percent, say, sentence

if TYPE_CHECKING:
    from figures.sheet import Sheet

MOST_SERIES = 4
MOST_CATEGORIES = 120


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws the lines below `top` and gives where they end. Raises ChartError(chart-too-many-categories)."""
    from figures import line_labels

    if len(chart.categories) > MOST_CATEGORIES:
        raise ChartError("chart-too-many-categories", found=len(chart.categories), most=MOST_CATEGORIES)
    plane, labels, turning = line_labels.arrange(chart, sheet, top)
    plane.draw_axis([label.box for label in labels])
    plane.draw_lines(turning.index if turning else None)
    line_labels.draw(plane, labels)
    return plane.draw_categories()


def alt_text(chart: Chart) -> str:
    """The chart in words: start, end, direction, lowest and highest month of each line, the chart's own first."""
    main = main_series(chart)
    own, *others = [chart.series[main], *(series for index, series in enumerate(chart.series) if index != main)]
    sentences = [sentence(chart, own, ", ".join([_course(chart, own), *_extremes(chart, own)]))] if known(own) else []
    sentences += [sentence(chart, series, _course(chart, series)) for series in others if known(series)]
    return compose(chart, sentences)


def _course(chart: Chart, series: Series) -> str:
    """Where a line starts and ends and by how much it rose or fell."""
    points = known(series)
    (first, start), (last, end) = points[0], points[-1]
    if first == last:
        return say(chart, "item", label=chart.categories[first], value=amount(chart, start))
    values = {
        "first": chart.categories[first],
        "start": amount(chart, start),
        "last": chart.categories[last],
        "end": amount(chart, end),
        "change": _change(chart, start, end),
    }
    return say(chart, "level" if start == end else "rise" if end > start else "fall", **values)


def _change(chart: Chart, start: Decimal, end: Decimal) -> str:
    """`755 (23,7 %)`; between percentages in percentage points."""
    size = abs(end - start)
    if "%" in chart.unit:
        return say(chart, "points", value=chart.notation.number(size, chart.decimals))
    if start <= 0 or end < 0:
        return amount(chart, size)
    return say(chart, "with-share", value=amount(chart, size), share=percent(chart, size, start))


def _extremes(chart: Chart, series: Series) -> list[str]:
    if len({value for _, value in known(series)}) < 2:
        return []
    return [extreme(chart, series, min, "lowest"), extreme(chart, series, max, "highest")]


def data_table(chart: Chart) -> Grid:
    """The months with the numbers of each line."""
    return grid.numbers(chart)
