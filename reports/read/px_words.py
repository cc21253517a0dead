"""The keywords of a PC-Axis file in its own language, looked up by name and sub-key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reports.errors import Problem, problem
from reports.read.cube import quoted
from reports.read.px_text import Entry, listed

_MOST_PROBLEMS = 50


class Words:
    """What a file says in its first language; the translations (`[sv]`) are left apart.

    `problems` gathers keywords whose value has another form than was asked for.
    """

    def __init__(self, entries: Iterable[Entry], file: str) -> None:
        found = tuple(entries)
        self.file = file
        self.problems: list[Problem] = []
        self.language = ""
        self._entries = {(one.keyword, one.subkeys): one for one in reversed(found) if not one.language}
        self.language = self.text("LANGUAGE") or next(iter(self.texts("LANGUAGES")), "")
        own = [one for one in found if one.language in ("", self.language.lower())]
        self._entries = {(one.keyword, one.subkeys): one for one in reversed(own)}
        self._own = own

    def all(self, *keywords: str) -> Iterator[Entry]:
        """Every time that any of some keywords stands, in the order of the file."""
        return (one for one in self._own if one.keyword in keywords)

    def has(self, keyword: str, *subkeys: str) -> bool:
        """Whether a keyword stands with exactly these sub-keys."""
        return (keyword, subkeys) in self._entries

    def row(self, keyword: str, *subkeys: str) -> int:
        """The row of a keyword, 0 where it does not stand."""
        entry = self._entries.get((keyword, subkeys))
        return entry.row if entry else 0

    def raw(self, keyword: str, *subkeys: str) -> str:
        """What follows the equals sign, as written; empty where the keyword does not stand."""
        entry = self._entries.get((keyword, subkeys))
        return entry.values if entry else ""

    def texts(self, keyword: str, *subkeys: str) -> tuple[str, ...]:
        """The values as texts; none where the keyword does not stand."""
        entry = self._entries.get((keyword, subkeys))
        return self.of(entry) if entry else ()

    def of(self, entry: Entry) -> tuple[str, ...]:
        """The values of one of the times that a keyword stands."""
        found = listed(entry.values)
        if found is None:
            self.report("px-values", entry.keyword, *entry.subkeys, found=quoted(entry.values))
        return tuple(found or ())

    def text(self, keyword: str, *subkeys: str) -> str:
        """The value as one text."""
        return ", ".join(self.texts(keyword, *subkeys))

    def whole(self, keyword: str, *subkeys: str) -> int | None:
        """The value as a whole number of at most two digits; None where the keyword does not stand."""
        text = self.text(keyword, *subkeys)
        if text and not (len(text) <= 2 and text.isascii() and text.isdecimal()):
            self.report("px-whole", keyword, *subkeys, found=quoted(text))
            return None
        return int(text) if text else None

    def report(self, code: str, keyword: str, *subkeys: str, **values: Any) -> None:
        """A problem of a keyword, which is named as the file names it; once, however often it is come upon."""
        name = keyword + ("(" + ",".join(f'"{quoted(one)}"' for one in subkeys) + ")" if subkeys else "")
        new = problem(code, self.file, self.row(keyword, *subkeys), name=name, **values)
        if len(self.problems) < _MOST_PROBLEMS and new not in self.problems:
            self.problems.append(new)
