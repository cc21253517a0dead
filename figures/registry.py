"""From a chart to its picture, its words and its table: the way in, and one line for each kind of chart.

Words and tables are needed in every build, pictures seldom: what lays out and draws is imported when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from figures import age_distribution, euros, shares, targets, trend, year_clock
from figures.chart import Chart, ChartError, Drawing, Grid

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from figures.sheet import Sheet
    from figures.theme import Theme


class Kind(Protocol):
    """What a module that draws one kind of chart has."""

    MOST_SERIES: int

    def plot(self, chart: Chart, sheet: Sheet, top: float) -> float:
        """Lays the chart on the sheet below `top`; gives where it ends, all in points."""

    def alt_text(self, chart: Chart) -> str:
        """The chart in words, under 500 characters."""

    def data_table(self, chart: Chart) -> Grid:
        """The chart's numbers."""


KINDS: dict[str, Kind] = {
    "age-distribution": age_distribution,
    "shares": shares,
    "trend": trend,
    "euros": euros,
    "targets": targets,
    "year-clock": year_clock,
}

TYPESET = frozenset({"year-clock", "trend"})
"""Kinds that typst draws: a plan, a calendar and a page for the public have no other picture, and wait for nothing else
as long as they would for matplotlib to start."""


NARROW = 90.0
"""Millimetres: on a telephone, whose screen is hardly wider, letters keep nearly their size."""


def draw(chart: Chart, theme: Theme, standalone: bool = False) -> Drawing:
    """The chart as SVG, `theme.chart_width` millimetres wide and as high as it needs.

    `standalone` adds title, source and note for a picture that leaves the document, and a description for screen
    readers. Raises ChartError: chart-empty, chart-kind-unknown, chart-too-many-series, chart-too-many-categories,
    chart-uneven, chart-number-bad, chart-emphasis-unknown, chart-letter-missing, chart-words-missing.
    """
    from figures import save

    key = repr((chart, theme, standalone))
    title, words = (chart.title, alt_text(chart)) if standalone else ("", "")
    if chart.kind in TYPESET:
        from figures import typeset

        sheet = lay_out(chart, theme, standalone)
        picture = save.clean(typeset.drawn(sheet, filled=standalone), sheet.size_mm, key, title, words)
        return Drawing(picture, *sheet.size_mm)
    from figures.lettering import plain_matplotlib

    with plain_matplotlib():
        sheet = lay_out(chart, theme, standalone)
        picture = save.svg(sheet.figure(filled=standalone), key, title, words)
    return Drawing(picture, *sheet.size_mm)


def warm_up(matplotlib: bool) -> None:
    """Imports all that drawing needs, for a process that waits for its first chart; `matplotlib` only where it will."""
    names = ["typst", "figures.save", "figures.frame", "figures.clock_face", "figures.typeset"]
    if matplotlib:
        names += ["matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.textpath"]
        names += [f"figures.{name}" for name in ("columns", "line_labels", "pairs", "target_rows")]
    for name in names:
        import_module(name)


def figure(chart: Chart, theme: Theme, standalone: bool = False) -> Figure:
    """The chart as a matplotlib figure, each bar and line labelled with the number or series it stands for."""
    from figures.lettering import plain_matplotlib

    with plain_matplotlib():
        return lay_out(chart, theme, standalone).figure(filled=standalone)


def lay_out(chart: Chart, theme: Theme, standalone: bool = False) -> Sheet:
    """The sheet with everything on it and its height; called within `plain_matplotlib`."""
    from figures import frame, lettering, typeset
    from figures.sheet import Sheet

    kind = _checked(chart)
    theme = replace(theme, chart_width=NARROW) if chart.narrow else theme
    widths = typeset.width if chart.kind in TYPESET else lettering.width
    sheet = Sheet(theme, frame.MARGIN if standalone else 0.0, widths)
    bottom = kind.plot(chart, sheet, frame.head(chart, sheet, standalone))
    sheet.height = frame.foot(chart, sheet, bottom, standalone)
    return sheet


def alt_text(chart: Chart) -> str:
    """The chart in words, under 500 characters: kind, title, extremes, total or direction, status."""
    return _checked(chart).alt_text(chart)


def data_table(chart: Chart) -> Grid:
    """The chart's numbers as a table; unknown ones show their sign."""
    return _checked(chart).data_table(chart)


def _checked(chart: Chart) -> Kind:
    """The chart's kind, when the chart can be drawn."""
    if chart.kind not in KINDS:
        raise ChartError("chart-kind-unknown", found=chart.kind, known=", ".join(KINDS))
    kind = KINDS[chart.kind]
    _check_numbers(chart)
    if len(chart.series) > kind.MOST_SERIES:
        raise ChartError("chart-too-many-series", found=len(chart.series), most=kind.MOST_SERIES)
    names = (*chart.categories, *(series.name for series in chart.series))
    for found in chart.emphasis:
        if found not in names:
            raise ChartError("chart-emphasis-unknown", found=found, known=_listed(names))
    return kind


def _check_numbers(chart: Chart) -> None:
    for series in chart.series:
        if len(series.values) != len(chart.categories):
            found, wanted = len(series.values), len(chart.categories)
            raise ChartError("chart-uneven", series=series.name, found=found, wanted=wanted)
        for name, value in zip(chart.categories, series.values, strict=True):
            if isinstance(value, Decimal) and not value.is_finite():
                raise ChartError("chart-number-bad", category=name, found=str(value))
    if all(value is None for series in chart.series for value in series.values):
        raise ChartError("chart-empty", title=chart.title)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
