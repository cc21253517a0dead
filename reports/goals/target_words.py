"""A target's text -> its words, each with what it means in any language: limits, units, rhythms, trends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from reports.messages import LANGUAGES, catalogue
from reports.read.number import common_unit, words

LIKENESS = 0.75  # of a word and one of ours that it may be a slip for; letters without their dots
MOST_LIKE = 3


class Sort(StrEnum):
    """What a word is; one letter each, so that the order of a text's words can be told by a pattern."""

    NUMBER = "N"
    LETTERED = "Y"
    COMPARISON = "C"
    MEAN = "M"
    STAYS = "S"
    ABOUT = "A"
    LABEL = "L"
    UP = "T"
    DOWN = "D"
    MULTIPLE = "X"
    EVERY = "E"
    COUNT = "K"
    TIMES = "G"
    PER = "P"
    UNIT = "U"
    OR = "O"
    WORD = "W"
    SLASH = "/"
    DASH = "-"
    OTHER = "?"


class Word(NamedTuple):
    """A word of a target as written, and what it means: a key of the catalogue, or a unit in its common spelling."""

    sort: Sort
    text: str
    meaning: str = ""


Words = tuple[Word, ...]


class Lexicon(NamedTuple):
    """Phrases in small letters with what they are, and a pattern of them, the longest first."""

    phrases: Mapping[str, tuple[Sort, str]]
    pattern: re.Pattern[str]

    def at(self, text: str, at: int) -> Word | None:
        """The phrase that begins at a place of a text."""
        match = self.pattern.match(text, at)
        meant = self.phrases.get(match[0].lower()) if match else None
        return Word(meant[0], match[0], meant[1]) if match and meant else None


# The tables of [target] in the catalogue whose keys are what their words mean; the lists there mean what they are.
_SPOKEN = {
    "comparison": Sort.COMPARISON,
    "up": Sort.UP,
    "down": Sort.DOWN,
    "multiple": Sort.MULTIPLE,
    "every": Sort.EVERY,
    "count": Sort.COUNT,
    "within": Sort.PER,
}
_RHYTHMS = {"per": Sort.PER, "within": Sort.PER}
_LISTS = {"mean": Sort.MEAN, "stays": Sort.STAYS, "label": Sort.LABEL, "times": Sort.TIMES, "or": Sort.OR}
_SIGNS = {"<": "<", ">": ">", "=": "=", "≤": "<=", "≥": ">=", "<=": "<=", "=<": "<=", ">=": ">=", "=>": ">="}
_SIGN = re.compile("[<>]=|=[<>]|[<>=≤≥]")
_ENDS = (Sort.NUMBER, Sort.UNIT, Sort.WORD, Sort.PER)  # after these a dash divides, before a number it is a minus
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)*(?:,[0-9]+)?")
_LETTERS = "OoIl"  # look like digits, and are typed for them
_GROUP = rf"(?: (?=[{_LETTERS}]*[0-9]|[Oo]{{3}})[0-9{_LETTERS}]{{3}})"
_LETTERED = re.compile(rf"(?:[0-9{_LETTERS}]{{1,3}}{_GROUP}+|[0-9{_LETTERS}]+)(?:,[0-9{_LETTERS}]+)?(?![^\W_])")
_PLAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_ENDING = re.compile(r":[^\W\d_]+|\.$")  # the case ending in `60 %:n`, the full stop of a sentence


