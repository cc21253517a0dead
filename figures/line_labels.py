"""The words of a line chart: names at the ends of lines, signs of unknown months, and the turning point."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from figures import spots
from figures.accent import emphasised, main_series, weight
from figures.chart import Chart
from figures.lettering import ASCENT, DESCENT, LINE
from figures.lines import Plane, Point
from figures.say import amount, known, mark, say, to_come
from figures.sheet import Box, Sheet

AFTER_LINE = 8.0
PART_GAP = 5.0
FAR = 15.0
LONGEST = 0.26
"""Points: air between a line's end and its label, and between a name and its number; farther words need a leader.

LONGEST is the part of the width that a label may take at the right.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one look in a line of a label."""

    text: str
    weight: str
    colour: str


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of words in their box. `end` is the point they name; words pushed off it get a leader."""

    box: Box
    lines: tuple[tuple[Part, ...], ...]
    centred: bool = False
    end: Point | None = None


@dataclass(frozen=True, slots=True)
class Turning:
    """The month of the chart's own series that is named, and whether it is a high or a low one."""

    index: int
    value: Decimal
    high: bool


def turning_point(chart: Chart) -> Turning | None:
    """The emphasised month, else the lowest or highest: whichever lies further beyond both ends of the year."""
    points = known(chart.series[main_series(chart)])
    values = [value for _, value in points]
    if len(points) < 2 or min(values) == max(values):
        return None
    for index, value in points:
        if index in emphasised(chart):
            return Turning(index, value, value * 2 > min(values) + max(values))
    lowest, highest = (min(points, key=lambda point: (sign * point[1], point[0])) for sign in (1, -1))
    first, last = values[0], values[-1]
    if max(values) - max(first, last) > min(first, last) - min(values):
        return Turning(*highest, high=True)
    return Turning(*lowest, high=False)


def arrange(chart: Chart, sheet: Sheet, top: float) -> tuple[Plane, list[Label], Turning | None]:
    """The plane below `top` and all words on it; a peak gets room over it for its words where that is needed."""
    turning = turning_point(chart)
    plane = Plane(chart, sheet, top, _room(chart, sheet))
    labels = _place(plane, turning)
    if turning and turning.high and labels[-1].box.bottom > plane.y(turning.value):
        lacking = labels[-1].box.bottom - labels[-1].box.top + 10 - (plane.y(turning.value) - plane.box.top)
        raised = Plane(chart, sheet, top, _room(chart, sheet), head=max(lacking, 0.0))
        again = _place(raised, turning)
        if again[-1].box.bottom < raised.y(turning.value):
            return raised, again, turning
    return plane, labels, turning


def _room(chart: Chart, sheet: Sheet) -> tuple[float, float]:
    """The room that the labels at the ends of lines take at the right, one above the other."""
    boxes = [_box(sheet, _name(chart, sheet, index)) for index in range(len(chart.series))]
    return AFTER_LINE + max(wide for wide, _ in boxes), len(boxes) * (max(high for _, high in boxes) + 1)


def _place(plane: Plane, turning: Turning | None) -> list[Label]:
    """All words of the chart where they touch neither a line nor each other, those of the turning point last."""
    labels: list[Label] = []
    for labelled in (_ends, _early_ends, _signs):
        for label in labelled(plane, labels):
            labels.append(label)  # noqa: PERF402 - each one must see those before it
    words = _turning_label(plane, turning, labels)
    return [*labels, words] if words else labels


def draw(plane: Plane, labels: list[Label]) -> None:
    """Draws the labels, with a leader where one stands off what it names."""
    sheet = plane.sheet
    for label in labels:
        others = [other.box for other in labels if other is not label]
        if label.end and not any(spots.covers(box, label.end, label.box) for box in others):
            _leader(sheet, label.box, label.end)
        for number, parts in enumerate(label.lines):
            spare = label.box.right - label.box.left - _wide(sheet, parts)
            x = label.box.left + (spare / 2 if label.centred else 0.0)
            baseline = label.box.top + sheet.text * (ASCENT + number * LINE)
            for part in parts:
                taken = sheet.words(x, baseline, part.text, weight=part.weight, colour=part.colour)
                x = taken.right + PART_GAP


