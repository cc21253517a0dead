"""The rows of a chart of targets: name, marks on a scale of per cent of the target, numbers and status in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from figures import rows, target_marks
from figures.accent import emphasised, weight
from figures.chart import Aim, Chart, ChartError
from figures.lettering import ASCENT, CAP_HEIGHT, DESCENT, LINE
from figures.say import say
from figures.sheet import MOST_HEIGHT_MM, POINTS_PER_MM, Box, Sheet
from figures.target_marks import BAND

NAME_PART, SAID_PART = 0.3, 0.28
"""Parts of the width for names and for what is said: the same in every chart, so that the target lines of charts in one
document stand below each other."""

TARGET = Decimal(100)
REACHES = tuple(map(Decimal, (10, 25, 50, 100)))
"""How far the scale may reach to both sides of the target; what is farther off is drawn at its edge."""

ROW, AIR, GAP, SEAM = 34.0, 10.0, 14.0, 0.5
"""Points: a row at least, the air between the words of two rows and between columns, and two lines that join."""


class Scale(NamedTuple):
    """From per cent of the target to places across the sheet, between `left` and `right`."""

    left: float
    right: float
    reach: Decimal

    @property
    def middle(self) -> float:
        """Where the target stands."""
        return (self.left + self.right) / 2

    def beyond(self, value: Decimal) -> int:
        """-1 or 1 where a value is off the scale to the left or right, else 0."""
        return 0 if abs(value - TARGET) <= self.reach else -1 if value < TARGET else 1

    def x(self, value: Decimal) -> float:
        """Where a value stands; one off the scale stands at its edge."""
        part = max(min((value - TARGET) / self.reach, Decimal(1)), Decimal(-1))
        return self.middle + float(part) * ((self.right - self.left) / 2 - target_marks.RING)


class Line(NamedTuple):
    """A line of what is said of a measure; `after` follows the text in a lighter look."""

    text: str
    after: str = ""
    weight: str = "semibold"
    colour: str = ""


class Row(NamedTuple):
    """A measure ready to be drawn; `now` and `baseline` are per cents of the target.

    `off` says in words what is off the scale to the left (-1) or right (1).
    """

    label: str
    lines: tuple[str, ...]
    strong: bool
    said: tuple[Line, ...]
    aim: Aim
    now: Decimal | None
    baseline: Decimal | None
    off: tuple[tuple[int, str], ...]

    @property
    def on_the_scale(self) -> bool:
        """Whether the row has anything to do with the scale, or words alone."""
        return bool(self.aim.good) or self.now is not None or self.baseline is not None

    def height(self, size: float) -> float:
        """How high the row is with text of this size."""
        return max(ROW, max(len(self.lines), len(self.said)) * size * LINE + AIR)


def plot(chart: Chart, sheet: Sheet, top: float, aims: Sequence[Aim]) -> float:
    """Draws callout, key and rows from `top` down, and gives where they end. Raises chart-too-many-categories."""
    scale = Scale(sheet.width * NAME_PART + GAP, sheet.width * (1 - SAID_PART) - GAP, reach(chart))
    table = [_row(chart, sheet, scale, index, aim) for index, aim in enumerate(aims)]
    y = target_marks.key(chart, sheet, rows.callout(chart, sheet, top), aims) + AIR + sheet.small * ASCENT
    y = sheet.words(scale.middle, y, say(chart, "target"), size=sheet.small, align="center").bottom
    heights = [row.height(sheet.text) for row in table]
    room = MOST_HEIGHT_MM * POINTS_PER_MM - y - 2 * rows.FOOT
    if sum(heights) > room:
        raise ChartError("chart-too-many-categories", found=len(table), most=int(room // (sum(heights) / len(table))))
    for row, height in zip(table, heights, strict=True):
        _draw(sheet, scale, row, Box(0, y, sheet.width, y + height))
        y += height
    return _ticks(chart, sheet, scale, y)


def reach(chart: Chart) -> Decimal:
    """The smallest reach that holds every value, leaving out those that the widest would not hold."""
    away = [abs(value - TARGET) for series in chart.series for value in series.values if value is not None]
    farthest = max((one for one in away if one <= REACHES[-1]), default=Decimal(0))
    return next(one for one in REACHES if one >= farthest)


def _row(chart: Chart, sheet: Sheet, scale: Scale, index: int, aim: Aim) -> Row:
    strong = index in emphasised(chart)
    now, baseline = ([series.values[index] for series in chart.series] + [None])[:2]
    label = chart.categories[index]
    lines = tuple(sheet.wrap(label, scale.left - GAP, sheet.text, weight(strong)))
    said = tuple(_said(chart, sheet, aim, sheet.width - scale.right - GAP))
    off = tuple((side, text) for side in (-1, 1) if (text := _off(chart, sheet, scale, side, (baseline, now))))
    return Row(label, lines, strong, said, aim, now, baseline, off)


def _said(chart: Chart, sheet: Sheet, aim: Aim, room: float) -> list[Line]:
    """`2 621 / alle 2 900` on one line where there is room, and the status below."""
    size, muted = sheet.text, sheet.theme.muted
    target = f"/ {aim.target}" if aim.now and aim.target else say(chart, "aim", target=aim.target) if aim.target else ""
    if aim.now and sheet.measure(aim.now, size, "semibold") + size / 3 + sheet.measure(target, size) <= room:
        lines = [Line(aim.now, target)]
    else:
        lines = [Line(text) for text in sheet.wrap(aim.now, room, size, "semibold")]
        lines += [Line(text, weight="regular", colour=muted) for text in sheet.wrap(target, room, size)]
    tone = target_marks.colour(sheet, aim.met)
    lines += [Line(text, colour=tone) for text in sheet.wrap(aim.status, room, size, "semibold")]
    return [line for line in lines if line.text]


def _off(chart: Chart, sheet: Sheet, scale: Scale, side: int, values: Sequence[Decimal | None]) -> str:
    """The per cents that are off the scale on a side, what is now last; as many as there is room for."""
    found = [value for value in values if value is not None and scale.beyond(value) == side]
    texts = [chart.notation.number(value) + chart.notation.percent for value in found]
    both = [say(chart, "then", first=texts[0], last=texts[1])] if len(texts) > 1 else []
    room = (scale.right - scale.left) / 2 - 4
    return next((text for text in [*both, *texts[-1:]] if sheet.measure(text, sheet.small) <= room), "")


def _draw(sheet: Sheet, scale: Scale, row: Row, box: Box) -> None:
    """Draws a row into its room: the name, what is said, the good side, the target line and the marks."""
    middle = (box.top + box.bottom) / 2
    sheet.block(0, _first(sheet, middle, len(row.lines)), row.lines, weight=weight(row.strong))
    y = _first(sheet, middle, len(row.said))
    for line in row.said:
        end = sheet.words(scale.right + GAP, y, line.text, weight=line.weight, colour=line.colour).right
        sheet.words(end + sheet.text / 3, y, line.after, colour=sheet.theme.muted)
        y += sheet.text * LINE
    if row.aim.good:
        left, right = (scale.left, scale.middle) if row.aim.good == "below" else (scale.middle, scale.right)
        sheet.bar(Box(left, middle - BAND / 2, right, middle + BAND / 2), sheet.theme.tint)
    tone = sheet.theme.ink if row.on_the_scale else sheet.theme.hairline
    # A little into the next row: two ends that only meet leave a pale seam.
    sheet.stroke([(scale.middle, box.top), (scale.middle, box.bottom + SEAM)], tone, 1.0)
    _marks(sheet, scale, row, middle)


def _first(sheet: Sheet, middle: float, lines: int) -> float:
    """The baseline of the first of some lines that are centred on `middle`."""
    return middle - (lines - 1) * sheet.text * LINE / 2 + sheet.text * CAP_HEIGHT / 2


def _marks(sheet: Sheet, scale: Scale, row: Row, y: float) -> None:
    """The baseline hollow, what is now filled, a line between them; an arrow and the per cent for what is off."""
    ends = [scale.x(value) for value in (row.baseline, row.now) if value is not None]
    if len(set(ends)) > 1:
        sheet.stroke([(x, y) for x in ends], sheet.theme.grey, 1.3)
    marks = (
        (row.baseline, row.aim.baseline, target_marks.baseline, sheet.theme.grey),
        (row.now, row.aim.now, partial(target_marks.now, met=row.aim.met), target_marks.colour(sheet, row.aim.met)),
    )
    for value, printed, mark, colour in marks:
        name = f"{row.label}: {printed}"
        if value is not None and scale.beyond(value):
            target_marks.arrow(sheet, scale.x(value), y, scale.beyond(value), colour, name)
        elif value is not None:
            mark(sheet, scale.x(value), y, name=name)
    for side, text in row.off:
        edge = scale.left if side < 0 else scale.right
        sheet.words(edge, y - BAND / 2 - 3, text, size=sheet.small, align="left" if side < 0 else "right")


def _ticks(chart: Chart, sheet: Sheet, scale: Scale, y: float) -> float:
    """Draws the ends and the middle of the scale in per cent of the target, and gives where they end."""
    line = y + 3 + sheet.small * ASCENT
    for value in (TARGET - scale.reach, TARGET, TARGET + scale.reach):
        text = chart.notation.number(value) + chart.notation.percent
        x = scale.x(value)
        sheet.words(x, line, text, size=sheet.small, colour=sheet.theme.muted, align="center")
    return line + sheet.small * DESCENT
