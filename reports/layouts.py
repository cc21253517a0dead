"""Faults of a report's layouts, found before they spoil a document: colours, fonts, tags of the Word template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from figures.chart import ChartError
from figures.theme import Theme, theme_from, weak_colours
from reports.errors import Place, Problem, ReportError, warning
from reports.home import PROGRAM
from reports.messages import catalogue
from reports.write.template import Template

if TYPE_CHECKING:
    from reports.prepare import Prepared

THEME = "templates/shared/theme.yaml"
WORD = "report.docx"


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
    return [warning("theme-colour-weak", THEME, key=key, found=found, wanted=wanted) for key, found, wanted in weak]


def own_word_template(template: Template) -> bool:
    """Whether the Word template is the city's; raises ReportError where there is none at all."""
    return not template.find(WORD).is_relative_to(PROGRAM / "templates")


def template_problems(prepared: Prepared) -> list[Problem]:
    """Tags of the Word template that would lose text, and names that the document does not have."""
    from reports.write.docx_context import document_names
    from reports.write.lint import lint

    path = prepared.template.find(WORD)
    shown = f"templates/{path.parent.name}/{WORD}"
    return lint(path, document_names(prepared.document), shown, catalogue(prepared.document.language).part("layout"))
