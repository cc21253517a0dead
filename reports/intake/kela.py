"""Kela's files of the benefits that municipalities pay a part of -> statistics by month, year and municipality."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from reports.errors import Place, Problem, problem, warning
from reports.intake.incoming import Statistic
from reports.intake.kela_text import Watch, encoding_of
from reports.intake.people import refuse
from reports.model import Area, Mark
from reports.period import Period, PeriodError
from reports.read.decode import excerpt
from reports.read.number import words

TABLE = "kela"
TYPE, MONTH, MUNICIPALITY = "aikatyyppi", "vuosikuukausi", "kunta_nro"
YEAR_OF, MONTH_OF = "vuosi", "kuukausi_nro"  # say again what MONTH says
NAMES = ("kunta_nimi", YEAR_OF, MONTH_OF)
# Of each of these a person is in one group in a month, so the groups of a month and municipality may be added up.
PARTS = ("ikaryhma", "sukupuoli")
PERSONS = "saaja_lkm"
CONTENTS = (PERSONS, "korvattu_paiva_lkm", "maksettu_eur", "kunta_osuus_eur")
CODE = re.compile(r"KU([0-9]{3})")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
YEAR_LENGTH = len("yyyy")
MOST = 20  # problems of one kind that are told one by one
Figure = tuple[Decimal | None, Mark | None]
Key = tuple[str, str]  # month or year, and area, as data/statistics writes them


def is_kela(headings: Collection[str]) -> bool:
    """Whether a file with these headings is one of Kela's: by month, by municipality, with one of its figures."""
    return {TYPE, MONTH, MUNICIPALITY} <= set(headings) and not set(headings).isdisjoint(CONTENTS)


def read_kela(path: Path, file: str, areas: Iterable[Area]) -> tuple[list[Statistic], list[Problem]]:
    """The figures of the months and years of those areas that have a municipality's statistics code (`KU734`).

    `file` is the file's name in messages. Contents are Kela's own columns: recipients, days, euros paid and the
    municipality's share, recoveries negative. Rows of a year so far are passed over. A figure is the sum over age
    groups and sexes of the rows `Yhteensä` of every other division, or the row that is the total of these too; nothing
    is added up over months or municipalities, since a person is in several, and of a year the recipients are not added
    up over age groups either, since a person grows older in it. Kela, Kunnan osarahoittaman
    työmarkkinatuen saajat ja maksetut etuudet kunnittain, description of the data. Raises ReportError for a file that
    cannot be read as text, and for one that holds a personal identity code.

    The file is read a line at a time: two million rows take little memory.
    """
    wanted = {match[1]: area for area in areas if (match := CODE.fullmatch(area.statistics))}
    if not wanted:
        return [], [problem("kela-no-area", file)]
    encoding, problems = encoding_of(path, file)
    with path.open("rb") as raw:
        lines = TextIOWrapper(raw, encoding=encoding, newline="")
        reading = _Reading(file, lines, wanted)
        reading.run()
    return reading.statistics(), [*problems, *reading.told()]


