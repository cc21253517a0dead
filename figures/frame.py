"""What surrounds a chart: unit and status at the top edge; title, source and note where the picture stands alone."""

from __future__ import annotations

from figures.chart import Chart
from figures.lettering import ASCENT, DESCENT, LINE
from figures.say import say, unit_printed
from figures.sheet import Sheet

MARGIN = 14.0
"""Of a picture that stands alone, in points; inside a document the page has its own."""

EDGE = 1.5
"""Above the first line of words, in points: a capital with a ring or dots reaches higher than other letters do."""


def head(chart: Chart, sheet: Sheet, standalone: bool) -> float:
    """Draws what stands above the chart and gives where the chart begins."""
    top = _title(chart, sheet) if standalone else EDGE
    unit = "" if unit_printed(chart.unit) else chart.unit
    if not unit and not chart.status:
        return top
    baseline = top + sheet.small * ASCENT
    status = sheet.block(
        sheet.width,
        baseline,
        sheet.wrap(chart.status, sheet.width / 2, sheet.small, "semibold") if chart.status else [],
        size=sheet.small,
        weight="semibold",
        colour=sheet.theme.muted,
        align="right",
    )
    lines = sheet.wrap(unit, status.left - 12, sheet.small) if unit else []
    box = sheet.block(0, baseline, lines, size=sheet.small, colour=sheet.theme.muted)
    return max(box.bottom, status.bottom) + 7


def foot(chart: Chart, sheet: Sheet, bottom: float, standalone: bool) -> float:
    """Draws what stands below the chart and gives where the sheet ends."""
    if not standalone:
        return bottom + 1
    texts = [say(chart, "source", source=chart.source) if chart.source else "", chart.note]
    lines = [line for text in texts if text for line in sheet.wrap(text, sheet.width, sheet.small)]
    if not lines:
        return bottom + 1
    baseline = bottom + 12 + sheet.small * ASCENT
    return sheet.block(0, baseline, lines, size=sheet.small, colour=sheet.theme.muted).bottom + 1


def _title(chart: Chart, sheet: Sheet) -> float:
    size = sheet.text + 3
    lines = sheet.wrap(chart.title, sheet.width, size, "semibold")
    box = sheet.block(0, size * ASCENT, lines, size=size, weight="semibold")
    return box.bottom - size * DESCENT + size * (LINE - 1) + 8
