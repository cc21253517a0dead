"""Lines over a number axis: where months and numbers stand, and the drawing of axis and lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from figures.accent import main_series
from figures.axis import axis_for
from figures.chart import Chart, Series
from figures.lettering import ASCENT, CAP_HEIGHT, DESCENT
from figures.say import known, say
from figures.sheet import Box, Sheet

TALL = 142.0
THICK, THIN = 2.6, 1.8
DOT = 3.2
"""Points: height of the axis, lines of the chart's own and other series, radius of a dot."""

DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.0), (1.5, 1.5))
"""Of the series compared with, the nearest first: colour is not all that tells them apart."""

Point = tuple[float, float]


class Plane:
    """The plane of one chart: from months and numbers to points on the sheet.

    `room` is what labels need after the last month, wide and high; `head` is kept over the axis for words at a peak.
    """

    def __init__(self, chart: Chart, sheet: Sheet, top: float, room: tuple[float, float], head: float = 0.0) -> None:
        self.chart, self.sheet = chart, sheet
        wide, high = room
        self.tall = max(TALL, high)
        self.main = main_series(chart)
        self.axis = axis_for([value for series in chart.series for _, value in known(series)], chart.decimals)
        self.edge = top
        self.top = top + head + sheet.small / 2
        self.foot = self.top + self.tall
        self.left = max(sheet.measure(self._tick(value), sheet.small) for value in self.axis.ticks) + 7
        count = len(chart.categories)
        self.step = (sheet.width - wide - self.left) / max(count - 0.5, 1.0)
        self.right = min(self.left + count * self.step, sheet.width)
        self.pieces = [self._pieces(series) for series in chart.series]

    def x(self, index: int) -> float:
        """The place of a month."""
        return self.left + (index + 0.5) * self.step

    def y(self, value: Decimal) -> float:
        """The place of a number."""
        return self.foot - self.axis.part(value) * self.tall

    def end(self, series: int) -> Point:
        """Where a line ends."""
        return self.pieces[series][-1][-1]

    @property
    def box(self) -> Box:
        """Where words beside the lines may stand: between the axis numbers and the edges, above the line of months."""
        return Box(self.left, self.edge, self.sheet.width, self.foot - 2)

    def colour(self, series: int) -> str:
        """The accent for the chart's own line, grey for the others."""
        return self.sheet.theme.accent if series == self.main else self.sheet.theme.grey

    def draw_axis(self, words: Sequence[Box]) -> None:
        """The axis numbers and their hairlines, which stop short of any words in their way."""
        sheet, theme = self.sheet, self.sheet.theme
        for value in self.axis.ticks:
            y = self.y(value)
            middle = y + sheet.small * CAP_HEIGHT / 2
            sheet.words(self.left - 7, middle, self._tick(value), size=sheet.small, colour=theme.muted, align="right")
            if value == self.axis.low:
                sheet.stroke([(self.left, y), (self.right, y)], theme.grey, 0.8)
            else:
                crossed = [box for box in words if box.top - 1 < y < box.bottom + 1]
                for start, stop in _gaps(self.left, self.right, crossed):
                    sheet.stroke([(start, y), (stop, y)], theme.hairline, 0.6)
        if self.axis.low < 0 < self.axis.high:
            sheet.stroke([(self.left, self.y(Decimal(0))), (self.right, self.y(Decimal(0)))], theme.grey, 0.8)

    def draw_lines(self, named: int | None) -> None:
        """The lines, the chart's own on top; a month alone between unknown ones is a dot, and so is the `named` one."""
        others = [index for index in range(len(self.chart.series)) if index != self.main]
        for place, series in [*reversed(list(enumerate(others))), (0, self.main)]:
            own, name = series == self.main, self.chart.series[series].name
            for piece in self.pieces[series]:
                if len(piece) == 1:
                    self.sheet.dot(*piece[0], DOT if own else DOT - 0.8, self.colour(series), name)
                else:
                    dashes = () if own else DASHES[place]
                    self.sheet.stroke(piece, self.colour(series), THICK if own else THIN, dashes, name)
        value = None if named is None else self.chart.series[self.main].values[named]
        if named is not None and value is not None:
            self.sheet.dot(self.x(named), self.y(value), DOT, self.colour(self.main), self.chart.series[self.main].name)

    def draw_categories(self) -> float:
        """The months below the axis, shortened or thinned out where they would touch; gives where they end."""
        sheet = self.sheet
        names, size, every = self._names()
        baseline = self.foot + 6 + size * ASCENT
        for index in range(0, len(names), every):
            sheet.words(self._middle(index, names[index], size), baseline, names[index], size=size, align="center")
        if self.axis.low <= 0:
            return baseline + size * DESCENT
        notice = say(self.chart, "axis-from", value=self._tick(self.axis.low))
        return sheet.words(0, baseline + size * 1.6, notice, size=size, colour=sheet.theme.muted).bottom

    def _tick(self, value: Decimal) -> str:
        number = self.chart.notation.number(value, self.axis.decimals)
        return number + (self.chart.notation.percent if self.chart.unit == "%" else "")

    def _pieces(self, series: Series) -> list[list[Point]]:
        """The stretches of a line between unknown months."""
        pieces: list[list[Point]] = [[]]
        for index, value in enumerate(series.values):
            if value is not None:
                pieces[-1].append((self.x(index), self.y(value)))
            elif pieces[-1]:
                pieces.append([])
        return [piece for piece in pieces if piece]

    def _middle(self, index: int, name: str, size: float) -> float:
        """Where the name of a month is centred: under its point, but within the sheet."""
        half = self.sheet.measure(name, size) / 2
        return max(half, min(self.x(index), self.sheet.width - half))

    def _names(self) -> tuple[list[str], float, int]:
        """The names in full, else their short forms, else every second or third of them; and the text size."""
        full, size = list(self.chart.categories), self.sheet.small
        short = [self.chart.words.get(f"axis-{name}", name) for name in full]
        for every in range(1, len(full) + 1):
            for names, small in ((full, size), (short, size), (short, size - 0.75)):
                if self._apart(names, small, every):
                    return names, small, every
        return short, size, len(full)

    def _apart(self, names: list[str], size: float, every: int) -> bool:
        """Whether every second or third of the names can stand in a row."""
        halves = [self.sheet.measure(name, size) / 2 for name in names[::every]]
        middles = [self._middle(index, names[index], size) for index in range(0, len(names), every)]
        return all(a + m + 3.5 <= b - n for (a, m), (b, n) in pairwise(zip(middles, halves, strict=True)))


def _gaps(left: float, right: float, boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """What is left of the way from left to right when the boxes, with some air, are taken out."""
    pieces, start = [], left
    for box in sorted(boxes, key=lambda box: box.left):
        if box.left - 4 > start:
            pieces.append((start, min(box.left - 4, right)))
        start = max(start, box.right + 4)
    if start < right:
        pieces.append((start, right))
    return pieces
