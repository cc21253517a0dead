"""What a sentence is about: the figures of one indicator and area by month, which of them can be told and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Literal, NamedTuple

from reports import facts
from reports.facts import Fact, FactError
from reports.finnish import rounded
from reports.model import Area, Dataset, Indicator, Mark
from reports.period import Period

Back = Literal["year", "month"]
Degree = Literal["slight", "plain", "clear"]
LEAST_BASE = 30  # a change of fewer than so many persons or things is noise as a percentage
SLIGHT, CLEAR = Decimal(1), Decimal(10)  # per cent of the figure that one is compared with
LEAST_MONTHS = 12  # what is the lowest of fewer months before it is not worth telling


class Unsaid(Exception):
    """What the figures or the words at hand do not allow to be said."""


class Break(NamedTuple):
    """A day from which figures cannot be compared with earlier ones, and the sentence of the document that says so.

    With a `last_day` it is an exceptional time instead: a comparison with it bears the note, and may be made.
    """

    first_day: date
    note: str
    last_day: date | None = None


class Subject(NamedTuple):
    """An indicator and an area with the facts of its periods, and the breaks in it.

    The facts are rounded as they are printed, so that a table and a sentence made of them never differ. Where a period
    is lacking, its figure is not known.
    """

    indicator: Indicator
    area: Area
    figures: Mapping[Period, Fact]
    breaks: tuple[Break, ...] = ()


class Change(NamedTuple):
    """A figure of now beside one of then.

    `size` is how far apart they are without a sign, in the indicator's unit or in percentage points; `percent` the same
    in per cent of `then`, None where that would say nothing. `way` is 1 for a rise, -1 for a fall, 0 where rounding
    leaves no difference.
    """

    now: Fact
    then: Fact
    size: Fact
    percent: Fact | None
    way: int
    degree: Degree


class Record(NamedTuple):
    """How long a figure has been the lowest (`way` -1) or highest (1).

    `since` is the last month that was as low or lower; or, where `whole`, the first month that is known. `seen` are the
    figures that it was held against.
    """

    way: int
    since: Period
    whole: bool
    seen: tuple[Fact, ...]


def subject_of(dataset: Dataset, indicator: str, area: str, breaks: Iterable[Break] = ()) -> Subject | None:
    """The figures without a group of an indicator (by id) and an area (by name or code); None where there is neither.

    `breaks` are those that touch the indicator.
    """
    what, where = dataset.indicators.get(indicator), dataset.area(area)
    if what is None or where is None:
        return None
    figures = {o.period: shown(facts.of(o, what)) for o in dataset.of(indicator, where.name)}
    return Subject(what, where, figures, tuple(breaks))


def rated(part: Subject, whole: Subject, indicator: Indicator) -> Subject:
    """The share of one subject in another as a subject of its own: the unemployed of the labour force.

    `indicator` is that of the share. A month without a whole of its own takes that of its year. What is unknown of
    either makes the share unknown, by the same mark.
    """
    figures: dict[Period, Fact] = {}
    for period, fact in part.figures.items():
        base = whole.figures.get(period) or whole.figures.get(Period.year(period.first.year))
        if base is not None:
            figures[period] = _share(fact, base, indicator)
    return Subject(indicator, part.area, figures, (*part.breaks, *whole.breaks))


def _share(part: Fact, whole: Fact, indicator: Indicator) -> Fact:
    try:
        return shown(facts.share(part, whole, indicator.decimals))
    except FactError:  # a mark, a range, or a whole of nothing
        mark = next((str(one.mark) for one in (part, whole) if one.value is None), str(Mark.UNAVAILABLE))
        return part._replace(value=None, upper=None, mark=mark, unit="%", origins=(*part.origins, *whole.origins))


def shown(fact: Fact) -> Fact:
    """The fact with its number as it is printed."""
    value, upper = (one if one is None else rounded(one, fact.decimals) for one in (fact.value, fact.upper))
    return fact._replace(value=value, upper=upper)


def known(subject: Subject, at: Period) -> Fact:
    """The figure of a month, be it a range; raises Unsaid where it is hidden or not known."""
    fact = subject.figures.get(at)
    if fact is None or fact.value is None or fact.mark not in ("", Mark.NIL):
        raise Unsaid
    return fact


def single(subject: Subject, at: Period) -> tuple[Fact, Decimal]:
    """The figure of a month that is one number, and the number; raises Unsaid as `known`, and for a range."""
    fact = known(subject, at)
    if fact.value is None or fact.upper is not None:
        raise Unsaid
    return fact, fact.value


def before(at: Period, back: Back) -> Period:
    """The same month of the year before, or the month before."""
    year, month = at.first.year, at.first.month
    if back == "year":
        return Period.month(year - 1, month)
    return Period.month(year, month - 1) if month > 1 else Period.month(year - 1, 12)


def change(subject: Subject, at: Period, back: Back) -> Change:
    """The figure of a month beside that of a year or a month before; raises Unsaid where either is not one number."""
    (now, new), (then, old) = single(subject, at), single(subject, before(at, back))
    size = facts.difference(now, then)
    gap = new - old
    return Change(now, then, size, _percent(subject, now, then), (gap > 0) - (gap < 0), _degree(subject, gap, old))


def _percent(subject: Subject, now: Fact, then: Fact) -> Fact | None:
    """The change in per cent where it says something: of money and of what is counted, not of a few or of estimates."""
    money = "€" in subject.indicator.symbol
    if then.value is None or then.value <= 0 or now.approximate or then.approximate:
        return None
    if not money and (is_measured(subject.indicator) or then.value < LEAST_BASE):
        return None
    percent = facts.difference_percent(now, then)
    return percent if rounded(percent.value or Decimal(0), percent.decimals) else None


def _degree(subject: Subject, gap: Decimal, old: Decimal) -> Degree:
    if not old or (not is_measured(subject.indicator) and abs(old) < LEAST_BASE):
        return "plain"
    size = abs(gap / old) * 100
    return "slight" if size < SLIGHT else "clear" if size >= CLEAR else "plain"


def is_measured(indicator: Indicator) -> bool:
    """Whether an indicator is a quantity with a name in running text, as a rate is, and not a number of something."""
    return bool(indicator.called.fi or indicator.called.sv or indicator.called.en)


def breaks_between(subject: Subject, then: Period, now: Period) -> Iterator[Break]:
    """The breaks between the figures of two months; a figure of the whole month is torn by a break within the month."""
    start = then.last if subject.indicator.month_end else then.first
    yield from (one for one in subject.breaks if one.last_day is None and start < one.first_day <= now.last)


def to_note(subject: Subject, then: Period, now: Period, shown: Iterable[Period] = ()) -> list[Break]:
    """What a comparison of two months must bear in mind, in order of time: breaks, and exceptional times.

    `shown` are the months in between that are shown too, as in a chart.
    """
    days = [one.last for one in (then, now, *shown)]
    times = [one for one in subject.breaks if one.last_day and any(one.first_day <= at <= one.last_day for at in days)]
    return sorted([*breaks_between(subject, then, now), *times], key=itemgetter(0))


def record(subject: Subject, at: Period) -> Record:
    """For how long the figure of a month has been the lowest or the highest.

    Looks back month by month as long as each is known, one exact number and on this side of every break: nothing is
    said of a month that cannot be seen, nor that a figure is a record since a break beyond which others are known.
    Raises Unsaid where it does not reach beyond the same month of last year.
    """
    now, value = single(subject, at)
    if now.approximate:
        raise Unsaid
    back: list[tuple[Period, Fact, Decimal]] = []
    month = before(at, "month")
    while (found := _comparable(subject, month, at)) is not None:
        back.append((month, *found))
        month = before(month, "month")
    for way in (-1, 1):
        if made := _record(value, now, back, way):
            if made.whole and month in subject.figures and any(breaks_between(subject, month, at)):
                raise Unsaid
            return made
    raise Unsaid


def _comparable(subject: Subject, month: Period, at: Period) -> tuple[Fact, Decimal] | None:
    try:
        fact, value = single(subject, month)
    except Unsaid:
        return None
    return None if fact.approximate or any(breaks_between(subject, month, at)) else (fact, value)


def _record(value: Decimal, now: Fact, back: list[tuple[Period, Fact, Decimal]], way: int) -> Record | None:
    for months, (month, _, other) in enumerate(back, 1):
        if (other - value) * way >= 0:
            seen = tuple(fact for _, fact, _ in back[:months])
            return Record(way, month, False, (now, *seen)) if months > LEAST_MONTHS else None
    if len(back) < LEAST_MONTHS:
        return None
    return Record(way, back[-1][0], True, (now, *(fact for _, fact, _ in back)))
