"""A target as limits in its indicator's unit: how far a value is from them, how old a figure is, what time is left."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from figures.notation import MILLION
from reports.goals.target import Comparison, Direction, Kind, Target
from reports.messages import LANGUAGES, catalogue
from reports.model import FollowUp, Indicator, Observation
from reports.period import Period
from reports.read.number import common_unit

DAYS_OF_WEEK = 7
MONTHS_OF_YEAR = 12
WHOLE = Decimal(100)  # per cent
EUROS = {"€": Decimal(1), "t€": Decimal(1000), "M€": MILLION}


class Limits(NamedTuple):
    """The ends of the good side, in the indicator's unit; None where it is open. Equal ends are a point."""

    low: Decimal | None = None
    high: Decimal | None = None

    def room(self, value: Decimal) -> tuple[Decimal, Decimal]:
        """How far inside the good side a value is (negative: how much is missing), and the end that decides it."""
        ends = [(value - self.low, self.low)] if self.low is not None else []
        ends += [(self.high - value, self.high)] if self.high is not None else []
        return min(ends)


def limits(target: Target, start: Decimal | None) -> Limits | None:
    """The limits of an aimed target; None of a trend, and of a multiple whose starting value is unknown or nothing."""
    value = target.value
    if target.kind is Kind.MULTIPLE:
        value = value * start if value is not None and start is not None and start > 0 else None
    if value is None or target.kind is Kind.TREND:
        return None
    if target.kind is Kind.BAND:
        return Limits(value, target.upper)
    if target.comparison is Comparison.POINT:
        return Limits(value, value)
    up = target.comparison in (Comparison.ABOVE, Comparison.AT_LEAST) or target.direction is Direction.UP
    return Limits(low=value) if up else Limits(high=value)


def converted(target: Target, unit: str) -> Target | None:
    """The target in an indicator's unit, millions of euros as euros and back; None where the two cannot be compared.

    Units are the same in any spelling (`vk`, `viikkoa`). A frequency has no unit of its own: it is compared with what
    is counted in each same time (`kertaa/kk`), or counted at all.
    """
    if target.kind is Kind.FREQUENCY:
        return target if _counts(unit, target.per) else None
    (own, size), (wanted, step) = _measure(target.unit or unit), _measure(unit)
    if own != wanted:
        return None
    value, upper = (one if one is None else one * size / step for one in (target.value, target.upper))
    return target._replace(value=value, upper=upper, unit=target.unit and unit)


def per_of(unit: str) -> str:
    """The time that a unit counts things in: `month` of `kertaa/kk` and `kertaa kuukaudessa`, nothing of `kertaa`."""
    last = re.split("[/ ]", unit)
    return _spelt().get(last[-1], "") if len(last) > 1 else ""


def ends(o: Observation | None) -> tuple[Decimal, ...]:
    """The value of an observation, both ends of a range; nothing where it is unknown."""
    if o is None or o.value is None:
        return ()
    return (o.value,) if o.upper is None else (o.value, o.upper)


def is_money(indicator: Indicator) -> bool:
    """Whether an indicator is a sum of money, which grows with the time it is of; an amount per something is none."""
    return "€" in indicator.unit and "/" not in indicator.unit


def ceiling(indicator: Indicator) -> Decimal | None:
    """The largest value an indicator can have: what indicators.yaml says (`most`), of per cents a hundred."""
    return WHOLE if indicator.most is None and indicator.unit == "%" else indicator.most


def times(value: Decimal, period: Period, per: str) -> Decimal:
    """How many times in each `per` (`day`, `week`, `month`, `year`) something was; `value` is all times of a period."""
    days = Decimal((period.last - period.first).days + 1)
    parts = {
        "day": days,
        "week": days / DAYS_OF_WEEK,
        "month": Decimal(length(period)),
        "year": Decimal(length(period)) / MONTHS_OF_YEAR,
    }
    return value / parts[per]


def length(period: Period) -> int:
    """How many months a period touches."""
    return _months(period.last.year, period.last.month) - _months(period.first.year, period.first.month) + 1


def age(period: Period, at: Period) -> int:
    """How many months before the end of `at` a period ended; 0 where it ended in the same month or later."""
    return max(0, _months(at.last.year, at.last.month) - _months(period.last.year, period.last.month))


def is_old(period: Period, at: Period, follow_up: FollowUp, *, outcome: bool = False) -> bool:
    """Whether a figure of a period is too old at `at`.

    A month's figure lasts for `latest_months`. One of a longer period, as a year, lasts until the same time has passed
    from the end of the next such period, since nobody can have a newer one before that; but last year's figure is no
    `outcome` of this year.
    """
    whole = length(period)
    return age(period, at) > follow_up.latest_months + (whole if whole > 1 and not outcome else 0)


def months_left(at: Period, due: Period) -> int:
    """Whole months from the end of `at` to the end of `due`; 0 where it has passed."""
    first, last = at.last, due.last
    whole = _months(last.year, last.month) - _months(first.year, first.month)
    ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
    return max(0, whole if ends_month or last.day >= first.day else whole - 1)


def _months(year: int, month: int) -> int:
    return year * MONTHS_OF_YEAR + month


def _measure(unit: str) -> tuple[str, Decimal]:
    """What a unit measures, in its common spelling, and how much of that it is: `t€/kk` is 1000 of `€/kuukautta`."""
    name, slash, per = common_unit(unit).partition("/")
    return f"{'€' if name in EUROS else name}{slash}{per}", EUROS.get(name, Decimal(1))


def _counts(unit: str, per: str) -> bool:
    """Whether a unit counts things in each `per`, or just counts things: no rate, no money, no time."""
    if own := per_of(unit):
        return own == per
    times = {common_unit(word) for word in _spelt()}
    return not any(sign in unit for sign in "%€/") and common_unit(unit) not in times


@cache
def _spelt() -> dict[str, str]:
    """How a day, a week, a month and a year are spelt after a number of times, in every language."""
    tables = [catalogue(code).part("target")[name] for code in LANGUAGES for name in ("per", "within")]
    return {word: per for table in tables for per, spelt in table.items() for word in spelt}
