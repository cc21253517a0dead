"""Tables of a report: rows of a text's front matter, months by area, and the words under figures and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reports.charts import Chosen, source_line
from reports.document import Cell, Column, Picture, Row, Run, Table, text_cell
from reports.errors import Problem
from reports.facts import FactError, Reference, parse
from reports.finnish import Language
from reports.guard import checked_lines
from reports.model import Dataset, Indicator, Mark, NamedDate, Observation, Status
from reports.narrative import numeric
from reports.printer import FactPrinter
from reports.text import PictureSpec, Placed, TableSpec


def from_text(
    name: str, title: str, spec: TableSpec, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]
) -> tuple[Table, tuple[Observation, ...]]:
    """The table of a specification, not yet numbered, and the observations that its `data` chose.

    What is wrong with its rows is added to `problems`. Raises FactError where its `data` cannot be given.
    """
    say = printer.language.catalogue.say
    before = len(printer.printed)
    source = ""
    listed: tuple[Observation, ...] = ()
    if spec.data:
        columns, rows, listed = by_month(spec.data, spec.columns, printer.dataset, printer.language)
        source = f"{say('document.source')}: {source_line(listed, printer.dataset)}"
    else:
        columns, rows = _typed(spec, printer, not_facts, problems)
    note = line(spec.note, printer, not_facts, problems)
    example = any(one.fact.is_example for one in printer.printed[before:]) or any(
        o.status is Status.EXAMPLE for o in listed
    )
    caption = sentences(title, source, say("document.example") if example else "", note)
    return Table(f"table-{name}", title, columns, rows, caption=caption, name=name), listed


def picture(
    anchor: str, title: str, spec: PictureSpec, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]
) -> Picture:
    """A picture with its words, without the contents of its file yet."""
    alt, note = (line(one, printer, not_facts, problems) for one in (spec.alt, spec.note))
    return Picture(anchor, sentences(title, note), alt, spec.image)


def line(source: Placed, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]) -> str:
    """One line of the front matter with its facts printed and its numbers looked at."""
    return printer.put(_cut(source, printer, not_facts, problems))


def by_month(
    data: str, areas: Sequence[str], dataset: Dataset, language: Language
) -> tuple[tuple[Column, ...], tuple[Row, ...], tuple[Observation, ...]]:
    """Months down, areas across, and the observations; `data` names indicator and period in the fact notation."""
    references = [_month_reference(f"{data} {area}", dataset) for area in areas]
    indicator = dataset.indicators[references[0].indicator]
    heads = (language.catalogue.say("document.month"), *(reference.area for reference in references))
    rows = []
    listed = []
    for month in references[0].period.months():
        found = [dataset.find(one.indicator, month, one.area, one.group) for one in references]
        rows.append(Row((text_cell(language.short(month)), *(observation_cell(o, indicator, language) for o in found))))
        listed += [o for o in found if o]
    if not listed:
        raise FactError("figure-empty", found=data)
    share = 1 / (len(heads) + 0.4)
    columns = tuple(
        Column(head, "right" if at else "left", share if at else 1.4 * share) for at, head in enumerate(heads)
    )
    return columns, tuple(rows), tuple(listed)


def observation_cell(o: Observation | None, indicator: Indicator, language: Language, status: str = "") -> Cell:
    """An observation in a table of its indicator: the number, *noin* before an approximate one, or the mark.

    A `status` stands in brackets after it: `514 (ennakollinen)`.
    """
    after = f" ({status})" if status else ""
    if o is None or o.value is None or o.mark:
        return text_cell(f"{(o.mark if o else None) or Mark.UNAVAILABLE}{after}")
    hedge = f"{language.catalogue.part('facts')['hedges'][0]} " if o.approximate else ""
    shown = language.number(o.value, indicator.decimals, upper=o.upper)
    return text_cell(f"{hedge}{shown}{after}", None if o.upper else o.value, indicator.decimals)


def sentences(*parts: str) -> str:
    """Some parts as sentences one after another, each with its full stop unless it ends in a mark of its own."""
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)


def caption(chosen: Chosen, language: Language) -> str:
    """The words under a figure: title, when, unit, source, status and note."""
    chart = chosen.chart
    say = language.catalogue.say
    head = say("document.caption_head", title=chart.title.rstrip("."), when=chosen.when, unit=chart.unit)
    source = f"{say('document.source')}: {chart.source}" if chart.source else ""
    return sentences(head, source, chart.status, chart.note)


def _typed(
    spec: TableSpec, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    rows = []
    for at, source in enumerate(spec.rows):
        parts = [part.strip() for part in _cut(source, printer, not_facts, problems).split("|")]
        if len(parts) != len(spec.columns):
            continue  # said by the reader of the front matter
        rows.append(Row(tuple(_cell(part, printer) for part in parts), spec.total and at == len(spec.rows) - 1))
    heads = [line(head, printer, not_facts, problems) for head in spec.columns]
    right = [numeric([row.cells[at].text for row in rows]) for at in range(len(heads))]
    weights = [1.0 if is_right else _weight([row.cells[at].text for row in rows]) for at, is_right in enumerate(right)]
    columns = tuple(
        Column(head, "right" if is_right else "left", weight / sum(weights))
        for head, is_right, weight in zip(heads, right, weights, strict=True)
    )
    return columns, tuple(rows)


def _weight(texts: Sequence[str]) -> float:
    """The width of a column of words against one of numbers: sentences need more than names."""
    letters = sum(map(len, texts)) / max(1, len(texts))
    return 1.8 * min(2.4, max(1.0, math.sqrt(letters / 40)))


def _cut(source: Placed, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]) -> str:
    place = source.place
    column = place.column if isinstance(place.column, int) else 1
    return next(checked_lines([source], place.file, place.row, printer, not_facts, problems, column))


def _cell(cut: str, printer: FactPrinter) -> Cell:
    return printer.cell(cut, (Run(printer.put(cut)),))


def _month_reference(notation: str, dataset: Dataset) -> Reference:
    found = parse(notation, dataset)
    if isinstance(found, NamedDate):
        raise FactError("figure-data", found=notation)
    return found
