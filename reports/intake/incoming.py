"""One figure as read from any file, ready to be stored, and the file that it came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.errors import Place
from reports.model import Mark, Status
from reports.period import Period
from reports.read.number import words

HASH_SHOWN = 12  # characters of a file's hash that stand beside each of its figures; its whole is in imports.csv


class SourceFile(NamedTuple):
    """A file that figures were read from: its name without folders, SHA-256 in hexadecimal, and the day it was read.

    `sheet` are the sheets of a workbook that were read, with commas between them.
    """

    name: str
    sha256: str
    read: date
    sheet: str = ""


class Incoming(NamedTuple):
    """A figure for data/AREA/PERIOD/observations.csv; the fields are those of model.Observation.

    `area` is a name of area.yaml. `origin` is the file and row; in a workbook its column is `SHEET!CELL` (`Luvut!C5`).
    An empty `source` is the indicator's, an empty `note` leaves the one that stands.
    """

    indicator: str
    period: Period
    area: str
    group: str
    value: Decimal | None
    mark: Mark | None
    approximate: bool
    upper: Decimal | None
    status: Status
    source: str
    note: str
    origin: Place


class Statistic(NamedTuple):
    """A figure for data/statistics/TABLE/YEAR.csv; area and content are the publisher's codes (`KU734`).

    `origin` says where in the file it stands: a row (`17`), or sheet and row (`Taulu:17`).
    """

    period: Period
    area: str
    content: str
    value: Decimal | None
    mark: Mark | None
    status: Status = Status.FINAL
    origin: str = ""


def cell_place(file: str, sheet: str, row: int, letters: str) -> Place:
    """Where a cell of a workbook stands; `letters` name its column (`C`)."""
    return Place(file, row, f"{sheet}!{letters}{row}")


def origin_text(place: Place) -> str:
    """Where in its file a figure stands, as a row keeps it: `17`, of a workbook `Luvut:17`."""
    sheet, cell, _ = str(place.column).rpartition("!")
    return f"{sheet}:{place.row}" if cell else str(place.row)


def figure_text(
    value: Decimal | None, mark: Mark | None, approximate: bool = False, upper: Decimal | None = None
) -> str:
    """A figure as a cell of data/ holds it: `94,6`, `n. 2650`, `1–76`, or its mark.

    >>> figure_text(Decimal("94.6"), None), figure_text(Decimal(0), Mark.NIL), figure_text(Decimal(1), None, True)
    ('94,6', <Mark.NIL: '-'>, 'n. 1')
    """
    if mark is not None or value is None:
        return mark or Mark.UNAVAILABLE
    text = str(value)
    if not text.isdigit():
        text = f"{value:f}".replace(".", ",")
    if upper is not None:
        text = f"{text}\u2013{figure_text(upper, None)}"
    return f"{words()['approximate']['words'][0]} {text}" if approximate else text
