"""The catalogue: every sentence a user or reader may see, one TOML file a language."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from reports.errors import Problem
from reports.period import Period

LANGUAGES = ("fi", "en")
DOCUMENT_LANGUAGES = (*LANGUAGES, "sv")  # sv.toml holds what a document prints, and no messages
TIMES = ("when", "short")  # how a sentence asks for a period or a day, after the colon in its {name}
NEAR = re.compile(r"(?<=\.) [^.]*\{(near|nearest)\}\.")  # a sentence that offers the nearest name


class Catalogue:
    """The sentences of one language, by dotted key (`document.contents`).

    A period or a day is written as the language does where a sentence asks for it: `{month:when}` is *September 2026*,
    `{month:short}` *9/2026*; without that as commands and files have it, *2026-09*. A table is read when it is first
    asked for: `--help` needs three of them, and TOML is read in Python.
    """

    def __init__(self, language: str, text: str) -> None:
        self.language = language
        self._texts = _tables(text)
        self._read: dict[str, Any] = {}

    def part(self, key: str) -> dict[str, Any]:
        """A whole table of the catalogue; KeyError where the catalogue has none of that name."""
        found = self._find(key)
        if not isinstance(found, dict):
            raise KeyError(key)
        return found

    def say(self, key: str, /, **values: Any) -> str:
        """One sentence, its {names} filled; KeyError where the catalogue lacks it."""
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return _Words(self.language).format(found, **values)

    def plain(self, problem: Problem) -> str:
        """What is wrong, what was wanted and how to mend it, without the place; no nearest name where none is near."""
        sentences = self._sentence("problem", problem.code)
        offered = NEAR.sub(lambda found: found[0] if problem.values.get(found[1]) else "", sentences)
        return _Words(self.language).format(offered, **problem.values)

    def problem(self, problem: Problem) -> str:
        """The same with its place before it: `file:row:column: what is wrong ...`"""
        sentence = self.plain(problem)
        place = problem.place
        if problem.code.startswith("lint-"):
            place = place._replace(column=self.part("layout").get(str(place.column), place.column))
        return f"{place}: {sentence}" if str(place) else sentence

    def _sentence(self, table: str, key: str) -> str:
        """One line of a long table, read without the rest of it; KeyError where the catalogue lacks it."""
        found = re.search(rf"^{re.escape(key)} = .*$", self._texts[table], re.MULTILINE)
        if found is None:
            raise KeyError(key)
        return str(tomllib.loads(found[0])[key])

    def _find(self, key: str) -> Any:
        first, *rest = key.split(".")
        if first not in self._read:
            self._read[first] = tomllib.loads(self._texts[first])[first]
        found: Any = self._read[first]
        for name in rest:
            found = found[name]
        return found


class _Words(Formatter):
    """Fills the {names} of a sentence in a language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as a sentence has it; what is no time is no other for being asked for as one."""
        if format_spec not in TIMES:
            return str(super().format_field(value, format_spec))
        if isinstance(value, date):
            value = Period(value, value)
        if not isinstance(value, Period):
            return str(value)
        from reports.finnish import Language  # which has its words from here

        language = Language(self.language)
        return language.when(value) if format_spec == TIMES[0] else language.short(value)


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language: of messages and documents (`fi`, `en`), or of documents alone (`sv`)."""
    path = Path(__file__).with_name(f"{language}.toml")
    return Catalogue(language, path.read_text(encoding="utf-8"))


def _tables(text: str) -> dict[str, str]:
    """The text of each top-level table with its sub-tables: `[chart]` and `[chart.trend]` belong together."""
    out: dict[str, str] = {}
    for block in f"\n{text}".split("\n[")[1:]:
        name = block[: block.index("]")].partition(".")[0]
        out[name] = f"{out.get(name, '')}[{block}\n"
    return out