def _leader(sheet: Sheet, box: Box, end: Point) -> None:
    """A thin line from a point to its words, where these are not right beside it."""
    x, y = min(max(end[0], box.left), box.right), min(max(end[1], box.top), box.bottom)
    if box.left > end[0] + 1 and abs((box.top + box.bottom) / 2 - end[1]) > sheet.text / 2:
        sheet.stroke([(end[0] + 2, end[1]), (box.left - 2, (box.top + box.bottom) / 2)], sheet.theme.grey, 0.7)
    elif math.hypot(x - end[0], y - end[1]) > FAR:
        sheet.stroke([(end[0], end[1]), (x, y)], sheet.theme.grey, 0.7)


def _name(chart: Chart, sheet: Sheet, series: int) -> tuple[tuple[Part, ...], ...]:
    """What stands at the end of a line: its name, in lines where it is long, and its last number."""
    points, own = known(chart.series[series]), series == main_series(chart)
    colour, strong = (sheet.theme.accent, "bold") if own else (sheet.theme.muted, "regular")
    limit, name = sheet.width * LONGEST, chart.series[series].name
    lines = [(Part(line, strong, colour),) for line in sheet.wrap(name, limit, sheet.text, strong)] if name else [()]
    if points:
        last = (*lines[-1], Part(amount(chart, points[-1][1]), "regular", colour))
        lines = [*lines[:-1], last] if _wide(sheet, last) <= limit else [*lines, last[-1:]]
    return tuple(lines)


def _wide(sheet: Sheet, parts: tuple[Part, ...]) -> float:
    return sum(sheet.measure(part.text, sheet.text, part.weight) for part in parts) + PART_GAP * max(len(parts) - 1, 0)


def _box(sheet: Sheet, lines: tuple[tuple[Part, ...], ...]) -> tuple[float, float]:
    """Width and height of lines of words."""
    return max(_wide(sheet, parts) for parts in lines), sheet.text * ((len(lines) - 1) * LINE + ASCENT + DESCENT)


def _free(plane: Plane, near: list[Box], labels: list[Label], named: int | None = None) -> Box:
    """The first of these places that is free; where none is, the nearest free place on the whole plane.

    Between the end of the series that is `named` there, where one is, and the place no line of another one runs.
    """
    lines = [piece for pieces in plane.pieces for piece in pieces]
    taken = [label.box for label in labels]
    places = chain(near, spots.everywhere(near[0], plane.box))

    def parted(place: Box) -> bool:
        return named is not None and _is_parted(plane, named, place)

    return spots.free_spot(places, plane.box, taken, lines, parted)


def _is_parted(plane: Plane, series: int, place: Box) -> bool:
    """Whether a line of another series runs between the end of one and words about it."""
    others = (piece for index, pieces in enumerate(plane.pieces) if index != series for piece in pieces)
    return any(spots.parts(line, place, plane.end(series)) for line in others)


def _reaching(plane: Plane, last: bool) -> list[int]:
    """The series with a line that does (or does not) reach the last month."""
    count = len(plane.chart.categories)
    ends = {index: points[-1][0] for index, series in enumerate(plane.chart.series) if (points := known(series))}
    return [index for index, month in ends.items() if (month == count - 1) == last]


def _ends(plane: Plane, _labels: list[Label]) -> Iterator[Label]:
    """The names of lines that reach the last month, under each other at their ends."""
    sheet, series = plane.sheet, _reaching(plane, last=True)
    names = [_name(plane.chart, sheet, index) for index in series]
    apart = max((_box(sheet, name)[1] for name in names), default=0.0) + 1
    low, high = plane.box.top + apart / 2, plane.box.bottom - apart / 2
    middles = spots.spread([plane.end(index)[1] for index in series], apart, low, high)
    for index, name, middle in zip(series, names, middles, strict=True):
        (wide, high), end = _box(sheet, name), plane.end(index)
        left = end[0] + AFTER_LINE
        yield Label(Box(left, middle - high / 2, left + wide, middle + high / 2), name, end=end)


