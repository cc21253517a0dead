"""Shares as they tell counts: 15 per cent of 20 are three persons."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil, floor

from reports.disclosure.counts import Cells, known
from reports.model import Observation


def shares(cells: Cells) -> Iterator[tuple[Observation, int, int]]:
    """The shares among the figures that are shown, each with the cells of its part and its whole."""
    observations, indicators = cells.dataset.observations, cells.dataset.indicators
    for key in sorted(key for key in observations if indicators[key[0]].part and indicators[key[0]].whole):
        o, of = observations[key], indicators[key[0]]
        if o.value is not None and cells.is_shown(o):
            part, whole = cells.numbers((name, *key[1:]) for name in (of.part, of.whole))
            yield o, part, whole


def read_shares(cells: Cells) -> None:
    """Note what shares tell of the parts that stand in no file; where it is one number, that is the part's."""
    for o, part, whole in shares(cells):
        if told := _told(o, part, whole, cells):
            cells.told_by_share[part] = told
            if told[0] == told[1]:
                cells.value[part] = told[0]


def may_be_small(cells: Cells) -> Iterator[int]:
    """The parts that stand in no file and may be small, as far as their share tells."""
    for part, (first, last) in cells.told_by_share.items():
        if cells.keys[part][0] in cells.counting and first <= cells.most(part) and last >= 1:
            yield part


def _told(o: Observation, part: int, whole: int, cells: Cells) -> tuple[int, int] | None:
    """The least and most persons that a share means; None where its part is among the figures or its whole is not."""
    observations = cells.dataset.observations
    base = known(observations.get(cells.keys[whole]))
    if o.value is None or base is None or known(observations.get(cells.keys[part])) is not None:
        return None
    half = Decimal(5).scaleb(-cells.dataset.indicators[o.indicator].decimals - 1)
    low, high = ((o.value + by) * base / 100 for by in (-half, half))
    return max(0, ceil(low)), floor(high)
