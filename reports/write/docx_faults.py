"""What went wrong in a Word template: the paragraph it happened in, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from traceback import walk_tb

from reports.errors import Problem
from reports.write.lint import SHOWN, lint
from reports.write.sandbox import fault

# The name that Jinja gives a template read from a string.
TEMPLATE = "<template>"


def faults(wrong: Exception, source: str, path: Path, names: Mapping[str, str], shown: str) -> list[Problem]:
    """What lint finds in the template at `path`, since it knows the place; else what Jinja said, with the text there.

    `source` is the part as docxtpl gave it to Jinja, `names` what a template may use, `shown` the file's name.
    """
    found = [problem for problem in lint(path, names, shown) if not problem.warning]
    return found or [_with_text(fault(wrong, shown, _words(names)), _text(wrong, source))]


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
    return " ".join(re.sub(r"<[^>]*>|\| look\(\d+\)", " ", line).split())


def _words(names: Mapping[str, str]) -> tuple[str, ...]:
    """The last steps of the paths: what someone types after a point."""
    return tuple(sorted({path.rsplit(".", 1)[-1].removesuffix("[]") for path in names}))
