"""The figures that a person's text tells, in sentences, tables and charts, and those that a draft is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports import facts
from reports.model import Dataset, Observation
from reports.month.monthly import Reading
from reports.month.monthly_figures import observations, shown_observations
from reports.period import Period
from reports.sentences.subject import Subject, shown

Found = tuple[Subject, tuple[Period, ...]]


def of_texts(reading: Reading) -> Iterator[Found]:
    """Each figure that the finished texts show or hide, as a subject in its period."""
    work, texts = reading.month.work, reading.chapters
    found = [o for chapter in texts for one in chapter.printed() for o in observations(one.fact)]
    drawn = [work.shown[name] for chapter in texts for name in chapter.text.figures if name in work.shown]
    found += [o for chosen in drawn for o in chosen.observations]
    found += [o for listed in work.listed.values() for o in listed]
    return _subjects(found, work.dataset)


def of_draft(reading: Reading) -> Iterator[Found]:
    """Each figure that the sentences made by rules show."""
    return _subjects(shown_observations(reading.month.printed), reading.month.work.dataset)


def _subjects(found: Iterable[Observation], dataset: Dataset) -> Iterator[Found]:
    for o in dict.fromkeys(found):
        indicator, area = dataset.indicators[o.indicator], dataset.area(o.area)
        if area:
            yield Subject(indicator, area, {o.period: shown(facts.of(o, indicator))}), (o.period,)
