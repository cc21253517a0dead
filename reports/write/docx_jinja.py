"""The Jinja that a Word template runs in: plain data in, nothing that could act, and a ledger of what was given out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined, Undefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup

from reports.write.docx_runs import LOOK, Rich, dressed, escaped, rich

# Filters that work on text, numbers and lists; those that build markup, format by pattern or reach into objects are out.
FILTERS = (
    "abs", "batch", "capitalize", "count", "default", "first", "int", "join", "last", "length", "list", "lower", "reject",
    "rejectattr", "replace", "reverse", "round", "select", "selectattr", "slice", "sort", "sum", "title", "trim", "upper",
)  # fmt: skip
TESTS = ("defined", "undefined", "string", "number", "even", "odd", "divisibleby", "eq", "ne", "lt", "le", "gt", "ge", "in")


class Placed(Markup):
    """Markup that stands where runs or blocks may stand."""


class Refused(SecurityError):
    """A value that must not be printed: `kind` says what it was."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


def environment(given: list[str], looks: list[str], table: Callable[[Any, int], Rich] | None = None) -> ImmutableSandboxedEnvironment:
    """A sandbox that writes every string it gives out into `given`, in order.

    `looks` are the run properties of the template's `{{r }}` samples; `table` builds a table like a given sample.
    """

    @pass_context
    def give(_: Context, shown: Any) -> Any:
        return _give(shown, given)

    jail = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=give, keep_trailing_newline=True)
    jail.globals.clear()
    jail.filters = {called: jail.filters[called] for called in FILTERS}
    jail.tests = {called: jail.tests[called] for called in TESTS}
    jail.filters["look"] = lambda shown, sample: _look(shown, looks[sample], given)
    if table is not None:
        build = table
        jail.filters["as_table"] = lambda block, sample: _place(build(block, sample), given)
    return jail


def _give(shown: Any, given: list[str]) -> Any:
    """What a tag prints: text, whole numbers and placed markup; anything else would print as a word of Python."""
    if isinstance(shown, Placed):
        return shown
    if isinstance(shown, Undefined):
        str(shown)
    if isinstance(shown, Rich):
        raise Refused("rich")
    if isinstance(shown, bool) or not isinstance(shown, str | int):
        raise Refused(type(shown).__name__)
    text = str(shown)
    given.append(text)
    return Markup(escaped(text))  # noqa: S704 (escaped right here)


def _look(shown: Any, look: str, given: list[str]) -> Any:
    if isinstance(shown, Undefined):
        str(shown)
    if isinstance(shown, str) and not isinstance(shown, Rich):
        run = f'<w:r><w:rPr>{LOOK}</w:rPr><w:t xml:space="preserve">{escaped(shown)}</w:t></w:r>'
        shown = rich(run, shown)
    if not isinstance(shown, Rich):
        raise Refused(type(shown).__name__)
    return _place(rich(dressed(str(shown), look), *shown.words), given)


def _place(shown: Rich, given: list[str]) -> Placed:
    given.extend(shown.words)
    return Placed(str(shown))