class _Sum:
    """What is added up for a month and area: each content, and the rows that it comes from."""

    def __init__(self, row: int) -> None:
        self.first = self.last = row
        self.groups: set[tuple[str, ...]] = set()
        self.figures: dict[str, Figure] = {}

    def add(self, content: str, figure: Figure) -> None:
        """Add a figure; with one that is unknown the sum is unknown: hidden where one is hidden."""
        value, mark = self.figures.get(content, (Decimal(0), None))
        if value is None or figure[0] is None:
            marks = {one for one in (mark, figure[1]) if one is not None}
            self.figures[content] = (None, Mark.HIDDEN if Mark.HIDDEN in marks else Mark.UNAVAILABLE)
        else:
            self.figures[content] = (value + figure[0], None)

    @property
    def rows(self) -> str:
        """The rows of the file that it comes from: `17`, `17-43`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


class _Columns(NamedTuple):
    """Where the columns of a file are. `divisions` are those that only the total is taken of."""

    kind: int
    month: int
    municipality: int
    names: Mapping[str, int]
    parts: Mapping[str, int]
    divisions: Mapping[str, int]
    contents: Mapping[str, int]


class _Reading:
    """One reading of a file: what is added up, and what is wrong."""

    def __init__(self, file: str, lines: Iterable[str], wanted: Mapping[str, Area]) -> None:
        self.file = file
        self.wanted = wanted
        first = next(iter(lines), "")
        separator = max(",;\t", key=first.count)
        self.decimal = "." if separator == "," else ","  # as the file comes, or as a Finnish Excel has saved it
        self.rows: Any = csv.reader(chain([first], lines), delimiter=separator, strict=True)
        self.words: Mapping[str, Any] = words()["kela"]
        self.sums: dict[Key, dict[tuple[bool, ...], _Sum]] = {}
        self.waiting: dict[Key, int] = {}  # rows of parts whose total has not come yet
        self.totals: set[str] = set()  # divisions that have a total
        self.problems: dict[str, list[Problem]] = {}
        self.people: list[Problem] = []

    def run(self) -> None:
        """Read the rows to the end. Raises ReportError where personal identity codes stand in them."""
        try:
            headings = [cell.strip().lower() for cell in next(self.rows, [])]
            if columns := self._columns(headings):
                self._run(columns, len(headings))
                self._check(columns)
        except csv.Error:
            self._tell("csv-quote", found="…")
        refuse(self.people)

    def _run(self, columns: _Columns, width: int) -> None:
        watch = Watch(width, columns.contents.values())
        for cells in self.rows:
            if watch.sees_code(cells):
                self.people.append(problem("people-code", self.file, self.row))
            self._row(cells, columns, width)

    def statistics(self) -> list[Statistic]:
        """The figures, by month and area."""
        out = []
        for (when, area), sums in sorted(self.sums.items()):
            best = sums[max(sums)]  # of the ways to a figure the one that adds up least
            period, left_out = Period.of(when), {PERSONS} if self._adds_persons_of_a_year(when, sums) else set()
            out += [
                Statistic(period, area, content, value, mark, origin=best.rows)
                for content, (value, mark) in sorted(best.figures.items())
                if content not in left_out
            ]
        return out

    def _adds_persons_of_a_year(self, when: str, sums: Mapping[tuple[bool, ...], _Sum]) -> bool:
        """Whether a year has rows by age group or sex only: a person may be in several of them."""
        best = max(sums)
        return len(when) == YEAR_LENGTH and not all(best) and PERSONS in sums[best].figures

    def told(self) -> Iterator[Problem]:
        """What is wrong: of each kind the first ones, and how many there are in all."""
        for found in self.problems.values():
            yield from found[:MOST]
            if len(found) > MOST:
                yield problem("kela-more", self.file, shown=MOST, count=len(found))

    def _columns(self, headings: list[str]) -> _Columns | None:
        place = {name: at for at, name in reversed([*enumerate(headings)]) if name}
        if not is_kela(place):
            missing = [name for name in (TYPE, MONTH, MUNICIPALITY) if name not in place]
            self._tell("kela-columns", missing=", ".join(missing) or ", ".join(CONTENTS))
            return None
        if len(place) < len(headings):
            twice = next((name for name in place if headings.count(name) > 1), "")
            code = "column-twice" if twice else "cell-empty"
            self._tell(code, headings.index(twice) + 1, found=twice)
            return None
        others = {name: at for name, at in place.items() if name not in {TYPE, MONTH, MUNICIPALITY, *NAMES}}
        return _Columns(
            place[TYPE],
            place[MONTH],
            place[MUNICIPALITY],
            {name: place[name] for name in NAMES if name in place},
            {name: place[name] for name in PARTS if name in place},
            {name: at for name, at in others.items() if name not in {*PARTS, *CONTENTS}},
            {name: place[name] for name in CONTENTS if name in place},
        )

    def _row(self, cells: list[str], columns: _Columns, width: int) -> None:
        if len(cells) != width:
            if any(cells):
                self._misfit(cells, width)
            return
        read = {self.words["month"]: self._month, self.words["year"]: self._year}.get(cells[columns.kind])
        area = self.wanted.get(cells[columns.municipality].zfill(3))
        if read is None or area is None or not (when := read(cells, columns)):
            return
        total = self.words["total"]
        key = (when, area.statistics)
        parts = [name for name, at in columns.divisions.items() if cells[at] != total]
        self.totals.update(name for name in columns.divisions if name not in parts)
        if parts:
            self.waiting.setdefault(key, self.row)
        else:
            self._add(key, cells, columns)

    def _add(self, key: Key, cells: list[str], columns: _Columns) -> None:
        """Add a row to the sum of its kind: rows that are totals of age groups or sexes are kept apart from others."""
        groups = tuple(cells[at] for at in columns.parts.values())
        kind = tuple(group == self.words["total"] for group in groups)
        one = self.sums.setdefault(key, {}).setdefault(kind, _Sum(self.row))
        if groups in one.groups:
            self._tell("kela-twice", month=key[0], area=key[1], groups=", ".join(groups) or "-")
            return
        one.groups.add(groups)
        one.last = self.row
        for content, at in columns.contents.items():
            if figure := self._figure(content, cells[at].strip()):
                one.add(content, figure)

    def _figure(self, content: str, text: str) -> Figure | None:
        """A cell: empty is not known, `Tieto puuttuu` is hidden. None where it is no number, which is told."""
        if not text:
            return None, Mark.UNAVAILABLE
        if text in self.words["hidden"] or text == Mark.HIDDEN:
            return None, Mark.HIDDEN
        bare = text.replace(",", ".") if self.decimal == "," and "." not in text else text
        value = Decimal(bare) if NUMBER.fullmatch(bare) else None
        if value is None or (content == PERSONS and (value < 0 or value != value.to_integral_value())):
            self._tell("kela-number", content, found=excerpt(text), decimal=self.decimal)
            return None
        return value, None

    def _month(self, cells: list[str], columns: _Columns) -> str:
        """The month as `yyyy-mm`; empty where it is none, or where the columns of a row contradict each other."""
        text = cells[columns.month].strip()
        again = {name: cells[at].strip() for name, at in columns.names.items() if name in (YEAR_OF, MONTH_OF)}
        try:
            month = str(Period.of(f"{text[:4]}-{text[4:]}"))
        except PeriodError:
            month = ""
        told = [again.get(YEAR_OF, text[:4]), again.get(MONTH_OF, text[4:]).zfill(2)]
        if len(text) != 6 or not month or told != [text[:4], text[4:]]:
            self._tell("kela-month", MONTH, found=excerpt(" ".join((text, *again.values()))))
            return ""
        return month

    def _year(self, cells: list[str], columns: _Columns) -> str:
        """The year of a row that is of a whole year; empty where it is none."""
        text = cells[columns.names.get(YEAR_OF, columns.month)].strip()[:YEAR_LENGTH]
        if not re.fullmatch("[12][0-9]{3}", text):
            self._tell("kela-year", YEAR_OF, found=excerpt(text))
            return ""
        return text

    def _check(self, columns: _Columns) -> None:
        """What can be said only at the end: divisions without a total, figures without one, areas without a row."""
        for name in columns.divisions:
            if self.waiting and name not in self.totals:
                self._tell("kela-division", name, name=name, total=self.words["total"])
        for (month, code), row in self.waiting.items():
            if (month, code) not in self.sums and len(self.totals) == len(columns.divisions):
                self._tell("kela-total", row=row, month=month, area=code, total=self.words["total"])
        seen = {code for _, code in (*self.sums, *self.waiting)}
        absent = [area for area in self.wanted.values() if area.statistics not in seen]
        warnings = [warning("kela-area", self.file, area=f"{area.name} ({area.statistics})") for area in absent]
        self.problems |= {"kela-area": warnings} if warnings else {}
        unknown = sorted({when for (when, _), sums in self.sums.items() if self._adds_persons_of_a_year(when, sums)})
        if unknown:
            found = warning("kela-year-persons", self.file, years=", ".join(unknown), total=self.words["total"])
            self.problems["kela-year-persons"] = [found]

    @property
    def row(self) -> int:
        """The line of the file that has been read last."""
        return int(self.rows.line_num)

    def _misfit(self, cells: Sequence[str], wanted: int) -> None:
        long = len(cells) > wanted
        at = excerpt(cells[wanted] if long else cells[-1])
        self._tell("row-long" if long else "row-short", found=len(cells), wanted=wanted, at=at)

    def _tell(self, code: str, column: int | str = "", row: int = 0, **values: Any) -> None:
        found = Problem(code, Place(self.file, row or self.row, column), values)
        self.problems.setdefault(code, []).append(found)
