"""Upright bars on one line, each number on its bar; one or two sets side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from figures import legend
from figures.accent import bar_colour, emphasised, series_order, weight
from figures.chart import Chart
from figures.lettering import ASCENT, CAP_HEIGHT, LINE
from figures.say import printed
from figures.sheet import Align, Box, Sheet

TALL = 138.0
MOST_COLUMNS = 20
FILL = 0.76
WIDEST = 54.0
LIFT = 3.5
AIR = 6.0
CLEAR = 14.0
FAR = 40.0
"""Points: height of the bars, widest bar, air over a bar and under a note, room beside a callout, a name gone too far.

FILL is the bars' part of the width.
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """Sizes at which no number or label touches its neighbour.

    The middle of the first group and the step to the next, the width of one bar, the text size, in points; the labels
    in lines.
    """

    first: float
    step: float
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


def fit(chart: Chart, sheet: Sheet) -> Fit | None:
    """The sizes of upright bars, or None where words or numbers would touch."""
    if len(chart.categories) > MOST_COLUMNS:
        return None
    sizes = (sheet.text, sheet.text - 0.75, sheet.text - 1.5)
    tries = (_try(chart, sheet, size, edge) for size in sizes for edge in (True, False))
    return next((fitted for fitted in tries if fitted), None)


def _try(chart: Chart, sheet: Sheet, size: float, to_the_edge: bool) -> Fit | None:
    """These sizes if they work. Bars run to both edges of the sheet where they are many enough to fill it."""
    count, sets = len(chart.categories), len(chart.series)
    step = sheet.width / (count - 1 + FILL if to_the_edge else count)
    group = min(step * FILL, WIDEST * sets)
    if to_the_edge and (count < 2 or group < step * FILL):
        return None
    rooms = [group if to_the_edge and index in {0, count - 1} else step - 4 for index in range(count)]
    labels = []
    for name, room in zip(chart.categories, rooms, strict=True):
        lines = tuple(sheet.wrap(name, room, size, "semibold", split=False))
        if len(lines) > 2 or any(sheet.measure(line, size, "semibold") > room for line in lines):
            return None
        labels.append(lines)
    room = (group if to_the_edge else step - 3) if sets == 1 else group / sets - 1
    numbers = [printed(chart, series, index) for series in range(sets) for index in range(count)]
    if any(sheet.measure(number, size, "semibold") > room for number in numbers):
        return None
    return Fit(group / 2 if to_the_edge else step / 2, step, group / sets, size, tuple(labels))


@dataclass(frozen=True, slots=True)
class Note:
    """A line of text and how high above the line of the bars its own baseline stands."""

    x: float
    height: float
    text: str
    colour: str
    align: Align = "left"