def split_words(text: str) -> Words:
    """The words of a target in the order they stand in; a label before it (`tavoite`) is left out."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    found: list[Word] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        word = _next(text, at, found[-1].sort if found else Sort.LABEL)
        at += len(word.text)
        found.append(word)
    return tuple(word for word in found if word.sort is not Sort.LABEL)


def pattern(found: Iterable[Word]) -> str:
    """The sorts of some words as one text, a letter each."""
    return "".join(word.sort for word in found)


def in_digits(word: Word) -> Word:
    """A number with letters in it (`29OO`) as it was probably meant."""
    text = word.text.translate(str.maketrans(_LETTERS, "0011"))
    return Word(Sort.NUMBER, text, text)


def likely(word: Word) -> list[Word]:
    """The words of ours that an unknown one may be a slip for (`vahintaan`), the likest first."""
    from difflib import get_close_matches

    bare = {_bare(phrase): meant for phrase, meant in _spoken().phrases.items()}
    near = (bare[phrase] for phrase in get_close_matches(_bare(word.text), bare, MOST_LIKE, LIKENESS))
    return [Word(sort, word.text, meaning) for sort, meaning in near]


def _next(text: str, at: int, before: Sort) -> Word:
    """The word that begins at a place; `before` is the sort of the word before it."""
    for lexicon in _lexicons(before):
        if word := lexicon.at(text, at):
            return word
    if match := _SIGN.match(text, at):
        return Word(Sort.COMPARISON, match[0], _SIGNS[match[0]])
    minus = text[at] in _DASHES and before not in _ENDS
    if (match := _LETTERED.match(text, at + minus)) and _is_mixed(match[0]):
        return Word(Sort.LETTERED, text[at : match.end()])
    if match := _NUMBER.match(text, at + minus):
        return Word(Sort.NUMBER, text[at : match.end()], ("-" if minus else "") + match[0])
    if match := _ENDING.match(text, at):
        return Word(Sort.LABEL, match[0])
    if match := _PLAIN.match(text, at):
        return Word(Sort.WORD, match[0], match[0])
    sort = Sort.DASH if text[at] in _DASHES else Sort.SLASH if text[at] == "/" else Sort.OTHER
    return Word(sort, text[at])


def _is_mixed(text: str) -> bool:
    return any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def _lexicons(before: Sort) -> tuple[Lexicon, ...]:
    """Where to look first: `min` is minutes after a number, a floor before one; `kk` is a rhythm after a slash."""
    if before is Sort.SLASH:
        return _rhythms(), _units()
    return (_units(), _spoken()) if before is Sort.NUMBER else (_spoken(), _units())


@cache
def _spoken() -> Lexicon:
    lists = {word: (sort, "") for name, sort in _LISTS.items() for word in _every(name)}
    about = dict.fromkeys(words()["approximate"]["words"], (Sort.ABOUT, ""))
    return _lexicon(about | lists | _meanings(_SPOKEN))


@cache
def _rhythms() -> Lexicon:
    return _lexicon(_meanings(_RHYTHMS))


@cache
def _units() -> Lexicon:
    """The spellings of words.toml, but for those that say a rhythm (`kuukaudessa`)."""
    spelt = (text for spellings in words()["units"].values() for text in spellings)
    rhythms = {text for text, (sort, _) in _spoken().phrases.items() if sort is Sort.PER}
    return _lexicon({text: (Sort.UNIT, common_unit(text)) for text in spelt if text not in rhythms})


def _lexicon(phrases: Mapping[str, tuple[Sort, str]]) -> Lexicon:
    longest = sorted(phrases, key=lambda text: (-len(text), text))
    ends = (re.escape(text) + (r"(?![^\W\d_])" if text[-1].isalpha() else "") for text in longest)
    return Lexicon(phrases, re.compile("|".join(ends), re.IGNORECASE))


def _meanings(tables: Mapping[str, Sort]) -> dict[str, tuple[Sort, str]]:
    """Every word of some tables in every language, with its sort and the key it stands under."""
    return {
        word: (sort, meaning)
        for name, sort in tables.items()
        for code in LANGUAGES
        for meaning, spoken in catalogue(code).part("target")[name].items()
        for word in spoken
    }


def _every(name: str) -> list[str]:
    """The words of a list in every language."""
    return [word for code in LANGUAGES for word in catalogue(code).part("target")[name]]


def _bare(text: str) -> str:
    """A word in small letters without dots and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign))
