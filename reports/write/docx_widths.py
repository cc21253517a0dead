"""Column widths of a Word table: as the document shares them out, but never narrower than the longest word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from reports.document import Table

# Where Word may break a line: at a space that may break, after a hyphen, dash or slash.
BREAK = re.compile(r"[ \t\n]+|(?<=[-–/])")
# Widths of Calibri's signs in parts of the type size, by kind; bold is a little wider.
NARROW, BROAD = frozenset("iljtfrI.,:;'!|()[] \u00a0"), frozenset("mwMW%@—…")
NARROW_SIGN, SIGN, CAPITAL, BROAD_SIGN = 0.32, 0.53, 0.64, 0.86
TWIPS_PER_POINT = 20


def column_widths(table: Table, total: int, points: float, padding: int) -> list[int]:
    """The widths of a table's columns in twentieths of a point, `total` together.

    `points` is the size of the table's text, `padding` the margins of a cell, left and right together.
    """
    wanted = [column.share for column in table.columns]
    wanted = wanted if sum(wanted) else [1.0] * len(wanted)
    return shared_out(wanted, _longest_words(table), total, points, padding)


def shared_out(wanted: Sequence[float], longest: Iterable[float], total: int, points: float, padding: int) -> list[int]:
    """Widths in the proportions that are wanted, but no column narrower than its longest word.

    Where the words do not fit side by side, all columns lack the same part of what they need. `longest` are the widths
    of those words in parts of the type size (`word_width`).
    """
    widths = [total * share / sum(wanted) for share in wanted]
    least = [room * points * TWIPS_PER_POINT + padding for room in longest]
    widths = _widened(widths, least) if sum(least) < total else [total * need / sum(least) for need in least]
    edges = [round(edge) for edge in accumulate(widths, initial=0.0)]
    edges[-1] = total
    return [right - left for left, right in pairwise(edges)]


def sign_room(text: str) -> float:
    """About how long a text is on one line, in parts of the type size."""
    return len(text) * SIGN


def _widened(widths: list[float], least: list[float]) -> list[float]:
    """Narrow columns get what their longest word needs; the others give it from what they have to spare."""
    lack = sum(max(0.0, need - width) for width, need in zip(widths, least, strict=True))
    spare = sum(max(0.0, width - need) for width, need in zip(widths, least, strict=True))
    if not lack:
        return widths
    part = lack / spare
    return [width - (width - need) * part if width > need else need for width, need in zip(widths, least, strict=True)]


def _longest_words(table: Table) -> list[float]:
    longest = [word_width(column.text, bold=True) for column in table.columns]
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            longest[index] = max(longest[index], word_width(cell.text, bold=row.total))
    return longest


def word_width(text: str, bold: bool = False) -> float:
    """The width of a text's longest unbreakable word in parts of the type size."""
    words = BREAK.split(text)
    # Only the longest words by count can be the widest: measuring every sign of a long table would take its time.
    reach = max(map(len, words)) * NARROW_SIGN / SIGN
    widest = max(sum(map(_sign_width, word)) for word in words if len(word) >= reach)
    return widest * (1.06 if bold else 1.0)


def _sign_width(sign: str) -> float:
    if sign in NARROW:
        return NARROW_SIGN
    if sign in BROAD:
        return BROAD_SIGN
    return CAPITAL if sign.isupper() else SIGN
