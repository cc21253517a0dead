"""A form that somebody has filled in -> its figures, ready to be stored, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from reports.errors import Place, Problem, ReportError
from reports.facts import FactError, Reference, parse
from reports.finnish import Language
from reports.goals.yardstick import ends
from reports.home import Home
from reports.intake.form_rows import FormRow, Series, asked, known_figures, limits
from reports.intake.form_sheet import COLUMNS, NAME, shown, source_labels
from reports.intake.incoming import Incoming, figure_text
from reports.intake.table import Dated, Faulty, Table
from reports.intake.workbook import Workbook
from reports.messages import LANGUAGES, catalogue
from reports.model import Dataset, Observation, Status
from reports.read.dataset import read_dataset
from reports.read.decode import excerpt, nearest
from reports.read.number import Number, ReadingError, read_number

LOCKED = ("indicator", "time", "about", "unit")  # what says which figure a row asks for; the key must agree with it
HEADS_WITHIN = 30  # rows of a sheet
JUMP = 10  # how many times the figure before it, or which part of that, makes a figure worth a second look
NOTABLE = 10  # where one of the two is at least as much


class Filled(NamedTuple):
    """Where the form stands in a workbook: its sheet, the number of the row of headings, the columns by name from 0.

    `language` is that of the headings.
    """

    table: Table
    head: int
    columns: Mapping[str, int]
    language: str

    @property
    def missing(self) -> list[str]:
        """The columns that it lacks, by name."""
        return [name for name in COLUMNS if name not in self.columns]


def is_form(book: Workbook) -> bool:
    """Whether a workbook is a form of ours: by the name it gives to its table, or by all of the headings."""
    return NAME in book.names or not _best(book).missing


def find_form(book: Workbook) -> Filled:
    """The form in a workbook, in whichever language. Raises ReportError (form-columns) where headings are missing."""
    form = _best(book)
    if form.missing:
        names = ", ".join(catalogue(form.language).say(f"form.column.{name}") for name in form.missing)
        raise ReportError([Problem("form-columns", form.table.place(form.head), {"name": names})])
    return form


def read_form(home: Home, area: str, book: Workbook) -> tuple[list[Incoming], list[Problem]]:
    """The figures of a filled form for an area: those of the rows that are right, and what is wrong with the others.

    A row whose figure nobody has filled in is passed over. Problems name the cell. Figures that stand already are
    compared when they are stored. Raises ReportError where the form has lost its headings, and for faults of the
    home's own files.
    """
    form = find_form(book)
    dataset = read_dataset(home, area, ())
    if faults := [one for one in dataset.problems if not one.warning]:
        raise ReportError(faults)
    reading = _Reading(form, dataset)
    for number, cells in form.table.rows:
        if number > form.head:
            reading.take(number, cells)
    return reading.figures, [*reading.problems, *_unread(form, book)]


def _best(book: Workbook) -> Filled:
    """The row with the most headings of a form; no columns where there is none."""
    best = Filled(Table("", "", ()), 0, {}, LANGUAGES[0])
    for table in book.sheets:
        best = best if best.columns else best._replace(table=table)
        for number, cells in table.rows[:HEADS_WITHIN]:
            for language in LANGUAGES:
                columns = _columns(cells, language)
                if len(columns) > len(best.columns):
                    best = Filled(table, number, columns, language)
    return best


def _columns(cells: Sequence[str], language: str) -> dict[str, int]:
    heads = {text: name for name, text in catalogue(language).part("form.column").items()}
    return {heads[cell]: at for at, cell in reversed([*enumerate(cells)]) if cell in heads}


def _unread(form: Filled, book: Workbook) -> Iterator[Problem]:
    """Warnings of what somebody has added where nobody reads it: columns, and sheets."""
    ours = {name for code in LANGUAGES for name in catalogue(code).part("form.sheet").values()}
    for table in book.sheets:
        if table.sheet not in ours and table.sheet != form.table.sheet:
            yield Problem("form-sheet", Place(table.file), {"found": excerpt(table.sheet)}, warning=True)
    known = set(form.columns.values())
    extra = {at for number, cells in form.table.rows if number >= form.head for at, cell in enumerate(cells) if cell}
    for at in sorted(extra - known):
        yield Problem("form-extra", form.table.place(form.head, at), {}, warning=True)


class _Reading:
    """One reading of a form."""

    def __init__(self, form: Filled, dataset: Dataset) -> None:
        self.form = form
        self.dataset = dataset
        self.language = Language(form.language)
        self.known = known_figures(dataset)
        self.sources = {label: name for name, label in source_labels(dataset).items()}
        self.states = {catalogue(code).say(f"status.{one}"): one for one in Status for code in LANGUAGES}
        self.blanks = {text for code in LANGUAGES for text in catalogue(code).part("form.fill").values()}
        self.blanks |= {catalogue(code).say("document.blank") for code in LANGUAGES}
        self.rows: dict[str, int] = {}
        self.figures: list[Incoming] = []
        self.problems: list[Problem] = []

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Add the figure of a row, or what is wrong with it."""
        row = _Row(self, number, cells)
        before = len(self.problems)
        for name, cell in row.faulty.items():
            row.tell(cell.code, name, found=excerpt(cell))
        if row["key"] and row.filled:
            figure = self._figure(row)
            if figure and all(one.warning for one in self.problems[before:]):
                self.figures.append(figure)
        elif row["key"] and row["note"]:
            row.tell("form-value-missing", "value")
        elif not row["key"] and (texts := [row[name] for name in COLUMNS if row[name]]):
            row.tell("form-row", "key", found=excerpt(texts[0]))

    def _figure(self, row: _Row) -> Incoming | None:
        """The figure of a row; every cell of it is looked at."""
        wanted = self._asked(row)
        if wanted is None:
            return None
        self._compare(row, wanted)
        number, status = self._number(row, wanted), self._status(row)
        source = self._source(row, wanted)
        if number is None or status is None:
            return None
        return Incoming(
            indicator=wanted.indicator.id,
            period=wanted.period,
            area=wanted.area,
            group=wanted.group,
            value=number.value,
            mark=number.mark,
            approximate=number.approximate,
            upper=number.upper,
            status=status,
            source=source,
            note=row["note"],
            origin=row.place("value"),
        )

    def _asked(self, row: _Row) -> FormRow | None:
        """Which figure a row asks for, by its key."""
        key = " ".join(row["key"].split())
        if key in self.rows:
            row.tell("form-twice", "key", name=excerpt(key), first=self.rows[key])
            return None
        self.rows[key] = row.number
        area, _, notation = key.partition(" ")
        if area != self.dataset.id:
            row.tell("form-area", "key", found=excerpt(area), wanted=self.dataset.id)
            return None
        try:
            found = parse(notation, self.dataset)
        except FactError:
            found = None
        if not isinstance(found, Reference) or found.function:
            row.tell("form-key", "key", found=excerpt(key))
            return None
        return asked(self.dataset, Series(found.indicator, found.area, found.group), found.period, self.known)

    def _compare(self, row: _Row, wanted: FormRow) -> None:
        """The locked cells say what the key says: rows have not been shifted against each other."""
        cells = shown(wanted, self.language)
        for name in LOCKED:
            expected = " ".join(cells[name].split())
            if row[name] != expected:
                row.tell("form-locked", name, found=excerpt(row[name]) or "-", wanted=excerpt(expected))

    def _number(self, row: _Row, wanted: FormRow) -> Number | None:
        cell = row["value"]
        if isinstance(cell, Dated):
            row.tell("form-date", "value", found=excerpt(cell))
        if isinstance(cell, Dated | Faulty):
            return None
        try:
            number = read_number(cell, wanted.indicator.unit)
        except ReadingError as error:
            row.tell(error.code, "value", found=excerpt(cell), **error.values)
            return None
        self._check(row, wanted, number)
        return number

    def _check(self, row: _Row, wanted: FormRow, number: Number) -> None:
        """What a number may be: within the limits, with the decimals of the indicator, near the one before."""
        if number.value is None:
            return
        indicator, bounds = wanted.indicator, limits(wanted.indicator)
        found = figure_text(number.value, None, number.approximate, number.upper)
        if bounds.least is not None and number.value < bounds.least:
            row.tell("form-below", "value", found=found, least=figure_text(bounds.least, None), indicator=indicator.id)
        elif bounds.most is not None and (number.upper or number.value) > bounds.most:
            row.tell("form-above", "value", found=found, most=figure_text(bounds.most, None), indicator=indicator.id)
        elif wanted.last and _jumps(number, wanted.last):
            last = figure_text(wanted.last.value, None, wanted.last.approximate, wanted.last.upper)
            row.warn("form-jump", "value", found=found, last=last, time=str(wanted.last.period))
        if any(one != round(one, indicator.decimals) for one in _values(number)):
            row.warn("value-decimals", "value", found=found, decimals=indicator.decimals, indicator=indicator.id)

    def _status(self, row: _Row) -> Status | None:
        if row["status"] and row["status"].lower() not in self.states:
            have = ", ".join(self.language.catalogue.say(f"status.{one}") for one in Status)
            row.tell("form-status", "status", found=excerpt(row["status"]), have=have)
            return None
        return self.states.get(row["status"].lower(), Status.FINAL)

    def _source(self, row: _Row, wanted: FormRow) -> str:
        """The name of the source; empty where it is the indicator's own, or where something is wrong with it."""
        label = row["source"]
        if label and label not in self.sources:
            row.tell("form-source", "source", found=excerpt(label), near=nearest(label, self.sources))
        elif not label and not wanted.indicator.source:
            row.tell("form-source-missing", "source")
        return self.sources.get(label, "")


