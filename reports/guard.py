"""The number guard: finds typed numbers that no fact backs, and says which facts they could be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.errors import Place, Problem
from reports.facts import Fact
from reports.model import Dataset
from reports.printer import PLACEHOLDER

SPACE = "[ \u00a0\u202f\u2009]"
YEAR = r"(?:199\d|20[0-4]\d|2050)"
EXEMPT = re.compile(
    rf"(?<![\w,.])(?:{YEAR})(?:[\u2013-]{YEAR})?(?![\w,]|\.\d)"  # years and spans of years
    r"|\b[^\W\d_]+[\w.-]*\d[\w.-]*"  # names that begin with a letter: TE2024
    r"|\b\d+[^\W\d_]+\d+\w*"  # codes such as 12r5
    r"|^\s*(?:[-*+]\s+)?\d{1,3}[.)]\s"  # the mark of a numbered list
    r"|\]\([^)]*\)"  # where a link points
)
NUMBER = re.compile(rf"[\u2212-]?\d+(?:{SPACE}\d{{3}})*(?:,\d+)?(?:{SPACE}?(?:%|M€|€))?")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that somebody typed: what it says, and its column from 1."""

    text: str
    column: int

    @property
    def value(self) -> Decimal:
        """The number itself, its unit left out."""
        digits = re.sub(r"[^\d,\u2212-]", "", self.text).replace("\u2212", "-").replace(",", ".")
        return Decimal(digits)


def typed_numbers(line: str, not_facts: Sequence[str] = ()) -> list[Typed]:
    """Typed numbers of a line whose facts are cut out already.

    Years 1990–2050, names with digits, list marks and what `not_facts` names are left out; a phrase of `not_facts`
    matches from the beginning of a word, its end may go on (`30-vuotiai` finds 30-vuotiaiden).
    """
    for phrase in not_facts:
        line = re.sub(rf"(?<!\w){re.escape(phrase)}", _blank, line)
    line = EXEMPT.sub(_blank, line)
    return [Typed(match[0].strip(), match.start() + 1) for match in NUMBER.finditer(line)]


def guard(
    line: str, place: Place, not_facts: Sequence[str], named: Mapping[str, Fact], dataset: Dataset
) -> list[Problem]:
    """A problem for each typed number of a line, with the facts it could be."""
    out = []
    for typed in typed_numbers(line, not_facts):
        could = ", ".join(candidates(typed, named, dataset)) or "-"
        values = {"found": typed.text, "could": could}
        out.append(Problem("typed-number", Place(place.file, place.row, typed.column), values))
    return out


def candidates(typed: Typed, named: Mapping[str, Fact], dataset: Dataset, most: int = 4) -> list[str]:
    """The facts a typed number could be: named ones first, then observations in the fact notation."""
    value = typed.value
    names = [f"{{{{ {name} }}}}" for name, fact in named.items() if fact.value is not None and value == fact.value]
    rows = [
        " ".join([o.indicator, str(o.period), o.area]) + (f" / {o.group}" if o.group else "")
        for o in dataset.observations.values()
        if o.value is not None and o.value == value
    ]
    return [*names, *rows][:most]


def unhedged(cut: str, before: str, place: Place, fact_at: Callable[[str], Fact], hedges: Iterable[str]) -> list[Problem]:
    """A problem for each approximate fact of a cut line that no word such as *noin* comes before.

    `before` is the line above, where the word may stand; `fact_at` gives the fact of a placeholder.
    """
    words = {hedge.lower() for hedge in hedges}
    out = []
    for match in PLACEHOLDER.finditer(cut):
        fact = fact_at(match[0])
        last = (before + " " + cut[: match.start()]).split()[-1:]
        if fact.approximate and fact.value is not None and not (last and last[0].lower().strip("(") in words):
            here = Place(place.file, place.row, match.start() + 1)
            out.append(Problem("approximate-bare", here, {"hedges": ", ".join(sorted(words))}))
    return out


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
