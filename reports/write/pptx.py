"""A deck of slides as PowerPoint shows and edits it: native charts and tables in the layouts of slides.pptx."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile

from reports.document import Document, Picture, Section
from reports.errors import ReportError, problem
from reports.write.docx_package import Package
from reports.write.docx_properties import anonymous, describe, language
from reports.write.pptx_chart import put_chart
from reports.write.pptx_deck import KEY_FIGURES, Deck, layout_of, parts_of
from reports.write.pptx_fit import Ruler, ruler, said
from reports.write.pptx_master import BODY, CAPTION, FLAG, OBJECT, OWNER, WHEN, Master, frames_of
from reports.write.pptx_table import put_key_figures, put_table
from reports.write.pptx_text import furnish, put, put_line, put_picture, shrink, speak
from reports.write.stable_zip import stable
from reports.write.template import Template

if TYPE_CHECKING:
    from pptx.slide import Slide

# Parts that tell who made or discussed the master.
PEOPLE = re.compile(r"ppt/(comments|commentAuthors|authors|threadedComments|changesInfos|revisionInfo|printerSettings)")
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NO_DAY = "1970-01-01"


def write(document: Document, template: Template) -> bytes:
    """The deck as the bytes of a PowerPoint file; the same deck and master always give the same bytes.

    Raises ReportError: template-missing, slides-unreadable, slides-layout, slides-frame, and slides-content for a
    document that is no deck.
    """
    master = Master(template)
    if not isinstance(document, Deck):
        raise ReportError([problem("slides-content", f"templates/{document.name}/recipe.yaml")])
    deck = document
    measured = ruler(template, master.family)
    _opening(deck, master)
    for at, slide in enumerate(deck.sections, 1):
        _slide(slide, layout_of(slide, at == len(deck.sections)), deck, master, measured)
    spoken = language(deck)
    for made in master.presentation.slides:
        speak(made._element, spoken)
        for shape in made.shapes:
            if shape.has_chart:
                speak(shape.chart._chartSpace, spoken)
        if made.has_notes_slide:
            speak(made.notes_slide._element, spoken)
    out = BytesIO()
    master.presentation.save(out)
    return _finished(out.getvalue(), deck)


def _opening(deck: Deck, master: Master) -> None:
    slide = master.presentation.slides.add_slide(master.layouts["title"])
    slide.shapes.title.text_frame.text = deck.title
    frames = frames_of(slide)
    put_line(frames, OWNER, deck.organisation)
    put_line(frames, BODY, deck.subtitle)
    put_line(frames, WHEN, ", ".join(one for one in (deck.date, *deck.roles) if one))
    put_line(frames, FLAG, " ".join(one.text for one in deck.notices))
    _title_first(slide)


def _slide(slide: Section, layout: str, deck: Deck, master: Master, measured: Ruler) -> None:
    made = master.presentation.slides.add_slide(master.layouts[layout])
    parts = parts_of(slide)
    made.shapes.title.text_frame.text = slide.title
    frames = frames_of(made)
    put_line(frames, FLAG, " · ".join(one.text for one in parts.flags))
    if slide.anchor == KEY_FIGURES:
        put_key_figures(made, frames[BODY], deck.key_figures, master, measured)
    elif body := frames.get(BODY):
        put(body, parts.text)
        shrink(body, measured.scale(said(parts.text), master.body(layout)) or 1.0)
    if frame := frames.get(OBJECT):
        _object(frame, slide, layout, deck, master, measured)
    shown = parts.figure or parts.table
    put_line(frames, CAPTION, shown.caption if shown else "")
    _title_first(made)
    furnish(made, layout, deck.organisation, master)
    if parts.notes:
        put(made.notes_slide.notes_placeholder, parts.notes)


def _object(frame: Any, slide: Section, layout: str, deck: Deck, master: Master, measured: Ruler) -> None:
    """The chart or the table of a slide in its frame."""
    parts, box = parts_of(slide), master.frame(layout, OBJECT)
    if isinstance(parts.figure, Picture):
        put_picture(frame, parts.figure, box)
    elif parts.figure:
        figure = parts.figure
        put_chart(frame, deck.plots[figure.name], box, figure.alt, figure.title)
    elif parts.table:
        style = next(rel.target_part for rel in master.presentation.part.rels.values() if "tableStyles" in rel.reltype)
        usual = style.blob.partition(b'def="')[2].partition(b'"')[0].decode()
        put_table(frame, parts.table, box, measured, usual, layout == "goals")


def _title_first(slide: Slide) -> None:
    """The title is what a screen reader reads first, whatever its layout draws first."""
    title = slide.shapes.title._element
    tree = title.getparent()
    tree.remove(title)
    tree.insert(2, title)


def _finished(packed: bytes, deck: Deck) -> bytes:
    """The file without traces of clock, machine and people, and with its own title."""
    with ZipFile(BytesIO(packed)) as file:
        package = Package({name: file.read(name) for name in file.namelist()})
    anonymous(package)
    package.drop([name for name in package.parts if PEOPLE.match(name) and not name.endswith(".rels")])
    describe(package, deck)
    for name in [one for one in package.parts if one.endswith(".xlsx")]:
        package.parts[name] = _workbook(package.parts[name], deck)
    return package.packed()


def _workbook(packed: bytes, deck: Deck) -> bytes:
    """The workbook of a chart with the day of the deck for the time it was made at."""
    when = f"{deck.day or NO_DAY}T00:00:00Z".encode()
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as old, ZipFile(out, "w", ZIP_STORED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, STAMP.sub(rb"\g<1>" + when, data) if name == "docProps/core.xml" else data)
    return stable(out.getvalue())
