"""slides.pptx, the master of the slides: its layouts by name, the frames in them, and how large their text is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.errors import ReportError, problem
from reports.write.pptx_deck import LAYOUTS, MASTER
from reports.write.template import Template

if TYPE_CHECKING:
    from pptx.presentation import Presentation

# The frames of a layout by their number there, which PowerPoint keeps when a layout is moved about and restyled.
TITLE, BODY, OBJECT, CAPTION, FLAG, OWNER, WHEN, FOOTER, NUMBER = 0, 1, 11, 13, 20, 21, 22, 30, 31
NEEDED = {
    "title": (TITLE, BODY, FLAG, OWNER, WHEN),
    "section": (TITLE, FLAG),
    "bullets": (TITLE, FLAG, BODY),
    "chart": (TITLE, FLAG, OBJECT, CAPTION),
    "table": (TITLE, FLAG, OBJECT, CAPTION),
    "chart-text": (TITLE, FLAG, OBJECT, BODY, CAPTION),
    "goals": (TITLE, FLAG, OBJECT, CAPTION),
    "key-figures": (TITLE, FLAG, BODY),
    "closing": (TITLE, BODY),
}
POINT = 12_700  # English metric units in a point
SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DEEPEST = 9


class Level(NamedTuple):
    """The text of a depth of a frame, in points; `leading` is a part of the font's own line height."""

    size: float
    bold: bool = False
    before: float = 0.0
    leading: float = 1.0
    margin: float = 0.0


class Frame(NamedTuple):
    """Where something stands on a slide, in points, and its text by depth from 0.

    `width` and `height` are those of the text; `edges` are what the frame is wider and higher by.
    """

    left: float
    top: float
    width: float
    height: float
    levels: tuple[Level, ...]
    edges: tuple[float, float] = (0.0, 0.0)


class Master:
    """The master opened, with a fresh presentation in it that has no slides yet.

    Raises ReportError: template-missing, slides-unreadable where it is no sound PowerPoint file, slides-layout for each
    layout or frame of a layout that is not there.
    """

    def __init__(self, template: Template) -> None:
        path = template.find(MASTER)
        self.shown = f"templates/{path.parent.name}/{MASTER}"
        self.presentation = _opened(str(path), self.shown)
        self.layouts = {one.name: one for one in self.presentation.slide_layouts}
        self._own = {name: frames_of(one) for name, one in self.layouts.items() if name in LAYOUTS}
        self._above = frames_of(self.presentation.slide_master)
        self._known: dict[tuple[str, int], Frame] = {}
        self._check()

    @property
    def family(self) -> str:
        """The name of the font that running text has."""
        from pptx.opc.constants import RELATIONSHIP_TYPE

        theme = self.presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
        found = theme.partition(b"<a:minorFont>")[2].partition(b'typeface="')[2].partition(b'"')[0]
        return str(found, "utf-8")

    def body(self, layout: str) -> Frame:
        """The frame of the running text of a layout."""
        return self.frame(layout, BODY)

    def given(self, layout: str, number: int) -> Any:
        """A frame as the layout has it, None where it has none."""
        return self._own[layout].get(number)

    def frame(self, layout: str, number: int) -> Frame:
        """A frame of a layout, with what the layout says itself and otherwise the master."""
        if (layout, number) not in self._known:
            self._known[layout, number] = self._frame(layout, number)
        return self._known[layout, number]

    def _frame(self, layout: str, number: int) -> Frame:
        own, of_title = self._own[layout][number], number == TITLE
        above = self._above.get(number) if number in (TITLE, BODY) else None
        styles = self.presentation.slide_master._element.find(f".//{'{*}'}{'titleStyle' if of_title else 'bodyStyle'}")
        lists = [shape._element.find(f".//{SPACE}lstStyle") for shape in (own, above) if shape is not None]
        levels = tuple(_level(depth, [*lists, styles]) for depth in range(1, DEEPEST + 1))
        box = own if own.width else above
        left, top, width, height = (getattr(box, name) / POINT for name in ("left", "top", "width", "height"))
        inset = own._element.find(f".//{SPACE}bodyPr")
        across = sum(int(inset.get(side, "91440")) for side in ("lIns", "rIns")) / POINT
        upright = sum(int(inset.get(side, "45720")) for side in ("tIns", "bIns")) / POINT
        return Frame(left, top, width - across, height - upright, levels, (across, upright))

    def _check(self) -> None:
        missing = [name for name in LAYOUTS if name not in self.layouts]
        found = [problem("slides-layout", self.shown, name=name, have=", ".join(self.layouts)) for name in missing]
        for name in (one for one in LAYOUTS if one in self.layouts):
            lost = [number for number in NEEDED[name] if number not in self._own[name]]
            found += [problem("slides-frame", self.shown, name=name, number=number) for number in lost]
        if found:
            raise ReportError(found)


def _opened(path: str, shown: str) -> Presentation:
    from zipfile import BadZipFile

    import pptx
    from pptx.exc import PythonPptxError

    try:
        made = pptx.Presentation(path)
        if not len(made.slide_layouts):
            raise BadZipFile
    except (BadZipFile, PythonPptxError, KeyError, ValueError, IndexError, SyntaxError, OSError) as wrong:
        raise ReportError([problem("slides-unreadable", shown)]) from wrong
    for slide in list(made.slides._sldIdLst):  # a slide that a designer left in the master to look at it
        made.part.drop_rel(slide.rId)
        made.slides._sldIdLst.remove(slide)
    return made


def frames_of(base: Any) -> dict[int, Any]:
    """The frames of a slide, a layout or the master by their number; looked up once, since each look is slow."""
    return {one.placeholder_format.idx: one for one in base.placeholders}


def _level(depth: int, lists: list[Any]) -> Level:
    """The text of a depth: of each property what the nearest list style says."""
    found = [one for each in lists if each is not None for one in each.iter(f"{SPACE}lvl{depth}pPr")]
    runs = [one.find(f"{SPACE}defRPr") for one in found]
    size = next((int(one.get("sz")) for one in runs if one is not None and one.get("sz")), 1800) / 100
    bold = next((one.get("b") == "1" for one in runs if one is not None and one.get("b")), False)
    margin = next((int(one.get("marL")) for one in found if one.get("marL")), 0) / POINT
    before = next(_spacing(found, "spcBef", size), 0.0)
    leading = next(_spacing(found, "lnSpc", 1.0), 1.0)
    return Level(size, bold, before, leading, margin)


def _spacing(found: list[Any], name: str, whole: float) -> Iterator[float]:
    """A distance in points, or a part of the `whole`."""
    for one in found:
        points = one.find(f"{SPACE}{name}/{SPACE}spcPts")
        parts = one.find(f"{SPACE}{name}/{SPACE}spcPct")
        if points is not None:
            yield int(points.get("val")) / 100
        elif parts is not None:
            yield int(parts.get("val")) / 100_000 * whole
