"""The counts of persons that are to be published, as numbered cells: which are shown, which are small."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from reports.model import Dataset, Indicator, Key, Mark, Observation
from reports.period import Period

Earlier = Mapping[Key, Decimal | None]  # what was published before, None where it was hidden
Number = int | Fraction
UNKNOWN = (Mark.HIDDEN, Mark.UNAVAILABLE)


def is_count(indicator: Indicator) -> bool:
    """Whether an indicator counts persons of a register: no rate, no euros, no change that can be negative."""
    return indicator.register == "persons" and not indicator.symbol and not indicator.negative


def threshold(indicator: Indicator, dataset: Dataset) -> Decimal:
    """The smallest count of an indicator that is shown: its own, else the area's."""
    return dataset.setup.disclosure.threshold if indicator.threshold is None else indicator.threshold


def most_small(indicator: Indicator, dataset: Dataset) -> Decimal:
    """The largest whole number below an indicator's threshold."""
    least = threshold(indicator, dataset)
    return least - 1 if least % 1 == 0 else least // 1


def is_small(o: Observation, least: Decimal) -> bool:
    """Whether an observation would show a count between nought and the threshold; a range shows both its ends."""
    return any(value is not None and 0 < value < least for value in (o.value, o.upper))


def known(o: Observation | None) -> Decimal | None:
    """The number of an observation; None where it is unknown or a range. What is not applicable is nought."""
    if o is None or o.upper is not None:
        return None
    return Decimal(0) if o.mark is Mark.NOT_APPLICABLE else o.value


def exact(value: Decimal) -> Number:
    """A decimal as a whole number or a fraction."""
    return int(value) if value == int(value) else Fraction(value)


class Cells:
    """The counts by number, in the order in which they are first asked for.

    A cell that is asked for need not be among the figures: a total that nobody gives is one that no reader sees, and
    moves freely. `keys`, `seen` (whether it is among the published figures), `value` (None where it is not known, and
    for a range), `hidden`, `told` (it was published before) and `stays` (it is shown whatever happens: nought, a range,
    no count of persons) go by number. `told_by_share` are the least and the most that the share of a part means which
    is not known itself.
    """

    def __init__(
        self, dataset: Dataset, periods: Collection[Period] | None, areas: Collection[str] | None, earlier: Earlier
    ) -> None:
        self.dataset = dataset
        self.periods = periods
        self.areas = areas
        self.counting = {name for name, indicator in dataset.indicators.items() if is_count(indicator)}
        self.earlier = {key: value for key, value in earlier.items() if key[0] in self.counting}
        self.keys: list[Key] = []
        self.seen: list[bool] = []
        self.value: list[Number | None] = []
        self.hidden: list[bool] = []
        self.told: list[bool] = []
        self.stays: list[bool] = []
        self.told_by_share: dict[int, tuple[int, int]] = {}
        self._numbers: dict[Key, int] = {}

    def is_shown(self, o: Observation) -> bool:
        """Whether an observation is of a period and an area that the publication shows."""
        return self.publishes(o.period) and (self.areas is None or o.area in self.areas)

    def publishes(self, period: Period) -> bool:
        """Whether figures of a period are shown."""
        return self.periods is None or period in self.periods

    def number(self, key: Key) -> int:
        """The number of the cell of a key."""
        found = self._numbers.get(key)
        return self._new(key) if found is None else found

    def numbers(self, keys: Iterable[Key]) -> list[int]:
        """The numbers of several cells."""
        return [self.number(key) for key in keys]

    def small(self) -> list[int]:
        """The cells to be protected: counts below their threshold, and those that their source hides from us too.

        Those of areas that are not shown as well: a reader would find them by subtraction.
        """
        least = {name: threshold(self.dataset.indicators[name], self.dataset) for name in self.counting}
        return self.numbers(
            sorted(
                key
                for key, o in self.dataset.observations.items()
                if o.indicator in least
                and self.publishes(o.period)
                and (o.mark is Mark.HIDDEN or is_small(o, least[o.indicator]))
            )
        )

    def unseen(self) -> list[int]:
        """Small counts that no file gives, but that follow from those that are; a reader would work them out too."""
        return [
            cell
            for cell, value in enumerate(self.value)
            if value and self.is_unknown(cell) and value <= self.most(cell)
        ]

    def is_unknown(self, cell: int) -> bool:
        """Whether a cell counts persons and no file gives its number."""
        o = self.dataset.observations.get(self.keys[cell])
        return self.keys[cell][0] in self.counting and (o is None or o.mark in UNKNOWN)

    def most(self, cell: int) -> Decimal:
        """The largest whole number below a cell's threshold."""
        return most_small(self.dataset.indicators[self.keys[cell][0]], self.dataset)

    def _new(self, key: Key) -> int:
        number = self._numbers[key] = len(self.keys)
        o = self.dataset.observations.get(key)
        shown = o if o is not None and self.is_shown(o) else None
        value = known(o)
        self.keys.append(key)
        self.seen.append(shown is not None)
        self.value.append(None if value is None else exact(value))
        self.hidden.append(shown is None or shown.mark in UNKNOWN or self.earlier.get(key, value) is None)
        self.told.append(value is not None and self.earlier.get(key) == value)
        known_to_all = shown is not None and shown.mark not in UNKNOWN
        self.stays.append(known_to_all and (key[0] not in self.counting or not value))
        return number
