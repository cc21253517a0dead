"""Charts that PowerPoint draws itself, with their numbers in a workbook inside: lines, bars and columns."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reports.write.pptx_deck import Line, Plot
from reports.write.pptx_master import Frame

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.enum.dml import MSO_THEME_COLOR

# How a format asks for the marks of a language, where the program heeds it.
LOCALES = {"fi": "[$-40B]", "sv": "[$-81D]", "en": "[$-809]"}
LETTER = 0.55  # of the size of a text, a letter of a line's name
FEW = 3  # categories, whose bars are kept from being broad
MOST_STEPS = 5  # of the axis of numbers
LEFT = 0.08  # of the width, for the numbers of the axis
NEAR = 0.07  # of the height: names of lines that end nearer each other stand apart


def put_chart(placeholder: Any, plot: Plot, frame: Frame, alt: str, name: str) -> None:
    """A native chart in place of a frame, its text as large as the frame's, with what it says in words."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data = CategoryChartData(number_format=number_format(plot, plot.decimals))
    upright = plot.kind == "bars"
    order = slice(None, None, -1) if upright else slice(None)  # bars are drawn from below
    data.categories = plot.categories[order]
    for line in plot.series[order]:
        data.add_series(line.name, [None if one is None else float(one) for one in line.values[order]])
    kinds = {
        "lines": XL_CHART_TYPE.LINE,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    }
    made = placeholder.insert_chart(kinds[plot.kind], data)
    described = made._element.nvGraphicFramePr.cNvPr
    described.set("descr", alt)
    described.set("name", name)
    chart, points = made.chart, frame.levels[0].size
    _plain(chart, points)
    if plot.kind == "lines":
        _lines(chart, plot, frame)
    else:
        _bars(chart, plot, points)
    for axis in chart._chartSpace.iter("{*}axId", "{*}crossAx"):
        axis.set("val", axis.get("val", "").lstrip("-"))  # python-pptx numbers some below nought, which is not allowed


def number_format(plot: Plot, decimals: int) -> str:
    """How the numbers of a chart are written: with the marks of the document's language, and a symbol of one sign.

    A longer unit stands in the words under the chart.
    """
    gap = plot.thousands
    locale = LOCALES.get(plot.language, "")
    small = (
        f"0{'.' + '0' * decimals if decimals else ''}{_quoted(plot.symbol) if len(plot.symbol.strip()) == 1 else ''}"
    )
    if gap == ",":  # what a format calls the separator of thousands
        return f"{locale}#,##{small}"
    large, million = (f"{start}{_quoted(gap)}##{small}" for start in ("#", f"#{_quoted(gap)}###"))
    return f"{locale}[>=1000000]{million};{locale}[>=1000]{large};{locale}{small}"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _plain(chart: Chart, points: float) -> None:
    """Nothing that can go: no title, legend or frame; the text in the theme's colour."""
    from pptx.enum.dml import MSO_THEME_COLOR as COLOUR
    from pptx.util import Pt

    chart.has_title = False
    chart.has_legend = False
    chart.font.size = Pt(points)
    chart.font.color.theme_color = COLOUR.TEXT_1
    axis = chart.category_axis
    axis.format.line.color.theme_color = COLOUR.ACCENT_3
    axis.has_major_gridlines = False
    axis.major_tick_mark = _no_ticks()


def _lines(chart: Chart, plot: Plot, frame: Frame) -> None:
    """The first line stands out; each is named at its end instead of in a legend."""
    from pptx.enum.dml import MSO_LINE
    from pptx.enum.dml import MSO_THEME_COLOR as COLOUR
    from pptx.util import Pt

    axis = chart.value_axis
    axis.major_gridlines.format.line.color.theme_color = COLOUR.ACCENT_5
    axis.format.line.fill.background()
    axis.major_tick_mark = _no_ticks()
    known = [one for line in plot.series for one in line.values if one is not None]
    if known and min(known) >= 0:
        axis.minimum_scale = 0
        step = _step(max(known))
        axis.major_unit = float(step)
        decimals = max(0, -int(step.normalize().as_tuple().exponent))
        axis.tick_labels.number_format = number_format(plot, decimals)
        axis.tick_labels.number_format_is_linked = False
    dash = MSO_LINE.SQUARE_DOT
    looks = [(COLOUR.ACCENT_1, 3.25, None), (COLOUR.ACCENT_2, 2.25, None), (COLOUR.ACCENT_3, 1.75, dash)]
    points, sides = frame.levels[0].size, _sides(plot)
    for at, (series, line) in enumerate(zip(chart.plots[0].series, plot.series, strict=True)):
        colour, width, style = looks[at % len(looks)]
        series.smooth = False
        series.format.line.color.theme_color = colour
        series.format.line.width = Pt(width)
        series.format.line.dash_style = style
        series.marker.style = _no_marker()
        _name_end(series, line, sides[at], points, strong=at == 0)
    longest = max(len(line.name) for line in plot.series) + len(f"{max(known, default=0):.{plot.decimals}f}") + 3
    _inner(chart, 1 - longest * points * LETTER / frame.width)


