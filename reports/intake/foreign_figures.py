"""The rows of a table in any layout -> observations and statistics, checked as those of our own files are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reports.errors import Place, Problem, problem
from reports.intake.foreign import Foreign, Found
from reports.intake.incoming import Statistic, figure_text
from reports.intake.mapping import Across
from reports.intake.statistic_rows import CODE
from reports.intake.table import Dated
from reports.model import Mark, Observation, Status
from reports.period import Period
from reports.read.csv import Row
from reports.read.decode import excerpt, nearest
from reports.read.number import Number, ReadingError, common_unit, read_number
from reports.read.observations import Reading, observation
from reports.read.setup import Setup

EUROS: Mapping[str, Decimal] = {"\u20ac": Decimal(1), "t\u20ac": Decimal(1000), "M\u20ac": Decimal(1_000_000)}
WORDS = ("area", "indicator", "group", "status", "source", "note")
ADVICE = {"area-unknown": "import-area-name", "indicator-unknown": "import-indicator-name"}
AREA_CODE = re.compile(r"[A-Z0-9][A-Z0-9_.:-]*")
_PLAIN = re.compile("[0-9]{1,15}")  # most cells of a statistic
_ANY = "2000"  # a period that can be read, so that the rest of a row is checked too
_NIL = "0"
_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class ForeignRow(Row):
    """A row in our columns, made of somebody else's; `places` say where the parts of it stand in their file."""

    places: Mapping[str, Place] = field(default_factory=dict)

    def place(self, heading: str = "") -> Place:
        """Where a part stands in their file."""
        return self.places.get(heading) or Place(self.file, self.number)


def observations(foreign: Foreign, setup: Setup) -> Iterator[Observation]:
    """The figures of a table as observations; what is wrong with them is among the problems of the reading."""
    reading = Reading(setup)
    for found in foreign.rows():
        for column, meant in foreign.layout.figures:
            one = _observation(foreign, reading, found, column, meant)
            foreign.problems += reading.problems if foreign.own else map(_with_advice, reading.problems)
            reading.problems.clear()
            if one:
                yield one


def _with_advice(one: Problem) -> Problem:
    """A name that is not known, told so that the mapping can be mended rather than the table."""
    return replace(one, code=ADVICE.get(one.code, one.code))


def _observation(foreign: Foreign, reading: Reading, found: Found, column: int, meant: str) -> Observation | None:
    """A figure; None where a cell is empty or wrong. Every part is looked at, so that all of it is told at once."""
    before = len(foreign.problems)
    figure = foreign.figure(found, column)
    if figure is None and len(foreign.problems) == before:
        return None
    when = foreign.period(found, meant)
    words = {part: foreign.text(found, part, meant) for part in WORDS}
    cells = _in_our_words(foreign, words)
    cells["period"] = str(when) if when else _ANY
    cells["value"] = _in_unit(foreign, found, column, figure, cells["indicator"]) if figure else _NIL
    places = {part: foreign.part_place(found, part) for part in cells} | {"value": foreign.place(found, column)}
    if foreign.mapping.across:
        places[foreign.mapping.across] = foreign.heading_place(column)
    if words["area"] == "" and "area" in foreign.layout.columns and not foreign.own:
        foreign.problems.append(Problem("cell-empty", places["area"]))
    one = observation(reading, ForeignRow(foreign.layout.table.file, found.number, cells, places))
    return one if len(foreign.problems) == before else None


def _in_our_words(foreign: Foreign, words: Mapping[str, str | None]) -> dict[str, str]:
    """Areas, indicators, groups and statuses by the names that our own files give them."""
    names, cells = foreign.names, {part: word or "" for part, word in words.items()}
    cells["area"] = names.area(cells["area"])
    cells["indicator"] = names.indicator(cells["indicator"])
    cells["group"] = names.group(cells["group"], cells["indicator"])
    cells["status"] = names.status(cells["status"])
    return cells


def _in_unit(foreign: Foreign, found: Found, column: int, figure: str, indicator: str) -> str:
    """The figure in the indicator's unit, where the mapping says that the file has another one."""
    unit, known = common_unit(foreign.mapping.unit), foreign.names.setup.indicators.get(indicator)
    if not unit or not known or unit == common_unit(known.unit):
        return figure
    place = foreign.place(found, column)
    wanted = common_unit(known.unit)
    if unit not in EUROS or wanted not in EUROS:
        foreign.problems.append(Problem("import-unit", place, {"found": foreign.mapping.unit, "wanted": known.unit}))
        return _NIL
    try:
        number = read_number(figure, foreign.mapping.unit)
    except ReadingError as error:
        foreign.problems.append(Problem(error.code, place, {"found": excerpt(figure), **error.values}))
        return _NIL
    return _converted(number, EUROS[unit] / EUROS[wanted])


def _converted(number: Number, factor: Decimal) -> str:
    value, upper = (None if one is None else (one * factor).normalize() for one in (number.value, number.upper))
    return figure_text(value, number.mark, number.approximate, upper)


