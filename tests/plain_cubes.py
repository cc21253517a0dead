"""A second, plain reading of PC-Axis and JSON-stat to hold against the program's, and what a refusal must be like."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from reports.errors import Problem
from reports.messages import LANGUAGES, catalogue
from reports.model import Mark
from reports.read.cube import Cube, cells

Read = Callable[[bytes, str], tuple[Cube | None, list[Problem]]]
Found = dict[tuple[str, ...], str]
MARKS = {mark.value for mark in Mark}


def plain_px(text: str) -> Found:
    """Cells by their labels, each found by counting; shares nothing with the program's reading."""
    head, _, body = text.replace("\r\n", "\n").partition("DATA=")
    found = {key: re.findall(r'"([^"]*)"', line) for key, _, line in (one.partition("=") for one in head.split(";\n"))}
    names = [*found.get("STUB", []), *found.get("HEADING", [])]
    tokens = body.strip().removesuffix(";").replace(",", " ").split()
    return _placed([token.strip('"') for token in tokens], [found[f'VALUES("{name}")'] for name in names])


def plain_json(data: bytes) -> Found:
    """Cells of a dataset by their codes; a cell with a status has that, and one with nothing `..`."""
    found: Any = json.loads(data, parse_float=str, parse_int=str)
    found = found if "value" in found else next(iter(found.values()))
    inner = found["dimension"]
    lists = [_codes(inner[name]["category"]) for name in found.get("id") or inner["id"]]
    count = prod(len(codes) for codes in lists)
    values, status = (_at(found.get(name), count) for name in ("value", "status"))
    return _placed([value or mark or ".." for value, mark in zip(values, status, strict=True)], lists)


def written(cube: Cube) -> list[str]:
    """The cells as numbers and marks, in order."""
    return [mark.value if mark else str(value) for _, value, mark in cells(cube)]


def by_label(cube: Cube) -> Found:
    """The cells of a cube by their labels."""
    labels = product(*(one.labels for one in cube.dimensions))
    return dict(zip(labels, written(cube), strict=True))


def by_code(cube: Cube) -> Found:
    """The cells of a cube by their codes."""
    return dict(zip((tuple(codes.values()) for codes, _, _ in cells(cube)), written(cube), strict=True))


def assert_same_cells(ours: Found, theirs: Found) -> None:
    """The same names in the same order, the same marks, the same numbers."""
    assert list(ours) == list(theirs)
    for names, cell in ours.items():
        other = theirs[names]
        assert cell == other if {cell, other} & MARKS else Decimal(cell) == Decimal(other), names


def assert_refused(read: Read, data: bytes, code: str) -> None:
    """No table, the problem among what is said, and every problem said whole in both languages."""
    cube, problems = read(data, "f")
    assert cube is None
    assert code in [one.code for one in problems if not one.warning], problems
    assert_said(problems)


def assert_said(problems: list[Problem]) -> None:
    """Each problem has its sentence in both languages, with the file's name before it and nothing left to fill in."""
    for one in problems:
        for language in LANGUAGES:
            said = catalogue(language).problem(one)
            assert said.startswith("f")
            assert not re.search(r"\{\w+\}", said.replace(str(one.values.get("found", "")), ""))


def _placed(tokens: list[str], lists: list[list[str]]) -> Found:
    out = {}
    for number, token in enumerate(tokens):
        rest = number
        names: list[str] = []
        for values in reversed(lists):
            rest, place = divmod(rest, len(values))
            names.insert(0, values[place])
        assert rest == 0
        out[tuple(names)] = token
    return out


def _codes(category: Mapping[str, Any]) -> list[str]:
    index = category.get("index", list(category.get("label", {}))[:1])
    return sorted(index, key=lambda code: int(index[code])) if isinstance(index, dict) else list(index)


def _at(found: Any, count: int) -> list[str | None]:
    if isinstance(found, dict):
        return [found.get(str(place)) for place in range(count)]
    return list(found) if isinstance(found, list) and len(found) == count else [None] * count
