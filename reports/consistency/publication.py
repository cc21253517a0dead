"""Slips of long texts: a contents list unlike the headings, two names of one, a caption's other date, words unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from reports.consistency.dates import Event, events
from reports.consistency.finding import finding
from reports.consistency.pieces import Slip, Whole
from reports.finnish import Language
from reports.read.decode import excerpt

HEADING = re.compile(r"^(#{2,4})\s+(.+?)\s*$", re.MULTILINE)
ENTRY = re.compile(r"^([ \t]*)(?:[-*+]|\d{1,2}[.)])\s+(.+)$", re.MULTILINE)
PAGE = re.compile(r"[\s.\u2026]*\d*\s*$")  # dots and a page number behind a line of a contents list
QUOTE = re.compile(r"^:::+[ \t]*quote[ \t]*$(.*?)^:::+[ \t]*$", re.MULTILINE | re.DOTALL)
CAPTION = re.compile(r"^!\[[^\n]*$", re.MULTILINE)
ALIKE = 0.75  # of two headings that are meant to be one
SHARED = 2  # stems that a caption and the text must share to speak of one event


class Title(NamedTuple):
    """A heading or a line of a contents list: its words, its level from 1, and where it stands in the whole."""

    words: str
    level: int
    at: int


def check_publication(
    whole: Whole, known: Mapping[str, Any], aliases: Mapping[str, Sequence[str]], language: Language
) -> Iterator[Slip]:
    """What a long text says in two ways; all warnings. `aliases` are other names of an area, by its name."""
    yield from _contents(whole, known["contents"])
    yield from _names(whole, aliases)
    yield from _captions(whole, known["times"], language)
    yield from _quotes(whole)


def _contents(whole: Whole, called: Sequence[str]) -> Iterator[Slip]:
    """Lines of a contents list that is typed in the text, against the headings of the text."""
    headings = [Title(one[2], len(one[1]) - 1, one.start()) for one in HEADING.finditer(whole.text)]
    lists = [at for at, one in enumerate(headings) if one.words.lower() in called]
    for at in lists:
        end = headings[at + 1].at if at + 1 < len(headings) else len(whole.text)
        told = list(_lines(whole.text, headings[at].at, end))
        others = {one.words.lower(): one for number, one in enumerate(headings) if number != at}
        if told:
            yield from _compared(whole, told, others)


def _lines(text: str, start: int, end: int) -> Iterator[Title]:
    for one in ENTRY.finditer(text, start, end):
        words = PAGE.sub("", one[2].replace("*", "").replace("_", ""))
        yield Title(words.strip("[]"), 2 if one[1] else 1, one.start(2))


def _compared(whole: Whole, told: Sequence[Title], headings: Mapping[str, Title]) -> Iterator[Slip]:
    for line in told:
        heading = headings.get(line.words.lower())
        if heading is None:
            near = get_close_matches(line.words.lower(), headings, 1, ALIKE)
            better = headings[near[0]].words if near else ""
            yield whole.finding(line.at, "publication-contents-words", found=excerpt(line.words), near=excerpt(better))
        elif heading.level != line.level:
            first = str(whole.place(heading.at))
            values = {"level": str(line.level), "other": str(heading.level), "first": first}
            yield whole.finding(line.at, "publication-contents-level", found=excerpt(line.words), **values)


def _names(whole: Whole, aliases: Mapping[str, Sequence[str]]) -> Iterator[Slip]:
    """Two names of one area in one document."""
    for name, others in aliases.items():
        met: dict[str, int] = {}
        for one in _any((name, *others)).finditer(whole.text):
            met.setdefault(one[0].lower(), one.start())
        (_, first), *rest = sorted(met.items(), key=lambda pair: pair[1]) or [("", 0)]
        for word, at in rest:
            values = {"found": excerpt(whole.text[at : at + len(word)]), "first": str(whole.place(first))}
            yield whole.finding(at, "publication-alias", name=name, **values)


@cache
def _any(names: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})", re.IGNORECASE)


def _captions(whole: Whole, times: Sequence[str], language: Language) -> Iterator[Slip]:
    """Captions that date an event otherwise than the running text does: the same year, no day in common."""
    spans = [(one.start(), one.end()) for one in CAPTION.finditer(whole.text)]
    if not spans:
        return
    captions: list[Event] = []
    texts: list[Event] = []
    for event in events(whole, times):
        (captions if any(start <= event.at < end for start, end in spans) else texts).append(event)
    for caption in captions:
        other = next((one for one in texts if _at_odds(caption, one)), None)
        if other:
            values = {"found": excerpt(caption.words.lstrip("![")), "when": language.short(caption.period)}
            values |= {"other": language.short(other.period), "first": str(other.place)}
            yield Slip(caption.at, finding("event-dates", caption.place, **values))


def _at_odds(one: Event, other: Event) -> bool:
    days = one.period, other.period
    apart = days[0].last < days[1].first or days[1].last < days[0].first
    same_year = one.period.first.year == other.period.first.year
    return len(one.stems & other.stems) >= SHARED and one.stems != other.stems and same_year and apart


def _quotes(whole: Whole) -> Iterator[Slip]:
    """Pull quotes whose words do not stand in the running text: nobody has said them."""
    quotes = list(QUOTE.finditer(whole.text))
    if not quotes:
        return
    running = _plain(QUOTE.sub(" ", whole.text))
    for one in quotes:
        if (words := _plain(one[1])) and words not in running:
            yield whole.finding(one.start(), "publication-quote", found=excerpt(words))


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").replace("_", "").split())
