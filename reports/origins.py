"""What a printed number was made of, in words: values, areas, times, status and sources of its observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise

from reports import charts
from reports.compose import Composition
from reports.facts import of
from reports.model import Mark, NamedDate, Observation, Source, Status

MANY = 4  # more months of one indicator and area that follow each other are shown as one: those of a mean or a sum
Origin = Observation | NamedDate


def groups(origins: Iterable[Origin]) -> list[list[Observation]]:
    """The observations by indicator, area, group and year, in the order of their first; dates are left out."""
    out: dict[tuple[str, str, str, int], dict[Observation, None]] = {}
    for o in origins:
        if isinstance(o, Observation):
            out.setdefault((o.indicator, o.area, o.group, o.period.first.year), {})[o] = None
    return [list(group) for group in out.values()]


def is_run(group: Sequence[Observation]) -> bool:
    """Whether a group is told by its first and last month: many months, each right after the one before."""
    months = [o.period for o in group]
    follow = all(a.last + timedelta(days=1) == b.first for a, b in pairwise(months))
    return len(months) > MANY and follow and all(one.kind == "month" for one in months)


def value_of(o: Observation, work: Composition, hedged: bool = False) -> str:
    """An observation as the report prints it; `hedged` says *noin* before an approximate one."""
    fact = of(o, work.dataset.indicators[o.indicator])
    if fact.value is None or fact.mark:
        return fact.mark
    hedge = f"{work.language.catalogue.part('facts')['hedges'][0]} " if hedged and o.approximate else ""
    return hedge + work.language.number(fact.value, fact.decimals, fact.unit, upper=fact.upper)


def source_of(o: Origin, work: Composition) -> Source | None:
    """The source of an observation or a date."""
    return work.dataset.sources.get(o.source) if isinstance(o, NamedDate) else charts.source_of(o, work.dataset)


def numbered(origins: Iterable[Origin], cited: Sequence[Source], work: Composition) -> str:
    """The numbers of the origins' sources in the list of sources: `1` or `1, 3`; `..` where there is none."""
    found = {cited.index(source) + 1 for o in origins if (source := source_of(o, work)) in cited and source}
    return ", ".join(map(str, sorted(found))) or str(Mark.UNAVAILABLE)


def status(origins: Iterable[Origin], work: Composition) -> str:
    """How sure the origins are; the least sure one decides."""
    found = {o.status for o in origins}
    order = (Status.EXAMPLE, Status.PRELIMINARY, Status.REVISED)
    least = next((one for one in order if one in found), Status.FINAL)
    return work.language.catalogue.say(f"status.{least.value}")
