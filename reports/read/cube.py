"""A table of any number of dimensions in one form, whatever file it came in: dimensions, numbers, marks, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import chain, product
from math import prod
from typing import NamedTuple, cast

from reports.errors import Problem, problem
from reports.model import Mark
from reports.read.decode import FORBIDDEN, excerpt
from reports.read.identity import identity_codes
from reports.read.number import words

MOST_CELLS = 2_500_000  # the whole of table 12r5, all areas, months and contents, is 2,0 million
MOST_DIMENSIONS = 30  # PC-Axis allows 16
LONGEST = 15  # digits on either side of the decimal point, as in our own files
MARKS: Mapping[str, Mark] = {mark.value: mark for mark in Mark} | {"…": Mark.HIDDEN}
_NUMBER = re.compile(r"([-+]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]+))?")
_POWER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]{1,2}")
_KEPT_NUMBERS = 100_000
_QUOTED = 400  # characters of a text that are looked at to quote its beginning
SAID = 5  # of many problems alike


class Role(StrEnum):
    """What a dimension stands for; most stand for nothing but themselves."""

    NONE = ""
    TIME = "time"
    CONTENTS = "contents"
    AREA = "area"


class Dimension(NamedTuple):
    """One way in which a table is divided: its codes in order, and a label for each."""

    id: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    role: Role = Role.NONE


class Note(NamedTuple):
    """A remark as the publisher wrote it (in PC-Axis `#` breaks the line).

    `about` says by dimension id and code what it is about: nothing for the whole table, the code `*` for all of a
    dimension.
    """

    text: str
    about: tuple[tuple[str, str], ...] = ()


class Cube(NamedTuple):
    """A table: `values` has a number for each combination of codes, the last dimension running fastest.

    A value is None where `marks` says why it is unknown (by position in `values`); a nil is 0 and has its mark.
    `decimals` (how many are shown) and `units` are by code of the contents dimension, and under the empty code what
    holds for the rest, as far as the file tells them. `updated` is the publisher's time, in the form of ISO 8601
    where it could be read.
    """

    title: str
    source: str
    updated: str
    language: str
    dimensions: tuple[Dimension, ...]
    values: Sequence[Decimal | None]
    marks: Mapping[int, Mark]
    decimals: Mapping[str, int]
    notes: tuple[Note, ...]
    units: Mapping[str, str]

    def with_role(self, role: Role) -> tuple[Dimension, ...]:
        """The dimensions of a role: none, one, or several (year and month apart, place of birth and of living)."""
        return tuple(dimension for dimension in self.dimensions if dimension.role is role)


def cells(cube: Cube) -> Iterator[tuple[dict[str, str], Decimal | None, Mark | None]]:
    """Every cell in order, one at a time: its codes by dimension id, its value, its mark."""
    ids = [dimension.id for dimension in cube.dimensions]
    marks = cube.marks
    codes = product(*(dimension.codes for dimension in cube.dimensions))
    for position, (found, value) in enumerate(zip(codes, cube.values, strict=True)):
        yield dict(zip(ids, found, strict=True)), value, marks.get(position)


class Numbers(dict[str, Decimal | Mark]):
    """Cells by how they are written: the same few stand in many places, and are made and kept once.

    It begins with the marks of a file. A trailing zero of the fraction is dropped (`49.0` is 49). ValueError where a
    text is no number, or one with more than 15 digits on a side of its point.
    """

    def __missing__(self, text: str) -> Decimal:
        value = _exact(text)
        if len(self) < _KEPT_NUMBERS:
            self[text] = value
        return value


def _exact(text: str) -> Decimal:
    match = _NUMBER.fullmatch(text)
    if not match and _POWER.fullmatch(text):
        match = _NUMBER.fullmatch(f"{Decimal(text):f}")
    if not match:
        raise ValueError(text)
    sign, whole, part = match[1], match[2].lstrip("0"), (match[3] or "").rstrip("0")
    if len(whole) > LONGEST or len(part) > LONGEST:
        raise ValueError(text)
    return Decimal(f"{sign}{whole or 0}.{part or 0}") if part else Decimal(f"{sign}{whole}" if whole else 0)


def parted(found: Sequence[Decimal | Mark | None]) -> tuple[list[Decimal | None], dict[int, Mark]]:
    """Cells as values and marks: a mark leaves no value, but nil is nought."""
    marks = {position: cell for position, cell in enumerate(found) if isinstance(cell, Mark)}
    values = cast("list[Decimal | None]", list(found))
    for position, mark in marks.items():
        values[position] = Decimal(0) if mark is Mark.NIL else None
    return values, marks


def unfit(data: bytes, file: str, most: int) -> list[Problem]:
    """Why some bytes need not be read at all: nothing there, a web page instead of a table, or more than `most`."""
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return [problem("cube-empty", file)]
    if start.startswith(b"<"):
        return [problem("cube-html", file)]
    if len(data) > most:
        return [problem("cube-large", file, found=len(data) // 1_000_000, most=most // 1_000_000)]
    return []


def check_dimensions(dimensions: Sequence[Dimension], file: str) -> list[Problem]:
    """What is wrong with dimensions: none or too many, one twice or empty, a code twice or empty, too many cells.

    To be asked before anything is made for the cells: a short file may declare a table that no memory holds.
    """
    if not 0 < len(dimensions) <= MOST_DIMENSIONS:
        return [problem("cube-dimensions", file, found=len(dimensions), most=MOST_DIMENSIONS)]
    problems = [
        problem("cube-dimension-twice", file, found=quoted(name)) for name in _repeated(one.id for one in dimensions)
    ]
    for dimension in dimensions:
        name = quoted(dimension.id)
        if not dimension.codes:
            problems.append(problem("cube-dimension-empty", file, found=name))
        if not all(map(str.strip, dimension.codes)):
            problems.append(problem("cube-code-empty", file, column=name))
        again = _repeated(dimension.codes)[:SAID]
        problems += [problem("cube-code-twice", file, column=name, found=quoted(code)) for code in again]
    count = prod(len(dimension.codes) for dimension in dimensions)
    if count > MOST_CELLS:
        problems.append(problem("cube-cells", file, found=count, most=MOST_CELLS))
    return problems


def with_known_names(dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    """Dimensions with the roles that their names give away, each role only where the file itself gives it to none."""
    found = tuple(dimensions)
    given = {dimension.role for dimension in found}
    names = {
        name: Role(role) for role, known in words()["dimensions"].items() if Role(role) not in given for name in known
    }

    def role(dimension: Dimension) -> Role:
        return names.get(dimension.id.lower()) or names.get(dimension.label.lower()) or Role.NONE

    return tuple(one if one.role else one._replace(role=role(one)) for one in found)


def finished(cube: Cube | None, problems: list[Problem], file: str) -> tuple[Cube | None, list[Problem]]:
    """The cube where nothing is wrong but warnings, and the problems.

    Its texts are looked through once more as they came out: an escape or a line break may have kept a personal
    identity code or a forbidden character apart in the file. A file with an identity code says nothing else.
    """
    if cube:
        text = "\n".join(_texts(cube))
        problems = [*problems, *_hidden(text, file)]
    if identity := [one for one in problems if one.code == "identity-code"]:
        return None, identity
    return (cube if all(one.warning for one in problems) else None), problems


def quoted(text: str) -> str:
    """A text of the file as messages quote it; a personal identity code is not repeated."""
    start = text[:_QUOTED]
    return "***" if next(identity_codes(start), None) is not None else excerpt(start)


def _hidden(text: str, file: str) -> Iterator[Problem]:
    if next(identity_codes(text), None) is not None:
        yield problem("identity-code", file)
    if match := FORBIDDEN.search(text):
        yield problem("character", file, found=f"U+{ord(match[0]):04X}")


def _texts(cube: Cube) -> Iterator[str]:
    yield from (cube.title, cube.source, cube.updated, cube.language)
    for dimension in cube.dimensions:
        yield from chain((dimension.id, dimension.label), dimension.codes, dimension.labels)
    yield from (note.text for note in cube.notes)
    yield from cube.units.values()


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
