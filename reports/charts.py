"""Facts to charts: what a text's `figures` table asks for, as labels and numbers that figures/ can draw."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from figures.chart import Chart, Grid, Series
from reports import facts
from reports.document import Column, Row, Table, text_cell
from reports.facts import FactError, Reference
from reports.finnish import Language
from reports.model import Dataset, Indicator, NamedDate, Observation, Source, Status
from reports.period import Period
from reports.text import FigureSpec

BY_GROUP = ("age-distribution", "shares")
BY_MONTH = ("trend",)
BY_FACT = ("euros",)
WRITTEN = (*BY_GROUP, *BY_MONTH, *BY_FACT)  # the kinds that a text may ask for


class Chosen:
    """A chart with the observations it shows."""

    def __init__(self, chart: Chart, observations: Sequence[Observation], when: str) -> None:
        self.chart = chart
        self.observations = tuple(observations)
        self.when = when


def choose(spec: FigureSpec, title: str, callout: str, note: str, dataset: Dataset, language: Language) -> Chosen:
    """The chart of a figure's specification; raises FactError where a notation cannot be given.

    `title` is what the text calls it, `callout` and `note` are finished words.
    """
    if spec.chart not in WRITTEN:
        raise FactError("unknown-chart", found=spec.chart, nearest=facts.nearest(spec.chart, WRITTEN))
    references = [_reference(notation, dataset) for notation in (*spec.data, *spec.compare)]
    indicators = _alike([dataset.indicators[reference.indicator] for reference in references])
    if spec.chart in BY_GROUP:
        categories, series, shown = _by_group(references, dataset, language)
    elif spec.chart in BY_MONTH:
        categories, series, shown = _by_month(references, dataset, language)
    else:
        categories, series, shown = _by_fact(spec, references, dataset, language)
    indicator = indicators[0]
    example = any(o.status is Status.EXAMPLE for o in shown)
    chart = Chart(
        kind=spec.chart,
        title=title,
        unit=indicator.unit,
        source=source_line(shown, dataset),
        categories=categories,
        series=series,
        status=language.catalogue.say("document.example") if example else "",
        category_name=_category_name(spec, indicator, language),
        emphasis=tuple(str(one) for one in spec.emphasis),
        callout=callout,
        decimals=max(one.decimals for one in indicators),
        note=note,
        notation=language.notation,
        words=words(spec.chart, language),
    )
    return Chosen(chart, shown, when(references, language))


def when(references: Sequence[Reference], language: Language) -> str:
    """The periods of a chart, oldest first; years that follow each other as a span: `2020–2021`."""
    periods = sorted({reference.period for reference in references})
    years = [one.first.year for one in periods]
    follow = len(years) > 1 and years == list(range(years[0], years[-1] + 1))
    if follow and all(one.kind == "year" for one in periods):
        return language.when(Period(periods[0].first, periods[-1].last))
    return ", ".join(language.when(one) for one in periods)


def words(kind: str, language: Language) -> dict[str, str]:
    """The sentences of a chart kind; raises FactError(unknown-chart) where the catalogue has none."""
    kinds = language.catalogue.part("chart")
    if kind not in kinds:
        raise FactError("unknown-chart", found=kind, nearest=facts.nearest(kind, WRITTEN))
    return {**kinds["common"], **kinds[kind]}


def source_line(shown: Sequence[Observation], dataset: Dataset) -> str:
    """The sources of some observations, each once: `Tilastokeskus, Työnvälitystilasto, taulukko 12r5`."""
    found = [source_of(o, dataset) for o in shown]
    return "; ".join(dict.fromkeys(cite(source) for source in found if source))


def source_of(observation: Observation, dataset: Dataset) -> Source | None:
    """The source of an observation: its own or its indicator's."""
    indicator = dataset.indicators[observation.indicator]
    return dataset.sources.get(observation.source or indicator.source)


def cite(source: Source) -> str:
    """A source as it stands under a figure."""
    return ", ".join(part for part in (source.publisher, source.title) if part)


def data_table(grid: Grid, anchor: str, title: str, decimals: int) -> Table:
    """A chart's numbers as a table of the document; `decimals` for the columns that have no precision of their own."""
    width = len(grid.heads)
    columns = tuple(
        Column(head, "right" if at else "left", (0.6 if at else 1.4) / (0.6 * width + 0.8))
        for at, head in enumerate(grid.heads)
    )
    last = len(grid.rows) - grid.totals
    places = [decimals if own is None else own for own in grid.decimals]
    rows = tuple(
        Row(tuple(text_cell(*cell, own) for cell, own in zip(row, places, strict=True)), at >= last)
        for at, row in enumerate(grid.rows)
    )
    return Table(anchor, title, columns, rows, name=anchor)


