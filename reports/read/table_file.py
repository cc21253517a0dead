"""The CSV file of a text's table -> its rows, each a line of cells divided by `|` as the front matter has them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from reports.errors import Problem
from reports.home import Home
from reports.read.csv import Columns, read_rows
from reports.read.decode import bytes_of, excerpt
from reports.text import Placed, TableSpec

NAME = re.compile(r"[^\W_][\w .-]*\.csv", re.IGNORECASE)  # a bare name: no other folder can be meant


def with_rows(table: TableSpec, folder: Path, home: Home) -> tuple[TableSpec, list[Problem]]:
    """A table with the rows of its file, in the order of its columns, and what is wrong with the file.

    The headings of the file are the columns of the table, capitals aside.
    """
    path = folder / table.csv
    if not NAME.fullmatch(table.csv) or not path.is_file():
        have = ", ".join(sorted(one.name for one in folder.glob("*.csv"))) or "-"
        return table, [Problem("table-file", table.csv.place, {"found": excerpt(table.csv), "have": have})]
    file = home.name(path)
    heads = tuple(head.lower() for head in table.columns)
    found, problems = read_rows(bytes_of(path, file), file, Columns(heads, heads))
    rows = tuple(Placed(" | ".join(row[head] for head in heads), row.place()) for row in found)
    return replace(table, rows=rows), problems
