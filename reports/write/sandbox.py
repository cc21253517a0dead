"""Templates are code that others write: they run fenced in, and their faults come back with a place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reports.errors import Problem, nearest, problem

MOST_COMPILED = 64  # templates whose code is remembered
_compiled: dict[tuple[Any, ...], Any] = {}

FAULTS = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)

# Filters that work on text, numbers and lists; those that make markup, format by pattern or reach into objects are out.
FILTERS = (
    "abs", "batch", "capitalize", "count", "default", "first", "int", "join", "last", "length", "list", "lower",
    "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr", "slice", "sort", "sum", "title",
    "trim", "upper",
)  # fmt: skip


class Fenced(ImmutableSandboxedEnvironment):
    """A sandbox that remembers what it compiled, whatever it is filled with: many documents have the same layout."""

    def compile(self, source: Any, name: Any = None, filename: Any = None, raw: Any = False, *more: Any) -> Any:
        """As Jinja's; the code knows nothing of the document, and of the environment only how blanks are trimmed."""
        key = (source, name, filename, self.trim_blocks, self.lstrip_blocks, self.keep_trailing_newline)
        if raw or not isinstance(source, str):
            return super().compile(source, name, filename, raw)
        if key not in _compiled:
            if len(_compiled) >= MOST_COMPILED:
                _compiled.clear()
            _compiled[key] = super().compile(source, name, filename)
        return _compiled[key]


def environment(
    finalize: Callable[[Any], Any], loader: BaseLoader | None = None, **options: Any
) -> ImmutableSandboxedEnvironment:
    """A Jinja environment that escapes, refuses unknown names, has the FILTERS, no globals and no way out.

    `finalize` is given everything that a tag prints, and gives what stands in the output.
    """
    fenced = Fenced(
        loader=loader, autoescape=True, undefined=StrictUndefined, finalize=finalize, optimized=False, **options
    )
    fenced.globals.clear()
    fenced.filters = {called: fenced.filters[called] for called in FILTERS}
    return fenced


def printable(value: object) -> object:
    """The value as it may be printed; TypeError for all but text and numbers (a method, a list, None, NaN)."""
    if isinstance(value, str | Markup | StrictUndefined):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        return value
    raise TypeError(type(value).__name__)


def fault(error: Exception, file: str, names: tuple[str, ...] = ()) -> Problem:
    """What a template did wrong, with its file and line; `file` where the error carries no place of its own.

    `names` are those that the template may use: the nearest one is offered for an unknown name.
    """
    place, row = _place(error, file)
    if isinstance(error, TemplateNotFound):
        return problem("template-missing", f"{file.rsplit('/', 1)[0]}/{error.name}")
    if isinstance(error, UndefinedError) and (found := re.findall(r"'([^']*)'", error.message or "")):
        near = nearest(found[-1], names)
        code = "template-name-near" if near else "template-name"
        return problem(code, place, row, name=found[-1], near=near)
    return problem("template-fault", place, row, fault=str(error))


def _place(error: Exception, file: str) -> tuple[str, int]:
    if isinstance(error, TemplateSyntaxError):
        return _short(error.filename or file), error.lineno
    # Jinja rewrites its tracebacks so that their frames stand in the template files.
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [(name, line) for name, line in frames if name.endswith((".j2", ".css"))]
    return (_short(inside[-1][0]), inside[-1][1]) if inside else (file, 0)


def _short(filename: str) -> str:
    path = Path(filename)
    return f"templates/{path.parent.name}/{path.name}" if path.is_absolute() else filename
