"""The words of a target that cannot be read -> what is wrong with them, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from reports.goals.target_words import Sort, Word, Words, in_digits, likely, pattern
from reports.read.number import ReadingError, read_number

_AT_MOST, _AT_LEAST = Word(Sort.COMPARISON, "<=", "<="), Word(Sort.COMPARISON, ">=", ">=")
_TRENDS = (Sort.UP, Sort.DOWN, Sort.MULTIPLE)
_ALIKE = ((Sort.COMPARISON,), (Sort.UNIT,), _TRENDS)  # one of each is enough
_NUMBERED = re.compile("[NYKE]")  # what holds a number
_NUMBERS = re.compile("[NKEXTD]")  # what makes a target whole, alone or with other words
_PLUS = "+"


class Repair(NamedTuple):
    """What is wrong, by its code in the catalogue, and the one or two readings that may be meant; they may fail too."""

    code: str
    readings: tuple[Words, ...] = ()


def repairs(words: Words) -> Iterator[Repair]:
    """What may be wrong with the words of a target, the likeliest first."""
    for look in _LOOKS:
        yield from look(words)


def _lettered(words: Words) -> Iterator[Repair]:
    """Letters typed for digits: `6O %`, `29OO`."""
    if Sort.LETTERED in pattern(words):
        meant = tuple(in_digits(word) if word.sort is Sort.LETTERED else word for word in words)
        yield Repair("target-letter", (meant,))


def _numbers(words: Words) -> Iterator[Repair]:
    """A number that can be read in two ways (`1.395`), or not at all."""
    for at, word in enumerate(words):
        if word.sort is not Sort.NUMBER:
            continue
        try:
            read_number(word.meaning)
        except ReadingError as error:
            readings = (error.values[name] for name in ("reading", "other") if name in error.values)
            swapped = tuple((*words[:at], Word(word.sort, text, text), *words[at + 1 :]) for text in readings)
            yield Repair(error.code if swapped or error.code == "number-long" else "target-unreadable", swapped)


def _doubled(words: Words) -> Iterator[Repair]:
    """The same twice, side by side (`>35% %`, `yli >35`); an average or `pysyy` also further apart."""
    kept: list[Word] = []
    for word in words:
        flag = word.sort in (Sort.MEAN, Sort.STAYS) and any(word.sort is one.sort for one in kept)
        if not flag and not (kept and _same(kept[-1], word)):
            kept.append(word)
    if len(kept) < len(words):
        yield Repair("target-twice", (tuple(kept),))


def _at_odds(words: Words) -> Iterator[Repair]:
    """Two of a sort side by side that are not the same: `alle yli 5`, `35 % €`."""
    for at, (one, other) in enumerate(pairwise(words)):
        if any(one.sort in sorts and other.sort in sorts for sorts in _ALIKE):
            yield Repair("target-two", (words[: at + 1] + words[at + 2 :], words[:at] + words[at + 1 :]))


def _limited_band(words: Words) -> Iterator[Repair]:
    """A band with a comparison: `alle 5–10 %` is the band, or the limit at its end."""
    if match := re.search("C(N[UW]*)-N", pattern(words)):
        start, dash = match.start(), match.end(1)
        low, unit = words[start + 1 : dash], words[match.end() :]
        end = low + unit if words[start].meaning in _AT_LEAST.meaning else words[dash + 1 :]
        limit = (*words[:start], words[start], *end)
        yield Repair("target-two", (words[:start] + words[start + 1 :], limit))


def _turned_band(words: Words) -> Iterator[Repair]:
    """A band that does not begin with its smaller number (`10–5 %`), or is none (`5–5`)."""
    if match := re.search("N(U?)-N", pattern(words)):
        first, last = match.start(), match.end() - 1
        yield Repair("target-order", (_swapped(words, first, last),))
        if words[first].meaning == words[last].meaning:
            yield Repair("target-twice", (words[:first] + words[last:],))


def _open_band(words: Words) -> Iterator[Repair]:
    """A band without its beginning or its end: `5-`."""
    sorts = pattern(words)
    if sorts.count(Sort.DASH) == 1 and (sorts.startswith(Sort.DASH) or re.search("-U?$", sorts)):
        yield Repair("target-open", (tuple(word for word in words if word.sort is not Sort.DASH),))


def _two_numbers(words: Words) -> Iterator[Repair]:
    """Two numbers with nothing but a unit or `tai` between them: `60 70`, `alle 60 % 70 %`, `5 tai 6`."""
    match = re.search("(C?)N(U?)(O?)N", pattern(words))
    if not match:
        return
    first, second = match.end(1), match.end() - 1
    unit = () if match[2] else words[second + 1 :]
    alone = words[: match.end(2)] + unit
    if match[1]:
        yield Repair("target-two", (alone, words[:first] + words[second:]))
        return
    joined = f"{words[first].text}{words[second].text}".replace(" ", "")
    if not (match[2] or match[3]) and joined.isdecimal():
        alone = (*words[:first], Word(Sort.NUMBER, joined, joined), *unit)
    band = (*words[: match.end(2)], Word(Sort.DASH, "-"), *words[second:])
    for one in (band, _swapped(band, first, match.end(2) + 1)):
        yield Repair("target-two", (one, alone))


def _about(words: Words) -> Iterator[Repair]:
    """`noin 60 %` does not say how near is near enough."""
    if Sort.ABOUT in pattern(words):
        yield Repair("target-about", (tuple(word for word in words if word.sort is not Sort.ABOUT),))


def _changes(words: Words) -> Iterator[Repair]:
    """`kasvaa 10 %`: by so much, or to so much; the same of a bare `-10 %` and `+10 %`."""
    trends = [word for word in words if word.sort in _TRENDS]
    level = tuple(word for word in words if word.sort not in _TRENDS)
    if trends and Sort.NUMBER in pattern(level):
        if Sort.COMPARISON not in pattern(level) and trends[0].sort is not Sort.MULTIPLE:
            level = (_AT_LEAST if trends[0].sort is Sort.UP else _AT_MOST, *level)
        yield Repair("target-change", (level, (trends[0],)))
    level = words[1:] if words and words[0].text == _PLUS else words
    if re.match("[MS]*N", pattern(level)):
        yield Repair("target-sign", ((_AT_LEAST, *level), (_AT_MOST, *level)))


def _misspelt(words: Words) -> Iterator[Repair]:
    """An unknown word that is much like one of ours (`vahintaan 8`), and `8+`."""
    for at, word in enumerate(words):
        for meant in likely(word) if word.sort is Sort.WORD else ():
            yield Repair("target-word", ((*words[:at], meant, *words[at + 1 :]),))
    if words and words[-1].text == _PLUS:
        yield Repair("target-word", ((_AT_LEAST, *words[:-1]),))


def _extra(words: Words) -> Iterator[Repair]:
    """Words after a whole target (`alle 60 % asiakkaista`), or around a trend (`kasvaa selvästi`).

    A strange word before a number is never left out: it may say which side of the number is good.
    """
    strange = [at for at, word in enumerate(words) if word.sort in (Sort.WORD, Sort.OTHER)]
    if strange:
        yield Repair("target-extra", (words[: strange[0]],))
    trends = tuple(word for word in words if word.sort in _TRENDS)
    if trends and not _NUMBERED.search(pattern(words)):
        yield Repair("target-extra", (trends,))


def _numberless(words: Words) -> Iterator[Repair]:
    """`yli`, `km. alle`, `%`."""
    if words and not _NUMBERS.search(pattern(words)) and not set(pattern(words)) - set("CMSU"):
        yield Repair("target-number")


_LOOKS: tuple[Callable[[Words], Iterator[Repair]], ...] = (
    _lettered,
    _numbers,
    _doubled,
    _at_odds,
    _limited_band,
    _turned_band,
    _open_band,
    _two_numbers,
    _about,
    _changes,
    _misspelt,
    _extra,
    _numberless,
)


def _same(one: Word, other: Word) -> bool:
    """Whether two words say the same; two numbers only where they are written the same."""
    return one.sort is other.sort and one.meaning == other.meaning


def _swapped(words: Words, first: int, last: int) -> Words:
    """The words with two of them changed for each other."""
    return (*words[:first], words[last], *words[first + 1 : last], words[first], *words[last + 1 :])
