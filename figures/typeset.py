"""A sheet drawn by typst instead of matplotlib, which takes longer to start than a whole action plan takes to make."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from figures.lettering import FALLBACK, check_letters, fallback_files
from figures.sheet import Item, Sheet, Words
from figures.theme import WEIGHTS, Theme

if TYPE_CHECKING:
    from typst import Fonts

LAYOUT = Path(__file__).with_name("sheet.typ")
COMMON = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027))))
"""Letters and signs that are measured together at the start; others when they are met."""


def drawn(sheet: Sheet, filled: bool) -> str:
    """The sheet as an SVG with sizes in points; `filled` gives it paper. Needs sheet.typ beside this module."""
    import typst

    width, height = (side * 72 / 25.4 for side in sheet.size_mm)
    paper = sheet.theme.paper if filled else ""
    items = [_item(item) for item in sheet.items]
    page = {"width": width, "height": height, "margin": sheet.margin, "paper": paper, "items": items}
    made = typst.compile(LAYOUT.read_bytes(), format="svg", **_given(sheet.theme, page))
    if not isinstance(made, bytes):  # a list of pages, should typst ever break the picture over two
        raise TypeError(type(made))
    return made.decode()


def _item(item: Item) -> dict[str, Any]:
    weight = {"weight": WEIGHTS[item.weight]} if isinstance(item, Words) else {}
    return asdict(item) | weight | {"kind": type(item).__name__}


def width(theme: Theme, text: str, size: float, weight: str = "regular") -> float:
    """The width of one line of text in points, letter by letter: kerning may make it a little narrower when drawn.

    Raises ChartError(chart-letter-missing) for a sign no font has.
    """
    check_letters(theme, text)
    common = _common(theme, weight)
    return size * sum(common[letter] if letter in common else _other(theme, weight, letter) for letter in text)


@lru_cache(maxsize=16)
def _common(theme: Theme, weight: str) -> dict[str, float]:
    return dict(zip(COMMON, _widths(theme, weight, list(COMMON)), strict=True))


@lru_cache(maxsize=512)
def _other(theme: Theme, weight: str, letter: str) -> float:
    return _widths(theme, weight, [letter])[0]


def _widths(theme: Theme, weight: str, letters: list[str]) -> list[float]:
    """How wide letters are, in parts of the text's size."""
    import typst

    page = {"letters": letters, "weight": WEIGHTS[weight]}
    found = typst.query(LAYOUT.read_bytes(), "<widths>", field="value", one=True, **_given(theme, page))
    return cast("list[float]", json.loads(found))


def _given(theme: Theme, page: dict[str, Any]) -> dict[str, Any]:
    return {
        "sys_inputs": {"sheet": json.dumps({"fonts": [theme.font, FALLBACK], **page})},
        "font_paths": _fonts(theme.files),
    }


@lru_cache(maxsize=8)
def _folder(files: Sequence[Path]) -> TemporaryDirectory[str]:
    """A folder with just these fonts, since typst takes folders only; it lasts as long as the process."""
    made = TemporaryDirectory(prefix="vuosikello-", ignore_cleanup_errors=True)
    for path in dict.fromkeys(files):
        try:
            (Path(made.name) / path.name).symlink_to(path)
        except OSError:  # Windows lets ordinary users make no links.
            shutil.copyfile(path, Path(made.name) / path.name)
    return made


@lru_cache(maxsize=8)
def _fonts(files: Sequence[Path]) -> Fonts:
    """The theme's fonts and those that lend the signs they lack; no font of the system."""
    from typst import Fonts

    folder = _folder((*files, *fallback_files())).name
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
