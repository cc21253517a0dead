"""The attachment *Lukujen lähteet*: every figure of the report with its value, period, source and status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reports import charts
from reports.calculations import calculations
from reports.compose import Chapter, Composition
from reports.document import (
    NBSP,
    Block,
    Cell,
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
from reports.facts import of
from reports.model import NamedDate, Observation, Source
from reports.origins import groups, is_run, numbered, source_of, status, value_of
from reports.period import Period, PeriodError
from reports.printer import Printed

NAME = "sources"


def attachment(chapters: Sequence[Chapter], work: Composition, warnings: Sequence[Problem]) -> Section:
    """The attachment: the sources, figures of the text, dates, calculations, the charts' numbers, known deviations.

    Each figure refers to its source by the source's number in the list. `warnings` are the acknowledged ones; each is
    shown with its reason.
    """
    words = work.language.catalogue.part("sources")
    printed = [one for chapter in chapters for one in chapter.printed()]
    cited = _cited(printed, work)
    blocks: list[Block] = [Paragraph((Run(words["intro"]),))]
    blocks += [Heading(words["sources"], 2, "sources-list"), List(tuple(_entries(cited, work)))]
    blocks += _part("figures", [*_observations(printed, cited, work), *_listed(cited, work)], words)
    blocks += _part("dates", _dates(printed, cited, work), words)
    blocks += _part("calculations", calculations(printed, cited, work), words)
    for name, figure in work.figures.items():
        blocks += _numbers(name, figure, work) if work.shown[name].observations else []
    if warnings:
        deviations = tuple(Entry((Run(_deviation(one, work)),)) for one in warnings)
        blocks += [Heading(words["deviations"], 2, "sources-deviations"), List(deviations)]
    return Section(f"attachment-{NAME}", words["title"], tuple(blocks))


def _deviation(known: Problem, work: Composition) -> str:
    """A known warning in the words of a report; in those of a message where the report has none of its own."""
    catalogue = work.language.catalogue
    own = known.code in catalogue.part("sources")
    return catalogue.say(f"sources.{known.code}", **known.values) if own else catalogue.plain(known)


def _numbers(name: str, figure: Figure, work: Composition) -> list[Block]:
    """A chart's numbers under a heading of their own."""
    chosen = work.shown[name]
    caption = work.language.catalogue.say("sources.chart_caption", when=chosen.when, source=chosen.chart.source)
    status = f" {chosen.chart.status}." if chosen.chart.status else ""
    title = f"{figure.label}{NBSP}{figure.number}. {figure.title}"
    return [
        Heading(title, 2, f"sources-figure-{name}"),
        replace(figure.table, anchor=f"sources-{name}", caption=caption + status),
    ]


def _part(name: str, rows: Sequence[Row], words: Mapping[str, Sequence[str]]) -> list[Block]:
    if not rows:
        return []
    heads = words[f"{name}_heads"]
    weights = [float(weight) for weight in words[f"{name}_widths"]]
    right = int(str(words[f"{name}_number"]))
    columns = tuple(
        Column(head, "right" if at == right else "left", weight / sum(weights))
        for at, (head, weight) in enumerate(zip(heads, weights, strict=True))
    )
    title, caption = str(words[name]), str(words[f"{name}_caption"])
    table = Table(f"sources-{name}", title, columns, tuple(rows), caption=caption, name=f"sources-{name}")
    return [Heading(title, 2, f"sources-{name}-heading"), table]


def _observations(printed: Sequence[Printed], cited: Sequence[Source], work: Composition) -> list[Row]:
    """A row for each observation; the months behind a mean or a sum stand in the calculations as one."""
    seen: dict[Observation, None] = {}
    for one in printed:
        for group in groups(one.fact.origins):
            seen.update(dict.fromkeys(() if is_run(group) else group))
    return [_row(o, cited, work) for o in seen]


def _row(o: Observation, cited: Sequence[Source], work: Composition) -> Row:
    indicator = work.dataset.indicators[o.indicator]
    fact = of(o, indicator)
    unit = "" if fact.unit or fact.mark else indicator.unit
    value = value_of(o, work, hedged=True) + (f"{NBSP}{unit}" if unit else "")
    where = f"{o.area}, {work.language.short(o.period)}"
    return Row(
        (
            _named(indicator.name, o.group, o.note),
            text_cell(value, None if fact.mark or o.upper else o.value, indicator.decimals),
            text_cell(where),
            text_cell(status([o], work)),
            text_cell(numbered([o], cited, work)),
        )
    )


def _named(name: str, group: str, note: str) -> Cell:
    """What a figure is, and under it which group it is about and what its row in the data remarks."""
    blocks = [Paragraph((Run(text),)) for text in (name, group) if text]
    if note:
        blocks.append(Paragraph((Run(note.rstrip(".") + ".", emphasis=True),)))
    return Cell(tuple(blocks))


def _name(o: Observation, work: Composition) -> str:
    name = work.dataset.indicators[o.indicator].name
    return f"{name}: {o.group}" if o.group else name


def _listed(cited: Sequence[Source], work: Composition) -> list[Row]:
    """A row for each column of a table of months: its numbers stand in that table."""
    rows = []
    for name, found in work.listed.items():
        table = f"{work.label('table')}{NBSP}{work.numbers[f'table-{name}']}"
        for group in groups(found):
            first, last = group[0].period.first, group[-1].period.last
            where = f"{group[0].area}, {work.language.short(Period(first, last))}"
            cells = (_name(group[0], work), table, where, status(group, work), numbered(group, cited, work))
            rows.append(Row(tuple(map(text_cell, cells))))
    return rows


def _dates(printed: Sequence[Printed], cited: Sequence[Source], work: Composition) -> list[Row]:
    found = dict.fromkeys(o for one in printed for o in one.fact.origins if isinstance(o, NamedDate))
    rows = []
    for o in found:
        name = (o.note or o.name.replace("-", " ")).rstrip(".")
        cells = (
            name[:1].upper() + name[1:],
            work.language.when(o.period),
            status([o], work),
            numbered([o], cited, work),
        )
        rows.append(Row(tuple(map(text_cell, cells))))
    return rows


def _cited(printed: Sequence[Printed], work: Composition) -> list[Source]:
    """Every source of what is printed and drawn, once, in the order of the text."""
    drawn = [o for chosen in work.shown.values() for o in chosen.observations]
    listed = [o for group in work.listed.values() for o in group]
    everything: Iterable[Observation | NamedDate] = (
        *(o for one in printed for o in one.fact.origins),
        *drawn,
        *listed,
    )
    return list(dict.fromkeys(source for o in everything if (source := source_of(o, work))))


def _entries(cited: Sequence[Source], work: Composition) -> list[Entry]:
    entries = []
    for number, source in enumerate(cited, 1):
        cite = Run(charts.cite(source))
        if source.address:
            publisher = (Run(f"{source.publisher}, "),) if source.publisher else ()
            runs = (*publisher, Run(source.title, href=source.address))
        else:
            runs = (cite,)
        say = work.language.catalogue.say
        retrieved = say("sources.retrieved", when=_day(source, work)) if source.retrieved else ""
        more = ". ".join(part.rstrip(".") for part in (source.licence, retrieved, source.note) if part)
        end = Run(f". {more}." if more else ".")
        entries.append(Entry((*runs, end), 0, f"{number}."))
    return entries


def _day(source: Source, work: Composition) -> str:
    """The day a source was read, as the language writes it; as it stands in the data where it is no date."""
    try:
        return work.language.when(Period.of(source.retrieved))
    except PeriodError:
        return source.retrieved
