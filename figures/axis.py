"""The scale of a number axis: round steps, from zero unless that would flatten everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

MOST_STEPS = 5
FLAT = Decimal("0.12")
"""Where all numbers lie within this part of the largest, an axis from zero would show a flat line."""

OVERSHOOT = Decimal("0.3")
"""How much of a step the greatest value may stand over the last number."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The numbers printed along the axis, evenly spaced and rising, the decimals they need, and where the axis ends.

    The end is the last number, or a little beyond it where the greatest value is.
    """

    ticks: tuple[Decimal, ...]
    decimals: int
    high: Decimal

    @property
    def low(self) -> Decimal:
        """Where the axis begins."""
        return self.ticks[0]

    def part(self, value: Decimal) -> float:
        """How far up the axis a value stands, 0 to 1."""
        return float((value - self.low) / (self.high - self.low))


def axis_for(values: Sequence[Decimal], decimals: int) -> Axis:
    """The axis on which all values lie; whole steps where the values are whole numbers (`decimals` 0)."""
    low, high = min(values), max(values)
    if low > 0 and (low == high or high - low >= FLAT * high):
        low = Decimal(0)
    if high < 0:
        high = Decimal(0)
    step = _step((high - low) or Decimal(1), decimals)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = max(int((high / step).to_integral_value(ROUND_CEILING)), first + 1)
    if last - first > 2 and high - (last - 1) * step < OVERSHOOT * step:
        last -= 1
    ticks = tuple(step * number for number in range(first, last + 1))
    return Axis(ticks, max(0, -int(step.normalize().as_tuple().exponent)), max(ticks[-1], high))


def _step(span: Decimal, decimals: int) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that divides the span into few steps."""
    power = Decimal(1).scaleb((span / MOST_STEPS).adjusted())
    for factor in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10), Decimal(20)):
        step = factor * power
        whole = step == step.to_integral_value()
        if span / step <= MOST_STEPS and (whole or (decimals > 0 and factor != Decimal("2.5"))):
            return step
    return Decimal(1)
