"""What a workbook needs of texts: names of sheets, and number formats that show a number as the document writes it."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from reports.finnish import rounded

LONGEST_NAME = 31
NUMBER = re.compile(r"[+\u2212-]?\d[\d\u00a0\u202f\u2009 .,]*")
SPACES = re.compile(r"[\u00a0\u202f\u2009 ]")


def sheet_name(wish: str, taken: set[str]) -> str:
    """A name Excel accepts for a sheet: 31 characters at most, free of its reserved signs, unlike those `taken`."""
    return unlike(" ".join(re.sub(r"[\[\]:*?/\\']", " ", wish).split()) or "1", taken, LONGEST_NAME)


def unlike(wish: str, taken: set[str], longest: int = 255) -> str:
    """The wish, with a number after it where it is `taken` (small letters) already; it is taken from now on."""
    name = wish.strip() if len(wish) <= longest else wish[:longest].rpartition(" ")[0] or wish[:longest]
    count = 1
    while name.lower() in taken:
        count += 1
        name = f"{wish[: longest - len(f' ({count})')].rstrip()} ({count})"
    taken.add(name.lower())
    return name


def sentences(text: str) -> list[str]:
    """A caption sentence by sentence: a cell of a workbook shows one line. An abbreviation (n., esim. 5) ends none."""
    return re.split(r"(?<=[\w)]{3}\.)\s+(?=[^\W\d_a-zåäö])", text) if text else []


def number_format(text: str, value: Decimal, decimals: int) -> str:
    """The Excel format that shows `value` as `text` does: its decimals, its sign, the words and unit around it.

    Excel itself puts the decimal and thousands marks of the reader's language. Where the text rounds to another unit
    (3 500 000 written as 3,5 M€), the words would lie beside the bare number and are left out.
    """
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    found = NUMBER.search(text)
    if not found or rounded(value, decimals) not in _readings(found[0]):
        return digits
    written = found[0].rstrip(" .,\u00a0\u202f\u2009")
    before, after = text[: found.start()], text[found.start() + len(written) :]
    positive = f"{_literal(before)}{'+' if written[0] == '+' else ''}{digits}{_literal(after)}"
    negative = f"{_literal(before)}{_literal(chr(0x2212))}{digits}{_literal(after)}"
    return f"{positive};{negative}"


def _readings(written: str) -> list[Decimal]:
    """The numbers a text can mean: a comma divides decimals in Finnish and thousands in English."""
    bare = SPACES.sub("", written).rstrip(".,").replace("\u2212", "-")
    found = []
    for reading in (bare.replace(",", "."), bare.replace(",", "")):
        with suppress(InvalidOperation):
            found.append(Decimal(reading))
    return found


def _literal(words: str) -> str:
    """Words as a number format holds them: between quotes, but a quote of their own behind a backslash."""
    return r"\"".join(f'"{part}"' if part else "" for part in words.split('"'))
