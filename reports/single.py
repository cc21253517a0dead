"""A chart or a table by itself, for someone who pastes it into a document of her own."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

from figures.chart import ChartError
from reports import charts, manifest
from reports.charts import Chosen
from reports.deliver import digest
from reports.document import NBSP, Cell, Document, Section, Table
from reports.drawings import Drawings
from reports.errors import Place, Problem, ReportError, problem
from reports.facts import FactError
from reports.finnish import Language
from reports.manifest import Entry, Hashes
from reports.model import Dataset
from reports.order import Order, Say, silent
from reports.period import Period, PeriodError
from reports.pipeline import Result, place
from reports.prepare import Prepared, prepare, read_data, theme
from reports.recipe import names, read_recipe
from reports.text import FigureSpec, Placed
from reports.write.template import Template

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def make_figure(order: Order, name: str, compare: str | None = None, tell: Say = silent) -> Result:
    """Write a chart as SVG and PNG with its title, source and status in the picture.

    `name` is a figure of a report of the period, a chart kind, or an indicator; `compare` another period or area to
    set beside it. Raises ReportError (exit 2: figure-unknown) with the names there are.
    """
    begun = time.perf_counter()
    chosen = _of_report(order, name, tell) if compare is None else None
    chosen = chosen or _of_indicator(order, name, compare)
    tell("drawing")
    with Drawings(order.drawings, theme(order), order.home.template_folders(order.name)) as drawings:
        made = drawings.draw({name: chosen.chart}, standalone=True)[name]
    if isinstance(made, ChartError):
        raise ReportError([Problem(made.code, Place(name), dict(made.values))]) from made
    drawing, png = made
    stem = _stem(order, "figure", name, *([_plain(compare)] if compare else []))
    files = {f"{stem}.svg": drawing.svg.encode(), f"{stem}.png": png}
    return _placed(order, stem, files, begun)


def make_table(order: Order, name: str, tell: Say = silent) -> Result:
    """Write a table of a report, or the numbers of a figure, as DOCX and CSV.

    Raises ReportError (exit 2: table-unknown) with the names there are.
    """
    begun = time.perf_counter()
    have: list[str] = []
    for prepared in _reports(order, tell):
        tables = {table.name: table for table in prepared.document.tables()}
        tables |= {figure.name: replace(figure.table, caption=figure.caption) for figure in prepared.document.figures()}
        if name in tables:
            table = tables[name]
            writer = import_module("reports.write.docx")
            template = Template("table", order.home.template_folders("table"), prepared.template.theme)
            data = writer.write(_alone(prepared.document, table), template)
            stem = _stem(order, "table", name)
            return _placed(order, stem, {f"{stem}.docx": data, f"{stem}.csv": to_csv(table, order.language)}, begun)
        have += tables
    raise ReportError([problem("table-unknown", found=name, have=", ".join(sorted(have)) or "-")], exit_code=2)


def to_csv(table: Table, language: str) -> bytes:
    """A table as CSV for a Finnish Excel: semicolons, numbers bare, a text never a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_harmless(column.text) for column in table.columns])
    mark = Language(language).notation.decimal
    for row in table.rows:
        writer.writerow([_csv_cell(cell, mark) for cell in row.cells])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell, mark: str) -> str:
    if cell.value is None:
        return _harmless(cell.text)
    return f"{cell.value:.{cell.decimals}f}".replace(".", mark)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text.replace(NBSP, " ")


def _reports(order: Order, tell: Say) -> Iterator[Prepared]:
    """Every report of the order's period, made ready; none where the period has no text."""
    folder = order.home.period_folder(order.area, order.period)
    for name in names(order.home):
        if (folder / read_recipe(order.home, name).parts[0].text).is_file():
            prepared = prepare(replace(order, name=name), tell)
            if errors := [one for one in prepared.problems if not one.warning]:
                raise ReportError(errors)
            yield prepared


def _of_report(order: Order, name: str, tell: Say) -> Chosen | None:
    return next((found.chosen[name] for found in _reports(order, tell) if name in found.chosen), None)


def _of_indicator(order: Order, name: str, compare: str | None) -> Chosen:
    years = {*order.period.years, *(year - 1 for year in order.period.years)}
    other = _period(compare)
    dataset, problems = read_data(order, years | set(other.years if other else ()))
    if errors := [one for one in problems if not one.warning]:
        raise ReportError(errors)
    indicator = _indicator(order, name, dataset)
    kind = dataset.indicators[indicator].chart or name
    where = dataset.setup.municipality
    data = f"{indicator} {order.period} {where}"
    beside = (f"{indicator} {other} {where}" if other else f"{indicator} {order.period} {compare}",) if compare else ()
    title = f"{dataset.indicators[indicator].name}, {where}"
    spec = FigureSpec(kind, (Placed(data),), Place(name), tuple(Placed(one) for one in beside))
    try:
        return charts.choose(spec, title, "", "", dataset, Language(order.language))
    except FactError as error:
        wrong = Problem(error.code, Place(name), {"expression": data, **error.values})
        raise ReportError([wrong], exit_code=2 if compare else 1) from error


def _indicator(order: Order, name: str, dataset: Dataset) -> str:
    """The indicator that a chart kind or an indicator's own name means in this period."""
    if name in dataset.indicators and dataset.indicators[name].chart:
        return name
    of_kind = [one.id for one in dataset.indicators.values() if one.chart == name]
    there = [one for one in of_kind if _has(one, order.period, dataset)]
    if len(there) == 1:
        return there[0]
    have = there or [one.id for one in dataset.indicators.values() if one.chart and _has(one.id, order.period, dataset)]
    code = "figure-several" if there else "figure-unknown"
    raise ReportError(
        [problem(code, found=name, period=order.period, have=", ".join(sorted(have)) or "-")], exit_code=2
    )


def _has(indicator: str, period: Period, dataset: Dataset) -> bool:
    return any(o.indicator == indicator and o.period in period for o in dataset.observations.values())


def _period(text: str | None) -> Period | None:
    try:
        return Period.of(text) if text else None
    except PeriodError:
        return None


def _alone(document: Document, table: Table) -> Document:
    """A document of nothing but the table, without a number that would mean something else where it is pasted."""
    bare = Section("table", "", (replace(table, label="", number=""),))
    return replace(
        document,
        title=table.title,
        subtitle="",
        roles=(),
        notices=(),
        key_figures=(),
        sections=(bare,),
        attachments=(),
        separate=(),
    )


def _placed(order: Order, stem: str, files: dict[str, bytes], begun: float) -> Result:
    hashes = Hashes(order.cache / "hashes.json")
    years = tuple(sorted({year - back for year in order.period.years for back in (0, 1)}))
    inputs = manifest.input_hashes(order.home, order.area, order.name, hashes, years)
    outputs = {name: digest(data) for name, data in files.items()}
    beside = place(order, stem, files, Entry(inputs, outputs, {"report": order.name}, years))
    hashes.save()
    seconds = time.perf_counter() - begun
    return Result({name: seconds / len(files) for name in files}, (), beside)


def _stem(order: Order, *parts: str) -> str:
    """The name of the files without ending; in another language than Finnish with the language at its end."""
    return "-".join(parts) + ("" if order.language == "fi" else f".{order.language}")


def _plain(text: str) -> str:
    return "-".join(text.lower().replace("/", "-").split())
