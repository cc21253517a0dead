"""`value` and `status` of a JSON-stat dataset -> values and marks, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from reports.errors import Problem, problem, warning
from reports.model import Mark
from reports.read.cube import MARKS, SAID, quoted

_LONGEST_PLACE = 9  # digits of a position
Cell = Decimal | Mark | None


def read_cells(dataset: Mapping[str, Any], count: int, file: str) -> tuple[list[Cell], list[Problem]]:
    """The `count` cells of a dataset, dense (a list) or sparse (by position), and what is wrong.

    The status of a cell without a value is one of the four marks, which says why there is none; without a status the
    value is not available, and that is said. A mark beside a number is an error, for one of the two is wrong. Other
    remarks on numbers are left out, which is said.
    """
    values, problems = _values(dataset.get("value"), count, file)
    statuses, more = _statuses(dataset.get("status"), count, file)
    if problems or more:
        return [], problems + more
    judged = _judged(values, statuses)
    blank = [place for place, cell in enumerate(judged.cells) if cell is None and place not in judged.unclear]
    for place in blank:
        judged.cells[place] = Mark.UNAVAILABLE
    return judged.cells, list(_faults(values, statuses, judged, len(blank), file))


def shown(value: Any) -> str:
    """Something of a JSON file as messages quote it."""
    if isinstance(value, str):
        return f'"{quoted(value)}"'
    return "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else str(value)


def misformed(value: Any, file: str, where: str) -> Problem:
    """What to say of a part that is not there or has another form than JSON-stat gives it."""
    if value is None:
        return problem("jsonstat-missing", file, column=quoted(where))
    return problem("jsonstat-form", file, column=quoted(where), found=shown(value))


class _Judged(NamedTuple):
    """Cells, and where a status contradicts its value, is not understood, or remarks on a number."""

    cells: list[Cell]
    against: list[int]
    unclear: dict[int, str]
    remarks: Counter[str]


def _judged(values: list[Any], statuses: Mapping[int, str]) -> _Judged:
    judged = _Judged(list(values), [], {}, Counter())
    for place, status in statuses.items():
        value, mark = values[place], MARKS.get(status.strip())
        if mark and (value is None or (mark is Mark.NIL and value == 0)):
            judged.cells[place] = mark
        elif mark:
            judged.against.append(place)
        elif value is None:
            judged.unclear[place] = status
        else:
            judged.remarks[status] += 1
    return judged


def _faults(
    values: list[Any], statuses: Mapping[int, str], judged: _Judged, blank: int, file: str
) -> Iterator[Problem]:
    wrong = (place for place, value in enumerate(values) if not (value is None or isinstance(value, Decimal)))
    for place in islice(wrong, SAID):
        yield problem("jsonstat-cell", file, column=f"value[{place}]", found=shown(values[place]))
    for place in judged.against[:SAID]:
        found, mark = shown(values[place]), quoted(statuses[place])
        yield problem("jsonstat-status-value", file, column=f"status[{place}]", found=found, mark=mark)
    times = Counter(judged.unclear.values())
    for status, number in islice(times.items(), SAID):
        yield problem("jsonstat-status", file, column="status", found=quoted(status), times=number)
    if judged.remarks:
        found = ", ".join(f"{quoted(status)} ({number})" for status, number in islice(judged.remarks.items(), SAID))
        yield warning("jsonstat-remarks", file, column="status", found=found)
    if blank:
        yield warning("jsonstat-blank", file, column="value", times=blank)


def _values(found: Any, count: int, file: str) -> tuple[list[Any], list[Problem]]:
    if isinstance(found, dict):
        places, problems = _places(found, "value", count, file)
        return [places.get(place) for place in range(count)], problems
    if not isinstance(found, list):
        return [], [misformed(found, file, "value")]
    if len(found) == count:
        return found, []
    if not found:
        return [], [problem("jsonstat-metadata", file, column="value")]
    return [], [problem("cube-count", file, column="value", found=len(found), wanted=count)]


def _statuses(found: Any, count: int, file: str) -> tuple[dict[int, str], list[Problem]]:
    """The status of each cell that has one; a single one is that of every cell."""
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if found is None or isinstance(found, str):
        return dict.fromkeys(range(count), found) if found else {}, []
    if isinstance(found, dict):
        places, problems = _places(found, "status", count, file)
    elif isinstance(found, list):
        places, problems = dict(enumerate(found)), []
        if len(found) != count:
            problems = [problem("cube-count", file, column="status", found=len(found), wanted=count)]
    else:
        return {}, [misformed(found, file, "status")]
    odd = (one for one in places.values() if not (one is None or isinstance(one, str)))
    problems += [misformed(one, file, "status") for one in islice(odd, 1)]
    return {place: one for place, one in places.items() if isinstance(one, str) and one.strip()}, problems


def _places(found: Mapping[str, Any], name: str, count: int, file: str) -> tuple[dict[int, Any], list[Problem]]:
    """Something by position."""
    outside = [key for key in found if not _is_place(key, count)]
    problems = [
        problem("jsonstat-place", file, column=name, found=quoted(key), most=count - 1) for key in outside[:SAID]
    ]
    return ({} if outside else {int(key): value for key, value in found.items()}), problems


def _is_place(key: str, count: int) -> bool:
    return (
        key.isascii() and key.isdecimal() and len(key) <= _LONGEST_PLACE and str(int(key)) == key and int(key) < count
    )
