"""What indicators, areas, sources and the organisation are called in each language, as data brings it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Called:
    """What something is called in each language: what an indicator measures in running text, the sum of an area."""

    fi: str = ""
    sv: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a source is called in another language."""

    title: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, as running text says it of one and of several: `vacancy`, `vacancies`."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class FinnishNoun(Noun):
    """In Finnish `many` is the partitive plural, `some` the partitive singular, `of` the genitive plural."""

    some: str
    of: str


@dataclass(frozen=True, slots=True)
class Nouns:
    """The noun of an indicator in each language: what it counts, or the unit in words of what it measures (weeks)."""

    fi: FinnishNoun | None = None
    sv: Noun | None = None
    en: Noun | None = None


UNCALLED, UNCITED, UNNAMED = Called(), Cited(), Nouns()
"""Where the data has no such names."""
