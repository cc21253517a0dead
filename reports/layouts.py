"""Faults of a report's layouts, found before they spoil a document: colours, fonts, tags of the Word template."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from figures.chart import ChartError
from figures.theme import Theme, theme_from, weak_colours
from reports.errors import Place, Problem, ReportError, warning
from reports.home import PROGRAM
from reports.write.template import Template

if TYPE_CHECKING:
    from reports.prepare import Prepared

THEME = "templates/shared/theme.yaml"
WORD = "report.docx"
PAGE = "report.html.j2"
WRITERS = {WORD: "docx", PAGE: "html"}


def chart_theme(values: Mapping[str, str], folders: Iterable[Path] = ()) -> Theme:
    """The look of charts; a city's own fonts lie in its layout folders or in fonts/ of theirs.

    Raises ReportError at theme.yaml where a colour, a size or the font cannot be used.
    """
    places = [place for folder in folders for place in (folder / "fonts", folder)]
    try:
        return theme_from(values, places)
    except ChartError as error:
        raise ReportError([Problem(error.code, Place(THEME), dict(error.values))]) from error


def theme_problems(values: Mapping[str, str]) -> list[Problem]:
    """Colours too faint to be read, as warnings, for light and dark screens (WCAG 2.1, 1.4.3 and 1.4.11)."""
    try:
        weak = weak_colours(values)
    except ChartError as error:
        return [Problem(error.code, Place(THEME), dict(error.values))]
    place = Place(THEME)
    return [Problem("theme-colour-weak", place, {"key": key, **_contrasts(*two)}, warning=True) for key, *two in weak]


def layout_problems(prepared: Prepared, formats: Collection[str]) -> list[Problem]:
    """What is wrong with the city's own layouts of some formats; ours are looked at by the tests.

    Tags of the Word template that would lose text, names that the document does not have, and as warnings the parts of
    the document that a layout leaves out.
    """
    template, found = prepared.template, []
    if "docx" in formats and _own(template, WORD):
        found += _word_problems(prepared)
        found += [] if any(not one.warning for one in found) else _left_out(prepared, WORD)
    if "html" in formats and _own(template, PAGE):
        found += _left_out(prepared, PAGE)
    return found


def _contrasts(found: float, wanted: float) -> dict[str, str]:
    """Two contrasts taken apart at the decimal mark, which the sentence puts in: each language has its own."""
    whole, parts = f"{found:.2f}".split(".")
    least, more = f"{wanted:.1f}".split(".")
    return {"whole": whole, "parts": parts, "least": least, "more": more}


def _own(template: Template, file: str) -> bool:
    """Whether a layout is the city's; raises ReportError where there is none at all."""
    return not template.find(file).is_relative_to(PROGRAM / "templates")


def _word_problems(prepared: Prepared) -> list[Problem]:
    from reports.write.docx_context import document_names
    from reports.write.lint import lint

    path = prepared.template.find(WORD)
    shown = f"templates/{path.parent.name}/{WORD}"
    return lint(path, document_names(prepared.document), shown, template=prepared.template)


def _left_out(prepared: Prepared, file: str) -> list[Problem]:
    """The parts of this document that a layout never names; a layout with a fault says so when it is used."""
    from reports.write.sandbox import FAULTS

    try:
        names = import_module(f"reports.write.{WRITERS[file]}").unused(prepared.template)
    except (ReportError, SyntaxError, *FAULTS):
        return []
    shown = f"templates/{prepared.template.find(file).parent.name}/{file}"
    return [warning("template-part-unused", shown, name=name) for name in names if getattr(prepared.document, name)]
