"""The rows of a form -> what Excel lets be written into their open cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from reports.finnish import Language
from reports.intake.form_rows import Limits, limits
from reports.intake.table import letters
from reports.model import Indicator, Mark
from reports.read.number import words

LONGEST, LONGEST_TITLE = 255, 32  # characters that Excel shows beside a cell
DASHES = ("-", "\u2013", "\u2212")
ELLIPSIS = "\u2026"  # what Excel makes of three full stops
Rule = dict[str, Any]


class Line(NamedTuple):
    """A row of the sheet that is filled in: its cells by column, and the indicator that it asks for, where it has one.

    `number` is a figure that has been filled in. `faults` are the reasons why a cell has to be corrected, by column.
    """

    cells: Mapping[str, str]
    indicator: Indicator | None
    number: Decimal | None = None
    faults: Mapping[str, str] = {}


def value_rules(lines: Sequence[Line], first: int, column: int, language: Language) -> Iterator[tuple[int, int, Rule]]:
    """For the rows of each indicator, from row `first` on, the rule of their figures; rows and column from 0.

    A figure is a number within the indicator's limits, an approximate one with its word before it, or a mark.
    """
    say, at = language.catalogue.say, first
    for indicator, same in groupby(lines, lambda line: line.indicator):
        start, at = at, at + len(list(same))
        if indicator is None:
            continue
        bounds = limits(indicator)
        values = {"unit": indicator.unit, "range": _range(bounds, language)}
        prompts = [say(f"form.{key}", **values) for key in ("prompt", "prompt-short")]
        accepted = _accepted(f"{letters(column)}{start + 1}", bounds, say("form.fill.value"))
        rule = {
            "validate": "custom",
            "value": f"=OR({','.join(accepted)})",
            "input_title": say("form.column.value")[:LONGEST_TITLE],
            "input_message": next(one for one in prompts if len(one) <= LONGEST),
            "error_title": say("form.refused")[:LONGEST_TITLE],
            "error_message": say("form.refused-why", range=values["range"])[:LONGEST],
        }
        yield start, at - 1, rule


def choice_rule(among: str | Sequence[str], language: Language) -> Rule:
    """The rule of a drop-down list: the words themselves, or the range of cells that they stand in."""
    say = language.catalogue.say
    words_of = {"error_title": say("form.refused")[:LONGEST_TITLE], "error_message": say("form.refused-choice")}
    return {"validate": "list", "source": among, **words_of}


def absolute(row: int, column: int) -> str:
    """A cell as a range names it, row and column from 0: `$A$5`."""
    return f"${letters(column)}${row + 1}"


def _accepted(cell: str, bounds: Limits, blank: str) -> Iterator[str]:
    """The conditions of which a cell has to meet one, in Excel's words."""
    number = [f"ISNUMBER({cell})"]
    number += [f"{cell}>={bounds.least}"] if bounds.least is not None else []
    number += [f"{cell}<={bounds.most}"] if bounds.most is not None else []
    yield f"AND({','.join(number)})"
    about = words()["approximate"]["words"][0]
    yield f'LEFT({cell},{len(about)})="{about}"'
    marks = [str(mark) for mark in Mark if mark is not Mark.NIL]
    for text in (*marks, ELLIPSIS, *DASHES, blank):
        yield f'{cell}="{text}"'


def _range(bounds: Limits, language: Language) -> str:
    """What a figure can be, in words."""
    ends = {key: one for key, one in bounds._asdict().items() if one is not None}
    written = {key: language.number(one, max(0, -int(one.as_tuple().exponent))) for key, one in ends.items()}
    return language.catalogue.say(f"form.range.{'-'.join(written) or 'any'}", **written)
