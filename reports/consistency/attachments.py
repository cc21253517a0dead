"""Attachments that a text numbers or names in plain words: holes in their numbers, references to none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from reports.consistency.pieces import Slip, Whole
from reports.read.decode import excerpt

MARK = r"(?:#{1,6}\s+|[-*+]\s+|\d{1,2}[.)]\s+)"  # what a heading or an entry of a list begins with
AND = r"(?:\s*[,\u2013-]\s*|\s+[^\W\d_]{2,4}\s+)"  # between the numbers of several: 1, 2 ja 3
LONGEST_WORD = 40


def check_attachments(whole: Whole, known: Mapping[str, Any], numbered: int) -> Iterator[Slip]:
    """Holes among the attachments that a text numbers itself, and plain references to one that is not there.

    The program's own are `numbered`. A heading, an entry of a list or a line without a full stop that begins with
    *Liite 3* gives an attachment its number. Everything else refers to one, unless it is another document's
    (*kokeilulain liite 2*).
    """
    forms, others = known["attachments"], tuple(known["others"])
    typed: dict[int, int] = {}
    for match in _entries(forms[0]).finditer(whole.text):
        typed.setdefault(int(match[1] or match[2]), match.start())
    there = {*range(1, numbered + 1), *typed}
    have = ", ".join(map(str, sorted(there))) or "–"
    holes = [number for number in range(1, max(there, default=0)) if number not in there]
    if holes:
        after = min(number for number in typed if number > holes[0])
        yield whole.finding(typed[after], "attachment-gap", found=", ".join(map(str, holes)), have=have)
    for match in _references(tuple(forms)).finditer(whole.text):
        meant = {int(number) for number in re.findall(r"\d+", match[1])}
        before = re.findall(r"\w+", whole.text[max(0, match.start() - LONGEST_WORD) : match.start()])[-1:]
        if not meant <= there and not (before and before[0].lower().endswith(others)):
            yield whole.finding(match.start(), "attachment-missing", found=excerpt(match[0]), have=have)


@cache
def _entries(name: str) -> re.Pattern[str]:
    numbered = rf"{name}\s+(\d{{1,2}})(?!\d)"
    return re.compile(rf"^(?:{MARK}{numbered}|{numbered}[^\n]*(?<!\.)$)", re.MULTILINE | re.IGNORECASE)


@cache
def _references(forms: Sequence[str]) -> re.Pattern[str]:
    either = "|".join(sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})\s+(\d{{1,2}}(?:{AND}\d{{1,2}})*)(?![\w/]|[.,]\d)", re.IGNORECASE)
