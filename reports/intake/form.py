"""The form that figures are collected with: what is missing -> an Excel workbook in the period's output folder."""

from __future__ import annotations

import re
import time
from typing import NamedTuple

from reports import manifest
from reports.deliver import digest
from reports.errors import Problem, ReportError
from reports.finnish import Language
from reports.intake.form_rows import form_rows
from reports.manifest import Entry, Hashes
from reports.model import Dataset
from reports.order import Order, Say, silent
from reports.period import Period
from reports.pipeline import Result, place
from reports.plan.model import Plan
from reports.read.dataset import read_dataset
from reports.read.plan import plan_for, read_plan

FORM = "form"
KIND = "xlsx"


class Made(NamedTuple):
    """What came of making a form: how many figures it asks for (none: no form was made), and its file."""

    rows: int
    file: str
    result: Result


def form_order(order: Order, owner: str = "") -> Order:
    """The order of a form: its file is `form.xlsx`, that of an owner `form-koordinaattori.xlsx`."""
    plain = "-".join(re.findall(r"\w+", owner.lower()))
    return order._replace(name=f"{FORM}-{plain}" if plain else FORM)


def make_form(order: Order, owner: str = "", tell: Say = silent) -> Made:
    """Write the form of a period in the order's language, of one `owner` or of all.

    A form that a person has filled in where it was written stays, and the new one lies beside it. Raises ReportError:
    what is wrong with the figures, the texts or the plan, and form-owner (exit 2).
    """
    begun = time.perf_counter()
    order = form_order(order, owner)
    hashes = Hashes(order.cache / "hashes.json")
    inputs = manifest.chosen((), (), manifest.input_hashes(order.home, order.area, hashes))
    hashes.save()
    tell("reading")
    dataset, plan, problems = read_for_form(order, order.period)
    rows = form_rows(dataset, plan, order.period, owner)
    file = order.file(KIND)
    if not rows:
        return Made(0, file, Result({}, problems))
    from reports.intake.form_sheet import form_of, write_form
    from reports.prepare import theme

    tell("writing", file=file)
    colours, wrong = theme(order)
    language = Language(order.language)
    data = write_form(form_of(dataset, order.period, owner, rows, language), language, colours)
    found = (*problems, *wrong)
    entry = Entry(inputs, {file: digest(data)}, {"report": FORM}, problems=found)
    beside = place(order, order.stem, {file: data}, entry)
    return Made(len(rows), file, Result({file: time.perf_counter() - begun}, found, beside))


def read_for_form(order: Order, period: Period) -> tuple[Dataset, Plan | None, tuple[Problem, ...]]:
    """The figures of an area but for public statistics, the plan that a period belongs to, and warnings about them.

    Raises ReportError where there are errors: what is known could not be told from what is missing.
    """
    dataset = read_dataset(order.home, order.area, ())
    found = list(dataset.problems)
    plan: Plan | None = None
    if when := plan_for(order.home, order.area, period):
        plan, wrong = read_plan(order.home, order.area, when, dataset)
        found += wrong
    if any(not one.warning for one in found):
        raise ReportError(found)
    return dataset, plan, tuple(found)
