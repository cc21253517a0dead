"""TIMEVAL of a PC-Axis file -> the codes of its periods, in the form that Statistics Finland's service gives them."""

from __future__ import annotations

import re

from reports.read.px_text import listed

# TLIST(M1),"202401","202402" names every period; TLIST(M1,"202401"-"202412") the first and the last of a row of them.
_LIST = re.compile(
    r'\s*TLIST\(\s*(?P<scale>[A-Z][0-9]?)\s*(?:,\s*"(?P<first>[0-9]+)"\s*-\s*"(?P<last>[0-9]+)"\s*)?\)\s*'
    r"(?:,(?P<all>.*))?",
    re.DOTALL,
)
# What follows the year, what the code has before that, and how many there are in a year (0: not always as many).
_SCALES = {
    "A1": (r"", "", 1),
    "H1": (r"[12]", "H", 2),
    "Q1": (r"[1-4]", "Q", 4),
    "M1": (r"0[1-9]|1[0-2]", "M", 12),
    "W1": (r"0[1-9]|[1-4][0-9]|5[0-3]", "W", 0),
}


def period_codes(values: str) -> tuple[str, ...] | None:
    """The codes of a TIMEVAL: `2024`, `2024H1`, `2024Q1`, `2024M01`, `2024W01`.

    Empty where the scale is none of these; None where the text cannot be read.
    """
    match = _LIST.fullmatch(values)
    if not match or not (match["first"] or match["all"]):
        return None
    if match["scale"] not in _SCALES:
        return ()
    part, letter, in_a_year = _SCALES[match["scale"]]
    form = re.compile(rf"([0-9]{{4}})({part})")
    if match["first"]:
        return _between(form.fullmatch(match["first"]), form.fullmatch(match["last"]), letter, in_a_year)
    found = [form.fullmatch(text) for text in listed(match["all"]) or [""]]
    return None if None in found else tuple(_code(one[1], one[2], letter) for one in found if one)


def is_period(code: str) -> bool:
    """Whether a code is written as `period_codes` writes them."""
    return re.fullmatch(r"[0-9]{4}([HQ][0-9]|[MW][0-9]{2})?", code) is not None


def _between(
    first: re.Match[str] | None, last: re.Match[str] | None, letter: str, in_a_year: int
) -> tuple[str, ...] | None:
    if not (first and last and in_a_year):
        return None
    start, end = ((int(one[1]) * in_a_year + int(one[2] or 1) - 1) for one in (first, last))
    width = len(first[2])
    return tuple(
        _code(f"{number // in_a_year:04}", f"{number % in_a_year + 1:0{width}}" if width else "", letter)
        for number in range(start, end + 1)
    )


def _code(year: str, part: str, letter: str) -> str:
    return f"{year}{letter}{part}"
