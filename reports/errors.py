"""Problems with their place, and the errors that carry them; the words stand in reports/messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LIKENESS = 0.6  # of two names, where one may be meant by the other
LONGEST = 200  # characters of a word that are compared


class Place(NamedTuple):
    """Where a problem is: a file as seen from the home, a row from 1, a column by number or heading."""

    file: str
    row: int = 0
    column: int | str = ""

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.row, self.column) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `code` names the sentences in the catalogue; `values` fill them.

    A warning lets the report be built; an error does not. An acknowledged warning has its reason in the data: it is
    shown in the report's sources and never counts as a finding.
    """

    code: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    warning: bool = False
    acknowledged: bool = False


class ReportError(Exception):
    """Everything that stops a report, all at once. `exit_code`: 1 data, 2 usage, 3 files, 4 network, 5 disclosure."""

    def __init__(self, problems: Iterable[Problem], exit_code: int = 1) -> None:
        self.problems = tuple(problems)
        self.exit_code = exit_code
        super().__init__(", ".join(f"{problem.place}: {problem.code}" for problem in self.problems))


def problem(code: str, file: str = "", row: int = 0, column: int | str = "", **values: Any) -> Problem:
    """An error at a place; the keywords fill the catalogue's sentence."""
    return Problem(code, Place(file, row, column), values)


def warning(code: str, file: str = "", row: int = 0, column: int | str = "", **values: Any) -> Problem:
    """A warning at a place; the keywords fill the catalogue's sentence."""
    return Problem(code, Place(file, row, column), values, warning=True)


def nearest(word: str, names: Iterable[str]) -> str:
    """The name most like `word`, for a message; empty where none is near."""
    return next(iter(near(word, names, 1)), "")


def near(word: str, names: Iterable[str], most: int) -> list[str]:
    """The names like `word`, capitals aside, most like it first; at most `most`."""
    from difflib import get_close_matches

    lower = {name.lower(): name for name in names}
    return [lower[name] for name in get_close_matches(word.lower()[:LONGEST], lower, most, LIKENESS)]
