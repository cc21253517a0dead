"""A JSON-stat file -> a Cube, or what is wrong with it. JSON-stat 2.0, and datasets of version 1 in their bundle."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import prod
from typing import Any, NamedTuple, NoReturn

from reports.errors import Problem, problem
from reports.read.cube import (
    MOST_DIMENSIONS,
    Cube,
    Dimension,
    Note,
    Numbers,
    Role,
    check_dimensions,
    finished,
    parted,
    quoted,
    unfit,
    with_known_names,
)
from reports.read.decode import decode
from reports.read.jsonstat_cells import misformed, read_cells, shown

MOST_BYTES = 16_000_000  # a hostile file of brackets takes twenty times its length in memory
_ROLES = {"time": Role.TIME, "metric": Role.CONTENTS, "geo": Role.AREA}
_MOST_DECIMALS = 15
_NAMED = 10  # of many names, those that a message shows


class _JsonError(Exception):
    """What makes a file no table at all. `code` names the sentence, `values` fill it."""

    def __init__(self, code: str, row: int = 0, column: int | str = "", **values: Any) -> None:
        super().__init__(code)
        self.code, self.row, self.column, self.values = code, row, column, values


def read_jsonstat(data: bytes, file: str) -> tuple[Cube | None, list[Problem]]:
    """The one table of a file; no table where anything but warnings is among the problems.

    Numbers keep the digits that are written: none goes through a float. A bundle or collection may hold one table.
    """
    if problems := unfit(data, file, MOST_BYTES):
        return None, problems
    text, problems = decode(data, file)
    try:
        dataset = _one_dataset(_parsed(text))
    except _JsonError as error:
        return finished(None, [*problems, problem(error.code, file, error.row, error.column, **error.values)], file)
    table = _Table(dataset, file, [])
    cube = table.described()
    problems += table.problems or check_dimensions(cube.dimensions, file) or table.check_size(cube)
    if any(not one.warning for one in problems):
        return finished(None, problems, file)  # which cell is which could not be told
    found, worse = read_cells(dataset, prod(len(one.codes) for one in cube.dimensions), file)
    values, marks = parted(found)
    return finished(cube._replace(values=values, marks=marks), problems + worse, file)


def _parsed(text: str) -> Any:
    """JSON with decimal numbers and without names that stand twice."""
    number = Numbers().__getitem__
    try:
        return json.loads(
            text, parse_float=number, parse_int=number, parse_constant=_no_number, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        found = quoted(text[error.pos : error.pos + 60])
        raise _JsonError("jsonstat-syntax", error.lineno, error.colno, found=found) from error
    except ValueError as error:
        raise _JsonError("cube-number", found=quoted(str(error))) from error
    except RecursionError as error:
        raise _JsonError("jsonstat-deep") from error


def _no_number(text: str) -> NoReturn:
    raise _JsonError("cube-number", found=text)  # NaN, Infinity


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise _JsonError("jsonstat-twice", found=quoted(twice))
    return found


def _one_dataset(parsed: Any) -> Mapping[str, Any]:
    found = list(_datasets(parsed)) if isinstance(parsed, dict) else []
    if not found:
        kind = parsed.get("class") if isinstance(parsed, dict) else None
        names = [quoted(name) for name in parsed][:_NAMED] if isinstance(parsed, dict) else []
        raise _JsonError("jsonstat-none", found=quoted(kind) if isinstance(kind, str) else ", ".join(names) or "–")
    if len(found) > 1:
        names = [quoted(name) for name, _ in found]
        more = ", …" if len(names) > _NAMED else ""
        raise _JsonError("jsonstat-several", found=", ".join(names[:_NAMED]) + more, times=len(names))
    return found[0][1]


def _datasets(parsed: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The datasets of a file by name: itself, or those of a bundle (version 1) or a collection."""
    if parsed.get("class") == "dataset" or _is_dataset(parsed):
        yield "", parsed
    elif parsed.get("class") == "collection":
        items = _mapping(parsed.get("link")).get("item")
        for item in items if isinstance(items, list) else []:
            if _is_dataset(item):
                yield str(item.get("label", "")), item
    else:
        yield from ((name, value) for name, value in parsed.items() if _is_dataset(value))


def _is_dataset(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("dimension"), dict)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


