"""Numbers, dates, months and places as a language writes them; the words come from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from figures.notation import Notation, rounded
from reports.messages import LANGUAGES, Catalogue, catalogue
from reports.model import Area
from reports.period import Period

__all__ = ["Language", "month_names", "rounded"]  # the writers round as the documents do


@cache
def month_names() -> Mapping[str, int]:
    """The names of the months in every language, in small letters, and their numbers: for reading."""
    names = [catalogue(code).part("language")["months"] for code in LANGUAGES]
    return {name.lower(): number for twelve in names for number, name in enumerate(twelve, 1)}


class Language:
    """How one language writes what a report prints."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.catalogue: Catalogue = catalogue(code)
        self._words: dict[str, Any] = self.catalogue.part("language")

    @cached_property
    def notation(self) -> Notation:
        """The marks of numbers."""
        words = self._words
        return Notation(words["decimal"], words["thousands"], words["minus"], words["percent"])

    def number(
        self, value: Decimal, decimals: int = 0, unit: str = "", plus: bool = False, upper: Decimal | None = None
    ) -> str:
        """A number with its unit symbol: `2 608`, `94,6 %`, `456 502 €`; `plus` writes the sign of a rise.

        With `upper` a range: `1–76`.
        """
        number = self.notation.number(value, decimals, plus)
        if upper is not None:
            number = self._say("range", first=number, last=self.notation.number(upper, decimals))
        if not unit:
            return number
        if unit == "%":
            return f"{number}{self._words['percent']}"
        return f"{number}{self._words['points'] if unit == 'points' else self._words['unit_gap'] + unit}"

    def when(self, period: Period) -> str:
        """`16.2.2022`, `13.–14.3.2021`, `28.2.–3.3.2021`, `lokakuu 2021`, `2021`, `2012–2015`."""
        first, last = period.first, period.last
        match period.kind:
            case "day":
                return self._say("day", day=first.day, **self._month(period), year=first.year)
            case "month":
                return self._say("month", **self._month(period), year=first.year)
            case "year":
                return str(first.year)
        if period == Period(Period.year(first.year).first, Period.year(last.year).last):
            return self._say("years", first=first.year, last=last.year)
        if (first.year, first.month) == (last.year, last.month):
            return self._say("days_of_month", first=first.day, last=last.day, **self._month(period), year=first.year)
        ends = {**self._day("first", first), **self._day("last", last)}
        return self._say("days_of_year" if first.year == last.year else "days", **ends)

    def short(self, period: Period) -> str:
        """As `when`, but a month as `3/2021`, for tables."""
        if period.kind == "month":
            return self._say("month_numeric", number=period.first.month, year=period.first.year)
        return self.when(period)

    def in_year(self, day: date) -> str:
        """A day of a year that is known: `30.6.`."""
        return self._say("day_of_year", day=day.day, **self._month(Period(day, day)))

    def month(self, period: Period, case: str = "month_nominative") -> str:
        """The month of a period in a case: `lokakuu`, `lokakuussa`, `lokakuun`, `lokakuusta`, `lokakuuhun`."""
        return self._say(case, month=self._words["months"][period.first.month - 1])

    def place(self, area: Area, case: str) -> str:
        """An area's name in a case; `place_in` gives the locative of area.yaml, empty where it has none.

        A language without cases puts its own words around the name.
        """
        if case in self._words:
            return self._say(case, place=area.name)
        forms = {
            "place": area.name,
            "place_in": area.locative,
            "place_of": area.genitive,
            "place_from": area.separative,
            "place_to": area.lative,
        }
        return forms[case]

    def _say(self, form: str, **parts: object) -> str:
        return str(self._words[form]).format(**parts)

    def _month(self, period: Period) -> dict[str, str | int]:
        return {"number": period.first.month, "month": self._words["months"][period.first.month - 1]}

    def _day(self, end: str, day: date) -> dict[str, str | int]:
        name = self._words["months"][day.month - 1]
        return {f"{end}_day": day.day, f"{end}_number": day.month, f"{end}_month": name, f"{end}_year": day.year}
