"""Judges a target by the figures of a measure: pure, the method of docs/maths.md."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from reports.goals.standing import Case, Judged, Standing
from reports.goals.target import Comparison, Direction, Kind, Target, met
from reports.goals.yardstick import Limits, converted, ends, is_money, is_old, limits, months_left, per_of, times
from reports.model import FollowUp, Indicator, Observation

# A pace of at least so many of the indicator's last decimals needs no more decimals than the indicator.
COARSE = 10


class _Bar(NamedTuple):
    """What a figure is held against: the target in the indicator's unit, its limits, and the baseline of a multiple."""

    target: Target
    indicator: Indicator
    limits: Limits | None
    start: Decimal | None
    follow_up: FollowUp

    def numbers(self, o: Observation | None) -> tuple[Decimal, ...]:
        """What is judged of an observation: its number, both ends of a range; of a frequency the times in each `per`.

        Where the indicator's unit is a rate itself (`kertaa/kk`) the number is that already.
        """
        if o is None or self.target.kind is not Kind.FREQUENCY or per_of(self.indicator.unit):
            return ends(o)
        return tuple(times(value, o.period, self.target.per) for value in ends(o))

    def met(self, *numbers: Decimal) -> bool:
        """Whether every one of the numbers, and there is one, is on the good side."""
        return bool(numbers) and all(met(self.target, number, self.start) for number in numbers)


def judge(case: Case, follow_up: FollowUp) -> Judged:
    """The judgement of a case; what it lacks is one, too. `follow_up` says what counts as near and as old."""
    target, indicator, start, now = case.target, case.indicator, case.start, case.now
    if target is None:
        return Judged(Standing.NO_TARGET, "no-target") if indicator else Judged(Standing.QUALITATIVE, "qualitative")
    if indicator is None:
        return Judged(Standing.NO_DATA, "uncounted")
    in_unit = converted(target, indicator.unit)
    if in_unit is None:
        return Judged(Standing.NO_DATA, "other-unit")
    first = ends(start)[-1] if ends(start) else None
    bar = _Bar(in_unit, indicator, limits(in_unit, first), first, follow_up)
    blank = _blank(case, bar)
    if now is None or not ends(now):
        return blank
    if is_old(now.period, case.moment, follow_up, outcome=case.is_due):
        return blank._replace(why="old", old=True)
    if in_unit.kind is Kind.TREND:
        return _trend(bar, start, now, blank)
    return _against(bar, bar.limits, now, blank, case.is_due) if bar.limits else blank._replace(why="no-limit")


def _blank(case: Case, bar: _Bar) -> Judged:
    """What can be said without a figure of now."""
    blank = Judged(Standing.NO_DATA, _unknown(case), months=months_left(case.at, case.due))
    if bar.limits is None:
        return blank
    limit = bar.limits.high if bar.limits.low is None else bar.limits.low
    return blank._replace(limit=limit, maintain=bar.met(*bar.numbers(case.start)))


def _unknown(case: Case) -> str:
    """Why there is no figure of now: its mark, or a baseline that is of a later time."""
    if case.now is not None and case.now.mark:
        return f"mark-{case.now.mark.name.lower().replace('_', '-')}"
    return "later" if case.start and case.start.period.last > case.at.last else "missing"


def _trend(bar: _Bar, start: Observation | None, now: Observation, blank: Judged) -> Judged:
    """Which way the figures went; of ranges their upper ends, since nobody writes down the middle of one."""
    if not ends(start):
        return blank._replace(why="no-start")
    if start is None or start.period.last >= now.period.last:
        return blank._replace(why="no-newer")
    value = ends(now)[-1]
    change = value - ends(start)[-1]
    if abs(change) < Decimal(1).scaleb(-bar.indicator.decimals):
        return blank._replace(standing=Standing.UNCHANGED, why="level", value=value)
    way = "rise" if change > 0 else "fall"
    if (change > 0) == (bar.target.direction is Direction.UP):
        return blank._replace(standing=Standing.RIGHT_WAY, why=way, value=value)
    return blank._replace(standing=Standing.WRONG_WAY, why=f"{way}-wrong", value=value)


def _against(bar: _Bar, found: Limits, now: Observation, blank: Judged, is_due: bool) -> Judged:
    """The judgement of a known figure against known limits."""
    value = min(bar.numbers(now), key=found.room)  # of a range the worse end
    headroom, limit = found.room(value)
    near = abs(headroom) <= abs(limit) * bar.follow_up.near / 100
    good = bar.met(*bar.numbers(now))
    known = blank._replace(value=value, limit=limit, headroom=headroom, why=_side(bar.target, value, limit, good))
    if good:
        standing = Standing.REACHED if is_due else Standing.AT_LEVEL
        return known._replace(standing=standing, barely=near and limit != 0 and found.low != found.high)
    standing = Standing.NEAR if near else Standing.MISSED if is_due else Standing.NOT_YET
    # What is done so many times a month, and a sum of a whole year, do not move towards a limit month by month.
    if is_due or bar.target.kind is Kind.FREQUENCY or is_money(bar.indicator):
        return known._replace(standing=standing)
    return known._replace(standing=standing, pace=_pace(limit - value, max(1, blank.months), bar.indicator.decimals))


def _side(target: Target, value: Decimal, limit: Decimal, good: bool) -> str:
    """Which sentence says where a value is from its limit."""
    if value != limit:
        return "inside" if good and target.kind is Kind.BAND else "above" if value > limit else "below"
    if good:
        return "on-point" if target.comparison is Comparison.POINT else "on-limit"
    return "on-limit-above" if target.comparison is Comparison.ABOVE else "on-limit-below"


def _pace(needed: Decimal, months: int, decimals: int) -> Decimal | None:
    """The change needed each month, rounded away from zero: who keeps it reaches the limit. None for no change."""
    if not needed:
        return None
    exact = needed / months
    places = decimals if abs(exact).scaleb(decimals) >= COARSE else decimals + 1
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_UP)
