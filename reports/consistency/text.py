"""Slips in the words of one document, each with its place: what is doubled, glued, unexplained or said in two ways."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from reports.consistency.attachments import check_attachments
from reports.consistency.dates import check_dates
from reports.consistency.pieces import Piece, Slip, Whole
from reports.consistency.publication import check_publication
from reports.consistency.terms import check_terms
from reports.errors import Problem
from reports.finnish import Language
from reports.model import NamedDate
from reports.read.decode import excerpt
from reports.read.number import common_unit, words

NONE: Mapping[str, Any] = MappingProxyType({})
TWICE = r"\b(\w\w+)([\s*_]+)\1\b"
SYMBOLS = "%€"


def check_texts(
    pieces: Iterable[Piece],
    language: Language,
    *,
    terms: Collection[str] = (),
    definitions: Collection[str] = (),
    attachments: int = 0,
    printed: Mapping[str, str] = NONE,
    dates: Mapping[str, NamedDate] = NONE,
    aliases: Mapping[str, Sequence[str]] = NONE,
) -> list[Problem]:
    """Everything that is amiss in the words of one document in `language`, in the order of its pieces; all warnings.

    `terms` are the words that the document itself explains, `definitions` those of its indicators, `attachments` how
    many it numbers, `printed` what the expressions of its facts print, `dates` the named dates of the area, `aliases`
    other names of places by their names. What can be found, and what cannot, stands in docs/decisions/0009.
    """
    whole = Whole(pieces, printed)
    known = language.catalogue.part("consistency")
    measured = list(_measured(whole))
    found = chain(
        _units(whole, measured, language),
        _words_twice(whole, known["doubles"], {one.end() for one in measured if _is_twice(one)}),
        check_attachments(whole, known, attachments),
        check_terms(whole, known, terms, definitions),
        check_dates(whole, known, dates, language),
        check_publication(whole, known, aliases, language),
    )
    return [slip.problem for slip in sorted(found, key=lambda slip: slip.at)]


def _measured(whole: Whole) -> Iterator[re.Match[str]]:
    """Each number that a unit follows, in the spellings that figures are read with; `two` is the word after it."""
    for match in _number().finditer(whole.text):
        if _unit(match["one"]):
            yield match


def _units(whole: Whole, measured: Iterable[re.Match[str]], language: Language) -> Iterator[Slip]:
    """Units that stand twice (`35 % %`), and those glued to their number (`42vkoa`; `35%` where it takes a space)."""
    spaced = language.number(Decimal(1), unit="%") != "1%"
    for match in measured:
        if _is_twice(match):
            yield whole.finding(match.start(), "unit-twice", found=excerpt(match[0]))
        elif not match["gap"] and (spaced or match["one"] not in SYMBOLS):
            number, unit = excerpt(match["number"]), match["one"].rstrip(".")
            yield whole.finding(match.start(), "unit-glued", found=f"{number}{unit}", better=f"{number} {unit}")


def _words_twice(whole: Whole, doubles: Collection[str], told: Collection[int]) -> Iterator[Slip]:
    """The same word twice in a row, over the end of a line as well; but for those that a sentence may double.

    `told` is where units that stand twice end. A word joined to another by a hyphen is not the same word.
    """
    text, small = whole.text, whole.text.lower()
    for match in re.finditer(TWICE, small if len(small) == len(text) else text):
        word, (start, end) = match[1], match.span()
        apart = bool(match[2].strip("*_")) and match[2].count("\n") < 2
        joined = "-" in (text[start - 1 : start], text[end : end + 1])
        if apart and not joined and word.isalpha() and word not in doubles and end not in told:
            yield whole.finding(start, "word-twice", found=excerpt(text[start:end]))


def _unit(word: str) -> str:
    """The common spelling of a unit, nothing for another word.

    A single letter is a unit when it is small: `30 v`, but *rappu 2 E*. The full stop of a sentence is none of it.
    """
    small = word if len(word) == 1 else word.lower()
    known = (form for form in (small, small.rstrip(".")) if all(part in _spellings() for part in form.split("/")))
    return common_unit(next(known, ""))


def _is_twice(match: re.Match[str]) -> bool:
    """Whether the word after a unit is the same unit, in whatever spelling."""
    return _unit(match["one"]) == _unit(match["two"] or "")


@cache
def _spellings() -> frozenset[str]:
    return frozenset(spelling for some in words()["units"].values() for spelling in some)


@cache
def _number() -> re.Pattern[str]:
    """A number and the word or sign after it, with the one after that."""
    word = rf"[^\W\d_]*[{SYMBOLS}]|[^\W\d_]+(?!\w)\.?(?:/[^\W\d_]+(?!\w)\.?)*"
    number = r"(?<![\w.,/])(?P<number>\d+(?:[ \u00a0]\d{3})*(?:,\d+)?)"
    return re.compile(rf"{number}(?P<gap>\s*)(?P<one>{word})(?:\s*(?P<two>{word}))?")
