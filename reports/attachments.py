"""Which documents a report has as attachments: `sources`, `followup 2022-11`, `plan 2023`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reports.errors import Place, Problem, nearest
from reports.order import Order
from reports.period import Period, PeriodError
from reports.recipe import ATTACHMENTS, Recipe
from reports.text import Placed, Text

SOURCES = "sources"


class Attached(NamedTuple):
    """An attachment by name; a document of another period names it."""

    name: str
    period: Period | None
    place: Place


def attachments(order: Order, recipe: Recipe, text: Text, problems: list[Problem]) -> list[Attached]:
    """The attachments that the text asks for, or else those of the recipe; what cannot be read joins `problems`."""
    asked = text.attachments or tuple(Placed(name, recipe.place) for name in recipe.attachments)
    found: dict[str, Attached] = {}
    for one in asked:
        name, _, when = one.partition(" ")
        try:
            period = Period.of(when) if when else None if name == SOURCES else order.period
        except PeriodError:
            problems.append(Problem("period", one.place, {"found": when}))
            continue
        if name not in ATTACHMENTS:
            problems.append(Problem("choice", one.place, {"found": one, "near": nearest(name, ATTACHMENTS)}))
        elif name in found:
            problems.append(Problem("attachment-twice", one.place, {"found": one}))
        else:
            found[name] = Attached(name, period, one.place)
    return list(found.values())


def attached_periods(text: Text) -> Iterator[Period]:
    """The periods of other documents that a text has as attachments."""
    for one in text.attachments:
        _, _, when = one.partition(" ")
        try:
            yield Period.of(when)
        except PeriodError:
            continue
