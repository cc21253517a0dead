"""The notes of a slide: which figures it shows, of which areas and times, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reports.charts import cite, source_of
from reports.compose import Composition
from reports.document import Notice, Paragraph, Run
from reports.model import Observation, Source, Status


def notes(shown: Iterable[Observation], work: Composition) -> tuple[Paragraph, ...]:
    """A paragraph for each source of some figures, under a line that says what they are."""
    sources: dict[Source | None, dict[str, list[Observation]]] = {}
    for one in dict.fromkeys(shown):
        sources.setdefault(source_of(one, work.dataset), {}).setdefault(one.indicator, []).append(one)
    if not sources:
        return ()
    lines = [work.say("slides.sources"), *(_line(source, found, work) for source, found in sources.items())]
    return tuple(Paragraph((Run(line),), role="note") for line in lines)


def mark(shown: Iterable[Observation], work: Composition) -> tuple[Notice, ...]:
    """The mark of a slide that shows example figures."""
    return (Notice(work.label("example")),) if any(one.status is Status.EXAMPLE for one in shown) else ()


def _line(source: Source | None, found: Mapping[str, Sequence[Observation]], work: Composition) -> str:
    cited = ", ".join(part for part in (cite(source), source.licence) if part) if source else work.say("plan.nothing")
    return work.say("slides.source", source=cited, what="; ".join(_what(*pair, work) for pair in found.items()))


def _what(indicator: str, found: Sequence[Observation], work: Composition) -> str:
    """An indicator with its groups, areas and times: `Avoimet työpaikat (Salo 11/2022)`."""
    groups = ", ".join(dict.fromkeys(one.group for one in found if one.group))
    areas = ", ".join(dict.fromkeys(one.area for one in found))
    name = work.dataset.indicators[indicator].name
    what = f"{name}, {groups}" if groups else name
    return work.say("slides.figures", what=what, where=areas, when=_times(found, work))


def _times(found: Sequence[Observation], work: Composition) -> str:
    """The times of some figures; many as the first and the last."""
    periods = sorted({one.period for one in found}, key=lambda one: one.first)
    if len(periods) <= 3:
        return ", ".join(map(work.language.short, periods))
    first, last = (work.language.short(one) for one in (periods[0], periods[-1]))
    return f"{first}–{last}"