class _Table(NamedTuple):
    """A dataset as it is being read. What is not needed to know which cell is which may have any form."""

    dataset: Mapping[str, Any]
    file: str
    problems: list[Problem]

    def fault(self, code: str, where: str, **values: Any) -> None:
        self.problems.append(problem(code, self.file, column=quoted(where), **values))

    def described(self) -> Cube:
        """The table without its cells."""
        px = _mapping(_mapping(self.dataset.get("extension")).get("px"))
        dimensions = with_known_names(self._dimensions())
        contents = next((one for one in dimensions if one.role is Role.CONTENTS), None)
        units = _mapping(self._category(contents.id).get("unit")) if contents else {}
        decimals = {"": px.get("decimals")} | {code: _mapping(unit).get("decimals") for code, unit in units.items()}
        names = {code: _mapping(unit).get("base") or _mapping(unit).get("label") for code, unit in units.items()}
        return Cube(
            title=_text(self.dataset.get("label")),
            source=_text(self.dataset.get("source")),
            updated=_text(self.dataset.get("updated")),
            language=_text(px.get("language")),
            dimensions=dimensions,
            values=(),
            marks={},
            decimals={code: whole for code, number in decimals.items() if (whole := _whole(number)) <= _MOST_DECIMALS},
            notes=tuple(self._notes(dimensions)),
            units={code: name for code, name in names.items() if name and isinstance(name, str)},
        )

    def check_size(self, cube: Cube) -> list[Problem]:
        """An error where the declared size is not that of the dimensions."""
        sizes, counts = self._part("size"), [len(one.codes) for one in cube.dimensions]
        if sizes == counts:
            return []
        found = " × ".join(map(shown, sizes)) if isinstance(sizes, list) else shown(sizes)
        wanted = " × ".join(map(str, counts))
        return [problem("jsonstat-size", self.file, column="size", found=quoted(found), wanted=wanted)]

    def _part(self, name: str) -> Any:
        """`id`, `size` or `role`, which version 1 has inside `dimension`."""
        return self.dataset[name] if name in self.dataset else _mapping(self.dataset.get("dimension")).get(name)

    def _category(self, name: str) -> Mapping[str, Any]:
        one = _mapping(_mapping(self.dataset.get("dimension")).get(name))
        return _mapping(one.get("category"))

    def _dimensions(self) -> list[Dimension]:
        ids = self._part("id")
        if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
            self.problems.append(misformed(ids, self.file, "id"))
            return []
        if len(ids) > MOST_DIMENSIONS:
            self.fault("cube-dimensions", "id", found=len(ids), most=MOST_DIMENSIONS)
            return []
        roles = {
            name: _ROLES[role]
            for role, names in _mapping(self._part("role")).items()
            if role in _ROLES
            for name in (names if isinstance(names, list) else [names])
            if isinstance(name, str)
        }
        return [self._dimension(one, roles.get(one, Role.NONE)) for one in ids]

    def _dimension(self, name: str, role: Role) -> Dimension:
        category = self._category(name)
        codes = self._codes(category.get("index"), category.get("label"), f"dimension.{name}.category.index")
        labels = _mapping(category.get("label"))
        label = _text(_mapping(_mapping(self.dataset.get("dimension")).get(name)).get("label"))
        return Dimension(name, label or name, codes, tuple(_text(labels.get(code)) or code for code in codes), role)

    def _codes(self, index: Any, labels: Any, where: str) -> tuple[str, ...]:
        """The codes in their order; a single one may stand with its label alone."""
        if index is None and isinstance(labels, dict) and len(labels) == 1:
            return tuple(labels)
        if isinstance(index, list) and all(isinstance(code, str) for code in index):
            return tuple(index)
        if isinstance(index, dict) and len(set(map(_whole, index.values())) & set(range(len(index)))) == len(index):
            return tuple(sorted(index, key=index.__getitem__))
        self.problems.append(misformed(index, self.file, where))
        return ()

    def _notes(self, dimensions: tuple[Dimension, ...]) -> Iterator[Note]:
        yield from (Note(text) for text in _texts(self.dataset.get("note")))
        for dimension in dimensions:
            one = _mapping(_mapping(self.dataset.get("dimension")).get(dimension.id))
            yield from (Note(text, ((dimension.id, "*"),)) for text in _texts(one.get("note")))
            for code, found in _mapping(self._category(dimension.id).get("note")).items():
                yield from (Note(text, ((dimension.id, code),)) for text in _texts(found))


def _texts(found: Any) -> list[str]:
    return [text for text in (found if isinstance(found, list) else [found]) if text and isinstance(text, str)]


def _whole(value: Any) -> int:
    """A whole number; for anything else one that is larger than any that is wanted."""
    return int(value) if isinstance(value, Decimal) and value >= 0 and value == int(value) else sys.maxsize
