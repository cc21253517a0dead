"""A file that has arrived -> what kind it is, and the figures that are in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from reports.errors import Place, Problem, ReportError, problem
from reports.home import Home
from reports.intake import kela
from reports.intake.incoming import Incoming, Statistic
from reports.intake.mapping import TABLE, Mapped, read_mapping
from reports.intake.package import OLD, ZIP
from reports.intake.people import has_code, refuse_codes
from reports.intake.workbook import Workbook, read_workbook
from reports.model import Observation
from reports.read.decode import bytes_of, decode, excerpt
from reports.read.observations import OBSERVATIONS
from reports.read.setup import Setup, read_setup

NO_TABLE = "statistics-table"  # a table that indicators.yaml names and that has not come yet
MOST_BYTES = 20_000_000  # a text may take thirty times that in memory
_HEAD = 4096  # bytes in which a file's first line of headings is looked for
_CUBES = (".px", ".json")


class Asked(NamedTuple):
    """What is to be read: a file for an area, through a mapping or not; `table` is that of its statistics."""

    home: Home
    path: Path
    area: str
    mapping: Path | None = None
    table: str = ""

    @property
    def file(self) -> str:
        """The file's name in messages."""
        return self.path.name


@dataclass(slots=True)
class Arrived:
    """The figures of a file: observations, or statistics of a `table`.

    `problems` are those of single rows, `notes` the rows without figures that were passed over; both are complete when
    the statistics have been taken; so are `areas`, the codes of the statistics' areas by what the file calls them.
    `sheets` are the sheets that were read, `form` the workbook where it is our form.
    """

    sha256: str
    setup: Setup
    rows: Sequence[Incoming] = ()
    statistics: Iterable[Statistic] = ()
    table: str = ""
    sheets: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    areas: dict[str, str] = field(default_factory=dict)
    form: Workbook | None = None


def read_file(asked: Asked) -> Arrived:
    """The figures of a file. Raises ReportError where the file as a whole cannot be taken, or holds identity codes."""
    _check_file(asked)
    setup = _setup(asked)
    mapped = read_mapping(asked.mapping, asked.table) if asked.mapping else None
    if not mapped and _looks_like_kela(asked.path):
        statistics, problems = kela.read_kela(asked.path, asked.file, setup.area.areas)
        with asked.path.open("rb") as raw:
            sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
        areas = {one.area: one.area for one in statistics}
        return Arrived(
            sha256, setup, statistics=statistics, table=asked.table or kela.TABLE, problems=problems, areas=areas
        )
    data = _data(asked)
    arrived = Arrived(hashlib.sha256(data).hexdigest(), setup)
    if data.startswith((ZIP, OLD)):
        _read_workbook(arrived, data, asked, mapped)
    elif asked.path.suffix.lower() in _CUBES:
        from reports.intake.cubes import read_cube

        read_cube(arrived, data, asked, mapped)
    else:
        _read_text(arrived, data, asked, mapped)
    return arrived


def _check_file(asked: Asked) -> None:
    """Refuse a file that is not there, one whose name holds a personal identity code, and a table that is no name."""
    if has_code(asked.file):
        raise ReportError([problem("people-file-name")])
    if not asked.path.is_file():
        raise ReportError([problem("import-missing", asked.file)], exit_code=2)
    if asked.table and not TABLE.fullmatch(asked.table):  # it becomes the name of a folder
        raise ReportError([problem("mapping-table", found=excerpt(asked.table))], exit_code=2)


def _data(asked: Asked) -> bytes:
    if (size := asked.path.stat().st_size) > MOST_BYTES:
        values = {"found": size // 1_000_000, "most": MOST_BYTES // 1_000_000}
        raise ReportError([problem("import-large", asked.file, **values)])
    return bytes_of(asked.path, asked.file)


def _setup(asked: Asked) -> Setup:
    """What the area's own files say. Raises ReportError where they cannot be trusted."""
    setup = read_setup(asked.home, asked.area)
    errors = [one for one in setup.problems if not one.warning and one.code != NO_TABLE]
    if errors:
        raise ReportError(errors)
    return setup


def _looks_like_kela(path: Path) -> bool:
    with path.open("rb") as raw:
        line = raw.read(_HEAD).removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("latin-1")
    return any(kela.is_kela([name.strip().strip('"').lower() for name in line.split(sign)]) for sign in ",;\t")


def _read_text(arrived: Arrived, data: bytes, asked: Asked, mapped: Mapped | None) -> None:
    text, problems = decode(data, asked.file)
    refuse_codes(text, asked.file)
    if text.lstrip().startswith("<"):
        problems = [problem("cube-html", asked.file)]
    if not text.strip():
        problems = problems or [problem("csv-empty", asked.file, 1, wanted=", ".join(OBSERVATIONS.required))]
    if any(not one.warning for one in problems):
        raise ReportError(problems)
    from reports.intake.foreign_tables import read_text_table

    arrived.problems += problems
    read_text_table(arrived, text, asked, mapped)


def _read_workbook(arrived: Arrived, data: bytes, asked: Asked, mapped: Mapped | None) -> None:
    book = read_workbook(data, asked.file)
    arrived.problems += book.problems
    if not book.sheets:
        raise ReportError([problem("workbook-empty", asked.file)])
    if not mapped:
        from reports.intake.form_check import is_form, read_form

        if is_form(book):
            if asked.table:
                raise ReportError([problem("import-table-idle", asked.file, found=asked.table)])
            rows, problems = read_form(asked.home, asked.area, book)
            arrived.rows, arrived.form = rows, book
            arrived.problems += problems
            arrived.sheets = ", ".join(dict.fromkeys(str(row.origin.column).rpartition("!")[0] for row in rows))
            return
    from reports.intake.foreign_tables import read_sheets

    arrived.problems += [
        Problem("workbook-hidden", Place(asked.file, 0, name), {"name": name}, warning=True) for name in book.hidden
    ]
    read_sheets(arrived, book, asked, mapped)


def incoming(one: Observation) -> Incoming:
    """A figure that the reader of observations has passed, on its way in."""
    return Incoming(
        indicator=one.indicator,
        period=one.period,
        area=one.area,
        group=one.group,
        value=one.value,
        mark=one.mark,
        approximate=one.approximate,
        upper=one.upper,
        status=one.status,
        source=one.source,
        note=one.note,
        origin=one.place,
    )
