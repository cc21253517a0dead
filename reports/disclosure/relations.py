"""What a reader knows of how counts belong together, as sums that are nought, worked out where they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from reports.disclosure.counts import Cells, Number, known, most_small
from reports.disclosure.months import MEAN, Place, of_months
from reports.disclosure.structure import SLIP, Children, Slices, by_slice, children_at, runs_at, sum_terms
from reports.model import Key
from reports.period import Period

Terms = Sequence[tuple[Key, Number]]
MEAN_OF_MONTHS = "months mean"  # the one sort of relation that holds but for rounding
Links = list[tuple[int, Number]]


class Relation(NamedTuple):
    """The sum of the cells, each times its number, is nought. The first cell is the total, with a negative number."""

    sort: str
    cells: tuple[int, ...]
    times: tuple[Number, ...]


class Knowledge(NamedTuple):
    """An indicator's counts by period, what long times are of their months, and which long times there are."""

    by_period: Mapping[Period, Slices]
    of_months: Mapping[Place, str]
    long: Mapping[Period, tuple[Period, ...]]


class Relations:
    """All relations by number, and those of each cell; an indicator's month is gone through when first asked for."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.dataset = cells.dataset
        self.all: list[Relation] = []
        self._links: dict[int, Links] = {}
        self._whole: set[int] = set()
        self._gone_through: set[tuple[str, Period]] = set()
        self._made: set[tuple[str, int]] = set()
        self._slices = by_slice(cells)
        self._found: dict[tuple[str, Period], dict[str, list[str]]] = {}
        for indicator, slices in self._slices.items():
            for (period, area), groups in slices.items():
                self._found.setdefault((indicator, period), {})[area] = list(groups)
        self._knowledge: dict[str, Knowledge] = {}
        self._sums = [terms for declared in self.dataset.sums if (terms := sum_terms(declared, self.dataset))]
        pairs = {(one.part, one.whole) for one in self.dataset.indicators.values()}
        self._parts = sorted(pair for pair in pairs if cells.counting.issuperset(pair))

    def of(self, cell: int) -> Links:
        """Every relation that a cell is in, by its number in `all`, and how many times the cell is in it."""
        if cell not in self._whole:
            indicator, period, *_ = self.cells.keys[cell]
            if (indicator, period) not in self._gone_through:
                self._gone_through.add((indicator, period))
                before = len(self.all)
                self._go_through(indicator, period)
                self._work_out(range(before, len(self.all)))
            self._whole.add(cell)
        return self._links.get(cell, [])

    def _go_through(self, indicator: str, period: Period) -> None:
        if indicator in self.cells.counting:
            if indicator not in self._knowledge:
                self._knowledge[indicator] = self._known(indicator)
            found = self._found.get((indicator, period), {})
            children = children_at(period, self.dataset, self._knowledge[indicator].by_period)
            areas = {*found, *children}
            groups = {"", *(group for groups in found.values() for group in groups)}
            self._over_areas(indicator, period, sorted(groups), children)
            self._over_groups(indicator, period, sorted(areas))
            self._over_months(indicator, period)
            self._within(indicator, period)
        self._declared(indicator, period)

    def work_out(self, cells: Iterable[int]) -> None:
        """Give numbers to the unknown counts of the months of some cells, and of those where totals or parts lack."""
        for cell in cells:
            self.of(cell)
        for indicator, period in sorted(self._found):
            found = self._found[indicator, period]
            if self.cells.publishes(period) and self._lacks(indicator, period):
                self.of(self.cells.number((indicator, period, min(found), "")))

    def _lacks(self, indicator: str, period: Period) -> bool:
        """Whether an indicator's figures of a period have gaps, which the others might fill."""
        areas = {place for area in self.dataset.setup.areas if area.members for place in (area.name, *area.members)}
        groups = {"", *self.dataset.indicators[indicator].groups}
        found = self._found[indicator, period]
        slices = [self._slices[indicator][period, area] for area in found]
        return not areas <= found.keys() or any(len(one) < len(groups) or None in one.values() for one in slices)

    def _work_out(self, numbers: Iterable[int]) -> None:
        """Give a number to counts that are the only unknown one of a sum, and to those that follow from them."""
        value, ahead = self.cells.value, list(numbers)
        while ahead:
            relation = self.all[ahead.pop()]
            unknown = [cell for cell in relation.cells if value[cell] is None]
            if len(unknown) == 1 and {1, -1}.issuperset(relation.times):
                (cell,) = unknown
                terms = zip(relation.cells, relation.times, strict=True)
                left = sum(times * (value[one] or 0) for one, times in terms)
                if cell != relation.cells[0]:
                    left = -left
                if left >= 0:
                    value[cell] = left
                    ahead += [number for number, _ in self._links[cell]]

    def scarce(self) -> Iterator[int]:
        """The counts that no file gives and of which a sum leaves so few for all of them that each is small or none."""
        value, is_unknown = self.cells.value, self.cells.is_unknown
        for relation in self.all:
            unknown = [cell for cell in relation.cells if value[cell] is None]
            if unknown and relation.cells[0] not in unknown and all(map(is_unknown, unknown)):
                terms = zip(relation.cells, relation.times, strict=True)
                left = -sum(times * (value[cell] or 0) for cell, times in terms)
                yield from (cell for cell in unknown if 0 < left < self.cells.most(cell))

    def _known(self, indicator: str) -> Knowledge:
        of, slices = self.dataset.indicators[indicator], self._slices.get(indicator, {})
        by_period: dict[Period, Slices] = {}
        for (period, area), found in slices.items():
            by_period.setdefault(period, {})[period, area] = found
        long = {period: months for period in sorted(by_period) if len(months := tuple(period.months())) > 1}
        kinds = of_months(slices, of.decimals, most_small(of, self.dataset)) if long else {}
        return Knowledge(by_period, kinds, long)

    def _over_groups(self, indicator: str, period: Period, areas: Iterable[str]) -> None:
        names = self.dataset.indicators[indicator].groups
        for run in runs_at(period, names, self._knowledge[indicator].by_period) if names else ():
            for area in areas:
                parts = ((indicator, period, area, group) for group in run)
                self._add(f"groups {run[0]}", (indicator, period, area, ""), parts)

    def _over_areas(self, indicator: str, period: Period, groups: Iterable[str], children: Children) -> None:
        for total, parts in children.items():
            for group in groups:
                members = ((indicator, period, part, group) for part in parts)
                self._add("areas", (indicator, period, total, group), members)

    def _over_months(self, indicator: str, period: Period) -> None:
        """The counts of long times that hold a period, or that it is."""
        knowledge = self._knowledge[indicator]
        for long, months in knowledge.long.items():
            if period == long or period in months:
                for place in sorted({*self._places(indicator, long)}):
                    if kind := knowledge.of_months.get(place):
                        times = -len(months) if kind == MEAN else -1
                        parts = ((indicator, month, *place) for month in months)
                        self._add(MEAN_OF_MONTHS if kind == MEAN else "months", (indicator, long, *place), parts, times)

    def _within(self, indicator: str, period: Period) -> None:
        """A part is no more than its whole: the whole is the part and a rest that nobody gives."""
        for part, whole in self._parts:
            if indicator in (part, whole):
                for at in sorted({*self._places(part, period), *self._places(whole, period)}):
                    rest = (f"{whole} - {part}", period, *at)
                    self._add(f"part {part}", (whole, period, *at), [(part, period, *at), rest])

    def _declared(self, indicator: str, period: Period) -> None:
        for at, terms in enumerate(self._sums):
            if any(term.indicator == indicator and term.period in (None, period) for term in terms):
                own = {term.area for term in terms}
                areas = {area for term in terms for area, _ in self._places(term.indicator, term.period or period)}
                for area in sorted(areas) if own == {None} else [""]:
                    of = [((o.indicator, o.period or period, o.area or area, o.group), o.times) for o in terms]
                    name = f"sum {at}", self.cells.number(of[0][0])
                    if name not in self._made and not self._refuted(of):
                        self._make(name, of)

    def _places(self, indicator: str, period: Period) -> Iterator[tuple[str, str]]:
        """The areas and groups that an indicator has figures of in a period."""
        found = self._found.get((indicator, period), {})
        yield from ((area, group) for area, groups in found.items() for group in groups)

    def _refuted(self, terms: Terms) -> bool:
        """Whether all the figures are known and do not add up so."""
        total = Fraction(0)
        for key, times in terms:
            value = known(self.dataset.observations.get(key))
            if value is None:
                return False
            total += Fraction(value) * times
        return abs(total) > SLIP

    def _add(self, sort: str, total: Key, parts: Iterable[Key], times: Number = -1) -> None:
        """Add the relation of a total and its parts."""
        name = sort, self.cells.number(total)
        if name not in self._made:
            self._make(name, [(total, times), *((part, 1) for part in parts)])

    def _make(self, name: tuple[str, int], terms: Terms) -> None:
        times: dict[int, Number] = {}
        for key, one in terms:
            number = self.cells.number(key)
            times[number] = times.get(number, 0) + one
        for number, one in times.items():
            self._links.setdefault(number, []).append((len(self.all), one))
        self._made.add(name)
        self.all.append(Relation(name[0], tuple(times), tuple(times.values())))