def _early_ends(plane: Plane, labels: list[Label]) -> Iterator[Label]:
    """The names of lines that end before the last month, in free places beside their ends."""
    for index in _reaching(plane, last=False):
        name, (x, y) = _name(plane.chart, plane.sheet, index), plane.end(index)
        wide, high = _box(plane.sheet, name)
        beside = Box(x + AFTER_LINE, y - high / 2, x + AFTER_LINE + wide, y + high / 2)
        places = [beside, *spots.around(x, y, wide, high, True)]
        yield Label(_free(plane, places, labels, named=index), name, end=(x, y))


def _signs(plane: Plane, labels: list[Label]) -> Iterator[Label]:
    """The signs of unknown months at the height the line would have there; a month still to come needs none."""
    sheet = plane.sheet
    for number, series in enumerate(plane.chart.series):
        points = dict(known(series))
        colour = sheet.theme.accent if number == plane.main else sheet.theme.muted
        for index, value in enumerate(series.values):
            if value is not None or not points or to_come(plane.chart, series, index):
                continue
            sign = ((Part(mark(series, index), "bold", colour),),)
            x, y, (wide, high) = plane.x(index), plane.y(_between(points, index)), _box(sheet, sign)
            here = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
            yield Label(_free(plane, [here, *spots.around(x, y, wide, high, True)], labels), sign)


def _between(points: dict[int, Decimal], index: int) -> Decimal:
    """The number on the straight line between the known months on both sides; at an end, the nearest one."""
    before = max((known for known in points if known < index), default=min(points))
    after = min((known for known in points if known > index), default=max(points))
    if before >= after:
        return points[before]
    return points[before] + (points[after] - points[before]) * (index - before) / (after - before)


def _turning_label(plane: Plane, turning: Turning | None, labels: list[Label]) -> Label | None:
    """The callout at the turning point; without a callout, the month, its number and what it is."""
    chart, sheet = plane.chart, plane.sheet
    texts = [chart.callout] if chart.callout else _turning_words(chart, turning)
    if not texts:
        return None
    strong = weight(bool(chart.callout))
    lines = [line for text in texts for line in sheet.wrap(text, sheet.width * 0.3, sheet.text, strong)]
    parts = tuple((Part(line, strong, sheet.theme.accent if chart.callout else sheet.theme.ink),) for line in lines)
    wide, high = _box(sheet, parts)
    pieces = plane.pieces[plane.main] or [[(plane.left, plane.top)]]
    x, y = (plane.x(turning.index), plane.y(turning.value)) if turning else pieces[0][0]
    near = list(spots.around(x, y, wide, high, bool(turning and turning.high)))
    if (x, y) == pieces[-1][-1]:  # where the line ends its name stands, too, and on the same side of other lines
        near.sort(key=lambda place: _is_parted(plane, plane.main, place))
    box = _free(plane, near, labels)
    return Label(box, parts, centred=True, end=(x, y))


def _turning_words(chart: Chart, turning: Turning | None) -> list[str]:
    """The month and its number; what they are only where nothing unknown could be lower or higher."""
    if turning is None:
        return []
    values = chart.series[main_series(chart)].values
    found = [value for value in values if value is not None]
    extreme, from_the_start = (max if turning.high else min)(found), None not in values[: len(found)]
    key = "point"
    if len(values) == 12 and turning.value == extreme and from_the_start:
        key = ("highest" if turning.high else "lowest") + ("-of-year" if len(found) == 12 else "-point")
    words = say(chart, key, category=chart.categories[turning.index], value=amount(chart, turning.value))
    return words.split("\n")
