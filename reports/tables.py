"""Tables of a report: rows of a text's front matter, months by area, and the words under figures and tables."""

from __future__ import annotations

from collections.abc import Sequence

from reports.charts import Chosen
from reports.document import Cell, Column, Paragraph, Row, Run, Table, text_cell
from reports.errors import Problem
from reports.facts import FactError, Reference, parse
from reports.finnish import Language
from reports.model import Dataset, NamedDate
from reports.narrative import NUMERIC, checked_lines
from reports.printer import FactPrinter
from reports.text import Placed, TableSpec


def from_text(
    name: str, title: str, spec: TableSpec, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]
) -> Table:
    """The table of a specification, not yet numbered; what is wrong with its rows is added to `problems`.

    Raises FactError where its `data` cannot be given.
    """
    if spec.data:
        columns, rows = by_month(spec.data, spec.columns, printer.dataset, printer.language)
    else:
        columns, rows = _typed(spec, printer, not_facts, problems)
    note = line(spec.note, printer, not_facts, problems)
    caption = ". ".join(part.rstrip(".") for part in (title, note) if part) + "."
    return Table(f"table-{name}", title, columns, rows, caption=caption, name=name)


def line(source: Placed, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]) -> str:
    """One line of the front matter with its facts printed and its numbers looked at."""
    return printer.put(_cut(source, printer, not_facts, problems))


def by_month(
    data: str, areas: Sequence[str], dataset: Dataset, language: Language
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Months down, areas across; `data` names indicator and period in the fact notation."""
    references = [_month_reference(f"{data} {area}", dataset) for area in areas]
    indicator = dataset.indicators[references[0].indicator]
    heads = (language.catalogue.say("document.month"), *(reference.area for reference in references))
    rows = []
    for month in references[0].period.months():
        cells = [text_cell(language.short(month))]
        for reference in references:
            o = dataset.find(reference.indicator, month, reference.area, reference.group)
            value = o.value if o else None
            shown = language.number(value, indicator.decimals) if value is not None else str(o.mark) if o else ".."
            cells.append(text_cell(shown, value, indicator.decimals))
        rows.append(Row(tuple(cells)))
    share = 1 / (len(heads) + 0.4)
    columns = tuple(
        Column(head, "right" if at else "left", share if at else 1.4 * share) for at, head in enumerate(heads)
    )
    return columns, tuple(rows)


def caption(chosen: Chosen, language: Language) -> str:
    """The words under a figure: title, when, unit, source, status and note."""
    chart = chosen.chart
    head = language.catalogue.say("document.caption_head", title=chart.title.rstrip("."), when=chosen.when, unit=chart.unit)
    source = f"{language.catalogue.say('document.source')}: {chart.source}" if chart.source else ""
    parts = [head, source, chart.status, chart.note]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _typed(
    spec: TableSpec, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    rows = []
    for at, source in enumerate(spec.rows):
        parts = [part.strip() for part in _cut(source, printer, not_facts, problems).split("|")]
        if len(parts) != len(spec.columns):
            continue  # said by the reader of the front matter
        rows.append(Row(tuple(_cell(part, printer) for part in parts), spec.total and at == len(spec.rows) - 1))
    right = [bool(rows) and all(NUMERIC.match(row.cells[i].text) for row in rows) for i in range(len(spec.columns))]
    weights = [1.0 if is_right else 1.8 for is_right in right]
    columns = tuple(
        Column(head, "right" if is_right else "left", weight / sum(weights))
        for head, is_right, weight in zip(spec.columns, right, weights, strict=True)
    )
    return columns, tuple(rows)


def _cut(source: Placed, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]) -> str:
    lines = checked_lines([source], source.place.file, source.place.row, printer, not_facts, problems)
    return next(iter(lines), "")


def _cell(cut: str, printer: FactPrinter) -> Cell:
    fact = printer.only(cut)
    run = Paragraph((Run(printer.put(cut)),))
    return Cell((run,), fact.value if fact else None, fact.decimals if fact else 0)


def _month_reference(notation: str, dataset: Dataset) -> Reference:
    found = parse(notation, dataset)
    if isinstance(found, NamedDate):
        raise FactError("figure-data", found=notation)
    return found
