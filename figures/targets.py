"""Targets against actuals: a row a measure, all on one scale of per cent of the target, the target a line at 100."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.chart import Aim, Chart, Grid
from figures.say import compose, mark, printed, say

if TYPE_CHECKING:
    from figures.sheet import Sheet

MOST_SERIES = 2
"""What is now, in per cent of each row's target, and the baseline on the same scale."""

MEANING: dict[bool | None, str] = {True: "met", False: "missed", None: "open"}
"""The word for a target that is met, is not, or is not judged, by its key in the chart's words."""


def plot(chart: Chart, sheet: Sheet, top: float) -> float:
    """Draws the measures in the order given, from `top` down, and gives where they end.

    Raises ChartError(chart-too-many-categories).
    """
    from figures import target_rows

    return target_rows.plot(chart, sheet, top, aims(chart))


def aims(chart: Chart) -> tuple[Aim, ...]:
    """What is said of each measure; without words of its own, the numbers that are drawn."""
    if chart.aims:
        return chart.aims
    return tuple(
        Aim(now=printed(chart, 0, index), baseline=printed(chart, 1, index) if len(chart.series) > 1 else "")
        for index in range(len(chart.categories))
    )


def alt_text(chart: Chart) -> str:
    """The chart in words: how many are at their target, then each measure, those that are not at theirs first."""
    said = list(zip(chart.categories, aims(chart), strict=True))
    said.sort(key=lambda pair: pair[1].met is not False)
    # A number that is missing is said with its own measure; without series nothing says it twice.
    return compose(chart._replace(series=()), [_gist(chart), *(_summary(chart, name, aim) for name, aim in said)])


def _gist(chart: Chart) -> str:
    """How many measures are at their target, how many are not, and how many are not judged."""
    judged = [aim.met for aim in aims(chart)]
    if judged.count(None) == len(judged):
        return ""
    counts = [(say(chart, key), judged.count(met)) for met, key in MEANING.items()]
    clause = ", ".join(say(chart, "counted", status=status, count=count) for status, count in counts if count)
    return f"{clause[:1].upper()}{clause[1:]}."


def _summary(chart: Chart, name: str, aim: Aim) -> str:
    """A measure with what is now, its target and how it stands."""
    target = say(chart, "aim", target=aim.target) if aim.target else ""
    clause = ", ".join(part for part in (aim.now, target, aim.status) if part)
    return say(chart, "item", label=name, value=clause.rstrip(".")) + "." if clause else ""


def data_table(chart: Chart) -> Grid:
    """The measures with baseline, now, target and status, all as printed: their units differ."""
    names = [say(chart, "series-main"), say(chart, "series-compare")]
    sets = [series.name or name for series, name in zip(chart.series, names, strict=False)]
    heads = (
        chart.category_name or say(chart, "category"),
        *reversed(sets),
        say(chart, "target"),
        say(chart, "standing"),
    )
    rows = tuple(
        tuple((text, None) for text in (name, *_numbers(chart, index, aim), aim.target, aim.status))
        for index, (name, aim) in enumerate(zip(chart.categories, aims(chart), strict=True))
    )
    return Grid(heads, rows, (None,) * len(heads))


def _numbers(chart: Chart, index: int, aim: Aim) -> list[str]:
    """The baseline, where there is a series of them, and what is now; the sign of an unknown one."""
    texts = zip((aim.now, aim.baseline), chart.series, strict=False)
    return [text or mark(series, index) for text, series in texts][::-1]