def _step(highest: Decimal) -> Decimal:
    """Between two lines of the axis: one, two or five of a power of ten, so that there are few lines."""
    step = Decimal(1).scaleb(highest.adjusted() - 1) if highest else Decimal(1)
    while highest / step > MOST_STEPS:
        step *= Decimal("2.5") if str(step.normalize().as_tuple().digits[0]) == "2" else 2
    return step


def _sides(plot: Plot) -> list[Any]:
    """On which side of its end each line is named: beside it; over and under it where two end near each other."""
    from pptx.enum.chart import XL_LABEL_POSITION as SIDE

    ends = [(_end(line), at) for at, line in enumerate(plot.series)]
    highest = max((one for line in plot.series for one in line.values if one is not None), default=Decimal(1))
    sides = [SIDE.RIGHT] * len(ends)
    ranked = sorted((end for end in ends if end[0] is not None), key=lambda end: end[0] or 0)
    for (low, under), (high, over) in pairwise(ranked):
        same = _last(plot.series[under]) == _last(plot.series[over])
        if same and low is not None and high is not None and high - low < Decimal(str(NEAR)) * highest:
            sides[under], sides[over] = SIDE.BELOW, SIDE.ABOVE
    return sides


def _last(line: Line) -> int:
    return max((at for at, one in enumerate(line.values) if one is not None), default=-1)


def _end(line: Line) -> Decimal | None:
    return line.values[_last(line)] if _last(line) >= 0 else None


def _name_end(series: Any, line: Line, side: Any, points: float, strong: bool) -> None:
    """The name of a line with its last number, at its end."""
    from pptx.util import Pt

    if _last(line) < 0:
        return
    label = series.points[_last(line)].data_label
    label.position = side
    label.font.bold = strong
    label.font.size = Pt(points)
    label._get_or_add_txPr().bodyPr.set("wrap", "none")
    shown = label._dLbl
    for tag, value in (("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 1)):
        element = shown.find(f"{{*}}{tag}")
        element.set("val", str(value))
    separator = shown.makeelement(shown.tag.replace("dLbl", "separator"), {})
    separator.text = ": "
    shown.append(separator)


def _bars(chart: Chart, plot: Plot, points: float) -> None:
    """Each bar with its number instead of an axis; what is emphasised in the accent colour, the rest pale."""
    from pptx.enum.chart import XL_LABEL_POSITION as SIDE
    from pptx.enum.dml import MSO_THEME_COLOR as COLOUR
    from pptx.util import Pt

    axis = chart.value_axis
    axis.visible = False
    axis.has_major_gridlines = False
    known = [one for line in plot.series for one in line.values if one is not None]
    if known and min(known) >= 0:
        axis.minimum_scale = 0
    drawn = chart.plots[0]
    drawn.gap_width = 55 if len(plot.categories) > FEW else 110
    drawn.has_data_labels = True
    labels = drawn.data_labels
    labels.number_format, labels.number_format_is_linked = number_format(plot, plot.decimals), False
    labels.position = SIDE.OUTSIDE_END
    labels.show_value = True
    labels.font.size = Pt(points)
    alone = len(plot.series) == 1
    names = plot.categories[::-1] if plot.kind == "bars" else plot.categories
    for at, series in enumerate(drawn.series):
        first = len(plot.series) - 1 if plot.kind == "bars" else 0
        main = at == first and not (alone and plot.emphasis)
        _fill(series.format, COLOUR.ACCENT_1 if main else COLOUR.ACCENT_2)
        series.invert_if_negative = False
        for number, name in enumerate(names):
            if alone and name in plot.emphasis:
                _fill(series.points[number].format, COLOUR.ACCENT_1)
    chart.has_legend = not alone
    if not alone:
        chart.legend.include_in_layout = False


def _fill(shown: Any, colour: MSO_THEME_COLOR) -> None:
    shown.fill.solid()
    shown.fill.fore_color.theme_color = colour


def _inner(chart: Chart, width: float) -> None:
    """The lines leave room on the right for their names."""
    area = chart._chartSpace.chart.plotArea
    layout = area.find("{*}layout")
    space = area.tag.replace("plotArea", "")
    if layout is None:
        layout = area.makeelement(f"{space}layout", {})
        area.insert(0, layout)
    manual = layout.makeelement(f"{space}manualLayout", {})
    layout.append(manual)
    for tag, value in (
        ("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"),
        ("x", str(LEFT)), ("y", "0.04"), ("w", f"{width - LEFT:.3f}"), ("h", "0.85"),
    ):  # fmt: skip
        manual.append(manual.makeelement(f"{space}{tag}", {"val": value}))


def _no_ticks() -> Any:
    from pptx.enum.chart import XL_TICK_MARK

    return XL_TICK_MARK.NONE


def _no_marker() -> Any:
    from pptx.enum.chart import XL_MARKER_STYLE

    return XL_MARKER_STYLE.NONE
