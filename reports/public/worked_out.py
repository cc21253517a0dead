"""What a page works out from a hidden figure, and so does not show either: sums of areas, and rates."""

from __future__ import annotations

from collections.abc import Iterator

from reports.disclosure import Hidden
from reports.model import Key, Mark, Observation
from reports.month.monthly_figures import Month, observations
from reports.sentences.subject import Subject


def worked_out(month: Month) -> list[Hidden]:
    """Each figure of a month's areas that no file gives and that has a hidden one in it, with the first such one."""
    return sorted(one for subject in _subjects(month) for one in _hidden(subject, month))


def _subjects(month: Month) -> Iterator[Subject]:
    """The people, their rate and what it is made of, and the vacancies of every area that the page has."""
    rate = month.setup.rate
    named = (month.setup.people, month.setup.vacancies, rate.part if rate else "", rate.whole if rate else "")
    for area in dict.fromkeys((month.main, *month.listed)):
        found = (month.subject(name, area) for name in dict.fromkeys(map(str, filter(None, named))))
        yield from (one for one in (*found, month.rate(area)) if one)


def _hidden(subject: Subject, month: Month) -> Iterator[Hidden]:
    dataset, indicator = month.work.dataset, subject.indicator
    name = indicator.id if indicator.id in dataset.indicators else indicator.name  # a rate is named in monthly.yaml
    for period, fact in subject.figures.items():
        key = (name, period, subject.area.name, "")
        of = [o for o in observations(fact) if o.mark is Mark.HIDDEN]
        if fact.mark == Mark.HIDDEN and of and key not in dataset.observations:
            yield Hidden(key, "made", protects=_key(of[0]))


def _key(o: Observation) -> Key:
    return o.indicator, o.period, o.area, o.group