class Columns:
    """The bars of one chart with their words: laid out from the line of the bars upwards, then drawn."""

    def __init__(self, chart: Chart, sheet: Sheet, fitted: Fit) -> None:
        self.chart, self.sheet, self.fit = chart, sheet, fitted
        self.order = series_order(chart)
        values = [float(value) for series in chart.series for value in series.values if value is not None]
        self.low = min(*values, 0.0)
        self.scale = TALL / (max(*values, 0.0) - self.low or 1.0)
        self.places = list(product(range(len(chart.series)), range(len(chart.categories))))
        self.skyline = Skyline()
        for place, category in self.places:
            height = self._rise(place, category) + LIFT + fitted.size * ASCENT
            self.skyline.raise_to(*self._span(place, category), height)

    def draw(self, top: float) -> float:
        """Draws everything below `top` and gives where it ends."""
        names = self._names()
        if names is None:
            top = legend.draw(self.chart, self.sheet, top)
        notes = [*(names or []), *self._callout()]
        line = top + self.skyline.top
        for place, category in self.places:
            self._draw_column(place, category, line)
        for note in notes:
            self.sheet.words(
                note.x,
                line - note.height,
                note.text,
                weight=weight(note.colour == self.sheet.theme.accent),
                colour=note.colour,
                align=note.align,
            )
        self.sheet.stroke([(0, line), (self.sheet.width, line)], self.sheet.theme.grey, 0.8)
        depth = -self.low * self.scale + (2 * LIFT + self.fit.size * ASCENT if self.low < 0 else 0.0)
        return self._labels(line + depth + 5)

    def _middle(self, category: int) -> float:
        return self.fit.first + category * self.fit.step

    def _span(self, place: int, category: int) -> tuple[float, float]:
        """Left and right edge of a bar."""
        left = self._middle(category) + (place - len(self.order) / 2) * self.fit.bar
        return left, left + self.fit.bar

    def _value(self, place: int, category: int) -> Decimal | None:
        return self.chart.series[self.order[place]].values[category]

    def _rise(self, place: int, category: int) -> float:
        """How high a bar stands over the line."""
        return max(float(self._value(place, category) or 0), 0.0) * self.scale

    def _draw_column(self, place: int, category: int, line: float) -> None:
        sheet, value, series = self.sheet, self._value(place, category), self.order[place]
        left, right = self._span(place, category)
        slit = 0.5 if len(self.order) > 1 else 0.0
        words = printed(self.chart, series, category)
        end = line - float(value or 0) * self.scale
        if value:
            box = Box(left + slit, min(line, end), right - slit, max(line, end))
            colour = bar_colour(self.chart, sheet.theme, series, category)
            sheet.bar(box, colour, f"{self.chart.categories[category]}: {words}")
        baseline = end - LIFT if end <= line else end + LIFT + self.fit.size * CAP_HEIGHT
        sheet.words(
            (left + right) / 2,
            baseline,
            words,
            size=self.fit.size,
            weight=weight(category in emphasised(self.chart)),
            colour=sheet.theme.muted if value is None else sheet.theme.ink,
            align="center",
        )

    def _labels(self, top: float) -> float:
        """The names of the categories below the bars."""
        bottom = top
        for category, lines in enumerate(self.fit.labels):
            strong = weight(category in emphasised(self.chart))
            x, y = self._middle(category), top + self.fit.size * ASCENT
            box = self.sheet.block(x, y, lines, size=self.fit.size, weight=strong, align="center")
            bottom = max(bottom, box.bottom)
        return bottom

    def _callout(self) -> list[Note]:
        """The callout over the first emphasised bar, above all that stands beneath its words."""
        sheet, size = self.sheet, self.sheet.text
        if not self.chart.callout:
            return []
        lines = sheet.wrap(self.chart.callout, sheet.width * 0.6, size, "semibold")
        wide = max(sheet.measure(line, size, "semibold") for line in lines)
        left = self._span(0, min(emphasised(self.chart), default=0))[0]
        left = max(min(left, sheet.width - wide), 0.0)
        foot = self.skyline.over(left, left + wide + CLEAR) + AIR
        self.skyline.raise_to(left, left + wide, foot + size * (LINE * (len(lines) - 1) + ASCENT))
        return [
            Note(left, foot + (len(lines) - 1 - number) * size * LINE, line, sheet.theme.accent)
            for number, line in enumerate(lines)
        ]

    def _names(self) -> list[Note] | None:
        """The names of two sets over the pair of bars where they come closest to it; None where they find no place."""
        if len(self.order) < 2:
            return []
        found = [spot for category in range(len(self.chart.categories)) if (spot := self._name_spot(category))]
        gap, foot, category = min(found, default=(math.inf, 0.0, 0))
        if gap > FAR:
            return None
        left, right = self._span(0, category)[1] - 0.5, self._span(1, category)[0] + 0.5
        other, own = (self.chart.series[index].name for index in self.order)
        before, after = (self.sheet.measure(name, self.sheet.text, "semibold") for name in (other, own))
        self.skyline.raise_to(left - before, right + after, foot + self.sheet.text * ASCENT)
        return [
            Note(left - 1.5, foot, other, self.sheet.theme.muted, "right"),
            Note(right + 1.5, foot, own, self.sheet.theme.accent),
        ]

    def _name_spot(self, category: int) -> tuple[float, float, int] | None:
        """How far above a pair of bars the two names would hang, and how high; None where they cannot."""
        before, after = (
            self.sheet.measure(self.chart.series[index].name, self.sheet.text, "semibold") + 1.5 for index in self.order
        )
        left, right = self._span(0, category)[1] - before, self._span(1, category)[0] + after
        unknown = any(self._value(place, category) is None for place in (0, 1))
        if left < 0 or right > self.sheet.width or unknown:
            return None
        foot = self.skyline.over(left, right) + AIR
        return foot - max(self._rise(0, category), self._rise(1, category)), foot, category


def plot(chart: Chart, sheet: Sheet, fitted: Fit, top: float) -> float:
    """Draws the bars below `top` and gives where they end."""
    return Columns(chart, sheet, fitted).draw(top)
