"""What a count of a year, or of a longer time, is of its months: their sum or their mean, as the figures say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf, isfinite
from typing import NamedTuple

from reports.disclosure.structure import Slices
from reports.period import Period

SUM, MEAN, NEITHER = "sum", "mean", ""
Place = tuple[str, str]  # an area and a group


class Long(NamedTuple):
    """The count of a long time (None where it is hidden) and those of its months (None likewise) that are given."""

    total: Decimal | None
    given: tuple[Decimal | None, ...]
    months: int


def of_months(slices: Slices, decimals: int, most: Decimal) -> Mapping[Place, str]:
    """Whether a count of a long time is the `sum` or the `mean` of its months, or neither, by area and group.

    The same everywhere where half or more say so of an indicator's figures that are known in whole. Else each area and
    group goes by its own figures known in whole, and where there are none, by what those that are known leave
    possible, when what is hidden lies between one and `most`. Where that is both, it is the mean: what is counted at
    the end of each month is. Rather too much is taken to belong together than too little.
    """
    half = Fraction(1, 2 * 10**decimals)
    whole: dict[Place, Counter[str]] = {}
    partly: dict[Place, list[Long]] = {}
    for (period, area), found in slices.items():
        months = list(period.months())
        for group, total in found.items() if len(months) > 1 else ():
            given = _given(slices, months, area, group)
            if given:
                partly.setdefault((area, group), []).append(Long(total, given, len(months)))
            for parts in _known_in_whole(slices, months, area, group) if total else ():
                whole.setdefault((area, group), Counter())[_of_parts(Fraction(total or 0), parts, half)] += 1
    everywhere = _most_of(sum(whole.values(), Counter()))
    if everywhere:
        return dict.fromkeys({*whole, *partly}, everywhere)
    own = {place: _most_of(seen) for place, seen in whole.items()}
    return {place: _left_possible(longs, half, most) for place, longs in partly.items()} | own


def _given(slices: Slices, months: Iterable[Period], area: str, group: str) -> tuple[Decimal | None, ...]:
    of_area = [slices[one, area] for one in months if (one, area) in slices]
    return tuple(groups[group] for groups in of_area if group in groups)


def _known_in_whole(slices: Slices, months: Sequence[Period], area: str, group: str) -> Iterator[list[Decimal]]:
    """The parts of a long time where all are known: its months, its years."""
    years = [Period(months[at].first, months[at + 11].last) for at in range(0, len(months) - 11, 12)]
    for parts in (months, years if len(months) > 12 and len(months) % 12 == 0 else ()):
        known = [value for one in parts if (value := slices.get((one, area), {}).get(group)) is not None]
        if parts and len(known) == len(parts):
            yield known


def _of_parts(total: Fraction, parts: Sequence[Decimal], half: Fraction) -> str:
    whole = sum(map(Fraction, parts), Fraction(0))
    if whole == total:
        return SUM
    return MEAN if abs(whole / len(parts) - total) <= half else NEITHER


def _most_of(seen: Counter[str]) -> str:
    """What half or more say; nothing where nobody says anything."""
    name = max((SUM, MEAN), key=lambda one: seen[one])
    return name if seen[name] and 2 * seen[name] >= seen.total() else NEITHER


def _left_possible(longs: Sequence[Long], half: Fraction, most: Decimal) -> str:
    for largest in (float(most), inf):
        for kind in (MEAN, SUM):
            if all(_possible(kind, long, half, largest) for long in longs):
                return kind
    return NEITHER


def _possible(kind: str, long: Long, half: Fraction, largest: float) -> bool:
    """Whether a total can be the sum or the mean of its months, hidden ones being from one to `largest`."""
    times, slack = (1, 0.0) if kind == SUM else (long.months, float(long.months * half))
    known, hidden = sum(float(one or 0) for one in long.given), long.given.count(None)
    least = 1 if isfinite(largest) else 0
    first, last = (least, largest) if long.total is None else (float(long.total),) * 2
    most = known + (hidden * largest if hidden else 0) if len(long.given) == long.months else inf
    return times * last + slack >= known + hidden * least and times * first - slack <= most
