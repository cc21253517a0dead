"""What a service said of a table, fresh or from a snapshot -> its figures, and the rows that are kept of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from reports.errors import Problem, ReportError, warning
from reports.intake import services
from reports.intake.aggregate import Cell, Figure, totals
from reports.intake.incoming import Statistic
from reports.intake.pxtable import Layout, Selection, read_layout, selection_of
from reports.intake.snapshots import Answer, Snapshot
from reports.intake.transport import NETWORK, fault, shown
from reports.intake.wanted import Wanted
from reports.model import Mark, Status
from reports.period import Period
from reports.read.cube import Cube, cells, quoted
from reports.read.decode import excerpt
from reports.read.jsonstat import read_jsonstat


class Answers(NamedTuple):
    """The figures of a table by area, content and time: every combination of `areas`, `contents` and `times`.

    `origins` says of each where in the answers it stands. `rates` are the contents that the service gives in per cent
    or with decimals: they cannot be added up.
    """

    layout: Layout
    figures: Mapping[Cell, Figure]
    origins: Mapping[Cell, str]
    areas: frozenset[str]
    contents: frozenset[str]
    times: tuple[Period, ...]
    rates: frozenset[str]


class Rows(NamedTuple):
    """What is kept of a table: its rows and the times they are of, the areas that were added up.

    `left_out` are the contents of which there are no sums.
    """

    statistics: tuple[Statistic, ...]
    times: tuple[Period, ...] = ()
    summed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def layout_of(snapshot: Snapshot, table: services.Table, wanted: Wanted) -> Layout:
    """The layout of a table as a snapshot has it; raises ReportError (exit 4)."""
    body, file = snapshot.metadata.encode(), shown(snapshot.address)
    return read_layout(body, file, wanted.contents, wanted.areas, table.totals)


def read_answers(snapshot: Snapshot, table: services.Table, wanted: Wanted) -> Answers:
    """The figures of a snapshot; raises ReportError (exit 4) where an answer is not one to its question."""
    layout = layout_of(snapshot, table, wanted)
    figures: dict[Cell, Figure] = {}
    origins: dict[Cell, str] = {}
    rates: set[str] = set()
    for number, answer in enumerate(snapshot.answers, 1):
        cube = checked(answer, snapshot.address)
        rates |= {code for code in layout.contents.codes if _is_rate(cube, code)}
        for position, (codes, value, mark) in enumerate(cells(cube), 1):
            time = layout.times[codes[layout.time.code]]
            cell = (codes[layout.area.code], codes[layout.contents.code], time)
            figures[cell] = Figure(value, mark)
            origins[cell] = f"{number}:{position}"
    return Answers(
        layout,
        figures,
        origins,
        frozenset(area for area, _, _ in figures),
        frozenset(content for _, content, _ in figures),
        tuple(sorted({time for *_, time in figures})),
        frozenset(rates),
    )


def checked(answer: Answer, address: str) -> Cube:
    """The table of an answer, which has exactly the cells that were asked; raises ReportError (exit 4)."""
    file = shown(address)
    cube, problems = read_jsonstat(answer.reply.encode(), file)
    if cube is None:
        raise ReportError(problems, NETWORK)
    asked: Selection = selection_of(answer.question.encode())
    got = {one.id: one.codes for one in cube.dimensions}
    if set(got) != set(asked):
        raise fault("fetch-answer-dimensions", file, found=listed(got), wanted=listed(asked))
    for name, codes in asked.items():
        if set(codes) != set(got[name]):
            lost = sorted(set(codes) ^ set(got[name]))
            raise fault("fetch-answer-codes", file, name=quoted(name), found=listed(lost[:3]), count=len(lost))
    return cube


def rows(answers: Answers, wanted: Wanted, yearly: Collection[str], since: Period | None = None) -> Rows:
    """The rows to keep: of the areas wanted, and of those that are added up; from a period on, where one is given.

    `yearly` are the contents of which one figure a year is kept.
    """
    recent, empty = _published(answers, wanted, since)
    own = {
        (area, content, time): answers.figures[area, content, time]
        for area in sorted(recent.areas & wanted.areas.keys())
        for content in sorted(recent.contents & wanted.contents.keys())
        for time in recent.times
    }
    made, origins, sums = _summed(recent, wanted)
    cells_kept, problems = _once_a_year({**own, **made}, yearly, answers.layout.title)
    early = {answers.layout.times[code] for code in answers.layout.preliminary}
    origin = {**answers.origins, **origins}
    statistics = (
        Statistic(period, area, content, *figure, _status(first in early), origin[area, content, first])
        for (area, content, period), (figure, first) in cells_kept.items()
    )
    return sums._replace(statistics=tuple(statistics), times=recent.times, problems=(*empty, *sums.problems, *problems))


def _published(answers: Answers, wanted: Wanted, since: Period | None) -> tuple[Answers, list[Problem]]:
    """The answers from a period on, without last times of which no figure is available yet; a warning names those."""
    times = [time for time in answers.times if not since or time.first >= since.first]
    cells_of_one = [
        (a, c) for a in answers.areas & wanted.areas.keys() for c in answers.contents & wanted.contents.keys()
    ]
    empty: list[Problem] = []
    while times and all(answers.figures[a, c, times[-1]].mark is Mark.UNAVAILABLE for a, c in cells_of_one):
        empty.append(warning("fetch-time-empty", time=times.pop(), title=excerpt(answers.layout.title)))
    return answers._replace(times=tuple(times)), empty


def _summed(answers: Answers, wanted: Wanted) -> tuple[dict[Cell, Figure], dict[Cell, str], Rows]:
    """The figures of areas that are added up, their origins, and what is to be said of them."""
    contents = {
        code: content._replace(counts=content.counts and code not in answers.rates)
        for code, content in wanted.contents.items()
        if code in answers.contents
    }
    made: dict[Cell, Figure] = {}
    origins: dict[Cell, str] = {}
    summed, problems = [], []
    for total in wanted.totals(answers.layout.area.codes):
        if missing := [code for code in total.members if code not in answers.areas]:
            values = {"name": excerpt(total.name), "found": listed(missing)}
            problems.append(Problem("fetch-sum-member", total.place, values, warning=True))
            continue
        figures = dict(totals(answers.figures, total, contents, answers.times))
        made |= figures
        origins |= dict.fromkeys(figures, "+".join(total.members))
        summed.append(total.name)
    there = {content for _, content, _ in made}
    left_out = [content.name for code, content in contents.items() if summed and code not in there]
    return made, origins, Rows((), (), tuple(summed), tuple(left_out), tuple(problems))


def _once_a_year(
    figures: Mapping[Cell, Figure], yearly: Collection[str], title: str
) -> tuple[dict[Cell, tuple[Figure, Period]], list[Problem]]:
    """Of contents that have one figure a year that figure, of the others all; each with the time it was read at.

    Where the months of a year differ after all, all of them are kept and a warning says so.
    """
    kept: dict[Cell, tuple[Figure, Period]] = {}
    of_year: dict[Cell, dict[Period, Figure]] = {}
    for (area, content, time), figure in figures.items():
        if content in yearly:
            of_year.setdefault((area, content, Period.year(time.first.year)), {})[time] = figure
        else:
            kept[area, content, time] = (figure, time)
    differing = set()
    for cell, months in of_year.items():
        said = {time: one for time, one in months.items() if one.mark is not Mark.UNAVAILABLE} or months
        if len(set(said.values())) == 1:
            first = min(said)
            kept[cell] = (said[first], first)
        else:
            kept |= {(*cell[:2], time): (figure, time) for time, figure in months.items()}
            differing.add(cell[1])
    return kept, [warning("fetch-not-yearly", content=content, title=excerpt(title)) for content in sorted(differing)]


def listed(codes: Iterable[str]) -> str:
    """Some codes as messages list them."""
    return ", ".join(map(quoted, codes))


def _status(early: bool) -> Status:
    return Status.PRELIMINARY if early else Status.FINAL


def _is_rate(cube: Cube, code: str) -> bool:
    """Whether the service gives a content in per cent, or with decimals: then it is no count."""
    unit = cube.units.get(code, cube.units.get("", ""))
    return "%" in unit or cube.decimals.get(code, cube.decimals.get("", 0)) > 0
