"""A PC-Axis or JSON-stat file -> the statistics in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from reports.errors import Place, Problem, ReportError, problem
from reports.intake.arrived import Arrived, Asked
from reports.intake.foreign_figures import table_needed
from reports.intake.foreign_words import plain, read_when, wrong_period
from reports.intake.incoming import Statistic
from reports.intake.mapping import Dates, Mapped
from reports.intake.people import refuse_codes
from reports.period import Period
from reports.read.cube import Cube, Dimension, Role
from reports.read.decode import excerpt, nearest
from reports.read.jsonstat import read_jsonstat
from reports.read.number import ReadingError, read_period
from reports.read.px import read_px

PARTS = {"period": Role.TIME, "area": Role.AREA, "content": Role.CONTENTS}
PX = ".px"


def read_cube(arrived: Arrived, data: bytes, asked: Asked, mapped: Mapped | None) -> None:
    """Add the figures of a table of any number of dimensions: those of time, area and contents, and no others.

    Another dimension must have one code, or the mapping must say (`take`) which of its codes is taken. Raises
    ReportError for a file that cannot be read, or whose dimensions leave a choice.
    """
    try:
        refuse_codes(data.decode(), asked.file)
    except UnicodeDecodeError:
        refuse_codes(data.decode("latin-1"), asked.file)
    read = read_px if asked.path.suffix.lower() == PX else read_jsonstat
    cube, problems = read(data, asked.file)
    table = asked.table or (mapped.mapping.statistics if mapped else "")
    if cube and not table:
        problems.append(table_needed(asked.file, arrived.setup))
    chosen = _Choice(cube, asked.file, mapped) if cube else None
    problems += chosen.problems if chosen else []
    if not chosen or any(not one.warning for one in problems):
        raise ReportError(problems)
    arrived.problems += problems
    arrived.statistics, arrived.table = chosen.statistics(), table
    arrived.areas |= {code: code for code in chosen.areas}


class _Choice:
    """What is taken of a cube: which dimension is which part of a figure, and one code of every other."""

    def __init__(self, cube: Cube, file: str, mapped: Mapped | None) -> None:
        self.cube = cube
        self.file = file
        self.mapped = mapped
        self.problems: list[Problem] = []
        self.fixed = mapped.mapping.fixed.given() if mapped else {}
        self.problems += wrong_period(mapped) if mapped else []
        self.parts = {part: found for part, role in PARTS.items() if (found := self._dimension(part, role))}
        self.periods = self._periods(self.parts["period"]) if "period" in self.parts else ()
        self.taken = {one.id: self._taken(one) for one in cube.dimensions if one.role not in PARTS.values()}

    @property
    def areas(self) -> Sequence[str]:
        """The codes of its areas."""
        return self.parts["area"].codes if "area" in self.parts else (self.fixed["area"],)

    def statistics(self) -> Iterator[Statistic]:
        """The figures; each knows its cell, counted from 1 as the file gives them."""
        codes = [
            (self.taken[one.id],) if one.id in self.taken else range(len(one.codes)) for one in self.cube.dimensions
        ]
        steps = _steps(self.cube)
        at = {part: self.cube.dimensions.index(dimension) for part, dimension in self.parts.items()}
        periods = self.periods or (read_when(self.fixed["period"], Dates.NOTHING),)
        for places in product(*codes):
            position = sum(place * step for place, step in zip(places, steps, strict=True))
            mark = self.cube.marks.get(position)
            area = self._code("area", places, at)
            content = self._code("content", places, at)
            period = periods[places[at["period"]] if "period" in at else 0]
            value = self.cube.values[position]
            if value is not None or mark is not None:
                yield Statistic(period, area, content, value, mark, origin=str(position + 1))

    def _code(self, part: str, places: Sequence[int], at: Mapping[str, int]) -> str:
        return self.parts[part].codes[places[at[part]]] if part in at else self.fixed[part]

    def _dimension(self, part: str, role: Role) -> Dimension | None:
        """The dimension of a part; none where the mapping fixes the part."""
        found = self.cube.with_role(role)
        if part in self.fixed and not found:
            return None
        if len(found) != 1:
            have = ", ".join(dimension.label for dimension in self.cube.dimensions)
            code = "import-dimensions" if found else "import-no-dimension"
            self.problems.append(problem(code, self.file, column=part, part=part, have=excerpt(have, 200)))
            return None
        return found[0]

    def _periods(self, time: Dimension) -> tuple[Period, ...]:
        periods = []
        for code in time.codes:
            try:
                periods.append(read_period(code))
            except ReadingError:
                values = {"found": excerpt(code)}
                self.problems.append(Problem("import-time", Place(self.file, 0, time.label), values))
        return tuple(periods)

    def _taken(self, dimension: Dimension) -> int:
        """Which code of a dimension is taken."""
        take = self.mapped.mapping.take if self.mapped else {}
        wanted = next((code for name, code in take.items() if plain(name) in _names(dimension)), None)
        if wanted is None:
            if len(dimension.codes) > 1:
                have = ", ".join(
                    code if code == label else f"{code} ({label})"
                    for code, label in zip(dimension.codes, dimension.labels, strict=True)
                )
                name = excerpt(dimension.label)
                values = {"name": name, "have": excerpt(have, 300)}
                self.problems.append(Problem("import-dimension", Place(self.file, 0, name), values))
            return 0
        for names in (dimension.codes, tuple(map(plain, dimension.labels))):
            if wanted in names or plain(wanted) in names:
                return names.index(wanted if wanted in names else plain(wanted))
        near = nearest(wanted, (*dimension.codes, *dimension.labels))
        name = excerpt(dimension.label)
        values = {"found": excerpt(wanted), "name": name, "near": near}
        self.problems.append(Problem("import-take", Place(self.file, 0, name), values))
        return 0


def _names(dimension: Dimension) -> set[str]:
    return {plain(dimension.id), plain(dimension.label)}


def _steps(cube: Cube) -> list[int]:
    """How far apart the cells of neighbouring codes are, for each dimension: the last runs fastest."""
    steps = [1]
    for dimension in reversed(cube.dimensions[1:]):
        steps.append(steps[-1] * len(dimension.codes))
    return steps[::-1]
