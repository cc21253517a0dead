"""Document -> plain dicts, lists, texts and numbers: all that a template is given, and nothing that could act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

from reports.document import Cell, Column, Document, Figure, List, Picture, Run, Section

DERIVED: dict[type, tuple[str, ...]] = {Section: ("heading",), Run: ("shown",), Cell: ("text",)}
LEFT_OUT: dict[type, tuple[str, ...]] = {
    Figure: ("png",),
    Picture: ("data",),
    Document: ("data",),
    Column: ("parts",),
    Cell: ("parts",),
}


def plain(document: Document) -> dict[str, Any]:
    """The document by its own names; blocks say their `kind`, lists also hold their nested `tree`.

    Pictures stay out (a writer takes them from the document); a number behind a cell is an int or a float.
    """
    return {name: _plain(getattr(document, name)) for name in _names(Document)}


def tree(block: List) -> list[dict[str, Any]]:
    """A flat list as lists in lists: [{ordered, letters, start, entries: [{runs, number, ordinal, lists: [...]}]}].

    A change between bullets and numbers on one level, or a number that does not follow the last, begins a new list.
    """
    roots: list[dict[str, Any]] = []
    open_entries: list[tuple[int, dict[str, Any]]] = []
    for entry in block.entries:
        while open_entries and open_entries[-1][0] >= entry.level:
            open_entries.pop()
        lists = open_entries[-1][1]["lists"] if open_entries else roots
        node = {"runs": _plain(entry.runs), "number": entry.number, "ordinal": _ordinal(entry.number), "lists": []}
        _fitting(lists, node)["entries"].append(node)
        open_entries.append((entry.level, node))
    return roots


def _fitting(lists: list[dict[str, Any]], node: dict[str, Any]) -> dict[str, Any]:
    kind = {"ordered": bool(node["number"]), "letters": node["number"][:1].isalpha()}
    if lists and all(lists[-1][name] == value for name, value in kind.items()):
        last = lists[-1]["entries"][-1]["ordinal"]
        if not kind["ordered"] or node["ordinal"] == last + 1:
            return lists[-1]
    lists.append({**kind, "start": node["ordinal"], "entries": []})
    return lists[-1]


def _ordinal(number: str) -> int:
    """The place a printed number stands for: `3.` is 3, `c)` is 3, a bullet 0."""
    sign = "".join(char for char in number if char.isalnum())
    if sign.isdecimal():
        return int(sign)
    return ord(sign.lower()[0]) - ord("a") + 1 if sign else 0


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    content = {name: _plain(getattr(value, name)) for name in _names(value.__class__)}
    return {**content, "tree": tree(value)} if isinstance(value, List) else content


@cache
def _names(kind: type) -> tuple[str, ...]:
    own = tuple(field.name for field in fields(kind) if field.name not in LEFT_OUT.get(kind, ()))
    return (*(("kind",) if hasattr(kind, "kind") else ()), *own, *DERIVED.get(kind, ()))
