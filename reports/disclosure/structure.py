"""How counts belong together, as the figures and the declared sums say: areas, groups, sums, years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, islice
from typing import NamedTuple

from reports.disclosure.counts import Cells, Number, known
from reports.facts import FactError, Reference, parse
from reports.model import Dataset, Sum
from reports.period import Period

SLIP = 4  # a total this near the sum of its parts tells them all the same: persons without a place, a late correction
JUDGED_BY = 3  # periods: a slip in one of them is outvoted
Run = tuple[str, ...]
Children = dict[str, tuple[str, ...]]
Slices = dict[tuple[Period, str], dict[str, Decimal | None]]  # of an indicator: by period and area the groups' counts
ByPeriod = Mapping[Period, Slices]


class Term(NamedTuple):
    """A figure in a declared sum; of every period or area where `period` or `area` is None."""

    indicator: str
    period: Period | None
    area: str | None
    group: str
    times: Number


def by_slice(cells: Cells) -> dict[str, Slices]:
    """The counts of each indicator by period and area, and by group."""
    out: dict[str, Slices] = {}
    for o in cells.dataset.observations.values():
        if o.indicator in cells.counting:
            out.setdefault(o.indicator, {}).setdefault((o.period, o.area), {})[o.group] = known(o)
    return out


def about(period: Period, by_period: ByPeriod, judges: Callable[[Slices], bool]) -> Slices:
    """The figures of the few periods next to one by which to judge how its figures belong together.

    Areas get other members and lists other groups: what added up years ago says little. `judges` tells whether the
    figures of a period can be judged by.
    """
    near = sorted(by_period, key=lambda at: (abs((at.last - period.last).days), at))
    chosen = islice((at for at in near if judges(by_period[at])), JUDGED_BY)
    return {key: found for at in chosen for key, found in by_period[at].items()}


def runs_at(period: Period, groups: Sequence[str], by_period: ByPeriod) -> tuple[Run, ...]:
    """The groups that add up to the total in a period, as the figures next to it say."""

    def judges(slices: Slices) -> bool:
        return any(found.get("") and all(found.get(group) is not None for group in groups) for found in slices.values())

    near = about(period, by_period, judges)
    return runs(groups, near or {key: found for one in by_period.values() for key, found in one.items()})


def runs(groups: Sequence[str], slices: Slices) -> tuple[Run, ...]:
    """The groups that add up to the total: all of them, or those of each way to divide the same people.

    All are taken to where they do in half of the figures known in whole or more; else every row of neighbours that adds
    up in three quarters of these, as women and men before the ages; else all where they nearly do in half of them.
    """
    seen: Counter[tuple[int, int]] = Counter()
    whole = near = against = 0
    for found in slices.values():
        total, parts = found.get(""), [found.get(group) for group in groups]
        have = [part for part in parts if part is not None]
        if total and len(have) == len(parts):
            whole += 1
            near += abs(sum(have) - total) <= SLIP
            seen.update(_adding(total, have))
        elif total:
            against += sum(have) > total + SLIP
    everything = (tuple(groups),)
    if not whole:
        return () if against else everything
    if 2 * seen[0, len(groups)] >= whole:
        return everything
    rows = [tuple(groups[first:last]) for (first, last), count in sorted(seen.items()) if 4 * count >= 3 * whole]
    return tuple(rows) or (everything if 2 * near >= whole else ())


def _adding(total: Decimal, parts: Sequence[Decimal]) -> Iterator[tuple[int, int]]:
    """The rows of two neighbours or more whose sum is the total: all of them where that is so."""
    sums = [Decimal(0), *accumulate(parts)]
    if sums[-1] == total:
        yield 0, len(parts)
        return
    for first in range(len(parts)):
        yield from ((first, last) for last in range(first + 2, len(sums)) if sums[last] - sums[first] == total)


def children_at(period: Period, dataset: Dataset, by_period: ByPeriod) -> Children:
    """Each area that is made of others with its largest parts, so that an area within an area is counted once.

    One whose figures are another number than the sum of its members', in the period and those next to it, is an area
    like any other.
    """
    members = {area.name: area.members for area in dataset.setup.areas if area.members}

    def adds_up(name: str) -> bool:
        near = about(period, by_period, lambda slices: any(_judged(name, members[name], slices)))
        good, bad = _judged(name, members[name], near)
        return good >= bad

    leaves = {name: _leaves(name, members, frozenset()) for name in members if adds_up(name)}
    out: Children = {}
    for name in sorted(leaves, key=lambda name: (len(leaves[name]), name)):
        rest, parts = set(leaves[name]), []
        for inner in reversed(out):
            if leaves[inner] <= rest:
                parts.append(inner)
                rest -= leaves[inner]
        out[name] = (*parts, *sorted(rest))
    return out


def _leaves(name: str, members: dict[str, tuple[str, ...]], above: frozenset[str]) -> frozenset[str]:
    """The areas at the bottom of one; a circle of members ends where it began."""
    if name not in members or name in above:
        return frozenset({name})
    return frozenset().union(*(_leaves(part, members, above | {name}) for part in members[name]))


def _judged(name: str, members: Sequence[str], slices: Slices) -> tuple[int, int]:
    """How many figures of an area are the sum of its members', and how many are not."""
    good = bad = 0
    for (period, area), found in slices.items():
        for group, total in found.items() if area == name else ():
            parts = [slices.get((period, part), {}).get(group) for part in members]
            have = [part for part in parts if part is not None]
            if total is not None and (len(have) == len(parts) or sum(have) > total + SLIP):
                good, bad = (good + 1, bad) if abs(sum(have) - total) <= SLIP else (good, bad + 1)
    return good, bad


def sum_terms(declared: Sum, dataset: Dataset) -> tuple[Term, ...]:
    """A declared sum as figures, each times its number; none where it takes a lowest month or cannot be read.

    Figures of one and the same period or area stand for every period or area: what adds up once always does.
    """
    terms: list[Term] = []
    with suppress(FactError):
        for notation, sign in ((declared.total, -1), *((part, 1) for part in declared.parts)):
            found = parse(notation, dataset)
            if not isinstance(found, Reference) or found.function not in ("", "sum", "mean"):
                return ()
            months = list(found.period.months()) if found.function else [found.period]
            times = Fraction(sign, len(months)) if found.function == "mean" else sign
            terms += [Term(found.indicator, month, found.area, found.group, times) for month in months]
        if len({term.period for term in terms}) == 1:
            terms = [term._replace(period=None) for term in terms]
        if len({term.area for term in terms}) == 1:
            terms = [term._replace(area=None) for term in terms]
        return tuple(terms)
    return ()
