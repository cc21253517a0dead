"""The charts of a month: this year against the two before it, and the rate of the areas as bars, highest first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from figures.chart import Chart, Series
from reports import charts
from reports.charts import Chosen
from reports.document import Figure
from reports.facts import Fact
from reports.model import Mark, Observation, Status
from reports.month.monthly_figures import YEARS_SHOWN, Month, observations
from reports.period import Period
from reports.sentences.subject import Subject, to_note

LINES, BARS = "trend", "euros"  # bars in the order given, each with its number and no share of a sum


def years(subject: Subject, title: str, month: Month) -> Figure | None:
    """The months of the year up to this one, and of the years before; None where no month of this year is known."""
    year = month.at.first.year
    shown = [Period.year(year - back) for back in range(YEARS_SHOWN)]
    lines = [_line(subject, one, month.at) for one in shown]
    known = [(when, line) for when, line in zip(shown, lines, strict=True) if any(map(is_known, line))]
    if not known or known[0][0] != shown[0]:  # the last year's line would be read as this year's
        return None
    labels = tuple(month.work.language.month(one) for one in Period.year(year).months())
    series = tuple(_until(month.at, when, _series(str(when), line)) for when, line in known)
    facts = [fact for _, line in known for fact in line if fact]
    drawn = [at for one, line in known for at, fact in zip(one.months(), line, strict=True) if is_known(fact)]
    notes = dict.fromkeys(one.note for one in to_note(subject, min(drawn), month.at, drawn))
    when = month.work.language.when(Period(known[-1][0].first, known[0][0].last))
    chart = _chart(LINES, title, subject, labels, series, facts, " ".join(notes), month)
    return _placed("years", chart, facts, when, month)


def ranked(subjects: Sequence[Subject], title: str, month: Month) -> Figure | None:
    """The figures of some areas in the month, highest first; None where fewer than two are known."""
    found = [(one, fact) for one in subjects if (fact := one.figures.get(month.at)) and is_known(fact)]
    if len(found) < 2:
        return None
    found.sort(key=lambda pair: pair[1].value or Decimal(0), reverse=True)
    facts = [fact for _, fact in found]
    labels = tuple(month.label(one) for one, _ in found)
    series = (_series(month.work.language.short(month.at), facts),)
    chart = _chart(BARS, title, found[0][0], labels, series, facts, "", month)
    own = tuple(month.label(one) for one, _ in found if one.area.name == month.main)
    chart = chart._replace(category_name=month.work.say("monthly.area"), emphasis=own)
    return _placed("rates", chart, facts, month.work.language.when(month.at), month)


def is_known(fact: Fact | None) -> bool:
    """Whether a figure is one number."""
    return fact is not None and fact.value is not None and fact.upper is None


def _line(subject: Subject, year: Period, at: Period) -> list[Fact | None]:
    """The months of a year up to the month of the follow-up; of the years before, all twelve."""
    return [subject.figures.get(month) if month.last <= at.last else None for month in year.months()]


def _series(name: str, facts: Sequence[Fact | None]) -> Series:
    marks = tuple(str(Mark.UNAVAILABLE) if one is None else one.mark for one in facts)
    return Series(name, tuple(one.value if one and is_known(one) else None for one in facts), marks)


def _until(at: Period, year: Period, series: Series) -> Series:
    """The line of a year without signs for the months to come, which are not missing."""
    pairs = zip(year.months(), series.marks, strict=True)
    return series._replace(marks=tuple(mark if month.last <= at.last else "" for month, mark in pairs))


def _chart(
    kind: str,
    title: str,
    subject: Subject,
    labels: tuple[str, ...],
    series: tuple[Series, ...],
    facts: Sequence[Fact],
    note: str,
    month: Month,
) -> Chart:
    words = charts.words(kind, month.work.language)
    shown = _observations(facts)
    example = any(o.status is Status.EXAMPLE for o in shown)
    return Chart(
        kind=kind,
        title=title,
        unit=subject.indicator.unit,
        source=charts.source_line(shown, month.work.dataset),
        categories=labels,
        series=series,
        status=month.work.label("example") if example else "",
        category_name=words["category"],
        decimals=subject.indicator.decimals,
        note=note,
        notation=month.work.language.notation,
        words=words,
    )


def _observations(facts: Sequence[Fact]) -> list[Observation]:
    return list(dict.fromkeys(o for one in facts for o in observations(one)))


def _placed(name: str, chart: Chart, facts: Sequence[Fact], when: str, month: Month) -> Figure:
    """The chart with its number and caption."""
    month.marks.update(mark for series in chart.series for mark in series.marks)
    return month.work.figure(f"monthly-{name}", Chosen(chart, _observations(facts), when))
