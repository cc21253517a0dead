"""A YAML file -> lists, mappings and text with their places; what YAML would cut or change is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reports.errors import Place, Problem, problem
from reports.read.decode import FORBIDDEN, excerpt

Path = tuple[str | int, ...]
Node = str | list[Any] | dict[str, Any]

_DEEPEST = 12
_REFUSED = ("yaml-flow", "yaml-tag", "yaml-anchor")
_KEY = re.compile(r"""\s*(?:- +)*(?:[^\s'":#-][^:#"']*: +|[^\s'":#-][^:#"']*:$)?""")


@dataclass(frozen=True, slots=True)
class Tree:
    """What a YAML file holds: dict, list and str only, and the row and column of every value and every key by its path.

    `whole` is false where a slip in the form stopped the reading: then the rest is missing, and not by intent.
    `refused` are the rows whose value is not what its author meant, so that its shape is not worth a word.
    """

    file: str
    data: Node = ""
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    whole: bool = True
    refused: frozenset[int] = frozenset()

    def place(self, path: Path = ()) -> Place:
        """Where a value stands; for a value that is not there, where its parent stands."""
        while path and path not in self.places:
            path = path[:-1]
        return Place(self.file, *self.places.get(path, (0, "")))

    def key_place(self, path: Path) -> Place:
        """Where a key stands; for a list entry its value."""
        return Place(self.file, *self.keys[path]) if path in self.keys else self.place(path)


def read_yaml(text: str, file: str, above: int = 0) -> tuple[Tree, list[Problem]]:
    """Read a text that `decode` has passed; `above` is the number of rows that stand before it in the file.

    Gives what could be read and all problems: a slip in the form ends the reading, everything else is gathered.
    """
    from ruamel.yaml import YAML  # imported here because it takes 25 ms
    from ruamel.yaml.error import YAMLError

    builder = _Builder(file, text, above)
    try:
        data = builder.document(iter(YAML(typ="safe", pure=True).parse(text)))
        refused = frozenset(one.place.row for one in builder.problems if one.code in _REFUSED)
        return Tree(file, data, builder.places, builder.keys, refused=refused), builder.problems
    except (YAMLError, ValueError, OverflowError, IndexError, AssertionError, AttributeError) as error:
        # ruamel.yaml answers some broken texts with errors of its own innards; to a reader they are one thing.
        return Tree(file, whole=False), [*builder.problems, builder.slip(error)]


class _TooDeepError(ValueError):
    """Levels upon levels: no file of ours, and the parser would take its time over it."""

    def __init__(self, mark: Any) -> None:
        self.problem_mark = mark
        super().__init__(mark)


class _Builder:
    """Turns parser events into plain values; knows nothing of what they mean."""

    def __init__(self, file: str, text: str, above: int) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.above = above
        self.problems: list[Problem] = []
        self.places: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.events: Iterator[Any] = iter(())

    def document(self, events: Iterator[Any]) -> Node:
        """The value of the only document in the stream."""
        self.events = events
        data: Node = ""
        started = False
        for event in events:
            name = type(event).__name__
            if name == "DocumentStartEvent" and started:
                self.report("yaml-documents", event)
                return data
            if name == "DocumentStartEvent":
                started = True
            elif name not in ("StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"):
                data = self.node(event, ())
        return data

    def node(self, event: Any, path: Path) -> Node:
        """The value that begins with an event."""
        name = type(event).__name__
        self.places[path] = self.at(event)
        if getattr(event, "tag", None) and name != "AliasEvent":
            self.report("yaml-tag", event)
        elif getattr(event, "anchor", None):
            self.report("yaml-anchor", event)
        elif getattr(event, "flow_style", False) and name != "ScalarEvent":
            self.report("yaml-flow", event)
        if len(path) > _DEEPEST:
            raise _TooDeepError(event.start_mark)
        if name == "MappingStartEvent":
            return self.mapping(path)
        if name == "SequenceStartEvent":
            return self.sequence(path)
        return self.scalar(event) if name == "ScalarEvent" else self.value_in(event.start_mark.line)

    def mapping(self, path: Path) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for event in self.events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self.key(event)
            inner = (*path, key)
            if key in out:
                row, _ = self.keys[inner]
                self.report("yaml-twice", event, found=excerpt(key), first=row)
                self.skip(next(self.events))
                continue
            self.keys[inner] = self.at(event)
            out[key] = self.node(next(self.events), inner)
        return out

    def key(self, event: Any) -> str:
        if type(event).__name__ == "ScalarEvent":
            return self.scalar(event)
        self.report("yaml-key", event)
        self.skip(event)
        return ""

    def sequence(self, path: Path) -> list[Any]:
        out: list[Any] = []
        for event in self.events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            out.append(self.node(event, (*path, len(out))))
        return out

    def scalar(self, event: Any) -> str:
        text = str(event.value)
        if match := FORBIDDEN.search(text):
            self.report("character", event, found=f"U+{ord(match[0]):04X}")
        if not event.style:
            self.refuse_cut(event)
        return FORBIDDEN.sub(" ", text).strip()

    def refuse_cut(self, event: Any) -> None:
        """Report a `#` behind an unquoted value: YAML drops it and what follows, without a word."""
        line, column = event.end_mark.line, event.end_mark.column
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        if rest.lstrip().startswith("#") and self.lines[line][:column].strip():
            values = {"found": excerpt(rest), "quoted": quoted(self.value_in(line))}
            self.problems.append(problem("yaml-comment", self.file, line + 1 + self.above, column + 1, **values))

    def skip(self, event: Any) -> str:
        """Pass over a value that is not wanted."""
        depth = 0
        while True:
            name = type(event).__name__
            depth += name.endswith("StartEvent") - name.endswith("EndEvent")
            if depth <= 0:
                return ""
            event = next(self.events)

    def at(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + 1 + self.above, event.start_mark.column + 1

    def report(self, code: str, event: Any, **values: Any) -> None:
        row, column = self.at(event)
        if code in _REFUSED:
            line = event.start_mark.line
            # Inside a value of this kind everything else is a consequence of the first slip.
            if any(one.place.row == row and one.code in _REFUSED for one in self.problems):
                return
            values = {"found": excerpt(self.value_in(line)), "quoted": quoted(self.value_in(line))}
        self.problems.append(problem(code, self.file, row, column, **values))

    def value_in(self, line: int) -> str:
        """What stands on a line behind its key or dash."""
        text = self.lines[line] if line < len(self.lines) else ""
        match = _KEY.match(text)
        return text[match.end() :].strip() if match else text.strip()

    def slip(self, error: Exception) -> Problem:
        """What to say of a text that is not YAML: where it stopped, and which text to put in quotes."""
        line = self.line_of(error)
        text, value, row = self.lines[line], self.value_in(line), line + 1 + self.above
        if "\t" in text[: len(text) - len(text.lstrip())]:
            return problem("yaml-tab", self.file, row, 1)
        column = len(text) - len(text.lstrip()) + 1
        if not value or value.startswith(('"', "'")):
            return problem("yaml-form", self.file, row, column, found=excerpt(text))
        column = text.rindex(value) + 1
        return problem("yaml-syntax", self.file, row, column, found=excerpt(text), quoted=quoted(value))

    def line_of(self, error: Exception) -> int:
        """The line, from 0, that an error of the parser is about: of an open quote the one where it begins."""
        mark = getattr(error, "problem_mark", None)
        if "quoted" in str(getattr(error, "context", "")) or not mark:
            mark = getattr(error, "context_mark", None)
        line = min(mark.line if mark else 0, len(self.lines) - 1)
        while line > 0 and not self.lines[line].strip():
            line -= 1
        return line


def quoted(text: str) -> str:
    """A text in the quotes that keep it whole in YAML; it is to be copied, so only what is very long is cut."""
    text = excerpt(text, 200)
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
