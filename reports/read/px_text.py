"""Bytes of a PC-Axis file -> its keywords and the text of its cells, and what is wrong with their form."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from reports.errors import Problem, problem, warning
from reports.read.cube import SAID, quoted
from reports.read.decode import decode

# KEYWORD[language]("sub-key","sub-key")="value","value"; as in the PX file format of 2013. No pattern can go back over
# what it has taken, so that a file of any length is looked at once.
_KEY = re.compile(
    r'\s*+([A-Za-z][A-Za-z0-9_-]*+)\s*+(?:\[\s*+"?([^]"\s]*+)"?\s*+\])?+\s*+(?:\(((?:"[^"]*+"|[^"()]++)*+)\))?+\s*+=',
    re.ASCII,
)
VALUES = re.compile(r'((?:"[^"]*+"|[^";]++)*+);')
_ITEM = re.compile(r'\s*+((?:"[^"]*+"\s*+)++|[^",]*+)(,|$)')
_TEXT = re.compile(r'"([^"]*+)"')
_CODEPAGE = re.compile(
    r"iso[-_]?8859[-_]?[0-9]{1,2}|latin[-_]?[0-9]|windows[-_]?125[0-9]|cp(125[0-9]|437|85[0258]|865)|utf[-_]?8|us-ascii",
    re.IGNORECASE,
)
_OFFICE_OR_WIDE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Where ISO 8859 has control characters, files have the letters of Windows: Statistics Finland's own a ’ (0x92).
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or code for code in range(0x80, 0xA0)}
_MOST_KEYWORDS = 100_000
_MOST_VALUES = 200_000
_ONCE = {"LANGUAGE", "STUB", "HEADING", "CONTVARIABLE", "VALUES", "CODES", "VARIABLECODE", "TIMEVAL", "KEYS"}


class Entry(NamedTuple):
    """One keyword: its language (empty: none was named), sub-keys, values as written, and the row it begins on."""

    keyword: str
    language: str
    subkeys: tuple[str, ...]
    values: str
    row: int


class Parts(NamedTuple):
    """A file in two: its keywords, and the text of its cells, which begins on `row`."""

    entries: tuple[Entry, ...]
    cells: str
    row: int


class _Scan(NamedTuple):
    """How far the form holds: to the cells, or (`cells` false) to something that is no keyword."""

    entries: list[Entry]
    at: int
    cells: bool


def read_parts(data: bytes, file: str) -> tuple[Parts | None, list[Problem]]:
    """The keywords and cells of a file, None where it breaks off or cannot be decoded; and all that is wrong."""
    problems: list[Problem] = []
    if data.startswith(_OFFICE_OR_WIDE) or b"\0" in data[:400]:
        text, problems = decode(data, file)
        if not text.strip():
            return None, [one for one in problems if not one.warning] or [problem("cube-empty", file)]
        data = text.encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    # Every allowed encoding has the marks of the form where ASCII has them: what ends where is seen before it is known
    # which letters the bytes are.
    scan = _scan(raw := data.decode("latin-1"))
    if not scan.cells:
        return None, [*problems, _broken(raw, scan, file)]
    codec, said = _codec(data[: scan.at], scan.entries, file)
    if not codec:
        return None, problems + said
    text, worse = decode(_letters(data[: scan.at], codec).encode(), file)
    entries = _scan(text).entries
    parts = Parts(tuple(entries), _letters(data[scan.at :], codec), text.count("\n") + 1)
    return parts, [*problems, *said, *worse, *_twice(entries, file)]


def listed(values: str) -> list[str] | None:
    """Values as texts: in quotation marks (a text may go on in the next ones) or bare.

    None where they have another form, or are more than any dimension has.
    """
    out: list[str] = []
    at, values = 0, values.strip()
    while len(out) < _MOST_VALUES and (match := _ITEM.match(values, at)):
        item = match[1].strip()
        text = "".join(_TEXT.findall(item)) if item.startswith('"') else item
        out.append(text.replace("\n", " "))
        if not match[2]:
            return out
        at = match.end()
    return None


def _scan(text: str) -> _Scan:
    entries: list[Entry] = []
    at, row = 0, 1
    while len(entries) <= _MOST_KEYWORDS and (match := _KEY.match(text, at)):
        keyword = match[1].upper()
        if keyword == "DATA":
            return _Scan(entries, match.end(), True)
        values = VALUES.match(text, match.end())
        if not values:
            return _Scan(entries, match.start(1), False)
        row += text.count("\n", at, match.start(1))
        subkeys = tuple(listed(match[3]) or (match[3],)) if match[3] else ()
        entries.append(Entry(keyword, (match[2] or "").lower(), subkeys, values[1], row))
        row += text.count("\n", match.start(1), values.end())
        at = values.end()
    return _Scan(entries, at, False)


def _broken(raw: str, scan: _Scan, file: str) -> Problem:
    """What to say of a file that is not PC-Axis to the end."""
    rest = raw[scan.at : scan.at + 1000].lstrip()
    row = raw.count("\n", 0, scan.at + len(raw[scan.at : scan.at + 1000]) - len(rest)) + 1
    if len(scan.entries) > _MOST_KEYWORDS:
        return problem("px-keywords", file, row, most=_MOST_KEYWORDS)
    if not scan.entries:
        return problem("px-none", file, row, found=quoted(rest))
    return problem("px-form", file, row, found=quoted(rest)) if rest else problem("px-cells-missing", file, row)


def _codec(head: bytes, entries: Iterable[Entry], file: str) -> tuple[str, list[Problem]]:
    """The encoding of the keywords: UTF-8 where they can be nothing else, or else what the file says; empty: unknown.

    A Latin text that happens to be good UTF-8 is all but impossible, while a file that was saved anew often keeps the
    CODEPAGE it had before.
    """
    found = {entry.keyword: entry for entry in entries if entry.keyword in ("CODEPAGE", "CHARSET")}
    said = {keyword: quoted("".join(listed(entry.values) or ())) for keyword, entry in found.items()}
    codepage, row = said.get("CODEPAGE", ""), found["CODEPAGE"].row if "CODEPAGE" in found else 0
    if not codepage and said.get("CHARSET", "").upper() == "ANSI":
        codepage = "cp1252"  # what the file format calls the Windows format
    if _decodes(head, "utf-8"):
        other = not head.isascii() and codepage and not codepage.lower().startswith("utf")
        return "utf-8", [warning("px-codepage", file, row, found=codepage)] if other else []
    if _CODEPAGE.fullmatch(codepage) and (codec := _decodes(head, codepage)):
        return codec, []
    return "", [problem("px-encoding", file, row, found=codepage or "–")]


def _decodes(head: bytes, name: str) -> str:
    """The encoding's own name where the bytes can be in it, else empty."""
    try:
        codec = codecs.lookup(name).name
        head.decode(codec)
    except (LookupError, UnicodeDecodeError):
        return ""
    return codec


def _letters(data: bytes, codec: str) -> str:
    text = data.decode(codec, "replace")  # the keywords were tried before; a cell with a letter in it is refused
    return text.translate(_WINDOWS) if codec.startswith("iso8859") and not text.isascii() else text


def _twice(entries: Iterable[Entry], file: str) -> list[Problem]:
    """Keywords that may stand once and stand twice with different values."""
    first: dict[tuple[str, str, tuple[str, ...]], Entry] = {}
    again = (
        problem("px-twice", file, entry.row, found=entry.keyword, first=seen.row)
        for entry in entries
        if entry.keyword in _ONCE
        and (seen := first.setdefault((entry.keyword, entry.language, entry.subkeys), entry)).values != entry.values
    )
    return list(islice(again, SAID))
