"""Room for words: labels spread so that none touch, and free places beside lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from figures.sheet import Box

Line = Sequence[tuple[float, float]]
CLEAR = 3.0
STEP = 9.0
"""Points: air kept between words and a line, and from one place looked at to the next."""


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least `gap` apart, as near the wanted ones as can be, within low and high while there is room."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    groups: list[list[float]] = []  # each the wanted places of labels that stand gap by gap, as if from the first one
    for rank, index in enumerate(order):
        groups.append([wanted[index] - rank * gap])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    bottom = high - gap * (len(order) - 1)
    starts = [max(low, min(_mean(group), bottom)) for group in groups for _ in group]
    places = [0.0] * len(order)
    for rank, index in enumerate(order):
        places[index] = starts[rank] + rank * gap
    return places


def crosses(box: Box, line: Line) -> bool:
    """Whether a line that runs from left to right comes into a box or within a hair of it."""
    for (x0, y0), (x1, y1) in pairwise(line):
        left, right = max(box.left - CLEAR, x0), min(box.right + CLEAR, x1)
        if left > right:
            continue
        ends = [y0 + (y1 - y0) * (x - x0) / (x1 - x0) if x1 > x0 else y0 for x in (left, right)]
        if min(ends) < box.bottom + CLEAR and max(ends) > box.top - CLEAR:
            return True
    return False


def parts(line: Line, box: Box, point: tuple[float, float]) -> bool:
    """Whether a line that runs from left to right passes between a point and words that stand off it.

    A line that touches the point parts nothing: the words are as near to either.
    """
    (x, y), (to_x, to_y) = point, _nearest(box, point)
    for (x0, y0), (x1, y1) in pairwise(line):
        turn = (to_x - x) * (y1 - y0) - (to_y - y) * (x1 - x0)
        if not turn:  # in the same direction
            continue
        way = ((x0 - x) * (y1 - y0) - (y0 - y) * (x1 - x0)) / turn
        along = ((x0 - x) * (to_y - y) - (y0 - y) * (to_x - x)) / turn
        if 0 <= along <= 1 and way <= 1 and way * math.dist((x, y), (to_x, to_y)) > CLEAR / 2:
            return True
    return False


def covers(box: Box, point: tuple[float, float], words: Box) -> bool:
    """Whether a box stands in the way from a point to words: sooner or later a part of the way is in it."""
    (x, y), (to_x, to_y) = point, _nearest(words, point)
    way = ((x + (to_x - x) * part / 20, y + (to_y - y) * part / 20) for part in range(21))
    return any(box.left < at < box.right and box.top < height < box.bottom for at, height in way)


def _nearest(box: Box, point: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    return min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)


def around(x: float, y: float, wide: float, high: float, upwards: bool) -> Iterable[Box]:
    """Boxes of this size around a point, the best first: near, centred, on the side that is asked for."""
    for away in (9.0, 14.0, 20.0, 28.0, 38.0, 50.0):
        for up in (upwards, not upwards):
            for shift in (0.0, -0.5, 0.5, -0.75, 0.75):
                left = x - wide / 2 + shift * wide
                top = y - away - high if up else y + away
                yield Box(left, top, left + wide, top + high)
    for left in (x + 9.0, x - 9.0 - wide):
        yield Box(left, y - high / 2, left + wide, y + high / 2)


def everywhere(box: Box, sheet: Box) -> Iterator[Box]:
    """Boxes of this size all over the sheet, those nearest to the given one first; worked out when they are needed."""
    wide, high = box.right - box.left, box.bottom - box.top
    columns, rows = (
        int((sheet.right - sheet.left - wide) // STEP) + 1,
        int((sheet.bottom - sheet.top - high) // STEP) + 1,
    )
    corners = [(sheet.left + c * STEP, sheet.top + r * STEP) for c in range(columns) for r in range(rows)]
    corners.sort(key=lambda corner: (math.dist(corner, (box.left, box.top)), corner))
    yield from (Box(left, top, left + wide, top + high) for left, top in corners)


def free_spot(
    spots: Iterable[Box],
    sheet: Box,
    boxes: Sequence[Box],
    lines: Sequence[Line],
    parted: Callable[[Box], bool] = lambda _: False,
) -> Box:
    """The first spot inside `sheet` that touches nothing; where there is none, the one that touches least.

    Words that are `parted` from what they name by a line of something else would be read as that one's, which is worse
    than to touch a line.
    """
    best: tuple[int, Box] | None = None
    for spot in spots:
        outside = (
            spot.left < sheet.left or spot.right > sheet.right or spot.top < sheet.top or spot.bottom > sheet.bottom
        )
        hits = 100 * outside + 10 * sum(spot.meets(box) for box in boxes) + sum(crosses(spot, line) for line in lines)
        hits += 5 * parted(spot)
        if not hits:
            return spot
        if best is None or hits < best[0]:
            best = hits, spot
    if best is None:
        raise ValueError("no spots")
    return best[1]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
