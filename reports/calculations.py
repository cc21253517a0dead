"""Calculated numbers in words: what was done, and to which figures."""

from __future__ import annotations

from collections.abc import Sequence

from reports.compose import Composition
from reports.document import Row, text_cell
from reports.facts import Fact
from reports.model import Observation, Source
from reports.origins import groups, is_run, numbered, status, value_of
from reports.period import Period
from reports.printer import Printed


def calculations(printed: Sequence[Printed], cited: Sequence[Source], work: Composition) -> list[Row]:
    """A row for each calculated number: the number, what was done, from which figures, their status and sources."""
    words = work.language.catalogue.part("sources.how")
    seen: dict[tuple[str, str, str], Row] = {}
    for one in printed:
        fact = one.fact
        if fact.how not in words or fact.value is None:
            continue
        text = work.language.number(fact.value, fact.decimals, fact.unit, fact.signed)
        sources = numbered(fact.origins, cited, work)
        cells = (words[fact.how], made_from(fact, work), status(fact.origins, work), sources)
        row = Row((text_cell(text, fact.value, fact.decimals), *map(text_cell, cells)))
        seen.setdefault((text, *cells[:2]), row)
    return list(seen.values())


def made_from(fact: Fact, work: Composition) -> str:
    """The figures behind a calculated one, each indicator named once with what its figures have in common."""
    by_indicator: dict[str, list[Observation]] = {}
    for group in groups(fact.origins):
        by_indicator.setdefault(group[0].indicator, []).extend(group)
    return "; ".join(_indicator(name, origins, work) for name, origins in by_indicator.items())


def _indicator(name: str, origins: Sequence[Observation], work: Composition) -> str:
    """One indicator's figures: `Asiakkaat 3/2021 (Salo: 2 608; Marttila: 75)`, months of a year as the year."""
    areas, times = ({o.area for o in origins}, {o.period for o in origins})
    many = [group for group in groups(origins) if is_run(group)]
    common = ", ".join((work.dataset.indicators[name].name, *(sorted(areas) if len(areas) == 1 else ())))
    if len(times) == 1:
        common = f"{common} {work.language.short(next(iter(times)))}"
    items = [_months(group, len(areas) > 1, work) for group in many]
    for o in origins:
        if not any(o in group for group in many):
            when = work.language.short(o.period) if len(times) > 1 else ""
            own = (o.area if len(areas) > 1 else "", when, o.group)
            items.append((" ".join(part for part in own if part), value_of(o, work)))
    said = [": ".join(part for part in item if part) for item in items]
    return f"{common} ({'; '.join(said)})" if len(said) > 1 or many or items[0][0] else f"{common}: {said[0]}"


def _months(group: Sequence[Observation], with_area: bool, work: Composition) -> tuple[str, str]:
    """The months of a year as one: the area where there are several, and the year."""
    whole = work.language.short(Period(group[0].period.first, group[-1].period.last))
    return (group[0].area if with_area else "", whole)
