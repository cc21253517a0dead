"""A tree of text -> the model's frozen classes; their fields and types decide what each text is read as."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from reports.errors import Place, Problem
from reports.model import MOST_DECIMALS
from reports.period import Period
from reports.read.decode import excerpt, nearest
from reports.read.number import ReadingError, read_number, read_period, read_truth
from reports.read.yaml import Node, Path, Tree
from reports.text import Placed

# Fields that the reader fills, which no file holds.
FILLED = {"id", "place", "file", "body", "body_row", "problems"}
# A class with `SHORT` may stand in a file as the bare text of that field.


def key_of(name: str) -> str:
    """The key in a file of a field's name: `group-name` of `group_name`, `from` of `from_`, a word of Python's own."""
    return name.removesuffix("_").replace("_", "-")


def shape(kind: Any, tree: Tree, **given: Any) -> tuple[Any, list[Problem]]:
    """A value of a class (or of a list or mapping of classes) from a tree, and every problem in it.

    `given` fills fields that stand in no file. What cannot be read is left at its default, so that the rest is checked
    too. Of a file that was not read to its end nothing is said: what is missing there is a consequence.
    """
    shaper = _Shaper(tree)
    whole = dataclasses.is_dataclass(kind)
    value = shaper.record(kind, tree.data, (), given) if whole else shaper.read(kind, tree.data, ())
    return _nothing(kind) if value is None else value, shaper.problems


@cache
def fields_of(kind: type[Any]) -> dict[str, tuple[dataclasses.Field[Any], Any]]:
    """The fields of a class that a file may hold, by key, with their types."""
    hints = get_type_hints(kind)
    return {key_of(f.name): (f, hints[f.name]) for f in dataclasses.fields(kind) if f.name not in FILLED}


def required(field: dataclasses.Field[Any]) -> bool:
    """Whether a file must hold this field."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


class _Shaper:
    """One reading of one tree; gathers problems as it goes."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.problems: list[Problem] = []

    def report(self, code: str, place: Place, **values: Any) -> None:
        if self.tree.whole and place.row not in self.tree.refused:
            self.problems.append(Problem(code, place, values))

    def read(self, kind: Any, node: Node, path: Path) -> Any:
        """A value of any type the model uses; its default or nothing where it cannot be read."""
        origin = get_origin(kind)
        if origin is tuple:
            return self.sequence(get_args(kind)[0], node, path)
        if origin is Mapping or origin is dict:
            return self.mapping(get_args(kind)[1], node, path)
        if origin in (Union, types.UnionType):
            return self.read(get_args(kind)[0], node, path)
        if dataclasses.is_dataclass(kind) and kind is not Period:
            return self.record(kind, node, path, {})
        return self.scalar(kind, node, path)

    def record(self, kind: Any, node: Node, path: Path, given: Mapping[str, Any]) -> Any:
        fields = fields_of(kind)
        if isinstance(node, str) and node and (short := getattr(kind, "SHORT", "")):
            text = self.scalar(fields[short][1], node, path)
            return kind(**{short: text}, **given, **self.filled(kind, path, given))
        if not isinstance(node, dict):
            self.report("shape-mapping", self.tree.place(path), found=_say(node), wanted=", ".join(fields))
            node = {}
            missing: list[str] = []
        else:
            missing = [key for key, (f, _) in fields.items() if required(f) and node.get(key, "") == ""]
        for key in missing:
            self.report("key-missing", self.tree.key_place(path), name=key)
        values = dict(given) | self.filled(kind, path, given)
        for key, inner in node.items():
            if key not in fields:
                near = nearest(key, fields)
                self.report("key-unknown", self.tree.key_place((*path, key)), found=excerpt(key), near=near)
            elif inner != "":
                values[fields[key][0].name] = self.read(fields[key][1], inner, (*path, key))
        for f, hint in fields.values():
            if required(f) and values.get(f.name) is None:
                values[f.name] = _nothing(hint)
        return kind(**{name: value for name, value in values.items() if value is not None})

    def filled(self, kind: Any, path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
        own: dict[str, Any] = {"place": self.tree.key_place(path), "id": str(path[-1]) if path else ""}
        names = {f.name for f in dataclasses.fields(kind)} - set(given)
        return {name: value for name, value in own.items() if name in names}

    def sequence(self, kind: Any, node: Node, path: Path) -> tuple[Any, ...] | None:
        if isinstance(node, str) and kind is Placed and node:
            return (self.scalar(kind, node, path),)
        if not isinstance(node, list):
            if node != "":
                self.report("shape-list", self.tree.place(path), found=_say(node))
            return None
        read = (self.read(kind, inner, (*path, number)) for number, inner in enumerate(node))
        return tuple(value for value in read if value is not None)

    def mapping(self, kind: Any, node: Node, path: Path) -> dict[str, Any] | None:
        if not isinstance(node, dict):
            if node != "":
                self.report("shape-names", self.tree.place(path), found=_say(node))
            return None
        for key in [key for key, inner in node.items() if inner == ""]:
            self.report("value-missing", self.tree.key_place((*path, key)), name=excerpt(key))
        read = {key: self.read(kind, inner, (*path, key)) for key, inner in node.items() if inner != ""}
        return {key: value for key, value in read.items() if value is not None}

    def scalar(self, kind: Any, node: Node, path: Path) -> Any:
        if not isinstance(node, str):
            self.report("shape-text", self.tree.place(path), found=_say(node))
            return None
        if kind is str:
            return node
        if kind is Placed:
            return Placed(node, self.tree.place(path))
        try:
            return _convert(kind, node)
        except ReadingError as error:
            self.report(error.code, self.tree.place(path), found=excerpt(node), **error.values)
            return None


def _convert(kind: Any, text: str) -> Any:
    if kind is bool:
        return read_truth(text)
    if kind is Period:
        return read_period(text)
    if kind is int:
        if not (text.isascii() and text.isdigit() and int(text[:9]) <= MOST_DECIMALS):
            raise ReadingError("decimals", most=str(MOST_DECIMALS))
        return int(text)
    if kind is Decimal:
        number = read_number(text)
        if number.value is None or number.mark or number.unit or number.value < 0:
            raise ReadingError("tolerance")
        return number.value
    choices = cast("type[StrEnum]", kind)
    try:
        return choices(text)
    except ValueError as error:
        raise ReadingError("choice", near=nearest(text, filter(None, choices))) from error


def _nothing(hint: Any) -> Any:
    """What stands in for a required field that cannot be read."""
    if get_origin(hint) is tuple:
        return ()
    return {} if get_origin(hint) is Mapping else Placed("") if hint is Placed else ""


def _say(node: Node) -> str:
    """A value as messages quote it: its text, or its first key or entry."""
    while isinstance(node, (dict, list)):
        node = next(iter(node), "")
    return excerpt(node)
