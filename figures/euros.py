"""Money: what was planned against what came of it, pair by pair, the difference in words; or one set of sums."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from figures import grid, legend, rows
from figures.accent import bar_colour, emphasised, main_series, series_order, weight
from figures.chart import Chart, ChartError, Grid
from figures.lettering import ASCENT, CAP_HEIGHT, DESCENT, LINE
from figures.say import amount, compose, known, mark, percent, printed, say
from figures.sheet import MOST_HEIGHT_MM, POINTS_PER_MM, Sheet

MOST_SERIES = 2
THICK, BETWEEN, AFTER = 13.0, 3.0, 18.0
"""Points: a bar, the air to the next one of its pair, and the air under a pair."""

MILLION = Decimal(1_000_000)


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws pairs of bars, or single bars, from `top` down and gives where they end."""
    chart = in_millions(chart)
    if len(chart.series) == 1:
        return rows.plot_chart(chart, sheet, top, range(len(chart.categories)), partial(printed, chart))
    return _pairs(chart, sheet, top if _called(chart) is not None else rows.callout(chart, sheet, top))


def in_millions(chart: Chart) -> Chart:
    """Large sums as `3,5 M€`, where that hides nothing: all are full ten thousands, or ten millions and more."""
    values = [abs(value) for series in chart.series for _, value in known(series) if value]
    exact = all(value % (MILLION / 100) == 0 for value in values)
    if chart.unit != "€" or max(values, default=Decimal(0)) < MILLION or not (exact or min(values) >= 10 * MILLION):
        return chart
    decimals = 1 if all(value % (MILLION / 10) == 0 for value in values) else 2
    scaled = tuple(
        replace(series, values=tuple(None if value is None else value / MILLION for value in series.values))
        for series in chart.series
    )
    return replace(chart, series=scaled, unit=say(chart, "millions"), decimals=decimals)


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


def _called(chart: Chart) -> int | None:
    """The one pair that the callout speaks of, whose difference it then says; None where it speaks of all."""
    places = emphasised(chart) or set(range(len(chart.categories)))
    return places.pop() if chart.callout and len(places) == 1 else None


def _pairs(chart: Chart, sheet: Sheet, top: float) -> float:
    """Each pair under a line with its name and difference; the names of the two sets before their bars."""
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
        y = _heading(chart, sheet, index, y)
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


def _heading(chart: Chart, sheet: Sheet, index: int, top: float) -> float:
    """The name of a pair at the left and its difference at the right edge, or below where they would meet."""
    size, strong, called = sheet.text, weight(True), _called(chart) == index
    words = chart.callout if called else difference(chart, index)
    look, colour = weight(called), sheet.theme.accent if called else ""
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
    return grid.numbers(chart, added=[(say(chart, "difference"), partial(_difference_cell, chart))])


def _difference_cell(chart: Chart, index: int) -> grid.Cell:
    main = main_series(chart)
    own, other = chart.series[main].values[index], chart.series[1 - main].values[index]
    if own is None or other is None:
        return mark(chart.series[main if own is None else 1 - main], index), None
    value = own - other
    return chart.notation.number(value, chart.decimals, plus=True) + f"\u00a0{chart.unit}", value
