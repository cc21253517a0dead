"""A text file (annual.md, monthly.md ...) -> Text: YAML between two lines of `---`, then the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reports.errors import Problem, ReportError, problem
from reports.home import Home
from reports.read.decode import FORBIDDEN, bytes_of, decode, excerpt
from reports.read.parsed import Read, reader
from reports.read.shape import shape
from reports.read.yaml import read_yaml
from reports.text import Placed, TableSpec, Text

_FENCE = "---"
_FACT_NAME = re.compile(r"[a-zåäö_][a-z0-9åäö_]*", re.IGNORECASE)
_ANCHOR = re.compile(r"[a-z0-9åäö]+(?:[-_][a-z0-9åäö]+)*")
# Words that mean something else between {{ and }}.
_RESERVED = frozenset({"and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "loop", "self", "super"})


def read_text(home: Home, path: Path) -> Text:
    """The text at a path, with all problems of its front matter in `problems`; facts and body are left as written.

    Raises ReportError (exit 2) where there is no such file.
    """
    file = home.name(path)
    if not path.is_file():
        raise ReportError([problem("text-missing", file)], exit_code=2)
    return _filled(text_of(bytes_of(path, file), file, reader(home)), path.parent, home)


def text_of(data: bytes, file: str, read_yaml: Read = read_yaml) -> Text:
    """The text in some bytes; `file` is its name in messages, `read_yaml` may remember what it has parsed."""
    text, problems = decode(data, file)
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or lines[start].rstrip() != _FENCE:
        found = excerpt(lines[start]) if start < len(lines) else ""
        problems.append(problem("front-matter-missing", file, start + 1, found=found))
        return Text(file, Placed(""), text, problems=tuple(problems))
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() == _FENCE), None)
    if end is None:
        return Text(file, Placed(""), problems=(*problems, problem("front-matter-open", file, start + 1)))
    tree, slips = read_yaml("\n".join(lines[start + 1 : end]), file, above=start + 1)
    body = "\n".join(lines[end + 1 :])
    read: Text
    read, misfits = shape(Text, tree, file=file, body=body, body_row=end + 2)
    return replace(read, problems=(*problems, *slips, *misfits, *_names(read)))


def _filled(text: Text, folder: Path, home: Home) -> Text:
    """The text with the rows of those tables that have a file of their own."""
    if not any(table.csv for table in text.tables.values()):
        return text
    from reports.read.table_file import with_rows

    read = {name: with_rows(table, folder, home) for name, table in text.tables.items() if table.csv}
    found = [one for table, problems in read.values() for one in (*problems, *_uneven(table))]
    tables = {**text.tables, **{name: table for name, (table, _) in read.items()}}
    return replace(text, tables=tables, problems=(*text.problems, *found))


def _names(text: Text) -> list[Problem]:
    """Names that the body could not refer to, and tables whose rows do not fit their columns."""
    problems = []
    for name, fact in text.facts.items():
        if not _FACT_NAME.fullmatch(name) or name.lower() in _RESERVED:
            better = re.sub(r"[^0-9a-zåäö_]+", "_", name.lower()).strip("_") or "_"
            better = f"a_{better}" if better[0].isdigit() or better in _RESERVED else better
            problems.append(Problem("fact-name", fact.place, {"found": excerpt(name), "better": better}))
    places = {name: spec.place for name, spec in text.figures.items()}
    places |= {name: spec.place for name, spec in text.tables.items()}
    places |= {name: spec.place for name, spec in text.pictures.items()}
    for name, place in places.items():
        if not _ANCHOR.fullmatch(name):
            better = re.sub(r"[^0-9a-zåäö]+", "-", name.lower()).strip("-") or "a"
            problems.append(Problem("anchor-name", place, {"found": excerpt(name), "better": better}))
    for table in text.tables.values():
        if not (table.rows or table.data or table.csv):
            problems.append(Problem("key-missing", table.place, {"name": "rows"}))
        problems += _uneven(table)
    return problems


def _uneven(table: TableSpec) -> Iterator[Problem]:
    """The rows of a table that have more or fewer cells than it has columns."""
    for row in table.rows:
        cells = len(cells_of(row))
        if cells != len(table.columns):
            values = {"found": cells, "wanted": len(table.columns), "row": excerpt(row)}
            yield Problem("table-cells", row.place, values)


def cells_of(row: str) -> list[str]:
    """The cells of a table row: divided by `|`, except between `{{` and `}}` where it is a filter's."""
    facts: list[str] = []

    def hide(match: re.Match[str]) -> str:
        facts.append(match[0])
        return "\x00"

    hidden = re.sub(r"\{\{.*?\}\}", hide, FORBIDDEN.sub(" ", row))
    pieces = iter(facts)
    return [re.sub("\x00", lambda _: next(pieces), cell).strip() for cell in hidden.strip().strip("|").split("|")]
