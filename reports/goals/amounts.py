"""A measure's numbers and times in words: `noin 22 %`, `yhden`, `2 prosenttiyksikköä`, `joulukuulta 2022`."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from reports.finnish import Language, rounded
from reports.goals.yardstick import ends
from reports.model import MOST_DECIMALS, Indicator, Observation
from reports.period import Period


class Amounts(NamedTuple):
    """Prints numbers of one indicator; `per` where they are so many times in each day, week, month or year."""

    language: Language
    indicator: Indicator
    per: str = ""

    def number(self, value: Decimal, decimals: int, upper: Decimal | None = None) -> str:
        """`2 621`, `36,9 %`, `3,39 M€`, `5–10 %`, `2/kk`; a unit in words is left out."""
        if not self.per:
            return self.language.number(value, decimals, self.indicator.symbol, upper=upper)
        per = self.language.catalogue.part("target.per")[self.per][0]
        return f"{self.language.number(value, decimals, upper=upper)}/{per}"

    def figure(self, o: Observation, decimals: int) -> str:
        """A known observation as it was read, a range as a range, an approximate one as such."""
        return hedged(self.number(ends(o)[0], decimals, o.upper), o.approximate, self.language)

    def distance(self, form: str, amount: Decimal, decimals: int) -> str:
        """A difference with its unit, in percentage points between rates.

        `form` names the words of the catalogue that the place in the sentence asks for where it is exactly one.
        """
        number = self.language.number(amount, decimals)
        single = number == self.language.number(Decimal(1))
        if "%" in self.indicator.symbol:
            return self.language.catalogue.say(f"standing.{form}.{'point' if single else 'points'}", number=number)
        if single and not self.indicator.symbol:
            return self.language.catalogue.say(f"standing.{form}.one")
        return self.language.number(amount, decimals, "" if self.per else self.indicator.unit)


def hedged(text: str, approximate: bool, language: Language) -> str:
    """An approximate number with the word for it: `noin 22 %`."""
    return f"{language.catalogue.part('facts')['hedges'][0]} {text}" if approximate else text


def timed(form: str, period: Period, language: Language) -> str:
    """A time in a form of the catalogue: `of` as in `joulukuulta 2022`, `until` as in `vuoden 2023 loppuun`."""
    month = language.month(period, "month_nominative")
    values = {"year": period.last.year, "month": month, "when": language.when(period)}
    return language.catalogue.say(f"standing.{form}.{period.kind}", **values)


def agreeing(decimals: int, a: Decimal, b: Decimal) -> int:
    """The fewest decimals, at least so many, with which two numbers and their difference agree as they are printed.

    So 59.96 is never said to be 0 below 60, and 52 never 2 above 51.
    """
    for places in range(decimals, MOST_DECIMALS):
        difference = rounded(a - b, places)
        if rounded(a, places) - rounded(b, places) == difference and (difference or a == b):
            return places
    return MOST_DECIMALS


def places(value: Decimal) -> int:
    """How many decimals a number has as it was written, none for ending zeros."""
    return min(MOST_DECIMALS, max(0, -int(value.normalize().as_tuple().exponent)))
