"""The metadata of a PxWeb table -> which dimension stands for what, and the questions that bring the cells wanted."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from math import ceil, prod
from typing import Any, NamedTuple

from reports.intake.pxweb import parsed
from reports.intake.transport import fault
from reports.period import Period
from reports.read.cube import MOST_DIMENSIONS, Role, quoted
from reports.read.decode import nearest
from reports.read.number import ReadingError, read_period, words

TOTAL = "SSS"  # Statistics Finland's code for all classes of a dimension together, and for the whole country
PRELIMINARY = "*"  # what it puts behind the name of a time whose figures are not final yet
Selection = Mapping[str, tuple[str, ...]]


class Variable(NamedTuple):
    """A dimension of a table in the service: code and label of it and of each of its values.

    `time` is whether the service says that it is the time.
    """

    code: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    time: bool

    def label_of(self, code: str) -> str:
        """The label of a value."""
        return self.labels[self.codes.index(code)]


class Layout(NamedTuple):
    """A table whose dimensions are known: time, contents, area, and the code taken of each other one.

    `times` maps the codes of the time to periods; `preliminary` are those whose figures may still change.
    """

    title: str
    time: Variable
    contents: Variable
    area: Variable
    fixed: Mapping[str, str]
    times: Mapping[str, Period]
    preliminary: frozenset[str]


def read_layout(
    body: bytes, file: str, contents: Collection[str], areas: Collection[str], totals: Mapping[str, str]
) -> Layout:
    """The layout of a table from its metadata; `file` is its address in messages.

    The time is the dimension that says so, else the one whose values are months or years; contents and areas are the
    dimensions that have the most of the codes wanted, else those of a known name. So it does not matter how the
    service calls them: it renamed them on 8.6.2026. `totals` says which code to take of any other dimension.

    Raises ReportError (exit 4) where the metadata is not what PxWeb gives, or a dimension is not found.
    """
    title, variables = _variables(parsed(body, file), file)
    time = _time(variables, file)
    rest = [one for one in variables if one is not time]
    content = _holding(rest, contents, Role.CONTENTS, file)
    rest.remove(content)
    area = _holding(rest, areas, Role.AREA, file)
    rest.remove(area)
    times = {code: period for code in time.codes if (period := _period(code))}
    early = frozenset(code for code in times if time.label_of(code).endswith(PRELIMINARY))
    return Layout(title, time, content, area, {one.code: _total(one, totals, file) for one in rest}, times, early)


def questions(selection: Selection, most: int) -> Iterator[Selection]:
    """A selection in parts of at most `most` cells: cut along the dimension with the most values, evenly."""
    if count(selection) <= most:
        yield selection
        return
    longest = max(selection, key=lambda code: len(selection[code]))
    values = selection[longest]
    room = max(1, most * len(values) // count(selection))  # values of it that fit into one question
    size = ceil(len(values) / ceil(len(values) / room))
    for start in range(0, len(values), size):
        yield from questions({**selection, longest: values[start : start + size]}, most)


def count(selection: Selection) -> int:
    """How many cells a selection has."""
    return prod(map(len, selection.values()))


def question(selection: Selection) -> bytes:
    """A selection as PxWeb wants to be asked, for an answer in JSON-stat 2."""
    query = [
        {"code": code, "selection": {"filter": "item", "values": list(values)}} for code, values in selection.items()
    ]
    return json.dumps({"query": query, "response": {"format": "json-stat2"}}, ensure_ascii=False).encode()


def selection_of(body: bytes) -> Selection:
    """The selection of a question as `question` wrote it."""
    return {one["code"]: tuple(one["selection"]["values"]) for one in json.loads(body)["query"]}


def _variables(told: Any, file: str) -> tuple[str, list[Variable]]:
    """The title and the dimensions of a metadata reply."""
    try:
        title, raw = told["title"], told["variables"]
        found = [
            Variable(
                str(one["code"]),
                str(one.get("text", one["code"])),
                tuple(map(str, one["values"])),
                tuple(map(str, one.get("valueTexts", one["values"]))),
                one.get("time") is True,
            )
            for one in raw
        ]
    except (KeyError, TypeError, AttributeError):
        raise fault("fetch-metadata", file) from None
    fits = all(one.codes and len(one.codes) == len(one.labels) == len(set(one.codes)) for one in found)
    if not (0 < len(found) <= MOST_DIMENSIONS and fits and len({one.code for one in found}) == len(found)):
        raise fault("fetch-metadata", file)
    return str(title), found


def _time(variables: list[Variable], file: str) -> Variable:
    said = [one for one in variables if one.time]
    found = said or [one for one in variables if all(map(_period, one.codes))]
    if len(found) != 1 or not any(map(_period, found[0].codes)):
        raise _lost(Role.TIME, variables, file)
    return found[0]


def _holding(variables: list[Variable], wanted: Collection[str], role: Role, file: str) -> Variable:
    """The dimension that has the most of the codes wanted; where none has any, the one of a known name."""
    if not variables:
        raise _lost(role, variables, file)
    best = max(variables, key=lambda one: len(set(wanted) & set(one.codes)))
    if set(wanted) & set(best.codes):
        return best
    names = words()["dimensions"][role.value]
    named = [one for one in variables if {one.code.lower(), one.label.lower()} & set(names)]
    if not named:
        raise _lost(role, variables, file)
    return named[0]


def _lost(role: Role, variables: list[Variable], file: str) -> Exception:
    have = ", ".join(quoted(one.code) for one in variables)
    return fault(f"fetch-layout-{role.value}", file, have=have or "-")


def _total(variable: Variable, totals: Mapping[str, str], file: str) -> str:
    """The code to take of a dimension that nobody asks about: the one of services.yaml, else the service's total."""
    chosen = next((totals[name] for name in (variable.code, variable.label) if name in totals), TOTAL)
    if chosen not in variable.codes:
        near = nearest(chosen, variable.codes)
        raise fault("fetch-total", file, name=quoted(variable.code), found=quoted(chosen), near=near)
    return chosen


def _period(code: str) -> Period | None:
    try:
        found = read_period(code)
    except ReadingError:
        return None
    return found if found.kind in ("month", "year") else None
