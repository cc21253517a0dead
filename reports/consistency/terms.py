"""Words that a reader may not know or may mix up: abbreviations never explained, populations easily confused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from reports.consistency.pieces import Slip, Whole

CAPITAL = "A-Z\u00c0-\u00de\u0160\u017d"
OPENED = r"[\w*\u201d]\s\($"  # words and a bracket
WORDS = r"\s+\([^()]*[^\W\d_]{5,}"  # a bracket with words
NEAR = 80  # characters round an abbreviation that may explain it
SHOUTED = 5  # letters from which a word of capitals may be an ordinary one
ROMAN = "[IVX]+"
ENDING = "N"  # of an abbreviation that is inflected in capitals


def check_terms(
    whole: Whole, known: Mapping[str, Any], terms: Collection[str], definitions: Collection[str]
) -> Iterator[Slip]:
    """Abbreviations in capitals that nothing explains, and confusable words that are not both explained.

    A word is explained in `terms`, in the text (*yhteispalvelu (TYP)*, *TYP (työllistymistä ...)*, *TYP eli ...*), or
    by a word that says what has the name (*URA-järjestelmä*). `known` lists those that every reader knows. Confusable
    words that the definition of an indicator tells apart are a known warning.
    """
    yield from _unexplained(whole, known, terms)
    yield from _confused(whole, known, terms, definitions)


def _unexplained(whole: Whole, known: Mapping[str, Any], terms: Collection[str]) -> Iterator[Slip]:
    own = {match[1] for term in terms if (match := _abbreviation().match(term))}
    plain = {*own, *known["common"], *(term + ENDING for term in own)}
    first: dict[str, int] = {}
    for match in _abbreviation().finditer(whole.text):
        if match[1] not in plain:
            first.setdefault(match[1], match.start())
            if _explained(match, known):
                plain.add(match[1])
    for abbreviation, at in first.items():
        if not (abbreviation in plain or re.fullmatch(ROMAN, abbreviation) or _shouted(abbreviation, whole.text)):
            yield whole.finding(at, "abbreviation", found=abbreviation)


def _explained(match: re.Match[str], known: Mapping[str, Any]) -> bool:
    """Whether an abbreviation is made plain where it stands.

    That is by a word that says what has the name, by brackets round it after the words, by the words in brackets
    after it, or by *eli* on either side.
    """
    before, after = match.string[max(0, match.start() - NEAR) : match.start()], match.end()
    if any(name in match[2].lower() for name in known["names"]):
        return True
    if re.search(OPENED, before) and match.string.startswith(")", after):
        return True
    beside = tuple(known["explains"])
    following = match.string[after : after + NEAR]
    return bool(re.match(WORDS, following)) or before.rstrip().endswith(beside) or following.lstrip().startswith(beside)


def _shouted(word: str, text: str) -> bool:
    """Whether a word of capitals is a long one that the document has in small letters too (LIITE)."""
    same = re.finditer(rf"(?<!\w){word}", text, re.IGNORECASE) if len(word) >= SHOUTED else ()
    return any(match[0] != word for match in same)


class Met(NamedTuple):
    """A word of a confusable pair where it first stands, and whether the document explains it anywhere."""

    at: int
    word: str
    explained: bool


def _confused(
    whole: Whole, known: Mapping[str, Any], terms: Collection[str], definitions: Collection[str]
) -> Iterator[Slip]:
    """Two words of a pair in one document: one warning, at the word that comes second."""
    for pair in known["confused"]:
        words = [_begins(tuple(pair["one"])), _begins(tuple(pair["other"]))]
        met = sorted(found for word in words if (found := _met(word, whole, known, terms)))
        if len(met) < 2 or all(one.explained for one in met):
            continue
        first, second = met
        sentences = (sentence for one in definitions for sentence in one.split(". "))
        reason = next((one for one in sentences if all(word.search(one) for word in words)), "")
        values = {"found": second.word, "other": first.word, "first": str(whole.place(first.at)), "why": pair["why"]}
        yield whole.finding(second.at, "terms-confused", reason, **values)


def _met(word: re.Pattern[str], whole: Whole, known: Mapping[str, Any], terms: Collection[str]) -> Met | None:
    """Where a word first stands; it is explained in `terms`, or by brackets or a word such as *eli* that follow it."""
    found = list(word.finditer(whole.text))
    if not found:
        return None
    follows = tuple(f" {sign}" for sign in ("(", *known["explains"]))
    explained = any(map(word.match, terms)) or any(whole.text.startswith(follows, one.end()) for one in found)
    return Met(found[0].start(), found[0][0], explained)


@cache
def _begins(stems: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, stems))})\w*", re.IGNORECASE)


@cache
def _abbreviation() -> re.Pattern[str]:
    """Two to six capitals, and what is joined to them: an ending (TYPin) or a word (TE-laki)."""
    return re.compile(rf"(?<!\w)([{CAPITAL}]{{2,6}})(?![{CAPITAL}])([\w:+/-]*)")
