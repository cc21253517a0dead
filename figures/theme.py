"""The look of every chart: colours, font and sizes, from the values of theme.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from figures.chart import ChartError

TEXT_CONTRAST = 4.5
MARK_CONTRAST = 3.0
"""Least contrast of text and of marks against the paper: WCAG 2.1, criteria 1.4.3 and 1.4.11."""

TEXT_COLOURS = ("ink", "accent", "alert", "muted")
MARK_COLOURS = ("pale", "grey")
COLOURS = (*TEXT_COLOURS, *MARK_COLOURS, "hairline", "tint", "paper")
FONT_PACKAGE = "font_source_sans_pro"
WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700}


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb, the font family with its files by weight, chart width in mm, text in points.

    Equal themes give equal pictures. The files stay out of `repr`, a part of a chart's key and the same on any machine.
    """

    ink: str
    accent: str
    alert: str
    muted: str
    pale: str
    grey: str
    hairline: str
    tint: str
    paper: str
    font: str
    chart_width: float
    chart_text: float
    files: tuple[Path, ...] = field(default=(), repr=False)


def theme_from(mapping: Mapping[str, object], folders: Iterable[Path] = ()) -> Theme:
    """The theme in the values of theme.yaml; a font's files are looked for in `folders`, then among those we ship.

    Raises ChartError: theme-key-missing, theme-colour-bad, theme-size-bad, theme-font-missing.
    """
    colours = {name: _colour(mapping, name) for name in COLOURS}
    font = _text(mapping, "font")
    return Theme(
        **colours,
        font=font,
        chart_width=_size(mapping, "chart-width", 90, 400),
        chart_text=_size(mapping, "chart-text", 5, 24),
        files=_font_files(font, folders),
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21, by WCAG 2.1 (relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def weak_colours(mapping: Mapping[str, object]) -> list[tuple[str, float, float]]:
    """The colours of theme.yaml too faint for their use, light and dark screen alike: name, contrast found, wanted."""
    weak = []
    for prefix in ("", "dark-"):
        paper = _colour(mapping, f"{prefix}paper")
        for names, wanted in ((TEXT_COLOURS, TEXT_CONTRAST), (MARK_COLOURS, MARK_CONTRAST)):
            for name in (f"{prefix}{name}" for name in names):
                found = contrast(_colour(mapping, name), paper)
                if found < wanted:
                    weak.append((name, round(found, 2), wanted))
    return weak


def _text(mapping: Mapping[str, object], key: str) -> str:
    text = str(mapping.get(key, "")).strip()
    if not text:
        raise ChartError("theme-key-missing", key=key)
    return text


def _colour(mapping: Mapping[str, object], key: str) -> str:
    text = _text(mapping, key)
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise ChartError("theme-colour-bad", key=key, found=text)
    return text.lower()


def _size(mapping: Mapping[str, object], key: str, low: float, high: float) -> float:
    text = _text(mapping, key)
    try:
        size = float(text.replace(",", "."))
    except ValueError:
        size = 0.0
    if not low <= size <= high:
        raise ChartError("theme-size-bad", key=key, found=text, low=low, high=high)
    return size


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _font_files(font: str, folders: Iterable[Path]) -> tuple[Path, ...]:
    """One TTF file a weight, in the order of WEIGHTS; a font without a semibold uses its bold."""
    stem = font.replace(" ", "")
    places = [*folders, *_shipped_fonts()]
    found = {weight: _first_file(places, f"{stem}-{weight.capitalize()}.ttf") for weight in WEIGHTS}
    regular, bold = found["regular"], found["bold"]
    if regular is None or bold is None:
        raise ChartError("theme-font-missing", font=font, wanted=f"{stem}-Regular.ttf, {stem}-Bold.ttf")
    return (regular, found["semibold"] or bold, bold)


def _first_file(places: Iterable[Path], name: str) -> Path | None:
    return next((place / name for place in places if (place / name).is_file()), None)


def _shipped_fonts() -> list[Path]:
    # The package's own import lists its folder and binds every font; its place is all that is needed.
    spec = find_spec(FONT_PACKAGE)
    return [Path(folder) / "files" for folder in (spec.submodule_search_locations or ())] if spec else []
