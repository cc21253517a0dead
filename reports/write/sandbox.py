"""Templates are code that others write: they run fenced in, and their faults come back with a place."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reports.errors import Problem, problem

FAULTS = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)

# Filters that put text into a page as markup, or reach into objects.
UNSAFE = ("safe", "attr", "map", "groupby", "pprint", "urlize", "xmlattr", "tojson")


def environment(loader: BaseLoader | None = None, **options: Any) -> ImmutableSandboxedEnvironment:
    """A Jinja environment that escapes, refuses unknown names, and has no globals and no way out."""
    fenced = ImmutableSandboxedEnvironment(
        loader=loader, autoescape=True, undefined=StrictUndefined, finalize=printable, optimized=False, **options
    )
    fenced.globals.clear()
    for name in UNSAFE:
        del fenced.filters[name]
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
        near = get_close_matches(found[-1], names, 1)
        code = "template-name-near" if near else "template-name"
        return problem(code, place, row, name=found[-1], near="".join(near))
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
