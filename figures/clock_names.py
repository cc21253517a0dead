"""The names at the rim of a year clock: spread over both sides so that none touch, each with a line to its time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from figures import clock_key
from figures.clock_key import PAUSE
from figures.clock_parts import MONTHS, Face, Named
from figures.lettering import CAP_HEIGHT, LINE
from figures.sheet import Align, Sheet

AIR, REACH, RIM, END = 9.0, 7.0, 3.0, 5.0
"""Points: between two names, how far a line leaves the rim straight, the radius of its dot, and from line to words."""

STEPS = 24
"""Points of a line that are looked at to see whether it keeps clear of the face."""


class Name(NamedTuple):
    """Words ready to be drawn: the time in bold, below it what comes then."""

    of: Named
    labels: tuple[list[str], ...]
    height: float


def sides(sheet: Sheet, found: Sequence[Named], wide: float) -> tuple[list[Name], list[Name]]:
    """The names right and left of the face, each from top to bottom."""
    names = [_name(sheet, one, wide) for one in found]
    right = [name for name in names if name.of.time.at < MONTHS / 2]
    left = [name for name in names if name.of.time.at >= MONTHS / 2]
    return right, left[::-1]


def height(names: Sequence[Name]) -> float:
    """How high some names are below each other."""
    return sum(name.height + AIR for name in names) - AIR


def draw(sheet: Sheet, face: Face, names: Sequence[Name], x: float, low: float, high: float) -> None:
    """Draws the names of one side, the edge towards the face at `x`, between `low` and `high`."""
    right = x > face.x
    for name, top in zip(names, _tops(face, names, low, high), strict=True):
        colour = sheet.theme.accent if name.of.strong else sheet.theme.muted
        rim, elbow = face.spot(name.of.time.at, face.radius), face.spot(name.of.time.at, face.radius + REACH)
        edge, half = x - END if right else x + END, sheet.text * LINE / 2
        joint = min(max(elbow[1], top + half), top + name.height - half)
        sheet.stroke([rim, elbow, *_turn(face, elbow, (edge, joint)), (edge, joint)], sheet.theme.grey, 0.8)
        sheet.stroke([(edge, top + half / 2), (edge, top + name.height - half / 2)], sheet.theme.grey, 0.8)
        sheet.dot(*rim, RIM, colour, name.of.time.when)
        side: Align = "left" if right else "right"
        baseline = top + half + sheet.text * CAP_HEIGHT / 2
        sheet.words(x, baseline, name.of.time.when, weight="semibold", colour=colour, align=side)
        clock_key.labels(sheet, x, baseline, name.labels, side)


def _turn(face: Face, elbow: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Where a line to a name turns once more, level with its elbow beside the face: only if else it ran over that."""
    for part in range(STEPS):
        x, y = ((start * (STEPS - part) + stop * part) / STEPS for start, stop in zip(elbow, end, strict=True))
        if math.dist((face.x, face.y), (x, y)) < face.radius:
            return [(face.x + math.copysign(face.radius + REACH, end[0] - face.x), elbow[1])]
    return []


def _name(sheet: Sheet, one: Named, wide: float) -> Name:
    wrapped = tuple(sheet.wrap(label, wide, sheet.text) for label in one.labels)
    lines = 1 + sum(map(len, wrapped))
    return Name(one, wrapped, lines * sheet.text * LINE + (len(wrapped) - 1) * PAUSE)


def _tops(face: Face, names: Sequence[Name], low: float, high: float) -> list[float]:
    """Where the names begin: each as near its time as the ones beside it allow."""
    tops: list[float] = []
    for name in names:
        wanted = face.spot(name.of.time.at, face.radius + REACH)[1] - name.height / 2
        tops.append(max(wanted, tops[-1] + names[len(tops) - 1].height + AIR if tops else low))
    end = high
    for at in reversed(range(len(tops))):
        tops[at] = min(tops[at], end - names[at].height)
        end = tops[at] - AIR
    return tops
