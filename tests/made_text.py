"""The made-up city's figures and small texts about them, read, printed and put together without drawing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

from reports import compose, sources
from reports.charts import Chosen
from reports.compose import Chapter, Composition
from reports.document import Document, Figure, Section, Table
from reports.errors import Place, Problem
from reports.facts import Fact
from reports.finnish import Language
from reports.home import open_home
from reports.model import Dataset, Mark, Observation, Status, keyed
from reports.narrative import Narrative, read_narrative
from reports.period import Period
from reports.printer import FactPrinter, name_facts
from reports.read.dataset import read_dataset
from reports.read.front_matter import text_of
from reports.text import Placed

HOME = Path(__file__).parent / "home"
FILE = "data/kuvitteila/2021/annual.md"


@cache
def city() -> Dataset:
    """The made-up city's figures; its unemployed are final here, and hidden, nil and preliminary ones are added."""
    dataset = read_dataset(open_home(HOME), "kuvitteila", (2020, 2021))
    place = Place("data/kuvitteila/2021/observations.csv", 99, "value")
    year, next_year = Period.year(2021), Period.year(2022)
    more = [
        Observation("talousarvio", next_year, "Yhteistyöalue", "", Decimal(125000), place, status=Status.PRELIMINARY),
        Observation("henkilosto", next_year, "Yhteistyöalue", "", Decimal(0), place, Mark.NIL, source="demo-tilasto"),
        Observation("asiakkaat", year, "Naapurila", "", None, place, Mark.HIDDEN),
    ]
    rows = (o._replace(status=Status.FINAL) if o.indicator == "tyottomat" else o for o in dataset.observations.values())
    return replace(dataset, observations=keyed([*rows, *more]))


def printer(language: str = "fi", **notations: str) -> FactPrinter:
    """A printer of named facts of the made-up city."""
    named, problems = name_facts({name: Placed(text) for name, text in notations.items()}, city())
    assert problems == []
    return FactPrinter(named, city(), Language(language))


def narrative(body: str, not_facts: Sequence[str] = (), first_row: int = 1, **notations: str) -> Narrative:
    """A body read; problems of the facts in it are among the narrative's."""
    facts = printer(**notations)
    made = read_narrative(body, FILE, first_row, facts, not_facts)
    return made._replace(problems=(*made.problems, *facts.problems))


def drawn(name: str, chosen: Chosen) -> Figure:
    """A figure without a picture."""
    chart = chosen.chart
    table = Table(f"figure-{name}-data", chart.title, (), ())
    return Figure(f"figure-{name}", "", "", chart.title, "", chart.title, "<svg/>", b"", 100.0, 50.0, table, name)


@dataclass(frozen=True)
class Made:
    """A document put together, and everything that was found on the way."""

    document: Document
    work: Composition
    problems: tuple[Problem, ...]

    def codes(self) -> list[str]:
        """What was found, in words of the catalogue."""
        return [one.code for one in self.problems]

    @property
    def sources(self) -> Section:
        """The attachment of sources."""
        return self.document.attachments[0]

    def rows(self, name: str) -> list[list[str]]:
        """The cells of a table of the sources attachment: `figures`, `dates`, `calculations`."""
        tables = [one for one in self.sources.blocks if isinstance(one, Table) and one.name == f"sources-{name}"]
        return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def report(*texts: str, known: Sequence[Problem] = (), leave_out: Sequence[str] = ()) -> Made:
    """A report of one or more texts, each with its front matter; `leave_out` is the first one's."""
    dataset, language = city(), Language("fi")
    work = Composition(dataset, language, drawn)
    problems: list[Problem] = []
    chapters = []
    for number, source in enumerate(texts):
        text = text_of(source.encode(), FILE)
        named, wrong = name_facts(text.facts, dataset)
        facts = FactPrinter(named, dataset, language)
        read = read_narrative(text.body, text.file, text.body_row, facts, text.not_facts)
        chapters.append(Chapter(text, read, facts, () if number else tuple(leave_out)))
        problems += [*text.problems, *wrong, *read.problems]
    makers = {"sources": partial(sources.attachment, chapters, work, known)}
    document = compose.document("annual", Period.year(2021), chapters, makers, work)
    problems += [*work.problems, *(one for chapter in chapters for one in chapter.printer.problems)]
    return Made(document, work, tuple(problems))


def fact(value: str | None, unit: str = "", decimals: int = 0, **more: object) -> Fact:
    """A fact of the year 2021 by itself."""
    number = None if value is None else Decimal(value)
    return Fact(number, Period.year(2021), unit=unit, decimals=decimals)._replace(**more)  # type: ignore[arg-type]
