"""Every measure of a plan judged at a time: which of its figures is the one of now, and what a person says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reports.goals.judge import judge
from reports.goals.measures import target_of
from reports.goals.standing import Case, Followed
from reports.goals.target import Kind, aimed
from reports.goals.yardstick import is_money, length
from reports.model import Better, Dataset, Mark, Observation
from reports.period import Period
from reports.plan.model import Measure, Override, PlacedMeasure, Plan
from reports.read.plan import baselines

__all__ = ["Followed", "at_baseline", "follow"]

Figures = Mapping[tuple[str, str, str], Sequence[Observation]]


def follow(
    plan: Plan, period: Period, dataset: Dataset, at: Period, overrides: Iterable[Override] = ()
) -> list[Followed]:
    """Every measure of the plan of a period, judged by what is known at a time; in the order of the plan.

    Each stands beside a person's own judgement of it, where `overrides` hold one. Raises TargetError for a target that
    cannot be read.
    """
    own = {str(override.measure): override for override in overrides}
    figures = _figures(dataset)
    out = []
    for placed in plan.measures():
        measure = placed.measure
        start = _starts(measure, dataset)
        case = _case(measure, plan.due or period, dataset, at)
        known = figures.get((measure.indicator, _area(measure, dataset), measure.group), ())
        now = latest(known, case, start[-1] if start else None)
        out.append(_followed(placed, start, case._replace(now=now), dataset, own.get(measure.key)))
    return out


def at_baseline(plan: Plan, period: Period, dataset: Dataset) -> list[Followed]:
    """Every measure of the plan of a period, judged by its own latest baseline and at the time of that baseline."""
    out = []
    for placed in plan.measures():
        start = _starts(placed.measure, dataset)
        now = start[-1] if start else None
        case = _case(placed.measure, plan.due or period, dataset, now.period if now else period)
        out.append(_followed(placed, start, case._replace(now=now), dataset))
    return out


def latest(figures: Iterable[Observation], case: Case, baseline: Observation | None) -> Observation | None:
    """The figure of now: the latest of those known at the case's moment, None where there is none.

    One that is not available yet is as if it were not there. Of two that end together the month goes before its year;
    an average over the year takes the longer one.
    """
    mean = case.target is not None and case.target.mean

    def rank(o: Observation) -> tuple[date, int]:
        return min(o.period.last, case.moment.last), length(o.period) if mean else -length(o.period)

    known = [o for o in figures if o.mark is not Mark.UNAVAILABLE and _is_known(o, case)]
    months = _months(case, baseline)
    return max((o for o in known if months in (None, length(o.period))), key=rank, default=None)


def _is_known(o: Observation, case: Case) -> bool:
    """Whether a figure's period has ended by the case's moment, or contains it: a sum of money is not full before."""
    under_way = case.moment in o.period and not (case.indicator and is_money(case.indicator))
    return o.period.last <= case.moment.last or under_way


def _months(case: Case, baseline: Observation | None) -> int | None:
    """For how many months a figure must be so that it can be compared; None where any will do.

    A trend and a multiple compare it with the baseline. A sum of money grows with time: it must be for as long as the
    baseline is, or else as the time that the target is for.
    """
    money = case.indicator is not None and is_money(case.indicator)
    if baseline and (money or (case.target and case.target.kind in (Kind.TREND, Kind.MULTIPLE))):
        return length(baseline.period)
    return length(case.due) if money else None


def _case(measure: Measure, due: Period, dataset: Dataset, at: Period) -> Case:
    """What is judged of a measure, but for its figures."""
    target, indicator = target_of(measure), dataset.indicators.get(measure.indicator)
    if target:
        target = aimed(target, indicator.better if indicator else Better.NEITHER)
    return Case(target, indicator, None, None, at, measure.due or due)


def _figures(dataset: Dataset) -> Figures:
    """All observations by indicator, area and group."""
    found: dict[tuple[str, str, str], list[Observation]] = {}
    for o in dataset.observations.values():
        found.setdefault((o.indicator, o.area, o.group), []).append(o)
    return found


def _area(measure: Measure, dataset: Dataset) -> str:
    """The name of the area that a measure is about: the usual scope where the plan names none."""
    area = dataset.area(measure.area or dataset.setup.scope)
    return area.name if area else measure.area


def _starts(measure: Measure, dataset: Dataset) -> list[Observation]:
    """The baselines, oldest first."""
    return sorted(baselines(measure, dataset), key=lambda o: (o.period.last, o.period.first))


def _followed(
    placed: PlacedMeasure,
    baseline: Sequence[Observation],
    case: Case,
    dataset: Dataset,
    override: Override | None = None,
) -> Followed:
    """The measure with its judgement. A trend starts from the latest baseline that is older than the figure of now."""
    start, now = baseline, case.now
    if now and case.target and case.target.kind is Kind.TREND:
        start = [o for o in baseline if o.period.last < now.period.last] or baseline
    case = case._replace(start=start[-1] if start else None)
    return Followed(placed, tuple(baseline), case, judge(case, dataset.setup.followup), override)
