"""A filled form with faults -> a copy that can be mailed back: faulty cells coloured, each reason in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from reports.deliver import beside, deliver, digest
from reports.errors import Problem, ReportError
from reports.finnish import Language
from reports.home import Home
from reports.intake.form_check import Filled, find_form
from reports.intake.form_rules import Line
from reports.intake.form_sheet import COLUMNS, NAME, REASON, Form, write_form
from reports.intake.table import Dated, Faulty, letters
from reports.intake.workbook import Workbook
from reports.messages import Catalogue, catalogue
from reports.model import Dataset
from reports.order import Order
from reports.period import Period
from reports.read.dataset import read_dataset
from reports.read.number import ReadingError, read_number


def return_form(home: Home, area: str, path: Path, book: Workbook, problems: Sequence[Problem]) -> Path:
    """Write the copy beside the form, `form.xlsx` as `form.korjattava.xlsx`, and give its path.

    `problems` are those of the form and of storing it. The copy is a form of its own, with all that has been filled
    in: nothing else of the file is in it, so no formulas, links or hidden things travel on. One of that name which
    differs stays, and the new one gets a number. Raises ReportError (exit 3, the problems with it) where the folder
    cannot be written.
    """
    from reports.prepare import theme

    form = find_form(book)
    language = Language(form.language)
    colours, _ = theme(Order(home, NAME, area, Period.year(1)))  # the look is the same in every period
    made = write_form(marked(form, problems, read_dataset(home, area, ())), language, colours)
    word = language.catalogue.say("files.to-correct")
    stem = re.sub(rf"\.{re.escape(word)}[0-9]*$", "", path.stem)
    name = f"{stem}{path.suffix}"
    name = beside(name, word, {f"{stem}.{word}{path.suffix}": digest(made)}, path.parent)
    try:
        deliver(path.parent, {name: made}, last=name)
    except ReportError as error:  # what is wrong with the form is told all the same
        raise ReportError((*problems, *error.problems), error.exit_code) from error
    return path.with_name(name)


def marked(form: Filled, problems: Sequence[Problem], dataset: Dataset) -> Form:
    """The form with what has been filled in, and what is to be corrected in each row and cell."""
    words = catalogue(form.language)
    rows: dict[int, list[Problem]] = {}
    for one in problems:
        if str(one.place.column).startswith(f"{form.table.sheet}!"):
            rows.setdefault(one.place.row, []).append(one)
    lines = [
        _line(form, cells, rows.get(number, ()), dataset)
        for number, cells in form.table.rows
        if number > form.head and any(cells)
    ]
    faulty = sum(any(not one.warning for one in found) for found in rows.values())
    others = [words.problem(one) for one in problems if one.place.row not in rows]
    correct = " ".join([words.say("form.correct", rows=faulty, reason=words.say("form.column.reason")), *others])
    _, title = form.table.rows[0]
    return Form(dataset, title[0] or form.table.sheet, "", tuple(lines), correct)


def _line(form: Filled, cells: Sequence[str], problems: Sequence[Problem], dataset: Dataset) -> Line:
    """A row as it was filled in, its empty cells as in a new form; each of its problems in words."""
    words = catalogue(form.language)
    texts = {name: cells[at] if at < len(cells) else "" for name, at in form.columns.items() if name in COLUMNS}
    key = texts["key"].split()
    reasons = {letters(at): name for name, at in form.columns.items()}
    faults: dict[str, list[str]] = {}
    for one in problems:
        reference = str(one.place.column).rpartition("!")[2]
        if not one.warning and (name := reasons.get(reference.rstrip("0123456789"))):
            faults.setdefault(name, []).append(words.plain(one))
    number = _number(texts["value"])
    told = "\n".join(words.plain(one) for one in problems)
    told = told or words.say("form.fine" if texts["value"] not in ("", _blank("value", words)) else "form.unfilled")
    return Line(
        {name: text or _blank(name, words) for name, text in texts.items()} | {REASON: told},
        dataset.indicators.get(key[1]) if len(key) > 1 else None,
        number,
        {name: "\n".join(found) for name, found in faults.items()},
    )


def _blank(column: str, words: Catalogue) -> str:
    return words.part("form.fill").get(column) or words.say("document.blank")


def _number(text: str) -> Decimal | None:
    """A figure that Excel can hold as a number; None for everything else, which is kept as it was written."""
    if isinstance(text, Dated | Faulty):
        return None
    try:
        found = read_number(text)
    except ReadingError:
        return None
    plain = found.mark is None and found.upper is None and not found.approximate and not found.unit
    return found.value if plain else None
