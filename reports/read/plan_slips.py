"""Slips in the YAML of a plan that its shape alone does not tell: a colon in a text, a bare dash, a key left empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from reports.errors import Problem, near
from reports.period import Period
from reports.plan.model import Action
from reports.read.decode import excerpt
from reports.read.number import ReadingError, read_period
from reports.read.shape import fields_of
from reports.read.yaml import Node, Path, Tree, quoted

# Lists of texts, and what an entry may hold that is more than a text.
_TEXTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("actions", "items"), tuple(fields_of(Action))),
    **dict.fromkeys(("parts", "responsible", "roles", "baseline"), ()),
}
# What a measure is judged by: left empty, it would be judged by something else.
_JUDGED = ("target", "baseline", "area", "group", "due")


def slips(tree: Tree) -> tuple[Tree, list[Problem]]:
    """What to write in place of each slip; nothing more is said of the shape of its rows in the tree that is given."""
    problems, rows = [], set(tree.refused)
    for path, node in _nodes(tree.data):
        if found := _slip(tree, path, node):
            problems.append(found)
            inner = [(*path, key) for key in node] if isinstance(node, dict) else []
            rows |= {found.place.row, *(tree.keys[key][0] for key in inner)}
    return replace(tree, refused=frozenset(rows)), problems


def early(tree: Tree, period: Period) -> Iterator[Problem]:
    """A warning for each due date that is over when the plan of a period begins."""
    for path, node in _nodes(tree.data):
        if path[-1:] == ("due",) and isinstance(node, str):
            with suppress(ReadingError):  # told by its shape
                if read_period(node).last < period.first:
                    yield Problem("due-early", tree.place(path), {"found": node, "period": period}, warning=True)


def _nodes(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every value of a tree with its path."""
    yield path, node
    if not isinstance(node, str):
        for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _nodes(inner, (*path, key))


def _slip(tree: Tree, path: Path, node: Node) -> Problem | None:
    listed = path and isinstance(path[-1], int)  # an entry of a list
    if node == "" and listed:
        return Problem("entry-empty", tree.place(path))
    if node == "" and "measures" in path and path[-1] in _JUDGED:
        return Problem("value-missing", tree.key_place(path), {"name": str(path[-1])})
    known = _TEXTS.get(str(path[-2])) if listed and len(path) > 1 else None
    if known is None or not isinstance(node, dict) or any(near(name, known, 1) for name in node):
        return None  # a key, or one misspelt
    return _colon(tree, path, node, bool(known))


def _colon(tree: Tree, path: Path, node: Mapping[str, Node], with_parts: bool) -> Problem | None:
    """A text that its colon made a name and a value: `- Tavoite: luvut kuntoon`; or a name and a list, of its parts."""
    name, inner = next(iter(node.items()))
    if isinstance(inner, str):
        text = f"{name}: {inner}".strip()
        return Problem("entry-colon", tree.place(path), {"found": excerpt(text), "quoted": quoted(text)})
    if not with_parts:
        return None
    return Problem("entry-parts", tree.place(path), {"found": excerpt(f"{name}:"), "quoted": quoted(f"{name}:")})
