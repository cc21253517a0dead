"""Made-up counts of persons by area and group, and the linear programme by which a reader would narrow them down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import coo_matrix  # type: ignore[import-untyped]

from reports.errors import Place
from reports.model import Area, AreaSetup, Dataset, Disclosure, Indicator, Key, Mark, Observation, Sum, keyed
from reports.period import Period

MONTH = Period.month(2031, 5)
PLACE = Place("made.csv", 1)
MOST = 10_000.0  # more than any made-up count
Row = tuple[dict[Key, float], float, float]  # what a reader knows: numbers times cells lie between two numbers
Truth = dict[Key, Decimal]


class Made(NamedTuple):
    """Made-up figures with the truth behind them, and what a reader knows of how they belong together."""

    dataset: Dataset
    truth: Truth
    rows: list[Row]


def observation(key: Key, value: Decimal | int | str | None, mark: Mark | None = None) -> Observation:
    """A figure of a key."""
    return Observation(*key, None if value is None else Decimal(value), PLACE, mark)


def dataset(
    indicators: Iterable[Indicator],
    areas: Iterable[Area],
    observations: Iterable[Observation],
    sums: Sequence[Sum] = (),
    threshold: int = 5,
) -> Dataset:
    """A dataset of made-up figures."""
    setup = AreaSetup("", "", "All", tuple(areas), disclosure=Disclosure(Decimal(threshold)))
    return Dataset("made", setup, {one.id: one for one in indicators}, {}, keyed(observations), sums=tuple(sums))


def counted(name: str, groups: Sequence[str] = (), **more: Any) -> Indicator:
    """An indicator that counts persons of a register."""
    return Indicator(name, name, "persons", register="persons", groups=tuple(groups), **more)


def shown(of: Dataset) -> Truth:
    """The numbers that a reader sees."""
    return {key: o.value for key, o in of.observations.items() if o.value is not None}


def adds_up(total: Key, parts: Iterable[Key], times: float = -1) -> Row:
    """What a reader knows of a total and its parts."""
    return {total: times, **dict.fromkeys(parts, 1.0)}, 0.0, 0.0


def shares(key: Key, share: Indicator, value: Decimal) -> list[Row]:
    """What a reader knows of part and whole by a share that is shown, rounded."""
    part, whole = (share.part, *key[1:]), (share.whole, *key[1:])
    half = 0.5 * 10**-share.decimals
    low, high = (float(value) - half) / 100, (float(value) + half) / 100
    return [({part: 1, whole: -low}, 0, np.inf), ({part: 1, whole: -high}, -np.inf, 0)]


def intervals(
    cells: Collection[Key], rows: Sequence[Row], known: Mapping[Key, Decimal], most: float = MOST
) -> dict[Key, tuple[float, float]]:
    """The least and the most that a reader can think each cell to be: counts are not negative, `known` ones are shown.

    One linear programme holds a copy of the unknown counts for each end of each cell.
    """
    unknown = sorted({key for row in rows for key in row[0]}.union(cells).difference(known))
    at = {key: number for number, key in enumerate(unknown)}
    lines: list[tuple[dict[int, float], float]] = []
    for terms, low, high in rows:
        line = {at[key]: times for key, times in terms.items() if key in at}
        fixed = sum(times * float(known[key]) for key, times in terms.items() if key in known)
        lines += [(line, high - fixed)] if np.isfinite(high) else []
        lines += [({key: -times for key, times in line.items()}, fixed - low)] if np.isfinite(low) else []
    lines = [line for line in lines if line[0]]
    wanted = [cell for cell in cells if cell in at]
    goal = np.zeros(2 * len(wanted) * len(unknown))
    for number, cell in enumerate(wanted):
        goal[2 * number * len(unknown) + at[cell]] = 1
        goal[(2 * number + 1) * len(unknown) + at[cell]] = -1
    out = {cell: (float(known[cell]),) * 2 for cell in cells if cell in known}
    if wanted:
        found = linprog(goal, *_copies(lines, 2 * len(wanted), len(unknown)), bounds=(0, most))
        assert found.status == 0, found.message
        ends = found.x[goal != 0]
        out |= {cell: (ends[2 * number], ends[2 * number + 1]) for number, cell in enumerate(wanted)}
    return out


def apart(small: Sequence[Key], rows: Sequence[Row], known: Truth) -> Iterator[tuple[list[Key], list[Row]]]:
    """The small unknown counts with their rows, group by group of those that hang together."""
    of: dict[Key, list[int]] = {}
    for number, (terms, _, _) in enumerate(rows):
        for key in terms:
            of.setdefault(key, []).append(number)
    done: set[Key] = set()
    for cell in small:
        if cell in done or cell in known:
            continue
        ahead, keys, numbers = [cell], {cell}, set[int]()
        while ahead:
            for number in of.get(ahead.pop(), ()):
                if number not in numbers:
                    numbers.add(number)
                    new = [key for key in rows[number][0] if key not in keys and key not in known]
                    keys.update(new)
                    ahead += new
        done |= keys
        if numbers:
            yield [one for one in small if one in keys], [rows[number] for number in sorted(numbers)]


def _copies(lines: Sequence[tuple[dict[int, float], float]], count: int, width: int) -> tuple[Any, Any]:
    """The same lines once for each copy of the unknown counts."""
    places = [(row, key, times) for row, (line, _) in enumerate(lines) for key, times in line.items()]
    if not places:
        return None, None
    row, key, times = (np.array(one) for one in zip(*places, strict=True))
    rows = np.concatenate([row + copy * len(lines) for copy in range(count)])
    keys = np.concatenate([key + copy * width for copy in range(count)])
    matrix = coo_matrix((np.tile(times, count), (rows, keys)), (len(lines) * count, width * count))
    return matrix.tocsr(), np.tile([limit for _, limit in lines], count)


def fewest(made: Made, threshold: int = 5) -> int:
    """The fewest figures that can be hidden, noughts apart, found as a whole-number programme: for small tables only.

    Each small count has a copy of the table for more and one for less, in which only hidden figures move.
    """
    keys = sorted(made.truth)
    at = {key: number for number, key in enumerate(keys)}
    value = np.array([float(made.truth[key]) for key in keys])
    small = [key for key in keys if 0 < made.truth[key] < threshold]
    ends = [(key, by) for key in small for by in (threshold - 1 - value[at[key]], 1 - value[at[key]]) if by]
    width, copies = len(keys), len(ends)
    lines, low, high = [], [], []

    def line(terms: Mapping[int, float], least: float, most: float) -> None:
        one = np.zeros(width * (copies + 1))
        one[list(terms)] = list(terms.values())
        lines.append(one)
        low.append(least)
        high.append(most)

    for copy, (key, by) in enumerate(ends, 1):
        for row, _, _ in made.rows:
            line({copy * width + at[one]: times for one, times in row.items()}, 0, 0)
        line({copy * width + at[key]: 1}, by, by)
        for cell in range(width):
            line({copy * width + cell: 1, cell: value[cell]}, 0, np.inf)
            line({copy * width + cell: 1, cell: -10}, -np.inf, 0)
    for key in keys:
        line({at[key]: 1}, float(key in small), float(made.truth[key] > 0))
    goal = np.concatenate([np.ones(width), np.zeros(width * copies)])
    whole = np.concatenate([np.ones(width), np.zeros(width * copies)])
    bounds = Bounds(np.where(whole, 0, -10), np.where(whole, 1, 10))
    found = milp(goal, constraints=LinearConstraint(np.array(lines), low, high), integrality=whole, bounds=bounds)
    assert found.success, found.message
    return round(found.fun)


def counts(random: Random, small: float, largest: int, threshold: int) -> Decimal:
    """A made-up count: small, nought or large."""
    value = random.randrange(threshold) if random.random() < small else random.randint(threshold, largest)
    return Decimal(value)


def table(
    random: Random, areas: int, groups: int, *, small: float = 0.25, largest: int = 60, threshold: int = 5
) -> Made:
    """A month of one indicator by area and group, with totals over both; some cells are small, some are nought."""
    names = [f"A{number}" for number in range(areas)]
    kinds = [f"g{number}" for number in range(groups)]
    truth = {("c", MONTH, name, kind): counts(random, small, largest, threshold) for name in names for kind in kinds}
    rows: list[Row] = []
    for kind in kinds:
        _total(truth, rows, ("c", MONTH, "All", kind), [("c", MONTH, name, kind) for name in names])
    for name in (*names, "All"):
        _total(truth, rows, ("c", MONTH, name, ""), [("c", MONTH, name, kind) for kind in kinds])
    rows.append(adds_up(("c", MONTH, "All", ""), [("c", MONTH, name, "") for name in names]))
    home = [*(Area(name) for name in names), Area("All", members=tuple(names))]
    figures = (observation(key, value) for key, value in truth.items())
    return Made(dataset([counted("c", kinds)], home, figures, threshold=threshold), truth, rows)


def _total(truth: Truth, rows: list[Row], total: Key, parts: Sequence[Key]) -> None:
    truth[total] = sum((truth[part] for part in parts), Decimal(0))
    rows.append(adds_up(total, parts))
