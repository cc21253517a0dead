"""Text as it will be drawn: the theme's fonts in matplotlib, widths in points, lines that fit a width."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figures.chart import ChartError
from figures.theme import WEIGHTS, Theme

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

CAP_HEIGHT = 0.66
ASCENT = 0.75
DESCENT = 0.22
LINE = 1.24
"""Parts of the text size: height of a capital, reach above and below the baseline, and from line to line."""

FALLBACK = "DejaVu Sans"
SOFT_HYPHEN = "\u00ad"
IN_EVERY_FONT = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2028))
"""Letters and signs that the fallback font has, if no other."""
_LOCK = threading.RLock()


@contextmanager
def plain_matplotlib() -> Iterator[None]:
    """matplotlib as it comes, whatever the user's matplotlibrc says; one thread at a time, as its settings are global.

    All measuring and drawing happens inside.
    """
    import matplotlib as mpl

    ours: dict[Any, Any] = {
        **{key: value for key, value in mpl.rcParamsDefault.items() if key != "backend"},
        "text.parse_math": False,  # `$5 ja 10$` is text
        "svg.fonttype": "path",
        "svg.hashsalt": "vuosikello",
    }
    with _LOCK, mpl.rc_context(ours):
        yield


def font(theme: Theme, size: float, weight: str) -> FontProperties:
    """The theme's font in matplotlib's terms, with a fallback for signs it lacks."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=_families(theme.font, theme.files), size=size, weight=WEIGHTS[weight], style="normal")


@lru_cache(maxsize=8)
def _families(name: str, files: tuple[Path, ...]) -> list[str]:
    """Registers the files under names of our own: a font of the same name in the system must not take their place."""
    from matplotlib.font_manager import FontEntry, fontManager

    family, fallback = f"figures {name} {len(fontManager.ttflist)}", f"figures {FALLBACK}"
    entries = [(family, file, weight) for file, weight in zip(files, WEIGHTS.values(), strict=True)]
    entries += [(fallback, file, weight) for file, weight in zip(fallback_files(), WEIGHTS.values(), strict=True)]
    fontManager.ttflist.extend(FontEntry(fname=str(file), name=name, weight=weight) for name, file, weight in entries)
    return [family, fallback]


def fallback_files() -> list[Path]:
    """The files of the fallback font, one for each weight, from the folder of matplotlib, which stays unloaded."""
    spec = find_spec("matplotlib")
    folder = Path(spec.origin if spec and spec.origin else "").parent / "mpl-data" / "fonts" / "ttf"
    bold = folder / "DejaVuSans-Bold.ttf"
    return [folder / "DejaVuSans.ttf", bold, bold]


@lru_cache(maxsize=4096)
def width(theme: Theme, text: str, size: float, weight: str = "regular") -> float:
    """The width of one line of text in points. Raises ChartError(chart-letter-missing) for a sign no font has."""
    from matplotlib.textpath import text_to_path

    check_letters(theme, text)
    return float(text_to_path.get_text_width_height_descent(text, font(theme, size, weight), False)[0])


def check_letters(theme: Theme, text: str) -> None:
    """A sign without a glyph would be an empty box: refuse it. European letters, dashes and quotes are in every font.

    Raises ChartError(chart-letter-missing).
    """
    strange = sorted({letter for letter in text if not any(ord(letter) in known for known in IN_EVERY_FONT)})
    if strange:
        from matplotlib.font_manager import get_font

        faces = [get_font(str(file)) for file in (*theme.files[:1], fallback_files()[0])]
        for letter in strange:
            if not any(face.get_char_index(ord(letter)) for face in faces):
                raise ChartError("chart-letter-missing", letter=f"U+{ord(letter):04X}", text=text)


def one_line(text: str) -> str:
    """Text without line breaks and unused soft hyphens; no-break spaces stay."""
    return re.sub(r"[ \t\r\n]+", " ", text.replace(SOFT_HYPHEN, "")).strip()


def wrap(text: str, limit: float, measure: Callable[[str], float], split: bool = True) -> list[str]:
    """Text in lines that `measure` says are at most `limit` wide, broken at spaces, hyphens, slashes and soft hyphens.

    A word still too wide is broken between Finnish syllables where `split` allows, and else sticks out.
    """

    def fits(line: str) -> bool:
        return measure(line) <= limit

    words = _pieces(text)
    pieces = [part for word in words for part in (_syllables(word) if split and not fits(word[1]) else [word])]
    lines: list[str] = []
    for number, (glue, piece) in enumerate(pieces):
        following = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        tail = "-" if following == SOFT_HYPHEN else ""
        joined = lines[-1] + glue.replace(SOFT_HYPHEN, "") + piece if lines else piece
        if not lines or fits(joined + tail):
            lines[-1:] = [joined]
        else:
            lines[-1] += "-" if glue == SOFT_HYPHEN else ""
            lines.append(piece)
    return lines or [""]


def _pieces(text: str) -> list[tuple[str, str]]:
    """Unbreakable pieces, each with what joins it to the one before: a space, a soft hyphen or nothing."""
    pieces: list[tuple[str, str]] = []
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        glue = " "
        for part in re.split(r"(?<=[-/])(?=[^\W\d])|(?=\u00ad)", word):
            hyphen = part.startswith(SOFT_HYPHEN)
            pieces.append((SOFT_HYPHEN if hyphen else glue, part.removeprefix(SOFT_HYPHEN)))
            glue = ""
    return pieces


def _syllables(word: tuple[str, str]) -> list[tuple[str, str]]:
    """A long word broken before each consonant that a vowel follows, the Finnish rule; three letters stay together."""
    glue, text = word
    parts = re.split(r"(?<=\w{3})(?=[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ][aeiouyåäöAEIOUYÅÄÖ]\w)", text)
    return [(glue if i == 0 else SOFT_HYPHEN, part) for i, part in enumerate(parts)]