class _Row:
    """A row of a form: its cells by column, those that nobody has filled in empty."""

    def __init__(self, reading: _Reading, number: int, cells: Sequence[str]) -> None:
        self.reading = reading
        self.number = number
        self.cells = {name: cells[at] for name, at in reading.form.columns.items() if at < len(cells)}

    def __getitem__(self, name: str) -> str:
        cell = self.cells.get(name, "")
        return "" if cell in self.reading.blanks else cell

    @property
    def filled(self) -> bool:
        """Whether somebody has put something into the cell of the figure."""
        return bool(self["value"]) or isinstance(self["value"], Faulty)

    @property
    def faulty(self) -> dict[str, Faulty]:
        """The cells that nothing can be read from, by column."""
        return {name: cell for name, cell in self.cells.items() if isinstance(cell, Faulty)}

    def place(self, name: str) -> Place:
        """Where a cell stands."""
        return self.reading.form.table.place(self.number, self.reading.form.columns[name])

    def tell(self, code: str, column: str, /, **values: Any) -> None:
        """An error of a cell."""
        self.reading.problems.append(Problem(code, self.place(column), values))

    def warn(self, code: str, column: str, /, **values: Any) -> None:
        """A warning of a cell."""
        self.reading.problems.append(Problem(code, self.place(column), values, warning=True))


def _jumps(number: Number, last: Observation) -> bool:
    """Whether a figure is of another size than the one before: a decimal comma or a unit may have slipped."""
    now, then = (max(map(abs, found), default=None) for found in (_values(number), ends(last)))
    if not now or not then or max(now, then) < NOTABLE:
        return False
    return bool(max(now, then) >= JUMP * min(now, then))


def _values(number: Number) -> tuple[Decimal, ...]:
    return tuple(one for one in (number.value, number.upper) if one is not None)
