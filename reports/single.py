"""A chart or a table by itself, for someone who pastes it into a document of her own."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import NamedTuple

from figures.chart import ChartError
from reports import charts, manifest
from reports.chart_worker import ChartWorker
from reports.charts import Chosen
from reports.deliver import digest
from reports.document import NBSP, Cell, Document, Section, Table
from reports.drawings import Drawings
from reports.errors import Place, Problem, ReportError, problem
from reports.facts import FactError
from reports.finnish import Language, rounded
from reports.home import Home
from reports.manifest import Entry, Hashes
from reports.model import Dataset, Mark
from reports.order import Order, Say, silent
from reports.period import Period, PeriodError
from reports.pipeline import Result, place
from reports.prepare import Prepared, prepare, read_data, theme, years_of
from reports.recipe import names, read_recipe
from reports.text import FigureSpec, Placed
from reports.write.template import Template

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LAYOUT = "table"


class Found(NamedTuple):
    """A chart by itself: the report whose layout it has, the years whose statistics were read, and their warnings."""

    chosen: Chosen
    order: Order
    years: tuple[int, ...]
    problems: tuple[Problem, ...]


def make_figure(order: Order, name: str, compare: str | None = None, tell: Say = silent) -> Result:
    """Write a chart as SVG and PNG with its title, source and status in the picture.

    `name` is a figure of a report of the period, a chart kind, or an indicator; `compare` another period or area to
    set beside it. Raises ReportError (exit 2: figure-unknown) with the names there are.
    """
    begun, now = time.perf_counter(), _Inputs(order.home)
    found = _of_report(order, name, now, tell) if compare is None else None
    found = found or _of_indicator(order, name, compare, now)
    order = found.order
    tell("drawing")
    with ChartWorker(order.cache) as worker:
        drawings = Drawings(order.drawings, theme(order)[0], order.home.template_folders(order.name), worker)
        made = drawings.draw({name: found.chosen.chart}, standalone=True)[name]
    if isinstance(made, ChartError):
        raise ReportError([Problem(made.code, Place(name), dict(made.values))]) from made
    drawing, png = made
    stem = _stem(order, "figure", name, *([_plain(compare)] if compare else []))
    files = {f"{stem}.svg": drawing.svg.encode(), f"{stem}.png": png}
    inputs, layouts = now.of(order, found.years), (order.name,)
    entry = Entry(inputs, {}, {"report": order.name}, found.years, layouts, problems=found.problems)
    return _placed(order, stem, files, entry, begun)


def make_table(order: Order, name: str, tell: Say = silent) -> Result:
    """Write a table of a report, or the numbers of a figure, as DOCX and CSV.

    Raises ReportError (exit 2: table-unknown) with the names there are.
    """
    begun, now = time.perf_counter(), _Inputs(order.home)
    have: list[str] = []
    for one, prepared in _reports(order, now, tell):
        tables = {table.name: table for table in prepared.document.tables()}
        tables |= {figure.name: replace(figure.table, caption=figure.caption) for figure in prepared.document.figures()}
        if name in tables:
            table = tables[name]
            writer = import_module("reports.write.docx")
            template = Template(LAYOUT, order.home.template_folders(LAYOUT), prepared.template.theme)
            data = writer.write(_alone(prepared.document, table), template)
            stem = _stem(order, "table", name)
            files = {f"{stem}.docx": data, f"{stem}.csv": to_csv(table, order.language)}
            inputs, layouts = now.of(one, prepared.years, LAYOUT), (one.name, LAYOUT)
            entry = Entry(inputs, {}, {"report": one.name}, prepared.years, layouts, problems=prepared.problems)
            return _placed(order, stem, files, entry, begun)
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
    if cell.value is not None:
        return str(rounded(cell.value, cell.decimals)).replace(".", mark)
    # a nil stands alone in its cell, where no spreadsheet takes it for the beginning of a formula
    return cell.text if cell.text == Mark.NIL else _harmless(cell.text)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text.replace(NBSP, " ")


class _Inputs:
    """The hashes of what goes in, taken before it is read: a file that somebody saves meanwhile counts as changed."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._hashes = Hashes(home.cache / "hashes.json")
        self._all: dict[str, Mapping[str, str]] = {}

    def take(self, order: Order) -> None:
        """Hash everything that a report's figures and tables may depend on."""
        everything = manifest.input_hashes(self._home, order.area, self._hashes)
        self._all[order.name] = everything
        self._hashes.save()

    def of(self, order: Order, years: Iterable[int], *layouts: str) -> dict[str, str]:
        """The inputs of something made with the statistics of some years and the layouts of the report, by name."""
        return manifest.chosen(years, (order.name, *layouts), self._all[order.name])


def _reports(order: Order, now: _Inputs, tell: Say) -> Iterator[tuple[Order, Prepared]]:
    """Every report of the order's period, made ready but for its drawings; none where the period has no text."""
    for name in names(order.home):
        if read_recipe(order.home, name).written(order.home, order.area, order.period, order.language):
            one = order._replace(name=name)
            now.take(one)
            prepared = prepare(one, tell)
            if errors := [each for each in prepared.problems if not each.warning]:
                raise ReportError(errors)
            yield one, prepared


def _of_report(order: Order, name: str, now: _Inputs, tell: Say) -> Found | None:
    for one, prepared in _reports(order, now, tell):
        if name in prepared.chosen:
            return Found(prepared.chosen[name], one, prepared.years, prepared.problems)
    return None


def _of_indicator(order: Order, name: str, compare: str | None, now: _Inputs) -> Found:
    now.take(order)
    other = _period(compare)
    years = tuple(sorted({*years_of(order, ()), *(other.years if other else ())}))
    dataset, problems = read_data(order, years)
    problems += theme(order)[1]
    if errors := [one for one in problems if not one.warning]:
        raise ReportError(errors)
    return Found(_choose(order, name, compare, other, dataset), order, years, tuple(problems))


def _choose(order: Order, name: str, compare: str | None, other: Period | None, dataset: Dataset) -> Chosen:
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


def _placed(order: Order, stem: str, files: dict[str, bytes], entry: Entry, begun: float) -> Result:
    outputs = {name: digest(data) for name, data in files.items()}
    beside = place(order, stem, files, entry._replace(outputs=outputs))
    seconds = time.perf_counter() - begun
    return Result({name: seconds / len(files) for name in files}, entry.problems, beside)


def _stem(order: Order, *parts: str) -> str:
    """The name of the files without ending; in another language than Finnish with the language at its end."""
    return "-".join(parts) + ("" if order.language == "fi" else f".{order.language}")


def _plain(text: str) -> str:
    return "-".join(text.lower().replace("/", "-").split())
