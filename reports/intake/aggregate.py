"""Figures of areas that a service does not have, made of the figures of their members."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from reports.errors import Place
from reports.model import Area, Mark
from reports.period import Period

# Why a sum is unknown where several of its members are: what may not be known comes before what is not there.
WORST = (Mark.HIDDEN, Mark.UNAVAILABLE, Mark.NOT_APPLICABLE)
WHOLE = 100  # per cent


class Figure(NamedTuple):
    """A figure or the mark that says why there is none; a nil is 0 and has its mark."""

    value: Decimal | None
    mark: Mark | None = None


class Content(NamedTuple):
    """What is wanted of a table: a content code, the indicator it is kept for, and how it is worked out for a sum.

    `counts` is whether its figures may be added up at all. A rate says which contents it is a share of: `part` of
    `whole`. `place` is where the indicator names it.
    """

    name: str
    place: Place
    counts: bool
    decimals: int = 0
    part: str = ""
    whole: str = ""


class Total(NamedTuple):
    """An area that is made of others: its code in our files, its name, the codes of its members."""

    code: str
    name: str
    members: tuple[str, ...]
    place: Place


Cell = tuple[str, str, Period]  # area, content, time
Figures = Mapping[Cell, Figure]


def members_of(area: Area, areas: Sequence[Area], known: Collection[str]) -> tuple[str, ...]:
    """The codes that an area is made of, each once: of its members, and of theirs where they are not known themselves.

    `known` are the codes that have figures of their own. A member of whom nothing can be known is told by its name.
    """
    by_name = {one.name: one for one in areas}
    found: dict[str, None] = {}
    ahead, seen = list(area.members), {area.name}
    while ahead:
        name = ahead.pop(0)
        if name in seen:
            continue
        seen.add(name)
        member = by_name.get(name, Area(name))
        if member.statistics not in known and member.members:
            ahead += member.members
        else:
            found[member.statistics or name] = None
    return tuple(found)


def totals(
    figures: Figures, total: Total, contents: Mapping[str, Content], times: Iterable[Period]
) -> Iterator[tuple[Cell, Figure]]:
    """The figures of an area that is made of others: sums of counts, and rates worked out anew from sums.

    A rate is never added up; one whose part and whole are not among the contents is left out.
    """
    for time in times:
        for code, content in contents.items():
            if content.counts:
                yield (total.code, code, time), _sum_of(figures, total, code, time)
            elif content.part in contents and content.whole in contents:
                part, whole = (_sum_of(figures, total, one, time) for one in (content.part, content.whole))
                yield (total.code, code, time), share(part, whole, content.decimals)


def _sum_of(figures: Figures, total: Total, content: str, time: Period) -> Figure:
    return add_up([figures[member, content, time] for member in total.members])


def add_up(parts: Sequence[Figure]) -> Figure:
    """The sum of some figures. Where one is unknown the sum is unknown, not smaller.

    >>> add_up([Figure(Decimal(5)), Figure(None, Mark.HIDDEN)])
    Figure(value=None, mark=<Mark.HIDDEN: '...'>)
    """
    unknown = _unknown(parts)
    if unknown:
        return unknown
    nil = all(one.mark is Mark.NIL for one in parts)
    return Figure(sum((one.value or Decimal(0) for one in parts), Decimal(0)), Mark.NIL if nil else None)


def share(part: Figure, whole: Figure, decimals: int) -> Figure:
    """A part of a whole in per cent, rounded half up as statistics are.

    >>> share(Figure(Decimal(3378)), Figure(Decimal(28559)), 1)
    Figure(value=Decimal('11.8'), mark=None)
    """
    unknown = _unknown([part, whole])
    if unknown:
        return unknown
    if not whole.value:
        return Figure(None, Mark.NOT_APPLICABLE)
    exact = (part.value or Decimal(0)) * WHOLE / whole.value
    return Figure(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _unknown(parts: Sequence[Figure]) -> Figure | None:
    """The unknown figure that any of some unknown parts makes of the whole; None where all are known."""
    marks = {one.mark or Mark.UNAVAILABLE for one in parts if one.value is None}
    return next((Figure(None, mark) for mark in WORST if mark in marks), None)
