"""The Jinja that a Word template runs in: fenced, and with a ledger of every string it gives out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from jinja2 import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reports.write.docx_runs import LOOK, Rich, dressed, escaped, rich
from reports.write.sandbox import FILTERS, environment

__all__ = ["FILTERS", "Builder", "Placed", "docx_environment"]


# What makes markup of a value, in the look of the template's sample of that number.
Builder = Callable[[Any, int], Rich]


class Placed(Markup):
    """Markup that stands where runs or blocks may stand."""


def docx_environment(
    given: list[str], looks: list[str], builders: Mapping[str, Builder] | None = None
) -> ImmutableSandboxedEnvironment:
    """A fenced environment that writes every string it gives out into `given`, in order.

    `looks` are the run properties of the template's `{{r }}` samples; `builders` are filters that make markup of a
    value in the look of a sample.
    """
    fenced = environment(lambda shown: _give(shown, given), keep_trailing_newline=True)
    fenced.filters["look"] = lambda shown, sample: _look(shown, looks[sample], given)
    for called, build in (builders or {}).items():
        fenced.filters[called] = partial(_built, build, given)
    return fenced


def _built(build: Builder, given: list[str], shown: Any, sample: int) -> Any:
    return shown if isinstance(shown, Undefined) else _place(build(shown, sample), given)


def _give(shown: Any, given: list[str]) -> Any:
    """What a tag prints: text, whole numbers and placed markup; anything else would print as a word of Python."""
    if isinstance(shown, Placed | Undefined):
        return shown
    if isinstance(shown, bool | Rich) or not isinstance(shown, str | int):
        raise TypeError(type(shown).__name__)
    text = str(shown)
    given.append(text)
    return Markup(escaped(text))  # noqa: S704 (escaped right here)


def _look(shown: Any, look: str, given: list[str]) -> Any:
    if isinstance(shown, Undefined):
        return shown
    if isinstance(shown, str) and not isinstance(shown, Rich):
        run = f'<w:r><w:rPr>{LOOK}</w:rPr><w:t xml:space="preserve">{escaped(shown)}</w:t></w:r>'
        shown = rich(run, shown)
    if not isinstance(shown, Rich):
        raise TypeError(type(shown).__name__)
    return _place(rich(dressed(str(shown), look), *shown.words), given)


def _place(shown: Rich, given: list[str]) -> Placed:
    given.extend(shown.words)
    return Placed(str(shown))
