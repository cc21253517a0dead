"""Words on slides: paragraphs, runs and lists put into frames, in the frame's own look and the document's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reports.document import Entry, List, Paragraph, Picture, Run, Runs
from reports.write.pptx_master import FOOTER, NUMBER, POINT, SPACE, Frame, Master, frames_of

if TYPE_CHECKING:
    from pptx.slide import Slide

ARROW = "→"
WHOLE = 100_000


def put_line(frames: Mapping[int, Any], number: int, text: str) -> None:
    """One line into a frame of a slide, where it has that; a frame with nothing to hold goes."""
    shape = frames.get(number)
    if shape is None:
        return
    if text:
        put(shape, [Paragraph((Run(text),))])
    else:
        shape._element.getparent().remove(shape._element)


def put(shape: Any, blocks: Iterable[Paragraph | List]) -> None:
    """Paragraphs and lists into a shape; an entry that begins with an arrow has it for its bullet."""
    frame = shape.text_frame
    frame.clear()
    first = True
    for block in blocks:
        entries = [Entry(block.runs)] if isinstance(block, Paragraph) else block.entries
        for entry in entries:
            made = frame.paragraphs[0] if first else frame.add_paragraph()
            first = False
            made.level = entry.level
            plain = isinstance(block, Paragraph)
            put_runs(made, _marked(made, entry, plain))


def put_runs(paragraph: Any, runs: Runs) -> None:
    """Running text into a paragraph."""
    for one in runs:
        run = paragraph.add_run()
        run.text = one.shown
        if one.strong:
            run.font.bold = True
        if one.emphasis:
            run.font.italic = True
        if one.href:
            run.hyperlink.address = one.href


def shrink(shape: Any, scale: float) -> None:
    """Let PowerPoint show the text of a frame as small as it was measured to fit at."""
    if scale < 1:
        body = shape.text_frame._txBody.bodyPr
        for old in list(body):
            body.remove(old)
        body.append(body.makeelement(f"{SPACE}normAutofit", {"fontScale": str(int(scale * WHOLE))}))


def put_picture(shape: Any, picture: Picture, frame: Frame) -> None:
    """A picture of the user's own in place of a frame, as large as fits it, with what it shows in words."""
    from pptx.util import Emu

    scale = min(frame.width / picture.width_mm, frame.height / picture.height_mm)
    width, height = picture.width_mm * scale, picture.height_mm * scale
    left = frame.left + (frame.width - width) / 2
    box = [Emu(int(one * POINT)) for one in (left, frame.top, width, height)]
    made = shape.part.slide.shapes.add_picture(BytesIO(picture.data), *box)
    shape._element.getparent().replace(shape._element, made._element)  # read where the frame was
    described = made._element.nvPicPr.cNvPr
    described.set("descr", picture.alt)
    described.set("name", picture.anchor)


def furnish(slide: Slide, layout: str, owner: str, master: Master) -> None:
    """The footer and the number of the slide, as its layout has them."""
    for number in (FOOTER, NUMBER):
        given = master.given(layout, number)
        if given is None:
            continue
        element = deepcopy(given._element)
        for child in list(element.spPr):
            element.spPr.remove(child)
        slide.shapes._spTree.append(element)
        element.nvSpPr.cNvPr.set("id", str(max(one.shape_id for one in slide.shapes) + 1))
        if number == FOOTER:
            put_line(frames_of(slide), FOOTER, owner)


def speak(root: Any, language: str) -> None:
    """Every run of a slide, a chart or notes in a language, for spelling and for screen readers."""
    for run in root.iter(f"{SPACE}r", f"{SPACE}fld"):
        if run.find(f"{SPACE}rPr") is None:
            run.insert(0, run.makeelement(f"{SPACE}rPr", {}))
    for look in root.iter(f"{SPACE}rPr", f"{SPACE}endParaRPr", f"{SPACE}defRPr"):
        look.set("lang", language)


def _marked(paragraph: Any, entry: Entry, plain: bool) -> Runs:
    """The paragraph's own bullet where it differs from the frame's; gives the runs without what became the bullet."""
    properties = paragraph._p.get_or_add_pPr()
    if plain:
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(properties.makeelement(f"{SPACE}buNone", {}))
        return entry.runs
    sign = entry.number
    first, *rest = entry.runs or (Run(""),)
    if first.text.startswith(ARROW):
        properties.append(properties.makeelement(f"{SPACE}buChar", {"char": ARROW}))
        return (replace(first, text=first.text.removeprefix(ARROW).lstrip()), *rest)
    if sign:
        kind = "alphaLcParenR" if sign[:1].isalpha() else "arabicPeriod"
        properties.append(properties.makeelement(f"{SPACE}buAutoNum", {"type": kind}))
    return entry.runs
