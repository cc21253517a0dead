"""Two dates for one event: the same words with another day or month of the same year in another part of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from reports.consistency.finding import finding
from reports.consistency.pieces import Slip, Whole
from reports.errors import Place
from reports.finnish import Language
from reports.model import NamedDate
from reports.period import Period
from reports.plan.dated import dates as dates_in
from reports.read.decode import excerpt

STOP = r"[,;:!?()|\n]|\.(?:\s|$)"  # what a clause ends at
BRACKETS = " ()"  # those of a date itself end no clause
MARKS = " -*#|"  # of lists, headings and tables
WORD = r"[^\W\d_]{4,}"
FEW, MANY = 7, 12  # letters of a word's stem: of a short word and of a long one, whose endings are cut off


class Event(NamedTuple):
    """Something with a date: the stems of its words, its words, when it is said to be, and where that is said.

    `part` is a part of the document, or a name of dates.csv; `at` its character in the whole.
    """

    stems: frozenset[str]
    words: str
    period: Period
    part: str
    place: Place
    at: int = -1


def check_dates(
    whole: Whole, known: Mapping[str, Any], dates: Mapping[str, NamedDate], language: Language
) -> Iterator[Slip]:
    """A warning for each event that another part of the document, or dates.csv, dates otherwise.

    An event is a clause with exactly one date in it, and the same event has the same words but for their endings.
    Days and months of one year are compared: another year's is another event, and so is what one part of the
    document (a row, a paragraph) says of two dates. Words that say little (`known["times"]`, a single short word) are
    no event.
    """
    told: dict[frozenset[str], dict[str, list[Event]]] = {}
    for event in (*_named(dates, known["times"]), *events(whole, known["times"])):
        told.setdefault(event.stems, {}).setdefault(event.part, []).append(event)
    for parts in told.values():
        first, *others = parts.values()
        for other in others:
            if _at_odds(first, other):
                here, there = other[0], first[0]
                values = {"found": excerpt(here.words), "when": language.short(here.period)}
                values |= {"other": language.short(there.period), "first": str(there.place)}
                yield Slip(here.at, finding("event-dates", here.place, **values))


def _at_odds(first: Sequence[Event], other: Sequence[Event]) -> bool:
    """Whether two parts date an event in the same year, and no date of one touches one of the other."""
    pairs = [(a.period, b.period) for a, b in product(first, other)]
    same_year = any(a.first.year == b.first.year for a, b in pairs)
    return same_year and not any(a.first <= b.last and b.first <= a.last for a, b in pairs)


def _named(dates: Mapping[str, NamedDate], times: Sequence[str]) -> Iterator[Event]:
    for name, one in dates.items():
        stems = _stems(one.note, times)
        if stems and one.period.kind in ("day", "month"):
            yield Event(stems, one.note, one.period, f"date {name}", one.place)


def events(whole: Whole, times: Sequence[str]) -> Iterator[Event]:
    """The events that the words of the document date; `times` are words that tell no event from another."""
    text = whole.text
    found = [one for one in dates_in(text) if not _is_years(one.period)]
    ends = [0, *(end for _, end, _ in found)]
    starts = [*(start for start, _, _ in found[1:]), len(text)]
    for (start, end, period), before, after in zip(found, ends, starts, strict=False):
        left = re.split(STOP, text[before:start].rstrip(BRACKETS))
        right = re.split(STOP, text[end:after].lstrip(BRACKETS), maxsplit=1)
        alone = (len(left) > 1 or before == 0) and (len(right) > 1 or after == len(text))
        words = " ".join(f"{left[-1].strip(MARKS)} {right[0]}".split())
        if alone and (stems := _stems(words, times)):
            yield Event(stems, words, period, whole.part(start), whole.place(start), start)


def _stems(words: str, times: Sequence[str]) -> frozenset[str]:
    """The words of an event without their endings; none where they are too few to tell one event from another."""
    long = [word.lower() for word in re.findall(WORD, words)]
    stems = frozenset(word[: MANY if len(word) > MANY else FEW] for word in long if word not in times)
    return stems if len(stems) > 1 or any(len(stem) == MANY for stem in stems) else frozenset()


def _is_years(period: Period) -> bool:
    return period.first == Period.year(period.first.year).first and period.last == Period.year(period.last.year).last
