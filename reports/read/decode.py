"""Bytes of a text file -> text: recognises the encoding and says it, refuses what no document may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from reports.errors import Problem, ReportError, near, problem, warning
from reports.read.identity import identity_codes

# What XML 1.0 forbids, the separators that some programs count as line ends and others do not, and signs that nobody
# sees but that turn a text around or hide it from a search.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)

# How Excel and Word files begin, new and old.
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MOST = 5
_SHOWN = 60


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file with bare line feeds, and what is wrong with it (`file` is its name in messages).

    UTF-8 with or without its mark is read without a word; UTF-16 and Windows-1252 are read and said; a forbidden
    character is an error with its place and becomes a space. A file that is no text gives an empty one. Letters are
    put together (a Mac may write ä as two signs). A personal identity code is an error that does not repeat the code.
    """
    text, problems = _read(data, file)
    text = normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    problems += [problem("identity-code", file, *place_in(text, start)) for start in identity_codes(text)]
    for number, match in enumerate(FORBIDDEN.finditer(text)):
        if number == _MOST:
            break
        row, column = place_in(text, match.start())
        problems.append(problem("character", file, row, column, found=f"U+{ord(match[0]):04X}"))
    return FORBIDDEN.sub(" ", text), problems


def bytes_of(path: Path, file: str) -> bytes:
    """The bytes of a file that is there. Raises ReportError (exit 3) where the system does not let it be read."""
    try:
        return path.read_bytes()
    except PermissionError as error:  # what Windows says of a file that Excel has open
        raise ReportError([problem("file-locked", file)], exit_code=3) from error


def place_in(text: str, index: int) -> tuple[int, int]:
    """Row and column, both from 1, of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def excerpt(text: str, most: int = _SHOWN) -> str:
    """A text as messages quote it: on one line, of `most` characters, forbidden characters as their codes."""
    line = FORBIDDEN.sub(lambda match: f"U+{ord(match[0]):04X}", " ".join(text.split()))
    return line if len(line) <= most else line[: most - 1] + "…"


def nearest(found: str, names: Iterable[str]) -> str:
    """The valid names closest to what was found, closest first; all of them where none is close; at most five."""
    valid = list(dict.fromkeys(names))
    close = near(found, valid, 3)
    shown = close or valid[:_MOST]
    return ", ".join(excerpt(name) for name in shown) + (", …" if not close and len(valid) > _MOST else "") or "–"


def _read(data: bytes, file: str) -> tuple[str, list[Problem]]:
    encoding = _marked(data)
    if data.startswith(_OFFICE):
        return "", [problem("file-not-text", file)]
    try:
        if encoding:
            return data.decode(encoding), [warning("encoding", file, found="UTF-16")]
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _windows(data, file, error)


def _windows(data: bytes, file: str, error: UnicodeDecodeError) -> tuple[str, list[Problem]]:
    row = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("cp1252") if not _marked(data) else ""
    except UnicodeDecodeError:
        text = ""
    if not text:
        return "", [problem("encoding-unknown", file, row)]
    index = next(place for place, letter in enumerate(text) if letter > "\x7f")
    sample = max(text[max(0, index - 20) : index + 20].splitlines(), key=lambda line: not line.isascii())
    return text, [warning("encoding-windows", file, row, found=excerpt(sample))]


def _marked(data: bytes) -> str:
    """The UTF-16 that a byte order mark, or else a zero in nearly every pair of bytes, gives away."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    start = data[:400]
    for encoding, zeros, letters in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if zeros.count(0) > 0.6 * len(zeros) and 0 not in letters:
            return encoding
    return ""
