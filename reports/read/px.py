"""A PC-Axis file (.px) -> a Cube, or what is wrong with it. After the PX file format of 2013 (Statistics Sweden)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import prod

from reports.errors import Problem
from reports.read.cube import (
    MOST_DIMENSIONS,
    Cube,
    Dimension,
    Note,
    Role,
    check_dimensions,
    finished,
    parted,
    quoted,
    unfit,
    with_known_names,
)
from reports.read.px_cells import Layout, identity_in, read_cells
from reports.read.px_text import read_parts
from reports.read.px_time import is_period, period_codes
from reports.read.px_words import Words

MOST_BYTES = 20_000_000
_ROLES = {"t": Role.TIME, "time": Role.TIME, "content": Role.CONTENTS, "g": Role.AREA, "geographical": Role.AREA}
_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?: ([0-9]{2}:[0-9]{2}))?")
_VALUES_ARE_TEXTS = 2010  # the version of the format since which VALUES and CODES never change places


def read_px(data: bytes, file: str) -> tuple[Cube | None, list[Problem]]:
    """The table of a file in the file's first language; no table where anything but warnings is among the problems.

    UTF-8 is told by itself, else CODEPAGE says the encoding. Cells keep the digits that are written, however many are
    shown. Codes are those of CODES, or else the values themselves; of time those that TIMEVAL tells (`2024M01`).
    """
    if problems := unfit(data, file, MOST_BYTES):
        return None, problems
    parts, problems = read_parts(data, file)
    if not parts:
        return finished(None, problems, file)
    words = Words(parts.entries, file)
    dimensions = _dimensions(words)
    table = _described(words, dimensions)
    layout = _layout(words, dimensions)
    problems += [*words.problems, *check_dimensions(dimensions, file)]
    if any(not one.warning for one in problems):
        return finished(None, problems, file)  # which cell is which could not be told
    found, worse = read_cells(parts, layout, _symbols(words), file)
    values, marks = parted(found)
    worse += identity_in(parts, file) if worse else []
    return finished(table._replace(values=values, marks=marks), problems + worse, file)


def _described(words: Words, dimensions: tuple[Dimension, ...]) -> Cube:
    """The table without its cells."""
    if words.text("CONFIDENTIAL") not in ("", "0"):
        words.report("px-confidential", "CONFIDENTIAL")
    contents = next((one for one in dimensions if one.role is Role.CONTENTS), None)
    code_of = dict(zip(contents.labels, contents.codes, strict=False)) if contents else {}
    return Cube(
        title=_title(words),
        source=words.text("SOURCE"),
        updated=_updated(words),
        language=words.language,
        dimensions=dimensions,
        values=(),
        marks={},
        decimals=_decimals(words, code_of),
        notes=tuple(_notes(words, dimensions)),
        units=_units(words, code_of),
    )


def _dimensions(words: Words) -> tuple[Dimension, ...]:
    names = [*words.texts("STUB"), *words.texts("HEADING")]
    if len(names) > MOST_DIMENSIONS:
        return tuple(Dimension(name, name, (), ()) for name in names)  # too many to be looked at, and refused as such
    return with_known_names(_dimension(words, name) for name in names)


def _dimension(words: Words, name: str) -> Dimension:
    codes, periods = words.texts("CODES", name), _periods(words, name)
    labels = words.texts("VALUES", name) or codes or periods
    if _changed_places(words, name):
        labels, codes = codes, labels
    for keyword, found in (("CODES", codes), ("TIMEVAL", periods)):
        if found and len(found) != len(labels):
            words.report("px-counts", keyword, name, found=len(found), wanted=len(labels))
    if codes and periods and codes != periods and all(map(is_period, codes)):
        first, wanted = next(((a, b) for a, b in zip(codes, periods, strict=False) if a != b), ("", ""))
        words.report("px-periods", "TIMEVAL", name, found=quoted(first), wanted=wanted)
    id_ = words.text("VARIABLECODE", name) or name
    return Dimension(id_, name, periods or codes or labels, labels, _role(words, name))


def _periods(words: Words, name: str) -> tuple[str, ...]:
    if not words.has("TIMEVAL", name):
        return ()
    found = period_codes(words.raw("TIMEVAL", name))
    if found is None:
        words.report("px-timeval", "TIMEVAL", name, found=quoted(words.raw("TIMEVAL", name)))
    return found or ()


def _changed_places(words: Words, name: str) -> bool:
    """Whether the codes stand under VALUES and the texts under CODES, as PRESTEXT told before 2010."""
    codes, values = words.texts("CODES", name), words.texts("VALUES", name)
    if words.whole("PRESTEXT", name) not in (0, 3) or not codes or codes == values:
        return False
    version = words.text("AXIS-VERSION")[:4]
    if not (version.isascii() and version.isdecimal()):
        words.report("px-version", "PRESTEXT", name)
        return False
    return int(version) < _VALUES_ARE_TEXTS


def _role(words: Words, name: str) -> Role:
    if words.has("TIMEVAL", name):
        return Role.TIME
    if words.text("CONTVARIABLE") == name:
        return Role.CONTENTS
    if words.has("MAP", name):
        return Role.AREA
    return _ROLES.get(words.text("VARIABLE-TYPE", name).lower(), Role.NONE)


def _layout(words: Words, dimensions: tuple[Dimension, ...]) -> Layout:
    stub = words.texts("STUB")
    sizes = [len(dimension.codes) for dimension in dimensions]
    keys = []
    if any(words.has("KEYS", name) for name in stub):
        for name in stub:
            kind = words.text("KEYS", name).upper()
            names = words.texts(kind, name) if kind in ("CODES", "VALUES") else ()
            if not names or len(set(names)) < len(names):
                words.report("px-keys", "KEYS", name)
            keys.append(names)
    return Layout(prod(sizes), prod(sizes[len(stub) :]), tuple(keys))


def _symbols(words: Words) -> Mapping[str, str]:
    keywords = [f"DATASYMBOL{end}" for end in (*range(1, 7), "SUM")]
    return {keyword: words.text(keyword) for keyword in keywords}


def _title(words: Words) -> str:
    texts = [words.text(keyword) for keyword in ("TITLE", "DESCRIPTION", "CONTENTS")]
    if words.text("DESCRIPTIONDEFAULT").upper() == "YES":
        texts.insert(0, texts[1])
    return next(filter(None, texts), "")


def _updated(words: Words) -> str:
    """The newest LAST-UPDATED, or else the day the file was made."""
    for keyword in ("LAST-UPDATED", "CREATION-DATE"):
        if found := [", ".join(words.of(one)) for one in words.all(keyword)]:
            return max(map(_iso, found))
    return ""


def _iso(text: str) -> str:
    """`20241223 08:00` as ISO 8601 writes it; what has another form stays as it is."""
    match = _DATE.fullmatch(text)
    day = f"{match[1]}-{match[2]}-{match[3]}" if match else text
    return f"{day}T{match[4]}" if match and match[4] else day


def _decimals(words: Words, code_of: Mapping[str, str]) -> dict[str, int]:
    """How many decimals are shown. PRECISION holds only where it is more than the rest of the table has."""
    least = words.whole("SHOWDECIMALS")
    if least is None:
        least = words.whole("DECIMALS") or 0
    shown = {"": least}
    for one in words.all("PRECISION"):
        if one.subkeys and (code := code_of.get(one.subkeys[-1])):
            shown[code] = max(least, words.whole("PRECISION", *one.subkeys) or 0)
    return shown


def _units(words: Words, code_of: Mapping[str, str]) -> dict[str, str]:
    units = {}
    for one in words.all("UNITS"):
        code = code_of.get(one.subkeys[-1]) if one.subkeys else ""
        if code is not None and (unit := words.text("UNITS", *one.subkeys)):
            units[code] = unit
    return units


def _notes(words: Words, dimensions: Iterable[Dimension]) -> Iterator[Note]:
    """The notes of the table, of a dimension or one of its values, and of cells, named by a value of each dimension."""
    codes = {one.label: (one.id, dict(zip(one.labels, one.codes, strict=False))) for one in dimensions}
    for one in words.all("NOTEX", "NOTE", "VALUENOTEX", "VALUENOTE"):
        name, *values = one.subkeys or ("",)
        pairs = [(name, value) for value in values or ["*"]]
        yield Note(", ".join(words.of(one)), _about(codes, pairs))
    for one in words.all("CELLNOTEX", "CELLNOTE", "DATANOTECELL"):
        pairs = [(name, value) for name, value in zip(codes, one.subkeys, strict=False) if value != "*"]
        yield Note(", ".join(words.of(one)), _about(codes, pairs))


def _about(
    codes: Mapping[str, tuple[str, Mapping[str, str]]], pairs: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Dimensions and values by id and code; a value that there is none of stays as it is written."""
    return tuple((codes[name][0], codes[name][1].get(value, value)) for name, value in pairs if name in codes)
