"""The words that a sentence is put together of: nouns in the form a number asks for, amounts, places and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from reports.facts import Fact
from reports.finnish import Language
from reports.goals.amounts import hedged
from reports.model import Area, Better, Indicator
from reports.naming import FinnishNoun, Noun
from reports.period import Period
from reports.sentences.subject import Change, Unsaid, is_measured

WAYS = {1: "up", -1: "down"}


class Wording(NamedTuple):
    """An indicator in the words of a language. Where it has no words for it, Unsaid is raised: nothing is guessed."""

    language: Language
    indicator: Indicator

    def say(self, key: str, **values: str) -> str:
        """A piece of the catalogue's table of sentences, its {names} filled."""
        return self.language.catalogue.say(f"sentences.{key}", **values)

    @property
    def noun(self) -> Noun:
        """The noun of what is counted, or of the unit."""
        found: Noun | None = getattr(self.indicator.nouns, self.language.code)
        if found is None:
            raise Unsaid
        return found

    @property
    def the(self) -> str:
        """The quantity as the subject of a sentence: `työttömyysaste`, `avoimien työpaikkojen määrä`."""
        if not is_measured(self.indicator):
            noun = self.noun
            return self.say("quantity", of=noun.of if isinstance(noun, FinnishNoun) else noun.many)
        name: str = getattr(self.indicator.called, self.language.code)
        if not name:
            raise Unsaid
        return name

    @property
    def kind(self) -> str:
        """How a change is told: `counted`, `rate` and `money` by the difference, a `unit` in words by both figures."""
        if not is_measured(self.indicator):
            return "counted"
        return "rate" if self.indicator.symbol == "%" else "money" if self.indicator.symbol else "unit"

    def is_one(self, fact: Fact) -> bool:
        """Whether a number is printed as a bare one, so that its noun is in the singular."""
        return self._bare(fact) == self.language.number(Decimal(1))

    def number(self, fact: Fact) -> str:
        """A number with the sign of its unit, and *noin* before an approximate one: `2 095`, `noin 9,0 %`."""
        return hedged(self._bare(fact, fact.unit), fact.approximate, self.language)

    def level(self, fact: Fact) -> str:
        """A number with what it counts: `2 095 työtöntä työnhakijaa`, `1 viikko`, `9,0 %`."""
        if self.kind in ("rate", "money"):
            return self.number(fact)
        return self.say("number", number=self.number(fact), noun=self.after(fact))

    def figure(self, fact: Fact) -> str:
        """A number whose quantity has been named: `2 095` of a number of people, `9,0 %`, `42 viikkoa`."""
        return self.number(fact) if self.kind == "counted" else self.level(fact)

    def after(self, fact: Fact) -> str:
        """The noun as it stands after a number: `työtön työnhakija` after one, `työtöntä työnhakijaa` after others."""
        noun = self.noun
        if self.is_one(fact):
            return noun.one
        return noun.some if isinstance(noun, FinnishNoun) else noun.many

    def more_of(self, fact: Fact) -> str:
        """The noun of which there is so much more: the partitive plural in Finnish, else as it is after the number."""
        noun = self.noun
        return noun.many if isinstance(noun, FinnishNoun) else self.after(fact)

    def amount(self, change: Change) -> str:
        """How much a figure has changed: `46 (2,1 %)`, `0,2 prosenttiyksikköä`, `1 prosenttiyksikön`."""
        if change.size.unit == "points":
            form = "point" if self.is_one(change.size) else "points"
            return hedged(self.say(form, number=self._bare(change.size)), change.size.approximate, self.language)
        if change.percent is None:
            return self.number(change.size)
        return self.say("with-percent", number=self.number(change.size), percent=self.number(change.percent))

    @property
    def scale(self) -> str:
        """The words that its size is compared with: of a number of something, a rate, how long it takes, any other."""
        if self.kind in ("counted", "rate"):
            return self.kind
        lasts = self.kind == "unit" and self.noun.one in self.language.catalogue.part("sentences")["durations"]
        return "duration" if lasts else "other"

    def more(self, way: int, scale: str = "") -> str:
        """*enemmän* or *vähemmän*, *korkeampi* or *matalampi*: which way a figure differs from another."""
        return self.say(f"more.{scale or self.scale}-{WAYS[way]}")

    def most(self, way: int, table: str = "most") -> str:
        """*suurin* or *pienin*, of a rate *korkein* or *matalin*; `extreme` is the table of what is so since a time."""
        return self.say(f"{table}.{'other' if self.scale == 'counted' else self.scale}-{WAYS[way]}")

    def verb(self, way: int) -> str:
        """*kasvoi*, *laski* ... by way and kind of number; *parani* only of a rate that is better when it is higher."""
        good = self.kind == "rate" and self.indicator.better is Better.HIGHER
        return self.say(f"verb.{'good' if good else self.scale}-{WAYS[way]}")

    def same(self, change: Change, kind: str) -> str:
        """*ennallaan* or *yhtä paljon*; *suunnilleen* so where the figures are estimates."""
        return self.say(f"same.{kind}{'-about' if change.size.approximate else ''}")

    def place(self, area: Area) -> str:
        """In a place: `Salossa`; where area.yaml has no such form, beside a word that inflects: `alueella Salo`."""
        name = getattr(area, self.language.code, "") or area.name
        return self.language.place(replace(area, name=name), "place_in") or self.say("place_in", place=name)

    def time(self, form: str, at: Period) -> str:
        """A month in a form: `in` marraskuussa 2022, `end` marraskuun 2022 lopussa, `since` sitten marraskuun 2022."""
        month = self.language.month(at, "month_nominative")
        return self.say(f"time.{form}", month=month, year=str(at.first.year))

    def when(self, at: Period) -> str:
        """The month that a figure is of, its end where the indicator says so."""
        return self.time("end" if self.indicator.month_end else "in", at)

    def listed(self, items: Sequence[str]) -> str:
        """`a`, `a ja b`, `a, b ja c`."""
        *others, last = items
        return self.say("and", first=", ".join(others), last=last) if others else last

    def _bare(self, fact: Fact, unit: str = "") -> str:
        if fact.value is None:
            raise Unsaid
        return self.language.number(fact.value, fact.decimals, unit, upper=fact.upper)
