"""People stay out: personal identity codes in any form are refused, columns that look like people's are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from unicodedata import normalize

from reports.errors import Place, Problem, ReportError
from reports.intake.table import Table
from reports.read.decode import place_in
from reports.read.identity import identity_codes
from reports.read.number import words

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
_CODE = re.compile(r"(?<![0-9])([0-9]{6}) ?([-+A-FU-Y]?) ?([0-9]{3}) ?([0-9A-Z])(?![0-9A-Z])", re.IGNORECASE)
_MOST = 20  # places that are told one by one
_LOOKED_AT = 400  # rows of a column
_EMAIL = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[^\W\d_]{2,}")
_PHONE = re.compile(r"(?:\+|00?)[0-9][0-9 ()-]{5,14}[0-9]")
_HOUSE = re.compile(r"(\w+)\s+[0-9]+(?:\s?[A-Za-z])?(?:\s+[0-9]+)?(?:\W.*)?")
_SOME = 3  # cells of one shape that make a column look like people's


def codes_in(text: str) -> Iterator[int]:
    """Where in a text personal identity codes begin: with any dash or space in them, and whatever stands before them.

    One without the sign of its century is told by its check letter; with a check digit it could be any ten figures.
    """
    for match in _CODE.finditer(_plain(text)):
        born, century, number, check = match.groups()
        code = f"{born}{century or '-'}{number}{check}"
        if (century or check.isalpha()) and next(identity_codes(code), None) is not None:
            yield match.start()


def has_code(text: str) -> bool:
    """Whether a text holds a personal identity code."""
    return next(codes_in(text), None) is not None


def _plain(text: str) -> str:
    """The text with one kind of dash, space and figure; a fraction or a raised figure stays what it is."""
    if text.isascii():
        return text
    for dash in _DASHES:
        text = text.replace(dash, "-")
    return "".join(
        one if one.isnumeric() and not one.isdecimal() else normalize("NFKC", one) for one in _UNSEEN.sub("", text)
    )


def refuse_codes(text: str, file: str) -> None:
    """Refuse a text that holds a personal identity code."""
    refuse([Problem("people-code", Place(file, *place_in(text, start))) for start in codes_in(text)])


def refuse(found: Sequence[Problem]) -> None:
    """Raise ReportError where personal identity codes were found: with their places, never with what stands there.

    Nothing else is said of such a file, since any other message might quote a code.
    """
    if found:
        raise ReportError(found[:_MOST])


def warn_of_people(table: Table, header: int, known: Collection[str]) -> list[Problem]:
    """A warning for each column that looks like names, addresses, e-mail, telephone numbers or dates of birth.

    `header` is the number of the row of headings, `known` are names that are no person's (areas, groups), in small
    letters. No cell is quoted.
    """
    headings = next((cells for number, cells in table.rows if number == header), ())
    below = list(islice((cells for number, cells in table.rows if number > header), _LOOKED_AT))
    problems = []
    for column in range(max(map(len, (headings, *below)), default=0)):
        heading = headings[column] if column < len(headings) else ""
        cells = [one for cells in below if column < len(cells) and (one := cells[column]) and one.lower() not in known]
        if code := _kind(heading, cells):
            place = table.place(header, column)._replace(row=header)
            problems.append(Problem(code, place, {"column": place.column}, warning=True))
    return problems


def _kind(heading: str, cells: Sequence[str]) -> str:
    """The problem that a column is, empty where it is none."""
    lists = words()["people"]
    heading = " ".join(heading.replace("_", " ").lower().split())
    for kind in ("name", "address", "email", "phone", "birth"):
        if heading in lists[kind]:
            return f"people-{kind}"
    looks: dict[str, Callable[[str], object]] = {
        "people-email": _EMAIL.search,
        "people-phone": _PHONE.fullmatch,
        "people-address": _is_address,
        "people-name": _is_name,
    }
    for code, looks_so in looks.items():
        found = sum(bool(looks_so(cell)) for cell in cells)
        if found >= _SOME and found > len(cells) / 2:
            return code
    return ""


def _is_address(text: str) -> bool:
    match = _HOUSE.fullmatch(text)
    return match is not None and match[1].lower().endswith(tuple(words()["people"]["streets"]))


def _is_name(text: str) -> bool:
    """Whether a text is two or three words, each of letters with a capital first."""
    parts = text.replace(",", " ").split()
    return 2 <= len(parts) <= 3 and all(part.replace("-", "").isalpha() and part.istitle() for part in parts)
