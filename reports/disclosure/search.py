"""Finds what else must be hidden: other counts that could be larger or smaller together with a small one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from reports.disclosure.counts import Cells, Number
from reports.disclosure.relations import Links, Relations

WEIGHT = 1000  # of hiding one more cell; a total weighs more, and of cells alike the smaller one goes
STEP = 50  # of a longer way among cells that are hidden already
# How many ways are tried among the cells that are hidden already, among all that can take the whole move, among all
# (twice); and what a sum that is still wrong weighs: less finds better ways, more finds one sooner.
LOOKS = (40, False, False, 500), (400, True, True, 500), (4000, True, False, 1000), (4000, True, False, 3000)

Broken = dict[int, Number]  # by how much each sum is wrong, by its number


class Step(NamedTuple):
    """One cell that moves by so much, to make a sum right again that the cells before it had made wrong."""

    cell: int
    by: Number
    relation: int
    before: Way | None
    cost: int


class Way(NamedTuple):
    """Steps one after the other: the last one, how much each cell has moved, and what is wrong then."""

    last: Step
    moved: dict[int, Number]
    broken: Broken

    def steps(self) -> Iterator[Step]:
        """The steps, the last one first."""
        way: Way | None = self
        while way is not None:
            yield way.last
            way = way.last.before


class Search:
    """Looks for ways in which a cell could have another value without any shown figure being another."""

    def __init__(self, cells: Cells, relations: Relations) -> None:
        self.cells = cells
        self.relations = relations
        self._weights: dict[int, int] = {}
        self._able: dict[int, Links] = {}
        self._open: dict[int, Links] = {}

    def way(self, cell: int, by: Number) -> Way | None:
        """The cells that must move, and be hidden, for a cell to be more or less by so much; None where none are found.

        Cells that are hidden already come first; of the others the fewest that are found, no totals where it can be,
        small ones rather than large.
        """
        for look in LOOKS:
            if found := self._best(cell, by, *look):
                return found
        return None

    def hide(self, cell: int) -> None:
        """Take a cell as hidden from now on."""
        if not self.cells.hidden[cell]:
            self.cells.hidden[cell] = True
            for number, times in self.relations.of(cell):
                if number in self._open and not self.cells.fixed[cell]:
                    self._open[number].append((cell, times))

    def _best(self, cell: int, by: Number, tries: int, new: bool, whole: bool, ahead: int) -> Way | None:
        turn = count()
        heap = [(0, next(turn), Step(cell, by, -1, None, 0))]
        for _ in range(tries):
            if not heap:
                return None
            way = self._taken(heappop(heap)[2])
            if not way.broken:
                return way
            for after, step in self._next(way, new, whole):
                heappush(heap, (step.cost + ahead * after, next(turn), step))
        return None

    def _taken(self, step: Step) -> Way:
        """The way that a step makes longer."""
        before = step.before
        broken = dict(before.broken) if before else {}
        for number, times in self.relations.of(step.cell):
            wrong = broken.pop(number, 0) + step.by * times
            if wrong:
                broken[number] = wrong
        moved = before.moved if before else {}
        return Way(step, {**moved, step.cell: moved.get(step.cell, 0) + step.by}, broken)

    def _next(self, way: Way, new: bool, whole: bool) -> Iterator[tuple[int, Step]]:
        """The cells that may move to make the shortest wrong sum right, and how many sums are wrong then."""
        hidden, least, of = self.cells.hidden, self.cells.least, self.relations.of
        moved, broken, cost = way.moved, way.broken, way.last.cost
        first = next(iter(moved))
        number, able = self._shortest(broken, new)
        wrong = broken[number]
        for cell, times in able:
            by = -wrong * times if times in (1, -1) else -wrong / Fraction(times)
            before = moved.get(cell, 0)
            if by + before < -least[cell]:
                by = 0 if whole else -least[cell] - before
            if by and by * before >= 0 and cell != first:
                after = len(broken)
                for other, count in of(cell):
                    after += 1 if other not in broken else -(broken[other] == -by * count)
                weight = STEP if hidden[cell] or before else self._weight(cell)
                yield after, Step(cell, by, number, way, cost + weight)

    def _shortest(self, broken: Broken, new: bool) -> tuple[int, Links]:
        """Of the wrong sums the one with the fewest cells that may move, and these: all or those hidden already."""
        found = self._able if new else self._open
        for number in broken:
            if number not in found:
                relation = self.relations.all[number]
                found[number] = [
                    (cell, times)
                    for cell, times in zip(relation.cells, relation.times, strict=True)
                    if not self.cells.fixed[cell] and (new or self.cells.hidden[cell])
                ]
        number = min(broken, key=lambda number: len(found[number]))
        return number, found[number]

    def _weight(self, cell: int) -> int:
        """How much is lost by hiding a cell."""
        if cell not in self._weights:
            totals = sum(times < 0 for _, times in self.relations.of(cell))
            self._weights[cell] = WEIGHT * (1 + totals) + 10 * int(self.cells.least[cell]).bit_length()
        return self._weights[cell]
