"""Finds what else must be hidden: a linear programme over the counts that hang together, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from reports.disclosure.counts import Cells
from reports.disclosure.relations import MEAN_OF_MONTHS, Relation, Relations

if TYPE_CHECKING:
    import highspy

# What a person more or fewer weighs in a count that is shown; more in a total, and of counts alike in a large one.
WEIGHT = 1000
MAIN = 3  # totals that a figure of the page's own municipality weighs
STEP = 1  # and in a count that is hidden already
TIE = 1e-4  # of ways alike always the same one is taken, on any machine
NOTHING = 1e-6  # fewer persons than this do not move: the solver keeps sums right to a ten-millionth

Ends = tuple[float, float]  # the least and the most that something can be


class Move(NamedTuple):
    """A count that must be able to be another number, and a sum that it keeps right by being so."""

    cell: int
    relation: int


class Model(NamedTuple):
    """The counts that hang together, and their programme.

    Each has three variables, from the one of number `at` on: what it is known to be, how many persons more it is, how
    many fewer. Of those that are `free` nothing is known.
    """

    solver: highspy.Highs
    cells: list[int]
    at: dict[int, int]
    free: frozenset[int]


class Programme:
    """Looks for ways in which a count could be another number without any shown figure being another.

    All that a reader knows is taken as it is: sums hold, means are rounded, no count is below nought, a range is what
    it says. Counts that nobody gives may be any that fit. What was published before is known, but to readers who have
    only seen the new page (`told_move`).
    """

    def __init__(self, cells: Cells, relations: Relations, told_move: bool = False) -> None:
        self.cells = cells
        self.told_move = told_move
        self.relations = relations
        self._models: dict[int, Model] = {}

    def moves(self, cell: int, target: float) -> list[Move] | None:
        """The counts that must be able to move, and be hidden, for a count to be `target`; None where it cannot be.

        Of all ways the one of least weight: each count's weight times the persons that it is more or fewer.
        """
        model = self._model(cell)
        _bound(model, cell, ((target, target), (0.0, 0.0), (0.0, 0.0)))
        found = _solved(model.solver)
        _bound(model, cell, self._ends(cell))
        if found is None:
            return None
        moving = model.free.union(model.cells[number // 3] for number in found if number % 3)
        return [Move(*one) for one in _reach(cell, self.relations, moving.__contains__).items()]

    def hide(self, cell: int) -> None:
        """Take a count as hidden from now on."""
        self.cells.hidden[cell] = True
        if cell in self._models:
            self._price(self._models[cell], cell)

    def _model(self, cell: int) -> Model:
        if cell not in self._models:
            model = self._made(cell)
            self._models |= dict.fromkeys(model.at, model)
        return self._models[cell]

    def _made(self, cell: int) -> Model:
        import highspy

        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off")):
            solver.setOptionValue(option, value)
        reached = list(_reach(cell, self.relations, self._can_move))
        at = {one: 3 * number for number, one in enumerate(reached)}
        model = Model(solver, reached, at, frozenset(filter(self._is_free, reached)))
        for one in reached:
            for low, high in self._ends(one):
                solver.addVar(low, high)
            self._price(model, one)
        for number in dict.fromkeys(number for one in reached for number, _ in self.relations.of(one)):
            self._add_sum(model, self.relations.all[number])
        return model

    def _add_sum(self, model: Model, relation: Relation) -> None:
        """What a sum says: it is nought but for rounding; one that is not, by a slip in the figures, stays as it is."""
        value = self.cells.value
        terms = list(zip(relation.cells, relation.times, strict=True))
        of_known = sum((times * Fraction(value[cell] or 0) for cell, times in terms), Fraction(0))
        of_fixed = sum(times * Fraction(value[cell] or 0) for cell, times in terms if cell not in model.at)
        slack = self._rounding(relation)
        is_slip = abs(of_known) > slack and all(value[cell] is not None for cell in relation.cells)
        low, high = (of_known, of_known) if is_slip else (-slack, slack)
        moving = [(model.at[cell], float(times)) for cell, times in terms if cell in model.at]
        places = [at + variable for at, _ in moving for variable in range(3)]
        each = [times for _, one in moving for times in (one, one, -one)]
        model.solver.addRow(float(low - of_fixed), float(high - of_fixed), len(places), places, each)

    def _rounding(self, relation: Relation) -> Fraction:
        """By how many persons the months together may differ from what their rounded mean says, halves apart.

        Nobody says which way a half was rounded.
        """
        if relation.sort != MEAN_OF_MONTHS:
            return Fraction(0)
        indicator = self.cells.keys[relation.cells[0]][0]
        decimals = self.cells.dataset.indicators[indicator].decimals
        return max(-relation.times[0] * Fraction(1, 2 * 10**decimals) - 1, Fraction(0))

    def _ends(self, cell: int) -> tuple[Ends, Ends, Ends]:
        """The ends of a count's three variables."""
        value, told = self.cells.value[cell], self.cells.told_by_share.get(cell)
        if value is not None:
            return (float(value), float(value)), (0.0, inf), (0.0, float(value))
        if told is not None:
            return told, (0.0, inf), (0.0, float(told[0]))
        if self._is_range(cell):
            o = self.cells.dataset.observations[self.cells.keys[cell]]
            return (float(o.value or 0), float(o.upper or 0)), (0.0, 0.0), (0.0, 0.0)
        return (0.0, inf), (0.0, 0.0), (0.0, 0.0)

    def _can_move(self, cell: int) -> bool:
        is_known = self.cells.stays[cell] or (self.cells.told[cell] and not self.told_move)
        return not is_known or self._is_range(cell)

    def _is_range(self, cell: int) -> bool:
        o = self.cells.dataset.observations.get(self.cells.keys[cell])
        return o is not None and o.upper is not None

    def _is_free(self, cell: int) -> bool:
        """Whether nothing is known of a count by itself."""
        return self.cells.value[cell] is None and cell not in self.cells.told_by_share

    def _price(self, model: Model, cell: int) -> None:
        price = STEP if self.cells.hidden[cell] else self._weight(cell)
        for number in (model.at[cell] + 1, model.at[cell] + 2):
            model.solver.changeColCost(number, price + number * TIE)

    def _weight(self, cell: int) -> int:
        """How much is lost by hiding a count."""
        totals = sum(times < 0 for _, times in self.relations.of(cell))
        totals += MAIN * (self.cells.keys[cell][2] == self.cells.dataset.setup.municipality)
        return WEIGHT * (1 + totals) + 10 * int(self.cells.value[cell] or 0).bit_length()


def _reach(cell: int, relations: Relations, moves: Callable[[int], bool]) -> dict[int, int]:
    """The counts in one sum with another, or with one that is, of those that may move; and by which sum."""
    found = {cell: -1}
    ahead = [cell]
    while ahead:
        for number, _ in relations.of(ahead.pop()):
            new = [one for one in relations.all[number].cells if one not in found and moves(one)]
            found |= dict.fromkeys(new, number)
            ahead += new
    return found


def _bound(model: Model, cell: int, ends: Iterable[Ends]) -> None:
    for number, (low, high) in enumerate(ends, model.at[cell]):
        model.solver.changeColBounds(number, low, high)


def _solved(solver: highspy.Highs) -> list[int] | None:
    """The variables that are more than nought in the cheapest solution; None where there is none."""
    import highspy

    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return [number for number, value in enumerate(solver.getSolution().col_value) if value > NOTHING]
