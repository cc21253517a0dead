"""The attachment *Lukujen lähteet*: every figure of the report with its value, period, source and status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports import charts
from reports.compose import Chapter, Composition
from reports.document import (
    NBSP,
    Block,
    Column,
    Entry,
    Figure,
    Heading,
    List,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    text_cell,
)
from reports.errors import Problem
from reports.facts import Fact, of
from reports.model import Mark, NamedDate, Observation, Source
from reports.printer import Printed

NAME = "sources"
SEVERAL = 4


def attachment(chapters: Sequence[Chapter], work: Composition, warnings: Sequence[Problem]) -> Section:
    """The attachment: the sources, figures of the text, dates, calculations, the charts' numbers, known deviations.

    Each figure refers to its source by the source's number in the list. `warnings` are the acknowledged ones; each is
    shown with its reason.
    """
    words = work.language.catalogue.part("sources")
    printed = [one for chapter in chapters for one in chapter.printer.printed]
    cited = _cited(printed, work)
    blocks: list[Block] = [Paragraph((Run(words["intro"]),))]
    blocks += [Heading(words["sources"], 2, "sources-list"), List(tuple(_entries(cited, work)))]
    blocks += _part("figures", _observations(printed, cited, work), words)
    blocks += _part("dates", _dates(printed, cited, work), words)
    blocks += _part("calculations", _calculations(printed, work), words)
    for name, figure in work.figures.items():
        blocks += _numbers(name, figure, work)
    if warnings:
        deviations = tuple(Entry((Run(work.language.catalogue.plain(one)),)) for one in warnings)
        blocks += [Heading(words["deviations"], 2, "sources-deviations"), List(deviations)]
    return Section(f"attachment-{NAME}", words["title"], tuple(blocks))


def _numbers(name: str, figure: Figure, work: Composition) -> list[Block]:
    """A chart's numbers under a heading of their own."""
    chart = work.shown[name].chart
    caption = work.language.catalogue.say("sources.chart_caption", title=figure.title, source=chart.source)
    status = f" {chart.status}." if chart.status else ""
    title = f"{figure.label}{NBSP}{figure.number}. {figure.title}"
    return [
        Heading(title, 2, f"sources-figure-{name}"),
        replace(figure.table, anchor=f"sources-{name}", caption=caption + status),
    ]


def _part(name: str, rows: Sequence[Row], words: dict[str, str]) -> list[Block]:
    if not rows:
        return []
    heads: list[str] = list(words[f"{name}_heads"])
    weights = [float(weight) for weight in words[f"{name}_widths"]]
    right = int(words[f"{name}_number"])
    columns = tuple(
        Column(head, "right" if at == right else "left", weight / sum(weights))
        for at, (head, weight) in enumerate(zip(heads, weights, strict=True))
    )
    table = Table(f"sources-{name}", words[name], columns, tuple(rows), caption=words[f"{name}_caption"], name=f"sources-{name}")
    return [Heading(words[name], 2, f"sources-{name}-heading"), table]


def _observations(printed: Sequence[Printed], cited: Sequence[Source], work: Composition) -> list[Row]:
    seen: dict[Observation, None] = {}
    for one in printed:
        # the twelve months behind a mean or a lowest stand in the charts' numbers; here they would drown the rest
        if len(one.fact.origins) <= SEVERAL:
            seen.update(dict.fromkeys(o for o in one.fact.origins if isinstance(o, Observation)))
    return [_row(observation, cited, work) for observation in seen]


def _row(o: Observation, cited: Sequence[Source], work: Composition) -> Row:
    indicator = work.dataset.indicators[o.indicator]
    fact = of(o, indicator)
    name = f"{indicator.name}: {o.group}" if o.group else indicator.name
    value = _shown(fact, work)
    if not fact.unit and indicator.unit:
        value = f"{value}{NBSP}{indicator.unit}"
    if o.approximate:
        value = f"{work.language.catalogue.part('facts')['hedges'][0]} {value}"
    where = f"{o.area}, {work.language.short(o.period)}"
    cells = (name, value, where, _status(o, work), _number(charts.source_of(o, work.dataset), cited))
    return Row(tuple(text_cell(text, o.value if at == 1 else None, indicator.decimals) for at, text in enumerate(cells)))


def _dates(printed: Sequence[Printed], cited: Sequence[Source], work: Composition) -> list[Row]:
    found = dict.fromkeys(o for one in printed for o in one.fact.origins if isinstance(o, NamedDate))
    rows = []
    for o in found:
        name = (o.note or o.name.replace("-", " ")).rstrip(".")
        number = _number(work.dataset.sources.get(o.source), cited)
        cells = (name[:1].upper() + name[1:], work.language.when(o.period), _status(o, work), number)
        rows.append(Row(tuple(text_cell(text) for text in cells)))
    return rows


def _calculations(printed: Sequence[Printed], work: Composition) -> list[Row]:
    words = work.language.catalogue.part("sources.how")
    seen: dict[tuple[str, str], Row] = {}
    for one in printed:
        fact = one.fact
        if not fact.how or fact.how not in words:
            continue
        text = _shown(fact, work)
        names = "; ".join(dict.fromkeys(_named(o, work) for o in fact.origins[:SEVERAL] if isinstance(o, Observation)))
        if len(fact.origins) > SEVERAL:
            names = f"{work.dataset.indicators[_first(fact).indicator].name}, {fact.area} {work.language.short(fact.period)}"
        seen.setdefault((text, names), Row((text_cell(text, fact.value, fact.decimals), text_cell(words[fact.how]), text_cell(names))))
    return list(seen.values())


def _named(o: Observation, work: Composition) -> str:
    indicator = work.dataset.indicators[o.indicator]
    return f"{indicator.name}, {o.area} {work.language.short(o.period)}: {_shown(of(o, indicator), work)}"


def _first(fact: Fact) -> Observation:
    return next(o for o in fact.origins if isinstance(o, Observation))


def _cited(printed: Sequence[Printed], work: Composition) -> list[Source]:
    """Every source of what is printed and drawn, once, in the order of the text."""
    found: dict[Source, None] = {}
    for one in printed:
        for o in one.fact.origins:
            source = work.dataset.sources.get(o.source) if isinstance(o, NamedDate) else charts.source_of(o, work.dataset)
            found.update({source: None} if source else {})
    for chosen in work.shown.values():
        found.update(dict.fromkeys(s for o in chosen.observations if (s := charts.source_of(o, work.dataset))))
    return list(found)


def _entries(cited: Sequence[Source], work: Composition) -> list[Entry]:
    entries = []
    say = work.language.catalogue.say
    for number, source in enumerate(cited, 1):
        retrieved = say("sources.retrieved", when=source.retrieved) if source.retrieved else ""
        parts = [charts.cite(source), source.licence, retrieved, source.note.rstrip(".")]
        text = ". ".join(part for part in parts if part) + "."
        link = (Run(" "), Run(say("sources.link", title=source.title), href=source.address)) if source.address else ()
        entries.append(Entry((Run(text), *link), 0, f"{number}."))
    return entries


def _number(source: Source | None, cited: Sequence[Source]) -> str:
    return str(cited.index(source) + 1) if source in cited else str(Mark.UNAVAILABLE)


def _status(origin: Observation | NamedDate, work: Composition) -> str:
    return work.language.catalogue.say(f"status.{origin.status.value}")


def _shown(fact: Fact, work: Composition) -> str:
    if fact.value is None:
        return fact.mark
    return work.language.number(fact.value, fact.decimals, fact.unit, fact.signed)
