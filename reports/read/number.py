"""A number, period or yes/no as a person writes it -> its value; what can be read in two ways is an error."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reports.finnish import month_names
from reports.model import Mark
from reports.period import Period

# The spaces that people and programs put between thousands.
_SPACES = " \u00a0\u202f\u2009\u2007"
_MINUS = "-\u2212\u2013"
_SHAPE = re.compile(
    rf"(?P<sign>[{_MINUS}+]?)(?P<whole>[0-9](?:[0-9]|[{_SPACES}.](?=[0-9]))*)(?:,(?P<part>[0-9]+))?"
    rf"(?:[{_SPACES}]*(?P<unit>(?:[^\W\d_]|[%€])[^0-9]*))?"
)
_RANGE = re.compile(rf"([0-9][0-9{_SPACES},]*)[{_SPACES}]?[-–][{_SPACES}]?([0-9].*)")
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]+")
_POINTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_LONGEST = 15
_MARKS = {"...": Mark.HIDDEN, "…": Mark.HIDDEN, "..": Mark.UNAVAILABLE, ".": Mark.NOT_APPLICABLE}
_MARKS |= dict.fromkeys(_MINUS, Mark.NIL)
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}


class ReadingError(ValueError):
    """A cell that cannot be read. `code` names the sentence in the catalogue, `values` fill it (without `found`)."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class Number(NamedTuple):
    """A read cell: the value, or the mark that says why there is none (nil is 0 and keeps its mark).

    `unit` is the unit written in the cell in its common spelling (`e` is `€`), empty where the cell has none. A range
    (`1–76`) has its upper end in `upper`.
    """

    value: Decimal | None
    mark: Mark | None = None
    approximate: bool = False
    unit: str = ""
    upper: Decimal | None = None


def read_number(text: str, unit: str = "") -> Number:
    """Read `2 608`, `94,6`, `36,9 %`, `n. 22 %`, `−3,5 M€` or one of the four marks.

    `unit` is the unit that is expected; another one in the cell is an error. Raises ReadingError.
    """
    text = text.strip()
    if not text:
        raise ReadingError("number-empty")
    if mark := _MARKS.get(text):
        return Number(Decimal(0) if mark is Mark.NIL else None, mark)
    rest = _without_about(text)
    if ends := _RANGE.fullmatch(rest):
        return _range(ends[1], ends[2], unit)._replace(approximate=rest != text)
    match = _SHAPE.fullmatch(rest)
    if not match:
        raise ReadingError("number-unreadable")
    value = _value(match["sign"], match["whole"], match["part"] or "")
    written = common_unit(match["unit"] or "")
    if written and unit and written != common_unit(unit):
        raise ReadingError("number-unit", wanted=unit)
    return Number(value, None, rest != text, written)


def _range(first: str, last: str, unit: str) -> Number:
    """A range: the lower end before the upper one, the unit after both."""
    lower, upper = read_number(first), read_number(last, unit)
    if lower.value is None or upper.value is None or upper.upper is not None or lower.value >= upper.value:
        raise ReadingError("number-range")
    return upper._replace(value=lower.value, upper=upper.value)


def common_unit(text: str) -> str:
    """The common spelling of a unit: `e/kk` and `€/kk` are the same; unknown ones stay, in small letters."""
    text = " ".join(text.split()).lower()
    if not text:
        return ""
    known = _units()
    return known.get(text) or "/".join(known.get(part.strip(), part.strip()) for part in text.split("/"))


def read_period(text: str) -> Period:
    """Read a period, its month also by a name in any language. Raises ReadingError."""
    try:
        return Period.of(" ".join(text.split()), month_names() if any(map(str.isalpha, text)) else None)
    except ValueError as error:
        raise ReadingError("period") from error


def read_truth(text: str) -> bool:
    """Read `yes`, `no`, `true`, `false`. Raises ReadingError."""
    try:
        return _TRUTH[text.lower()]
    except KeyError as error:
        raise ReadingError("truth", valid=", ".join(_TRUTH)) from error


@cache
def words() -> dict[str, Any]:
    """The words of words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, spellings in words()["units"].items() for word in spellings}


def _without_about(text: str) -> str:
    """The text without a leading word for *about*."""
    if not text[0].isalpha():
        return text
    for word in sorted(words()["approximate"]["words"], key=len, reverse=True):
        rest = text[len(word) :]
        if text.lower().startswith(word) and rest and (rest[0].isspace() or word.endswith(".")):
            return rest.lstrip()
    return text


def _value(sign: str, whole: str, part: str) -> Decimal:
    digits = re.sub(rf"[{_SPACES}.]", "", whole)
    tail = f",{part}" if part else ""
    if len(digits) > _LONGEST or len(part) > _LONGEST:
        raise ReadingError("number-long")
    if "." in whole:
        raise _pointed(whole, digits, tail)
    if not _GROUPED.fullmatch(whole):
        raise ReadingError("number-groups", reading=digits + tail)
    return Decimal(("-" if sign in _MINUS and sign else "") + digits + (f".{part}" if part else ""))


def _pointed(whole: str, digits: str, tail: str) -> ReadingError:
    """What to say of a number with a point: thousands (`1.395,5`), decimals (`94.6`), or either (`1.395`)."""
    thousands = bool(_POINTED.fullmatch(whole)) and not whole.startswith("0.")
    grouped = f"{int(digits):,}".replace(",", " ") + tail
    decimals = whole.replace(".", ",")
    if thousands and not tail and whole.count(".") == 1:
        return ReadingError("number-ambiguous", reading=grouped, other=decimals)
    if thousands:
        return ReadingError("number-point", reading=grouped)
    if whole.count(".") == 1 and not tail and _GROUPED.fullmatch(whole.partition(".")[0]):
        return ReadingError("number-point", reading=decimals)
    return ReadingError("number-unreadable")
