"""A number of a workbook and its number format -> the text that a person sees in the cell, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from reports.intake.table import Dated, Faulty, Numeric

# The formats that a workbook names by number only. ECMA-376 part 1, 18.8.30.
BUILT_IN: Mapping[int, str] = {
    9: "0%",
    10: "0.00%",
    12: "# ?/?",
    13: "# ??/??",
    22: "d.m.yyyy h:mm",
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 59)), "d.m.yyyy"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "h:mm"),
}
# Excel calculates with 15 figures and keeps two more, which nobody sees.
_EXACT = Context(prec=15)
_LONGEST = 15  # figures on either side of the comma
_WRITTEN = 64  # signs of a number as a program writes it
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(€)|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_FIRST_DAY = date(1899, 12, 30)
_GAP = 61  # the serial number of 1.3.1900: Excel counts a 29.2.1900 that never was
_FROM_1904 = 1462


class Format(NamedTuple):
    """What a number format does to a number: `kind` is `number`, `percent`, `date`, `time`, `fraction` or `scaled`.

    `before` and `after` are the words it prints around the number, `zeros` how many figures a code has with its leading
    zeros.
    """

    kind: str
    before: str = ""
    after: str = ""
    zeros: int = 0


@lru_cache(maxsize=512)
def read_format(code: str) -> Format:
    """What a format does, by its section for positive numbers.

    >>> read_format("0.0%").kind, read_format('0.00" M€"').after, read_format("d.m.yyyy").kind, read_format("000").zeros
    ('percent', 'M€', 'date', 3)
    """
    section = _section(code)
    bare = _BRACKETS.sub("", _LITERAL.sub("", section)).strip()
    before, after = _words(section)
    elapsed = re.search(r"\[(?:h+|m+|s+)\]", section, re.IGNORECASE)
    if bare.lower() in ("general", "@", ""):
        return Format("time" if elapsed else "number", before, after)
    if elapsed or (re.search(r"[hs]", bare, re.IGNORECASE) and not re.search(r"[dy]", bare, re.IGNORECASE)):
        return Format("time")
    if re.search(r"[dmy]", bare, re.IGNORECASE):
        return Format("date")
    if "/" in bare:
        return Format("fraction")
    if "%" in bare:
        return Format("percent", before)
    if re.search(r"[0#?],+(?![0#?,])", bare):
        return Format("scaled")
    return Format("number", before, after, len(bare) if re.fullmatch(r"0{2,}", bare) else 0)


def _section(code: str) -> str:
    """The part of a format before the first semicolon that no quote holds."""
    match = re.match(r'(?:"[^"]*"|\\.|[^;"\\])*', code)
    return match[0] if match else ""


def _words(section: str) -> tuple[str, str]:
    """What a format prints before and after the number."""
    first = re.search(r"[0#?]|general|@", _LITERAL.sub(lambda found: " " * len(found[0]), section), re.IGNORECASE)
    around = ["", ""]
    for found in _LITERAL.finditer(section):
        around[first is not None and found.start() > first.start()] += "".join(filter(None, found.groups()))
    return around[0].strip(), around[1].strip()


def number_text(raw: str, code: str, from_1904: bool) -> str:
    """The text of a number as kept in a file (`2.6080000000000001E3`) in a format; Dated or Faulty where it is."""
    try:
        value = _EXACT.create_decimal(raw if len(raw) <= _WRITTEN else "")
    except InvalidOperation:
        return Faulty(raw, "workbook-number")
    if not value.is_finite():
        return Faulty(raw, "workbook-number")
    if value and abs(value.adjusted()) > _LONGEST:
        return Faulty(raw, "number-long")
    made = read_format(code)
    match made.kind:
        case "date":
            return _day(value, from_1904)
        case "time" | "fraction" | "scaled":
            return Faulty(_plain(value), f"workbook-{made.kind}")
        case "percent":
            return Numeric(f"{made.before} {_plain(value * 100)} %".strip())
    text = _plain(value).zfill(made.zeros) if value >= 0 else _plain(value)
    return Numeric(f"{made.before} {text} {made.after}".strip())


def _plain(value: Decimal) -> str:
    text = f"{value.normalize():f}" if value else "0"
    return text.replace(".", ",")


def _day(value: Decimal, from_1904: bool) -> str:
    serial = int(value) + (_FROM_1904 if from_1904 else 0)
    try:
        return Dated(_FIRST_DAY + timedelta(serial if serial >= _GAP else serial + 1))
    except OverflowError:
        return Faulty(_plain(value), "workbook-number")
