"""A YAML text -> the same text with single values put in and comment lines added: every other character stays."""

from __future__ import annotations

import re
from typing import NamedTuple

from reports.read.yaml import Path, Tree

COMMENT = re.compile(r"[ ]*#")


class _Edit(NamedTuple):
    """Characters from `start` to before `end` become `text`."""

    start: int
    end: int
    text: str


class Splice:
    """Changes to a YAML text, by the paths of its tree; `text` is what `decode` gives, `tree` what it was read as.

    The text is cut and joined at the places that the parser tells. So quotes, order, indentation, folded lines, empty
    lines and remarks are those of its author; writing the tree anew would set them as the writer sees fit.
    """

    def __init__(self, text: str, tree: Tree) -> None:
        self._text = text
        self._tree = tree
        self._rows = [0, *(found.end() for found in re.finditer("\n", text))]
        self._ends = _scalars(text)
        self._edits: list[_Edit] = []

    def raw(self, path: Path) -> str:
        """A value as it is written, in its quotes."""
        start, end = self._span(path)
        return self._text[start:end]

    def put(self, path: Path, raw: str) -> None:
        """Write a value otherwise; `raw` has its quotes where it needs some."""
        self._edits.append(_Edit(*self._span(path), raw))

    def remark(self, path: Path, text: str) -> None:
        """Add a comment above the line on which a key or a list entry stands."""
        start = self._rows[self._tree.key_place(path).row - 1]
        indent = re.compile(r"[ ]*").match(self._text, start)
        self._edits.append(_Edit(start, start, f"{indent[0] if indent else ''}# {text}\n"))

    def add_after(self, path: Path, key: str, raw: str) -> None:
        """Add a key below another one of the same mapping, whose value is a text."""
        _, column = self._tree.keys[path]
        _, end = self._span(path)
        at = self._text.find("\n", end) + 1 if self._text[end - 1] != "\n" else end
        before = "" if at else "\n"
        at = at or len(self._text)
        self._edits.append(_Edit(at, at, f"{before}{' ' * (column - 1)}{key}: {raw}\n"))

    def drop_remarks(self, wanted: re.Pattern[str]) -> None:
        """Take out the comment lines whose text after `# ` begins with a pattern."""
        inside = [span for span in self._ends.values() if "\n" in self._text[slice(*span)]]
        for start, after in zip(self._rows, [*self._rows[1:], len(self._text)], strict=True):
            line = self._text[start:after]
            found = COMMENT.match(line)
            if found and wanted.match(line[found.end() :].strip()) and not any(a < start < b for a, b in inside):
                self._edits.append(_Edit(start, after, ""))

    def result(self) -> str:
        """The text with all changes; those at the same place stand in the order in which they were asked for."""
        out: list[str] = []
        done = 0
        for start, end, text in sorted(self._edits, key=lambda edit: (edit.start, edit.end)):
            out += [self._text[done:start], text]
            done = end
        return "".join([*out, self._text[done:]])

    def _span(self, path: Path) -> tuple[int, int]:
        return self._ends[self._tree.places[path]]


def _scalars(text: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each value begins and ends in the text, by the row and column of its beginning."""
    from ruamel.yaml import YAML  # imported here because it takes 25 ms

    marks = (
        (event.start_mark, event.end_mark)
        for event in YAML(typ="safe", pure=True).parse(text)
        if type(event).__name__ == "ScalarEvent"
    )
    return {(start.line + 1, start.column + 1): (start.index, end.index) for start, end in marks}
