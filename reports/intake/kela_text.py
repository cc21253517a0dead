"""A text file too big to be held whole -> its encoding, and whether personal identity codes stand in its rows."""

from __future__ import annotations

import re
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import itemgetter
from pathlib import Path

from reports.errors import Problem, ReportError, problem, warning
from reports.intake.people import has_code
from reports.read.decode import excerpt

BLOCK = 1 << 20  # bytes that are looked through at a time
MOST_SEEN = 100_000  # texts that are remembered to hold no personal identity code
_FIGURE = r"(?:-?[0-9]{1,15}(?:[.,][0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?)?"
FIGURES = re.compile(rf"{_FIGURE}(?: {_FIGURE})*")  # none of which is a personal identity code
AROUND = 20  # bytes on either side of a letter that is not UTF-8


def encoding_of(path: Path, file: str) -> tuple[str, list[Problem]]:
    """The encoding of a file, UTF-8 or Windows-1252, and what is to be said of it; `file` is its name in messages.

    Raises ReportError for a file that is no text, or has lines that no table has.
    """
    encoding, row = "utf-8-sig", 1
    decoder: IncrementalDecoder = getincrementaldecoder(encoding)()
    problems: list[Problem] = []
    with path.open("rb") as raw:
        while block := raw.read(BLOCK) + raw.readline(BLOCK):
            if len(block) == 2 * BLOCK:
                raise ReportError([problem("kela-line", file, row)])
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                at = row + block.count(b"\n", 0, error.start)
                encoding, decoder = "cp1252", getincrementaldecoder("cp1252")()
                problems += _as_windows(block, error.start, file, at, bool(problems))
            row += block.count(b"\n")
    return encoding, problems


def _as_windows(block: bytes, start: int, file: str, row: int, again: bool) -> list[Problem]:
    """A warning where bytes that are not UTF-8 can be Windows letters; raises ReportError where they cannot."""
    try:
        block.decode("cp1252")
    except UnicodeDecodeError:
        again = True
    if again:
        raise ReportError([problem("encoding-unknown", file, row)])
    sample = block[max(0, start - AROUND) : start + AROUND].decode("cp1252", errors="replace")
    return [warning("encoding-windows", file, row, found=excerpt(sample))]


class Watch:
    """Looks through rows of so many cells for personal identity codes; `figures` are the columns that hold numbers.

    Texts come again and again and are looked at once; numbers never do, and one look at their shape is enough.
    """

    def __init__(self, width: int, figures: Collection[int]) -> None:
        self.width = width
        self.harmless: set[str] = set()
        self.texts = _taken(at for at in range(width) if at not in figures)
        self.figures = _taken(figures)

    def sees_code(self, cells: Sequence[str]) -> bool:
        """Whether a personal identity code stands in a row."""
        known = len(cells) == self.width and self.harmless.issuperset(self.texts(cells))
        if known and FIGURES.fullmatch(" ".join(self.figures(cells))):
            return False
        if any(map(has_code, cells)):
            return True
        if len(self.harmless) < MOST_SEEN:
            self.harmless.update(cells)
        return False


def _taken(places: Iterable[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """A function that takes the cells of some places of a row."""
    taken: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*(2 * [*places]))  # of one place it gives no tuple
    return taken
