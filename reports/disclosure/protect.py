"""A dataset as it may be published: small counts of persons hidden, with all that would give them away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from reports.disclosure.counts import Cells, Earlier
from reports.disclosure.programme import Move, Programme
from reports.disclosure.relations import Relation, Relations
from reports.disclosure.shares import may_be_small, read_shares, shares
from reports.errors import Place, Problem, ReportError
from reports.model import Dataset, Key, Mark
from reports.period import Period


class Hidden(NamedTuple):
    """One figure that is not shown. `why`: it is `small`, or it would give `protects` away as part of `total`.

    `why` is then the kind of sum: `groups`, `areas`, `sum`, `months`, `part`, or `share`. It is `unknown` where the
    source hides it, `before` where it was hidden in an earlier publication, `impossible` where nothing can protect it,
    and `made` of one that is worked out from the hidden figure `protects`.
    """

    key: Key
    why: str
    total: Key | None = None
    protects: Key | None = None


class Published(NamedTuple):
    """What may be shown, and what was hidden and why, which is for staff only."""

    dataset: Dataset
    hidden: tuple[Hidden, ...]


class Unprotected(ReportError):
    """Figures that nothing can protect. `hidden` are they, and behind them those that would have been hidden.

    `lists` are the files that tell the staff of them, by name, where somebody has made them.
    """

    def __init__(self, problems: Iterable[Problem], hidden: tuple[Hidden, ...]) -> None:
        super().__init__(problems, exit_code=5)
        self.hidden = hidden
        self.lists: Mapping[str, bytes] = {}


def published(
    dataset: Dataset,
    periods: Collection[Period] | None = None,
    areas_shown: Collection[str] | None = None,
    earlier: Earlier | None = None,
) -> Published:
    """A dataset with the figures of some periods and areas (all where None) that may be published together.

    Counts of persons below their threshold have no value and the mark of what is hidden, and so has whatever would
    let a reader narrow one down; figures of other periods and areas are left out. `earlier` are figures that were
    published before (None: hidden then): what was hidden stays so, and what is known already hides nothing. The rule:
    docs/disclosure.md. Raises Unprotected (exit code 5) with `disclosure-impossible` where that cannot be done.
    """
    cells = Cells(dataset, periods, areas_shown, earlier or {})
    hidden = _Protection(cells).hidden()
    return Published(_without(dataset, cells, hidden), hidden)


class _Protection:
    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.relations = Relations(cells)
        self.programme = Programme(cells, self.relations)
        self.for_new_readers = Programme(cells, self.relations, told_move=True)
        self.out: dict[int, Hidden] = {}
        self.moved: dict[int, int] = {}

    def hidden(self) -> tuple[Hidden, ...]:
        """Everything that is to be hidden, in the order of its keys."""
        read_shares(self.cells)
        small = self.cells.small()
        for cell in small:
            o = self.cells.dataset.observations[self.cells.keys[cell]]
            self._hide(cell, "unknown" if o.mark is Mark.HIDDEN else "small")
        self.relations.work_out(small)
        unseen = (*self.cells.unseen(), *self.relations.scarce(), *may_be_small(self.cells))
        small = [one for one in (*small, *unseen) if self._is_small(one)]
        for cell in self.cells.numbers(key for key, value in self.cells.earlier.items() if value is None):
            self._hide(cell, "before")
        untold = [cell for cell in dict.fromkeys(small) if not self.cells.told[cell]]
        if failed := [cell for cell in untold if not self._protected(cell, self.programme)]:
            raise Unprotected([self._impossible(cell) for cell in failed], self._given_up(failed))
        for cell in small:
            if self.cells.told[cell]:  # by mistake; as far as it can be, whoever reads the new page is not told again
                self._protected(cell, self.for_new_readers)
        self._hide_shares()
        return tuple(sorted(self.out.values(), key=lambda one: one.key))

    def _protected(self, cell: int, programme: Programme) -> bool:
        """Hide what keeps a reader from narrowing a cell down to less than the whole range of small counts."""
        for target in self._targets(cell):
            moves = programme.moves(cell, target)
            if moves is None:
                return False
            for move in moves:
                self.moved.setdefault(move.cell, cell)
                self._hide_with(move, cell)
        return True

    def _is_small(self, cell: int) -> bool:
        """Whether a count is small for all that is known; one that the source hides may turn out to be large."""
        value = self.cells.value[cell]
        return value is None or 0 < value < self.cells.most(cell) + 1

    def _targets(self, cell: int) -> list[float]:
        """What a cell must be able to be: one, and the most of a small count; but for what it is."""
        return [one for one in (float(self.cells.most(cell)), 1.0) if one != self.cells.value[cell]]

    def _hide_with(self, move: Move, small: int) -> None:
        if not self.cells.hidden[move.cell]:
            relation = self.relations.all[move.relation]
            self._hide(move.cell, relation.sort.partition(" ")[0], relation, small)

    def _hide(self, cell: int, why: str, relation: Relation | None = None, small: int | None = None) -> None:
        keys = self.cells.keys
        self.programme.hide(cell)
        self.for_new_readers.hide(cell)
        if self.cells.seen[cell] and cell not in self.out:
            total = keys[relation.cells[0]] if relation else None
            self.out[cell] = Hidden(keys[cell], why, total, None if small is None else keys[small])

    def _hide_shares(self) -> None:
        """Hide the shares of what is hidden, or may be another number."""
        for o, *pair in shares(self.cells):
            open_to = [self.moved.get(cell, cell) for cell in pair if cell in self.out or cell in self.moved]
            if open_to:
                key = (o.indicator, o.period, o.area, o.group)
                self._hide(self.cells.number(key), "share", small=open_to[0])

    def _given_up(self, failed: Collection[int]) -> tuple[Hidden, ...]:
        """The figures that cannot be protected, then all that would have been hidden."""
        keys = sorted(self.cells.keys[cell] for cell in failed)
        others = sorted((one for one in self.out.values() if one.key not in keys), key=lambda one: one.key)
        return (*(Hidden(key, "impossible") for key in keys), *others)

    def _impossible(self, cell: int) -> Problem:
        indicator, period, area, group = key = self.cells.keys[cell]
        o = self.cells.dataset.observations.get(key)
        values = {"indicator": self.cells.dataset.indicators[indicator].name, "period": period, "area": area}
        named = {**values, "group": f", {group}" if group else ""}
        return Problem("disclosure-impossible", o.place if o else Place(""), named)


def _without(dataset: Dataset, cells: Cells, hidden: tuple[Hidden, ...]) -> Dataset:
    """The dataset with nothing but what may be shown."""
    gone = {one.key for one in hidden}
    kept = {
        key: o._replace(value=None, upper=None, mark=Mark.HIDDEN, approximate=False, note="") if key in gone else o
        for key, o in dataset.observations.items()
        if cells.is_shown(o)
    }
    return replace(dataset, observations=kept)
