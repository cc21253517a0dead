"""Upright bars on one line, each number on its bar; one or two sets side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures.chart import Chart
from figures.lettering import ASCENT, DESCENT, LINE
from figures.say import amount, emphasised, main_series, mark
from figures.sheet import Sheet

TALL = 128.0
MOST_COLUMNS = 20
FILL = 0.76
WIDEST = 58.0
LIFT = 3.5
"""Points: height of the bars, widest bar, air between a bar and its number; FILL is the bars' part of the width."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Sizes at which no number or label touches its neighbour: widths in points, text size, the labels' lines."""

    slot: float
    bar: float
    size: float
    labels: tuple[tuple[str, ...], ...]


class Skyline:
    """How high above the line something stands already, place by place across the sheet."""

    def __init__(self) -> None:
        self._parts: list[tuple[float, float, float]] = []

    def raise_to(self, left: float, right: float, height: float) -> None:
        """Something of this height stands between left and right."""
        self._parts.append((left, right, height))

    def over(self, left: float, right: float) -> float:
        """The greatest height between left and right."""
        return max((height for a, b, height in self._parts if a < right and left < b), default=0.0)

    @property
    def top(self) -> float:
        """The greatest height of all."""
        return max((height for _, _, height in self._parts), default=0.0)


def order(chart: Chart) -> list[int]:
    """The series from left to right: what is compared with first, the chart's own last, as years run."""
    main = main_series(chart)
    return [index for index in range(len(chart.series)) if index != main] + [main]


def colour(chart: Chart, sheet: Sheet, series: int, category: int) -> str:
    """The accent for the chart's own series, or for the emphasised categories where there are such; else pale."""
    if len(chart.series) > 1:
        return sheet.theme.accent if series == main_series(chart) else sheet.theme.pale
    marked = emphasised(chart)
    return sheet.theme.accent if category in marked or not marked else sheet.theme.pale


def text(chart: Chart, series: int, category: int) -> str:
    """What stands on a bar: its number, or the sign of an unknown one."""
    value = chart.series[series].values[category]
    return mark(chart.series[series], category) if value is None else amount(chart, value)


def fit(chart: Chart, sheet: Sheet) -> Fit | None:
    """The sizes of upright bars, or None where words or numbers would touch."""
    count = len(chart.categories)
    if count > MOST_COLUMNS:
        return None
    slot = sheet.width / count
    bar = min(slot * FILL, WIDEST) / len(chart.series)
    room = slot - 3 if len(chart.series) == 1 else bar - 1
    for size in (sheet.text, sheet.text - 0.75, sheet.text - 1.5):
        labels = tuple(tuple(sheet.wrap(name, slot - 4, size, "semibold", split=False)) for name in chart.categories)
        texts = [text(chart, s, c) for s in range(len(chart.series)) for c in range(count)]
        if (
            all(len(lines) <= 2 for lines in labels)
            and all(sheet.measure(line, size, "semibold") <= slot - 4 for lines in labels for line in lines)
            and all(sheet.measure(number, size, "semibold") <= room for number in texts)
        ):
            return Fit(slot, bar, size, labels)
    return None


class Columns:
    """The bars of one chart with their words, laid out from the line upwards and drawn when the room is known."""

    def __init__(self, chart: Chart, sheet: Sheet, fitted: Fit) -> None:
        self.chart, self.sheet, self.fit = chart, sheet, fitted
        values = [float(value) for series in chart.series for value in series.values if value is not None]
        high, low = max(*values, 0.0), min(*values, 0.0)
        self.scale = TALL / (high - low or 1.0)
        self.number = fitted.size * (ASCENT + DESCENT)
        self.depth = -low * self.scale + (self.number + LIFT if low < 0 else 0.0)
        self.skyline = Skyline()
        for place in range(len(chart.series)):
            for category in range(len(chart.categories)):
                self.skyline.raise_to(*self._span(place, category), self._rise(place, category) + LIFT + self.number)

    def draw(self, top: float) -> float:
        """Draws everything below `top` and gives where it ends."""
        names = self._place_names()
        callout = self._place_callout()
        line = top + self.skyline.top
        for place in range(len(self.chart.series)):
            for category in range(len(self.chart.categories)):
                self._draw_column(place, category, line)
        for x, height, words, tone, align in (*names, *callout):
            weight = "semibold" if tone == self.sheet.theme.accent else "regular"
            self.sheet.words(x, line - height, words, size=self.sheet.text, weight=weight, colour=tone, align=align)
        self.sheet.stroke([(0, line), (self.sheet.width, line)], self.sheet.theme.grey, 0.8)
        return self._draw_labels(line + self.depth + 5)

    def _span(self, place: int, category: int) -> tuple[float, float]:
        """Left and right edge of a bar."""
        middle = (category + 0.5) * self.fit.slot
        left = middle + (place - len(self.chart.series) / 2) * self.fit.bar
        return left, left + self.fit.bar

    def _value(self, place: int, category: int) -> Decimal | None:
        return self.chart.series[order(self.chart)[place]].values[category]

    def _rise(self, place: int, category: int) -> float:
        """How high a bar stands over the line."""
        return max(float(self._value(place, category) or 0), 0.0) * self.scale

    def _draw_column(self, place: int, category: int, line: float) -> None:
        sheet, series = self.sheet, order(self.chart)[place]
        left, right = self._span(place, category)
        slit = 0.5 if len(self.chart.series) > 1 else 0.0
        value = self._value(place, category)
        words = text(self.chart, series, category)
        if value:
            end = line - float(value) * self.scale
            box = _box(left + slit, min(line, end), right - slit, max(line, end))
            sheet.bar(box, colour(self.chart, sheet, series, category), f"{self.chart.categories[category]}: {words}")
        below = value is not None and value < 0
        foot = line - self._rise(place, category) - LIFT - self.fit.size * 0.06
        if below and value is not None:
            foot = line - float(value) * self.scale + LIFT + self.fit.size * ASCENT
        weight = "semibold" if category in emphasised(self.chart) else "regular"
        tone = sheet.theme.muted if value is None else sheet.theme.ink
        sheet.words((left + right) / 2, foot, words, size=self.fit.size, weight=weight, colour=tone, align="center")
