"""What a year clock is made of: its face, what is named at the rim, and what comes too often for that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from figures.accent import emphasised
from figures.chart import Chart, Round, Time
from figures.year_clock import MOST_NAMED

MONTHS = 12


class Face(NamedTuple):
    """The face: its middle and the outer radius, in points. The year begins at the top, as on a clock."""

    x: float
    y: float
    radius: float

    def spot(self, at: float, radius: float) -> tuple[float, float]:
        """A point at a time of the year, in months since it began, and at a distance from the middle."""
        turn = 2 * math.pi * at / MONTHS
        return self.x + radius * math.sin(turn), self.y - radius * math.cos(turn)


class Named(NamedTuple):
    """A time that is named at the rim, what comes then, and whether it carries the accent."""

    time: Time
    labels: tuple[str, ...]
    strong: bool


class Listed(NamedTuple):
    """What the key names: how often it comes in words, what, when (nothing: at no time of its own), the accent."""

    said: str
    labels: tuple[str, ...]
    times: tuple[Time, ...]
    strong: bool


def named(chart: Chart, rounds: Sequence[Round]) -> list[Named]:
    """What comes seldom, by time; what comes at the same time stands together."""
    marked = emphasised(chart)
    found: dict[Time, list[tuple[str, bool]]] = {}
    for index, one in enumerate(rounds):
        for time in one.times if len(one.times) <= MOST_NAMED else ():
            found.setdefault(time, []).append((chart.categories[index], index in marked or not marked))
    made = [
        Named(time, tuple(label for label, _ in pairs), any(strong for _, strong in pairs))
        for time, pairs in found.items()
    ]
    return sorted(made, key=lambda one: one.time.at)


def listed(chart: Chart, rounds: Sequence[Round]) -> list[Listed]:
    """What comes often, and what comes at no time of its own; what comes alike stands together, the accent first."""
    marked = emphasised(chart)
    found: dict[tuple[str, tuple[Time, ...], bool], list[str]] = {}
    for index, one in enumerate(rounds):
        if not 1 <= len(one.times) <= MOST_NAMED:
            key = (one.said, one.times, index in marked or not marked)
            found.setdefault(key, []).append(chart.categories[index])
    made = [Listed(said, tuple(labels), times, strong) for (said, times, strong), labels in found.items()]
    return sorted(made, key=lambda one: (not one.times, not one.strong))
