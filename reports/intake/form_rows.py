"""What a form asks for: a row for every figure of a period that is missing, with the last one that is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reports.errors import ReportError, problem
from reports.goals.yardstick import age, ceiling, length
from reports.model import Collect, Dataset, Indicator, Observation
from reports.period import Period
from reports.plan.model import Plan

MONTH, YEAR = "month", "year"
PER_MONTH = "/kk"


class Series(NamedTuple):
    """What one figure after another is of: an indicator's id, the name of an area, a group or nothing."""

    indicator: str
    area: str
    group: str = ""


class FormRow(NamedTuple):
    """A figure that is asked for. `key` names it in the file: the folder of the area, then the fact notation."""

    key: str
    indicator: Indicator
    period: Period
    area: str
    group: str
    last: Observation | None


class Limits(NamedTuple):
    """The smallest and the largest value that an indicator can have; None where there is no end."""

    least: Decimal | None
    most: Decimal | None


def limits(indicator: Indicator) -> Limits:
    """From nought upwards, per cents to a hundred, unless indicators.yaml says otherwise (`negative`, `most`)."""
    return Limits(None if indicator.negative else Decimal(0), ceiling(indicator))


def form_key(area: str, series: Series, period: Period) -> str:
    """`salo asiakkaat 2023-01 Salo / 25–29`."""
    return " ".join((area, series.indicator, str(period), series.area, *(["/", series.group] if series.group else [])))


def form_rows(dataset: Dataset, plan: Plan | None, period: Period, owner: str = "") -> list[FormRow]:
    """The figures that are missing in a period, in the order of indicators.yaml, area.yaml and the indicator's groups.

    Asked are the months of what is known by month and the years of what is known by year, as `collect` says or as the
    figures of the period and the year before it show: a year's figure of the year before is enough, a month's where
    there are two or where it is no older than `latest-months` when the period begins. Of the others only what the plan
    names, and what nothing is known of. Public statistics are fetched, not asked. With an `owner` only what is theirs,
    by the plan's `responsible` or the indicator's `owner`. Raises ReportError (exit 2: form-owner) for one that nothing
    has.
    """
    known = known_figures(dataset)
    planned = _planned(plan, dataset) if plan else {}
    found = {*known, *planned, *_unknown(dataset, known, planned)}
    if owner:
        found &= _owned(owner, found, planned, dataset)
    return [
        asked(dataset, one, when, known)
        for one in sorted(found, key=_order(dataset))
        for when in _periods(_kinds(one, period, known, one in planned, dataset), period)
        if dataset.find(one.indicator, when, one.area, one.group) is None
    ]


def asked(dataset: Dataset, series: Series, when: Period, known: Mapping[Series, Sequence[Observation]]) -> FormRow:
    """The row that asks for the figure of a series in a period."""
    key, last = form_key(dataset.id, series, when), last_before(when, known.get(series, ()))
    return FormRow(key, dataset.indicators[series.indicator], when, series.area, series.group, last)


def known_figures(dataset: Dataset) -> dict[Series, list[Observation]]:
    """The figures of every series that is not a public statistic, oldest first."""
    out: dict[Series, list[Observation]] = {}
    for o in sorted(dataset.observations.values(), key=lambda o: (o.period.last, o.period.first)):
        if not dataset.indicators[o.indicator].statistics:
            out.setdefault(Series(o.indicator, o.area, o.group), []).append(o)
    return out


def _planned(plan: Plan, dataset: Dataset) -> dict[Series, set[str]]:
    """What the plan's measures follow, with who is responsible; of a share also the figures it is worked out from."""
    out: dict[Series, set[str]] = {}
    for placed in plan.measures():
        measure = placed.measure
        indicator = dataset.indicators.get(measure.indicator)
        area = dataset.area(measure.area or dataset.setup.scope)
        if indicator and area:
            for name in filter(None, (indicator.id, indicator.part, indicator.whole)):
                one = dataset.indicators[name]
                if not one.statistics and measure.group in ("", *one.groups):
                    series = Series(name, area.name, str(measure.group))
                    out.setdefault(series, set()).update(map(str, placed.row.responsible))
    return out


def _unknown(dataset: Dataset, *have: Collection[Series]) -> Iterator[Series]:
    """A series, or one for each group, of every indicator that has none."""
    taken = {series.indicator for one in have for series in one}
    for indicator in dataset.indicators.values():
        if indicator.id not in taken and not indicator.statistics:
            yield from (Series(indicator.id, dataset.setup.scope, group) for group in indicator.groups or ("",))


def _owned(owner: str, found: Iterable[Series], planned: Mapping[Series, set[str]], dataset: Dataset) -> set[Series]:
    """The series of an owner; a name may be the beginning of a longer one (`Tiimit` of *Tiimit oman työnsä osalta*)."""
    names = {series: planned.get(series, set()) | {dataset.indicators[series.indicator].owner} for series in found}
    mine = {series for series, own in names.items() if any(_is(owner, name) for name in own)}
    if not mine:
        have = sorted({name for own in names.values() for name in own if name})
        raise ReportError([problem("form-owner", found=owner, have="; ".join(have) or "-")], exit_code=2)
    return mine


def _is(owner: str, name: str) -> bool:
    wanted, whole = owner.casefold().split(), name.casefold().split()
    return bool(wanted) and whole[: len(wanted)] == wanted


def _kinds(
    series: Series, period: Period, known: Mapping[Series, Sequence[Observation]], planned: bool, dataset: Dataset
) -> set[str]:
    """How a series is collected: by month, by year, by both, or not at all."""
    indicator = dataset.indicators[series.indicator]
    if indicator.collect:
        return {str(indicator.collect)} - {str(Collect.NO)}
    own = known.get(series, ())
    recent = _recent(own, period, int(dataset.setup.followup.latest_months))
    if recent or (own and not planned):
        return recent
    alike = {o.period.kind for one, figures in known.items() if one.indicator == series.indicator for o in figures}
    return (alike & {MONTH, YEAR}) or {MONTH if indicator.unit.endswith(PER_MONTH) else YEAR}


def _recent(figures: Iterable[Observation], period: Period, months: int) -> set[str]:
    """The kinds of periods that figures are still given for when a period begins, or in it."""
    late = [o.period for o in figures if o.period.last.year >= period.first.year - 1]
    kinds = {when.kind for when in late} & {MONTH, YEAR}
    monthly = [when for when in late if when.kind == MONTH]
    if len(monthly) == 1 and age(monthly[0], period) - length(period) > months:
        kinds.discard(MONTH)
    return kinds


def _periods(kinds: Collection[str], period: Period) -> Iterator[Period]:
    """The months and the years within a period."""
    if MONTH in kinds:
        yield from period.months()
    if YEAR in kinds:
        yield from (year for year in map(Period.year, period.years) if year in period)


def last_before(when: Period, figures: Sequence[Observation]) -> Observation | None:
    """The newest figure before a period, of the same kind where there is one; else the newest there is."""
    before = [o for o in figures if o.period.last < when.first]
    alike = [o for o in before if o.period.kind == when.kind]
    return next(iter([*alike[-1:], *before[-1:], *figures[-1:]]), None)


def _order(dataset: Dataset) -> Callable[[Series], tuple[int, int, int]]:
    """Where a series comes in a form."""
    indicators = {name: at for at, name in enumerate(dataset.indicators)}
    areas = {area.name: at for at, area in enumerate(dataset.setup.areas)}

    def place(series: Series) -> tuple[int, int, int]:
        groups = ("", *dataset.indicators[series.indicator].groups)
        return indicators[series.indicator], areas[series.area], groups.index(series.group)

    return place