def _reference(notation: str, dataset: Dataset) -> Reference:
    found = facts.parse(notation, dataset)
    if isinstance(found, NamedDate) or found.function:
        raise FactError("figure-data", found=notation)
    return found


def _alike(indicators: Sequence[Indicator]) -> Sequence[Indicator]:
    """The indicators of a chart; FactError(figure-unit) where they do not share the unit of its one axis."""
    for one in indicators:
        if one.unit != indicators[0].unit:
            raise FactError("figure-unit", found=one.unit, wanted=indicators[0].unit, indicator=one.id)
    return indicators


def _by_group(
    references: Sequence[Reference], dataset: Dataset, language: Language
) -> tuple[tuple[str, ...], tuple[Series, ...], list[Observation]]:
    groups = dataset.indicators[references[0].indicator].groups
    if not groups:
        raise FactError("figure-groups", found=references[0].indicator)
    found = [[dataset.find(r.indicator, r.period, r.area, group) for group in groups] for r in references]
    return groups, _series(references, found, dataset, language), _shown(found, references)


def _by_month(
    references: Sequence[Reference], dataset: Dataset, language: Language
) -> tuple[tuple[str, ...], tuple[Series, ...], list[Observation]]:
    found = [[observation for _, observation in facts.series(reference, dataset)] for reference in references]
    months = [language.month(month) for month in references[0].period.months()]
    return tuple(months), _series(references, found, dataset, language), _shown(found, references)


def _by_fact(
    spec: FigureSpec, references: Sequence[Reference], dataset: Dataset, language: Language
) -> tuple[tuple[str, ...], tuple[Series, ...], list[Observation]]:
    width = len(spec.data)
    if spec.compare and len(spec.compare) != width:
        raise FactError("figure-pairs", found=len(spec.compare), wanted=width)
    found = [dataset.find(r.indicator, r.period, r.area, r.group) for r in references]
    categories = tuple(dataset.indicators[r.indicator].name for r in references[:width])
    names = words(spec.chart, language)
    sets = [found[:width], found[width:]] if spec.compare else [found[:width]]
    series = tuple(
        Series(names[name], tuple(_value(o) for o in one), tuple(_mark(o) for o in one))
        for name, one in zip(("series-main", "series-compare"), sets, strict=False)
    )
    return categories, series, _shown([[o] for o in found], references)


def _series(
    references: Sequence[Reference],
    found: Sequence[Sequence[Observation | None]],
    dataset: Dataset,
    language: Language,
) -> tuple[Series, ...]:
    """The series, each named by what sets it apart from the others: indicator, area, period."""
    indicators = len({reference.indicator for reference in references}) > 1
    periods = len({reference.period for reference in references}) > 1
    areas = len({reference.area for reference in references}) > 1
    out = []
    for reference, observations in zip(references, found, strict=True):
        parts = [dataset.indicators[reference.indicator].name] if indicators else []
        parts += [reference.area] if areas else []
        parts += [language.when(reference.period)] if periods or not parts else []
        marks = tuple(_mark(o) for o in observations)
        out.append(Series(" ".join(parts), tuple(_value(o) for o in observations), marks))
    return tuple(out)


def _shown(found: Sequence[Sequence[Observation | None]], references: Sequence[Reference]) -> list[Observation]:
    """Every observation of a chart; raises FactError for a set of data that has none at all."""
    for reference, one in zip(references, found, strict=True):
        if not any(one):
            raise FactError("figure-empty", found=f"{reference.indicator} {reference.period} {reference.area}")
        if any(o.upper is not None for o in one if o):
            raise FactError("fact-range")
    return [o for one in found for o in one if o is not None]


def _value(observation: Observation | None) -> Decimal | None:
    return observation.value if observation else None


def _mark(observation: Observation | None) -> str:
    if observation is None:
        return ".."
    return str(observation.mark or "")


def _category_name(spec: FigureSpec, indicator: Indicator, language: Language) -> str:
    if spec.chart in BY_MONTH:
        return str(words(spec.chart, language)["category"])
    return indicator.group_name or str(words(spec.chart, language)["category"])
