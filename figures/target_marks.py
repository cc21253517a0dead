"""The marks of a chart of targets and the key that says what they mean: shapes differ, never the colour alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from figures.chart import Aim, Chart
from figures.lettering import ASCENT, CAP_HEIGHT
from figures.say import known, say
from figures.sheet import Box, Sheet
from figures.targets import MEANING

Mark = Callable[[Sheet, float, float], None]
DOT, RING, RIM = 4.3, 5.4, 1.2
DIAMOND, ARROW, BAND = 5.6, 5.4, 15.0
HALF_KEY, AIR = 8.0, 14.0
"""Points: radius of a dot and a ring, the ring's rim; half a diamond, half an arrow, height of the shading; in the key
half the room of a mark, and the air between entries."""


def colour(sheet: Sheet, met: bool | None) -> str:
    """Blue at the target, rust where it is not met, grey where it is not judged."""
    return sheet.theme.muted if met is None else sheet.theme.accent if met else sheet.theme.alert


def now(sheet: Sheet, x: float, y: float, met: bool | None, name: str = "") -> None:
    """Draws what is now: a dot, or a diamond where the target is not met."""
    if met is False:
        corners = [(x - DIAMOND, y), (x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND)]
        sheet.patch(corners, colour(sheet, met), name)
    else:
        sheet.dot(x, y, DOT, colour(sheet, met), name)


def baseline(sheet: Sheet, x: float, y: float, name: str = "") -> None:
    """Draws the baseline: a ring, wide enough to be seen around what is now."""
    sheet.dot(x, y, RING, sheet.theme.grey, name)
    sheet.dot(x, y, RING - RIM, sheet.theme.paper)


def arrow(sheet: Sheet, x: float, y: float, side: int, fill: str, name: str = "") -> None:
    """Draws the sign of a number beyond the scale, to the left (-1) or to the right (1)."""
    back = x - side * ARROW
    sheet.patch([(back, y - ARROW), (x + side * ARROW, y), (back, y + ARROW)], fill, name)


def shade(sheet: Sheet, x: float, y: float) -> None:
    """Draws a piece of the shading of the good side."""
    sheet.bar(Box(x - HALF_KEY, y - HALF_KEY / 2, x + HALF_KEY, y + HALF_KEY / 2), sheet.theme.tint)


def key(chart: Chart, sheet: Sheet, top: float, aims: Sequence[Aim]) -> float:
    """Draws what the marks mean, as many entries on a line as there is room for, and gives where the key ends."""
    x, y, low = 0.0, top, top
    start = 2 * HALF_KEY + 4
    for mark, text in _entries(chart, aims):
        lines = sheet.wrap(text, sheet.width - start, sheet.small)
        wide = start + max(sheet.measure(line, sheet.small) for line in lines)
        if x and x + wide > sheet.width:
            x, y = 0.0, low + 3
        line = y + sheet.small * ASCENT
        mark(sheet, x + HALF_KEY, line - sheet.small * CAP_HEIGHT / 2)
        low = max(low, sheet.block(x + start, line, lines, size=sheet.small, colour=sheet.theme.muted).bottom)
        x += wide + AIR
    return low


def _entries(chart: Chart, aims: Sequence[Aim]) -> Iterator[tuple[Mark, str]]:
    """The marks that the chart has, each with its meaning."""
    own = chart.series[0]
    drawn = {aims[index].met for index, _ in known(own)}
    texts = {met: say(chart, key) if drawn != {None} else "" for met, key in MEANING.items() if met in drawn}
    name = own.name or say(chart, "series-main")
    for met, text in texts.items():
        # The name of the series stands once, before the meanings of its marks.
        yield partial(now, met=met), say(chart, "item", label=name, value=text) if name and text else text or name
        name = ""
    for other in chart.series[1:]:
        if known(other):
            yield baseline, other.name or say(chart, "series-compare")
    if any(aim.good for aim in aims):
        yield shade, say(chart, "good-side")
