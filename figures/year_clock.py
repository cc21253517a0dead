"""What comes round in a year: a clock of twelve months, what comes seldom at its rim, what comes often in rings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.chart import Chart, Grid, Round
from figures.say import compose, printed, say

if TYPE_CHECKING:
    from figures.sheet import Sheet

MOST_SERIES = 1
"""How many times a year each category comes; the name of the series is the year."""

MOST_NAMED = 4
"""Times a year up to which each is named at the rim; what comes more often has a ring."""


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws the clock from `top` down, and gives where it ends. Raises ChartError(chart-too-many-categories)."""
    from figures import clock_face

    return clock_face.plot(chart, sheet, top, rounds(chart))


def rounds(chart: Chart) -> tuple[Round, ...]:
    """When each category comes; without times of its own, the number that is given."""
    return chart.rounds or tuple(Round(printed(chart, 0, index)) for index in range(len(chart.categories)))


def alt_text(chart: Chart) -> str:
    """The clock in words: what comes, and how often or when; what comes seldom first, since its times can be said."""
    said = sorted(zip(chart.categories, rounds(chart), strict=True), key=lambda pair: len(pair[1].times))
    # A category without a number has words; without series nothing says that it is unknown.
    return compose(
        chart._replace(series=()), [f"{say(chart, 'line', label=name, said=one.said)}." for name, one in said]
    )


def data_table(chart: Chart) -> Grid:
    """What comes, how often, and all its times."""
    heads = (chart.category_name or say(chart, "category"), say(chart, "rhythm"), say(chart, "times"))
    rows = tuple(
        tuple(
            (text, None) for text in (name, one.said, ", ".join(time.when for time in one.times) or say(chart, "none"))
        )
        for name, one in zip(chart.categories, rounds(chart), strict=True)
    )
    return Grid(heads, rows, (None,) * len(heads))