def statistics(foreign: Foreign, areas: dict[str, str]) -> Iterator[Statistic]:
    """The figures of a table as statistics; what is wrong with them is among the problems of the reading.

    `areas` is added the code of every area, by what the table calls it.
    """
    making = _Statistics(foreign, areas)
    numbers, contents, across = making.numbers, making.contents, foreign.mapping.across
    by_time, by_area, by_content = (
        across in (Across.PERIOD, Across.MONTH),
        across is Across.AREA,
        across is Across.CONTENT,
    )
    sheet = f"{foreign.layout.table.sheet}:" if foreign.layout.table.sheet else ""
    one_status = None if making.has_status else Status.FINAL
    for found in foreign.rows():
        parts, where = found.parts, f"{sheet}{found.number}"
        status = one_status or making.status(found)
        when = None if by_time else making.periods.get(parts.get("period", "")) or making.period(found, "")
        place = "" if by_area else areas.get(parts.get("area", "")) or making.area(found, "")
        what = "" if by_content else contents.get(parts.get("content", "")) or making.content(found, "")
        for column, meant in foreign.layout.figures:
            cell = (found.cells[column] if foreign.plain else "") or foreign.figure(found, column)
            if not cell:
                continue
            value, mark = numbers.get(cell) or making.number(found, column, cell)
            period = making.period(found, meant) if by_time else when
            area = (areas.get(meant) or making.area(found, meant)) if by_area else place
            content = (contents.get(meant) or making.content(found, meant)) if by_content else what
            if period and area and content and status and (value is not None or mark):
                yield Statistic(period, area, content, value, mark, status, where)


def table_needed(file: str, setup: Setup) -> Problem:
    """What to say where nobody has said which table the figures belong to."""
    named = {one.statistics.partition(" ")[0] for one in setup.indicators.values()} - {""}
    return problem("import-table-needed", file, have=", ".join(sorted(named)) or "-")


class _Statistics:
    """The parts of statistics; the same few cells stand in many rows, and each is read once."""

    def __init__(self, foreign: Foreign, areas: dict[str, str]) -> None:
        self.foreign = foreign
        self.across = foreign.mapping.across
        self.numbers: dict[str, tuple[Decimal | None, Mark | None]] = {}
        self.periods: dict[str, Period] = {}
        self.areas = areas
        self.contents: dict[str, str] = {}
        self.has_status = "status" in foreign.layout.columns or "status" in foreign.fixed

    def number(self, found: Found, column: int, cell: str) -> tuple[Decimal | None, Mark | None]:
        """A figure; a problem where it is no number, or one that a statistic cannot hold (*about*, a range)."""
        try:
            number = Number(Decimal(cell)) if _PLAIN.fullmatch(cell) else read_number(cell)
            if number.approximate or number.upper is not None:
                raise ReadingError("number-unreadable")
        except ReadingError as error:
            values = {"found": excerpt(cell), **error.values}
            self.foreign.problems.append(Problem(error.code, self.foreign.place(found, column), values))
            return None, None
        if len(self.numbers) < _KEPT:
            self.numbers[cell] = number.value, number.mark
        return number.value, number.mark

    def period(self, found: Found, meant: str) -> Period | None:
        """The period of a figure."""
        text = meant if self.across is Across.PERIOD else found.parts.get("period", "")
        key = f"{text}/{meant}" if self.across is Across.MONTH else text
        known = self.periods.get(key) or self.foreign.period(found, meant)
        if known and not isinstance(text, Dated):  # the same text may be another period where it is no date
            self.periods[key] = known
        return known

    def area(self, found: Found, meant: str) -> str:
        """The code of the area of a figure; nothing, and a problem, where it is none."""
        text = meant if self.across is Across.AREA else found.parts.get("area", "")
        return self.areas.get(text) or self._word("area", text, found, meant)

    def content(self, found: Found, meant: str) -> str:
        """The code of the content of a figure; nothing, and a problem, where there is none."""
        text = meant if self.across is Across.CONTENT else found.parts.get("content", "")
        return self.contents.get(text) or self._word("content", text, found, meant)

    def status(self, found: Found) -> Status | None:
        """The status of a row's figures; None and a problem where it is none."""
        text = self.foreign.names.status(self.foreign.text(found, "status", "") or "")
        try:
            return Status(text or Status.FINAL)
        except ValueError:
            values = {"found": excerpt(text), "near": nearest(text, Status)}
            self.foreign.problems.append(Problem("choice", self.foreign.part_place(found, "status"), values))
            return None

    def _word(self, part: str, text: str, found: Found, meant: str) -> str:
        word = self.foreign.text(found, part, meant)
        if word is None:
            return ""
        is_area = part == "area"
        code = self.foreign.names.area_code(word) if is_area else word
        if (AREA_CODE if is_area else CODE).fullmatch(code):
            (self.areas if is_area else self.contents)[text] = code
            return code
        wrong = f"import-{part}-code" if word else "cell-empty"
        self.foreign.problems.append(Problem(wrong, self.foreign.part_place(found, part), {"found": excerpt(word)}))
        return ""
