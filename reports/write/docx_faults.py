"""What went wrong in a Word template: the paragraph it happened in, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from traceback import walk_tb

from reports.errors import Problem
from reports.write.docx_slot import LAYOUT, included, shown
from reports.write.lint import SHOWN, lint
from reports.write.sandbox import fault
from reports.write.template import Template

# The name that Jinja gives a template read from a string.
TEMPLATE = "<template>"


def faults(wrong: Exception, source: str, template: Template, names: Mapping[str, str]) -> list[Problem]:
    """What lint finds in the template and the layouts it takes in, since it knows the place; else what Jinja said.

    `source` is the part as docxtpl gave it to Jinja, `names` what a template may use.
    """
    found = _linted(template, names)
    if not found:
        found = [problem for each in included(template) for problem in _linted(each, names)]
    return found or [_with_text(fault(wrong, shown(template), _words(names)), _text(wrong, source))]


def _linted(template: Template, names: Mapping[str, str]) -> list[Problem]:
    found = lint(template.find(LAYOUT), names, shown(template), template=template)
    return [problem for problem in found if not problem.warning]


def _with_text(said: Problem, text: str) -> Problem:
    codes = {"template-name": "lint-name", "template-name-near": "lint-name-near"}
    if not text or said.code not in codes:
        return said
    return replace(said, code=codes[said.code], values={**said.values, "text": text[:SHOWN], "heading": "–"})


def _text(wrong: Exception, source: str) -> str:
    """The words of the paragraph that Jinja was in: docxtpl puts each paragraph on a line of its own."""
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source).splitlines()
    rows = [row for frame, row in walk_tb(wrong.__traceback__) if frame.f_code.co_filename == TEMPLATE]
    line = lines[rows[-1] - 1] if rows and rows[-1] <= len(lines) else ""
    return " ".join(re.sub(r"<[^>]*>|\| (?:look|as_cell)\(\d+\)", " ", line).split())


def _words(names: Mapping[str, str]) -> tuple[str, ...]:
    """The last steps of the paths: what someone types after a point."""
    return tuple(sorted({path.rsplit(".", 1)[-1].removesuffix("[]") for path in names}))
