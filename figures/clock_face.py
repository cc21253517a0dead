"""The drawing of a year clock: twelve months, rings of what comes often, names at the rim, a key of the rest below."""

from __future__ import annotations

from collections.abc import Sequence

from figures import clock_key, clock_names
from figures.chart import Chart, ChartError, Round
from figures.clock_names import REACH
from figures.clock_parts import MONTHS, Face, Listed, listed, named
from figures.lettering import CAP_HEIGHT
from figures.say import say
from figures.sheet import MOST_HEIGHT_MM, POINTS_PER_MM, Sheet

SIDE, GAP = 0.235, 10.0
"""The part of the width that the names take on either side, and the points between them and the face."""

BAND, HUB, YEAR = 0.27, 0.2, 0.16
"""Parts of the radius: the band of months at least, the middle that no ring enters, the size of the year in it."""

MOST_BAND, EDGE = 0.42, 2.5
"""The part of the radius that the names of months may take, and the points between a name and the band's edge."""

MOST_RINGS, SEAM, STEP = 4, 0.03, 8
"""Rings there is room for, half the gap between two months (in months), points of a month's arc."""


def plot(chart: Chart, sheet: Sheet, top: float, rounds: Sequence[Round]) -> float:
    """Draws face, names and key from `top` down, and gives where they end. Raises chart-too-many-categories."""
    entries = listed(chart, rounds)
    y = _clock(chart, sheet, top, rounds, entries) + GAP if any(one.times for one in rounds) else top
    bottom = clock_key.draw(sheet, y, entries, MOST_RINGS)
    room = MOST_HEIGHT_MM * POINTS_PER_MM - 2 * GAP
    if bottom - top > room:
        raise ChartError("chart-too-many-categories", found=len(rounds), most=int(len(rounds) * room // (bottom - top)))
    return bottom


def _clock(chart: Chart, sheet: Sheet, top: float, rounds: Sequence[Round], entries: Sequence[Listed]) -> float:
    """Draws the face with the names at its rim, and gives where they end."""
    wide = sheet.width * SIDE
    right, left = clock_names.sides(sheet, named(chart, rounds), wide)
    radius = sheet.width / 2 - wide - GAP - REACH
    high = max(2 * (radius + REACH), clock_names.height(right), clock_names.height(left))
    face = Face(sheet.width / 2, top + high / 2, radius)
    inner = _months(chart, sheet, face)
    _rings(sheet, face, inner, [one for one in entries if one.times][:MOST_RINGS])
    size = max(sheet.small, radius * YEAR)
    y = face.y + size * CAP_HEIGHT / 2
    year = chart.series[0].name
    sheet.words(face.x, y, year, size=size, weight="semibold", colour=sheet.theme.accent, align="center")
    clock_names.draw(sheet, face, right, sheet.width - wide, top, top + high)
    clock_names.draw(sheet, face, left, wide, top, top + high)
    return top + high


def _months(chart: Chart, sheet: Sheet, face: Face) -> float:
    """Draws the band of months, with their numbers where the names are too wide, and gives its inner radius."""
    names = [say(chart, f"month-{number}") for number in range(1, MONTHS + 1)]
    widest = max(sheet.measure(name, sheet.small) for name in names) + 2 * EDGE
    if widest > face.radius * MOST_BAND:
        names, widest = [str(number) for number in range(1, MONTHS + 1)], 0.0
    band = max(face.radius * BAND, widest)
    for month, name in enumerate(names):
        arc = [month + SEAM + (1 - 2 * SEAM) * step / STEP for step in range(STEP + 1)]
        outside = [face.spot(at, face.radius) for at in arc]
        inside = [face.spot(at, face.radius - band) for at in reversed(arc)]
        sheet.patch([*outside, *inside], sheet.theme.tint, name)
        x, y = face.spot(month + 0.5, face.radius - band / 2)
        sheet.words(x, y + sheet.small * CAP_HEIGHT / 2, name, size=sheet.small, align="center")
    return face.radius - band


def _rings(sheet: Sheet, face: Face, outer: float, rings: Sequence[Listed]) -> None:
    """Draws a ring for each that comes often, the first one outermost, a mark at each of its times."""
    hub = face.radius * HUB
    for at, ring in enumerate(rings):
        radius = outer - (outer - hub) * (at + 1) / (len(rings) + 1)
        circle = [face.spot(step / STEP, radius) for step in range(MONTHS * STEP + 1)]
        sheet.stroke(circle, sheet.theme.hairline, 0.8)
        for time in ring.times:
            clock_key.mark(sheet, *face.spot(time.at, radius), at, ring.strong, time.when)
