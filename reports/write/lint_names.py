"""The names in a template's tags: which the document has, what kind of thing they are, and the nearest one if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from reports.errors import nearest as near
from reports.write.docx_jinja import FILTERS, docx_environment

# Filters that leave a list a list of the same things, and those that take one thing out of it.
SAME = ("list", "reverse", "sort", "select", "reject", "selectattr", "rejectattr")
ONE = ("first", "last")
Paths = frozenset[str] | None

__all__ = ["Finding", "Names", "near"]


class Finding(NamedTuple):
    """What is wrong with a tag: the code of its sentence and what fills it."""

    code: str
    values: dict[str, str]


class Names:
    """The names at one point of a template: the document's, and those of the loops that are open there."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._scopes: list[dict[str, Paths]] = []
        self._environment = docx_environment([], [])

    def enter(self, statement: str) -> None:
        """Goes into an opened block; a loop's own name holds what it runs over."""
        scope: dict[str, Paths] = {}
        loop = self._parsed(f"{{% {statement} %}}{{% endfor %}}") if statement.startswith("for ") else None
        for node in loop.find_all(nodes.For) if loop else ():
            paths = self._paths(node.iter)
            inside = None if not paths else frozenset(f"{path}[]" for path in paths)
            targets = [node.target] if isinstance(node.target, nodes.Name) else list(node.target.find_all(nodes.Name))
            scope |= {target.name: inside if len(targets) == 1 else None for target in targets} | {"loop": None}
        self._scopes.append(scope)

    def leave(self) -> None:
        """Comes out of a block."""
        if self._scopes:
            self._scopes.pop()

    def check(self, source: str) -> list[Finding]:
        """What is wrong with one tag, given as Jinja that stands alone (`{% if a %}{% endif %}`)."""
        try:
            tree = self._environment.parse(source)
        except TemplateSyntaxError as wrong:
            return [Finding("lint-tag", {"fault": (wrong.message or "").rstrip(".")})]
        found = [self._missing(name, missing) for name, missing in self._unknown(tree)]
        filters = {node.name for node in tree.find_all(nodes.Filter)} - set(FILTERS)
        return found + [Finding("lint-filter", {"name": name, "near": near(name, FILTERS)}) for name in sorted(filters)]

    def printed(self, expression: str) -> str:
        """The kind of what a tag prints (`text`, `runs`, `list` ...), empty where that cannot be told."""
        tree = self._parsed(f"{{{{ {expression} }}}}")
        outputs = list(tree.find_all(nodes.Output)) if tree else []
        shown = [node for output in outputs for node in output.nodes if not isinstance(node, nodes.TemplateData)]
        paths = self._paths(shown[0]) if len(shown) == 1 else None
        kinds = {self._kinds.get(path, "") for path in paths or ()}
        return kinds.pop() if len(kinds) == 1 else ""

    def _parsed(self, source: str) -> nodes.Template | None:
        try:
            return self._environment.parse(source)
        except TemplateSyntaxError:
            return None

    def _missing(self, name: str, siblings: list[str]) -> Finding:
        nearest = near(name, siblings)
        return Finding("lint-name-near" if nearest else "lint-name", {"name": name, "near": nearest})

    def _unknown(self, tree: nodes.Node) -> Iterator[tuple[str, list[str]]]:
        """Every name that is nothing, with the names that could stand there."""
        own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"} | {"loop"}
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name not in own and self._named(node.name) == frozenset():
                yield node.name, [*self._top(), *(name for scope in self._scopes for name in scope)]
        for step in tree.find_all(nodes.Getattr):
            before = self._paths(step.node)
            if before and self._below(before, step.attr) == frozenset():
                yield step.attr, self._children(before)

    def _paths(self, node: Any) -> Paths:
        """The paths a value may have; None where that cannot be told, empty where the name is unknown."""
        match node:
            case nodes.Name():
                return self._named(node.name)
            case nodes.Getattr():
                before = self._paths(node.node)
                return None if before is None else self._below(before, node.attr)
            case nodes.Add():
                left, right = self._paths(node.left), self._paths(node.right)
                return None if left is None or right is None else left | right
            case nodes.Filter() if node.name in SAME:
                return self._paths(node.node)
            case nodes.Filter() if node.name in ONE:
                before = self._paths(node.node)
                return None if before is None else frozenset(f"{path}[]" for path in before)
        return None

    def _named(self, name: str) -> Paths:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        return frozenset([name]) if name in self._top() else frozenset()

    def _below(self, paths: frozenset[str], attribute: str) -> Paths:
        if any(self._kinds.get(path) == "words" and not self._children(frozenset([path])) for path in paths):
            return None
        return frozenset(below for path in paths if (below := f"{path}.{attribute}") in self._kinds)

    def _children(self, paths: frozenset[str]) -> list[str]:
        starts = tuple(f"{path}." for path in paths)
        below = {path[len(start) :] for path in self._kinds for start in starts if path.startswith(start)}
        return sorted(name for name in below if "." not in name and "[" not in name)

    def _top(self) -> list[str]:
        return [path for path in self._kinds if "." not in path and "[" not in path]
