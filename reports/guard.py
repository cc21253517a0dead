"""The number guard: finds typed numbers that no fact backs, and says which facts they could be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from figures.notation import MILLION
from reports.errors import Place, Problem
from reports.facts import Fact, words
from reports.model import Dataset
from reports.period import Period, PeriodError
from reports.printer import PLACEHOLDER, FactPrinter, Printed, column_of, covered

SPACE = "[ \u00a0\u202f\u2009]"
DASH = "[\u2010-\u2015-]"
YEAR = r"(?:199\d|20[0-4]\d|2050)"
CAPITAL = "A-Z\u00c0-\u00de\u0160\u017d"
UNIT = f"{SPACE}?(?:%|M€|€)"
EXEMPT = re.compile(
    rf"(?<![\w,.+\u2212])(?<!\d/){YEAR}(?:[/\u2013-]{YEAR})?(?!\w|[.,/]\d|{UNIT})"  # years and spans of years
    rf"|\b[{CAPITAL}][{CAPITAL}\d]*-?\d\w*"  # names in capitals: TE2024, COVID-19
    rf"|\b[{CAPITAL}][^\W\d_]+(?:-\d{{1,2}}|-?{YEAR})(?!\w)"  # names with a capital: Covid-19, Horisontti2020
    r"|(?<![\w,.])\d{1,3}[^\W\d_]{1,2}\d{1,3}(?!\w)"  # codes such as 12r5
    r"|\]\([^)]*\)|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+"  # where a link points, addresses
)
MARK = re.compile(r"^\s*(?:\|\s*)?(?:#{1,6}\s+|[-*+]\s+)?\d{1,2}[.)]\s")  # a list's or a heading's own number
AFTER_MARK = re.compile(r"^\s*$|^\s*(?:[-*+]|\d{1,9}[.)])\s|^\s{2,}")
NUMBER = re.compile(
    r"(?:(?<!\w)[+\u2212-])?"
    rf"(?:\d{{1,2}}\.{DASH}\d{{1,2}}\.\d{{1,2}}\.\d{{4}}"  # 13.–14.3.2021
    r"|\d{1,2}\.\d{1,2}\.(?:\d{4})?(?!\d)"  # 13.3.2021, 13.3.
    r"|\d+(?:[./:]\d+)+"  # 10.30, 1/2, 3/2021, 2.608
    rf"|(?:\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)|\d+)(?:,\d+)?(?:{UNIT})?)"  # 2608, 2 608, 94,6 %, 0,7 M€
    r"|[\u00bc-\u00be\u2150-\u215e]"  # one half as a single character
)


class Typed(NamedTuple):
    """A number that somebody typed: what it says, and its column from 1."""

    text: str
    column: int

    @property
    def readings(self) -> tuple[Decimal, ...]:
        """The numbers it can mean: `2.608` is 2608 and 2.608; millions of euros are also given in euros."""
        digits = re.sub(r"[^\d,./:\u2212-]", "", self.text).replace("\u2212", "-").replace(",", ".")
        plain = {digits, re.sub(r"\.(?=\d{3}(?:\.|$))", "", digits)}
        found = [Decimal(one) for one in sorted(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", one)]
        return (*found, *(one * MILLION for one in found if "M€" in self.text))

    @property
    def period(self) -> Period | None:
        """The day, days or month it is, if it is a date."""
        days = re.fullmatch(rf"(\d+)\.{DASH}(\d+\.(\d+)\.(\d+))", self.text)
        try:
            last = Period.of(days[2] if days else self.text)
            return Period(Period.of(f"{days[1]}.{days[3]}.{days[4]}").first, last.last) if days else last
        except PeriodError:
            return None


def typed_numbers(line: str, not_facts: Sequence[str] = (), before: str = "") -> list[Typed]:
    """Typed numbers of a line whose facts are cut out already; `before` is the line above.

    Years 1990–2050, names with digits, list marks and what `not_facts` names are left out; a phrase of `not_facts`
    matches from the beginning of a word, its end may go on (`30-vuotiai` finds 30-vuotiaiden), a number's may not.
    """
    if phrases := _phrases(tuple(not_facts)):
        line = phrases.sub(_blank, line)
    # a paragraph that goes on with `150. ` is no list, whatever it looks like
    if AFTER_MARK.match(before) or re.match(r"^\s*1[.)]\s|^[#|]", line):
        line = MARK.sub(_blank, line)
    line = EXEMPT.sub(_blank, line)
    return [Typed(match[0].strip(), match.start() + 1) for match in NUMBER.finditer(line)]


def guard(
    line: str, before: str, place: Place, not_facts: Sequence[str], named: Mapping[str, Fact], dataset: Dataset
) -> list[Problem]:
    """A problem for each typed number of a line, with the facts it could be."""
    out = []
    for typed in typed_numbers(line, not_facts, before):
        could = ", ".join(candidates(typed, named, dataset)) or "-"
        here = Place(place.file, place.row, column_of(place, typed.column - 1))
        out.append(Problem("typed-number", here, {"found": typed.text, "could": could}))
    return out


def candidates(typed: Typed, named: Mapping[str, Fact], dataset: Dataset, most: int = 4) -> list[str]:
    """The facts a typed number or date could be: named ones first, then figures and dates in the fact notation."""
    if period := typed.period:
        day = next(word for word, meaning in words("words").items() if meaning == "date")
        names = [name for name, fact in named.items() if fact.is_date and fact.period == period]
        rows = [f"{day} {name}" for name, one in dataset.dates.items() if one.period == period]
    else:
        values = typed.readings
        names = [name for name, fact in named.items() if fact.value is not None and fact.value in values]
        rows = [
            " ".join([o.indicator, str(o.period), o.area]) + (f" / {o.group}" if o.group else "")
            for o in dataset.observations.values()
            if o.value is not None and o.value in values
        ]
    return [*(f"{{{{ {name} }}}}" for name in names), *rows][:most]


def unhedged(cut: str, before: str, printed_at: Callable[[str], Printed], hedges: Iterable[str]) -> list[Problem]:
    """A problem for each approximate fact of a cut line that no word such as *noin* comes before.

    `before` is the line above, where the word may stand; `printed_at` gives what a placeholder stands for. The word
    before a span covers both its ends: *noin 100–150*.
    """
    known = {hedge.lower() for hedge in hedges}
    out = []
    for match in PLACEHOLDER.finditer(cut):
        one = printed_at(match[0])
        ahead = re.sub(rf"{PLACEHOLDER.pattern}\s*{DASH}\s*$", "", before + " " + cut[: match.start()])
        last = ahead.replace("*", " ").replace("_", " ").replace("(", " ").replace("[", " ").split()[-1:]
        if one.fact.approximate and one.fact.value is not None and not (last and last[0].lower() in known):
            out.append(Problem("approximate-bare", one.place, {"hedges": ", ".join(sorted(known))}))
    return out


def checked_lines(
    lines: Sequence[str],
    file: str,
    first_row: int,
    printer: FactPrinter,
    not_facts: Sequence[str],
    problems: list[Problem],
    column: int = 1,
) -> Iterator[str]:
    """The lines with their facts cut out, each looked at by the number guard; `column` is where they begin."""
    hedges = printer.language.catalogue.part("facts")["hedges"]
    before = ""
    for number, line in enumerate(lines):
        here = Place(file, first_row + number, column)
        cut = printer.cut(line, here)
        problems += guard(covered(line), before, here, not_facts, printer.named, printer.dataset)
        problems += unhedged(cut, before, printer.at, hedges)
        yield cut
        before = cut


@cache
def _phrases(not_facts: tuple[str, ...]) -> re.Pattern[str] | None:
    """What `not-facts` lists as one pattern, longest first; any kind of space will do, and capitals as well."""
    found = []
    for phrase in sorted(filter(None, map(str.split, not_facts)), key=lambda one: (-len(" ".join(one)), one)):
        start = r"(?<!\w)(?<!\d[.,])" if phrase[0][0].isdigit() else r"(?<!\w)"
        end = rf"(?!\d|[.,/]\d|{SPACE}\d{{3}}(?!\d))" if phrase[-1][-1].isdigit() else ""
        found.append(start + rf"{SPACE}+".join(map(re.escape, phrase)) + end)
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
