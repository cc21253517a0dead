"""The attachment *Lukujen lähteet*: every figure of the report with its value, period, source and status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports import charts
from reports.compose import Chapter, Composition
from reports.document import Block, Column, Entry, Heading, List, Paragraph, Row, Run, Section, Table, text_cell
from reports.errors import Problem
from reports.facts import Fact, of
from reports.model import NamedDate, Observation
from reports.printer import Printed

NAME = "sources"


def attachment(chapters: Sequence[Chapter], work: Composition, warnings: Sequence[Problem]) -> Section:
    """The attachment: figures of the text, dates, calculations, the charts' numbers, the sources, and known deviations.

    `warnings` are the acknowledged ones; each is shown with its reason.
    """
    words = work.language.catalogue.part("sources")
    printed = [one for chapter in chapters for one in chapter.printer.printed]
    blocks: list[Block] = [Paragraph((Run(words["intro"]),))]
    blocks += _part("figures", _observations(printed, work), words)
    blocks += _part("dates", _dates(printed, work), words)
    blocks += _part("calculations", _calculations(printed, work), words)
    for name, figure in work.figures.items():
        title = f"{figure.label}\u00a0{figure.number}. {figure.title}"
        chart = work.shown[name].chart
        status = f" {chart.status}." if chart.status else ""
        caption = words["chart_caption"].format(label=figure.label, number=figure.number, source=chart.source) + status
        data = replace(figure.table, anchor=f"sources-{name}", caption=caption)
        blocks += [Heading(title, 2, f"sources-figure-{name}"), data]
    blocks += [Heading(words["sources"], 2, "sources-list"), List(tuple(_sources(printed, work)))]
    if warnings:
        blocks.append(Heading(words["deviations"], 2, "sources-deviations"))
        blocks.append(List(tuple(Entry((Run(work.language.catalogue.plain(one)),)) for one in warnings)))
    return Section(f"attachment-{NAME}", words["title"], tuple(blocks))


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


def _observations(printed: Sequence[Printed], work: Composition) -> list[Row]:
    seen: dict[Observation, None] = {}
    for one in printed:
        # a mean of twelve months stands among the calculations; its months would drown the list
        if len(one.fact.origins) <= 4:
            seen.update(dict.fromkeys(o for o in one.fact.origins if isinstance(o, Observation)))
    return [_row(observation, work) for observation in seen]


def _row(o: Observation, work: Composition) -> Row:
    indicator = work.dataset.indicators[o.indicator]
    fact = of(o, indicator)
    name = f"{indicator.name}: {o.group}" if o.group else indicator.name
    value = _shown(fact, work)
    if fact.unit == "" and indicator.unit:
        value = f"{value}\u00a0{indicator.unit}"
    if o.approximate:
        value = f"{work.language.catalogue.part('facts')['hedges'][0]} {value}"
    status = work.language.catalogue.say(f"status.{o.status.value}")
    cells = (name, value, o.area, work.language.short(o.period), status, _cited(o, work))
    return Row(tuple(text_cell(text, o.value if at == 1 else None, indicator.decimals) for at, text in enumerate(cells)))


def _dates(printed: Sequence[Printed], work: Composition) -> list[Row]:
    found = dict.fromkeys(o for one in printed for o in one.fact.origins if isinstance(o, NamedDate))
    rows = []
    for o in found:
        status = work.language.catalogue.say(f"status.{o.status.value}")
        name = (o.note or o.name.replace("-", " ")).rstrip(".")
        source = work.dataset.sources.get(o.source)
        cells = (name[:1].upper() + name[1:], work.language.when(o.period), status, charts.cite(source) if source else "..")
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
        names = "; ".join(dict.fromkeys(_named(o, work) for o in fact.origins[:3] if isinstance(o, Observation)))
        if len(fact.origins) > 3:
            names = f"{work.dataset.indicators[_first(fact).indicator].name}, {fact.area} {work.language.short(fact.period)}"
        seen.setdefault((text, names), Row((text_cell(text, fact.value, fact.decimals), text_cell(words[fact.how]), text_cell(names))))
    return list(seen.values())


def _named(o: Observation, work: Composition) -> str:
    indicator = work.dataset.indicators[o.indicator]
    return f"{indicator.name}, {o.area} {work.language.short(o.period)}: {_shown(of(o, indicator), work)}"


def _first(fact: Fact) -> Observation:
    return next(o for o in fact.origins if isinstance(o, Observation))


def _sources(printed: Sequence[Printed], work: Composition) -> list[Entry]:
    shown = [o for one in printed for o in one.fact.origins if isinstance(o, Observation)]
    shown += [o for chosen in work.shown.values() for o in chosen.observations]
    found = dict.fromkeys(charts.source_of(o, work.dataset) for o in shown)
    entries = []
    for source in found:
        if source is None:
            continue
        retrieved = work.language.catalogue.say("sources.retrieved", when=source.retrieved) if source.retrieved else ""
        parts = [charts.cite(source), source.licence, retrieved, source.note.rstrip(".")]
        text = ". ".join(part for part in parts if part) + "."
        link = (Run(" "), Run(work.language.catalogue.say("sources.link", title=source.title), href=source.address))
        entries.append(Entry((Run(text), *link) if source.address else (Run(text),)))
    return entries


def _cited(o: Observation, work: Composition) -> str:
    source = charts.source_of(o, work.dataset)
    return charts.cite(source) if source else ".."


def _shown(fact: Fact, work: Composition) -> str:
    if fact.value is None:
        return fact.mark
    return work.language.number(fact.value, fact.decimals, fact.unit, fact.signed)
