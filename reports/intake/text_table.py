"""A text file of columns in anybody's layout -> a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence

from reports.errors import Problem, ReportError, problem
from reports.intake.foreign_words import plain
from reports.intake.table import Table
from reports.read.decode import excerpt

SEPARATORS = (";", ",", "\t", "|")
SEARCHED = 40  # lines in which headings are looked for


def text_table(text: str, file: str, headings: Collection[str]) -> Table:
    """The table of a text that `decode` has passed; the separator is the one that shows most of the headings.

    Where none of them is found, it is the one that stands most often in one of the first lines. Raises ReportError for
    every line in which a quotation mark is left open.
    """
    lines = text.split("\n")
    separator = _separator(lines[:SEARCHED], {plain(one) for one in headings})
    rows: list[tuple[int, Sequence[str]]] = []
    problems: list[Problem] = []
    spaced = re.search(r"[^\S\n]", text.replace(separator, "")) is not None
    for number, line in enumerate(lines, 1):
        if '"' not in line:
            cells = [cell.strip() for cell in line.split(separator)] if spaced else line.split(separator)
        else:
            try:
                cells = [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=separator, strict=True))]
            except (csv.Error, StopIteration):
                problems.append(problem("csv-quote", file, number, found=excerpt(line)))
                continue
        if line.strip(' \u00a0"' + separator):
            rows.append((number, cells))
    if problems:
        raise ReportError(problems)
    return Table(file, "", rows)


def _separator(lines: Sequence[str], headings: Collection[str]) -> str:
    def shown(separator: str) -> tuple[int, int]:
        found = (sum(plain(cell.strip().strip('"')) in headings for cell in line.split(separator)) for line in lines)
        return max(found, default=0), max((line.count(separator) for line in lines), default=0)

    return max(SEPARATORS, key=shown)
