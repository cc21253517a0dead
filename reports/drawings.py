"""Drawn charts, kept: a chart whose data and look have not changed is not drawn again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from figures import registry, save
from figures.chart import Chart, ChartError, Drawing
from figures.theme import Theme
from reports.charts import Chosen, data_table
from reports.document import Figure
from reports.facts import FactError
from reports.layouts import chart_theme

MOST_KEPT = 600
DRAWN_BY = ("matplotlib", "typst", "font-source-sans-pro")


class Drawings:
    """Figures drawn in one theme, looked up in a folder of the home's cache first.

    The key of a drawing is everything that decides its bytes: the chart, the theme with its font files, the code of
    figures/ and the versions of the libraries that draw. Raises ReportError where the theme has a fault.
    """

    def __init__(self, folder: Path, theme: Mapping[str, str], layouts: Sequence[Path] = ()) -> None:
        self.folder = folder
        self.theme = chart_theme(theme, layouts)
        self._stamp = _stamp(self.theme)

    def figure(self, name: str, chosen: Chosen) -> Figure:
        """A figure for the document, not yet numbered; raises FactError where the chart cannot be drawn."""
        chart = chosen.chart
        try:
            drawing, png = self.drawn(chart)
            alt, grid = registry.alt_text(chart), registry.data_table(chart)
        except ChartError as error:
            raise FactError(error.code, **error.values) from error
        table = data_table(grid, f"figure-{name}-data", chart.title, chart.decimals)
        return Figure(
            f"figure-{name}", "", "", chart.title, "", alt, drawing.svg, png, drawing.width_mm, drawing.height_mm, table, name
        )

    def drawn(self, chart: Chart, standalone: bool = False) -> tuple[Drawing, bytes]:
        """The SVG and the PNG of a chart, from the cache or drawn now; raises ChartError."""
        key = hashlib.sha256(f"{self._stamp}{standalone}{chart!r}".encode()).hexdigest()
        vector, pixels = self.folder / f"{key}.svg", self.folder / f"{key}.png"
        try:
            head, _, svg = vector.read_text(encoding="utf-8").partition("\n")
            width, height = (float(part) for part in head.split())
            return Drawing(svg, width, height), pixels.read_bytes()
        except (OSError, ValueError):
            drawing = registry.draw(chart, self.theme, standalone=standalone)
        png = save.png(drawing.svg, drawing.width_mm)
        self._keep(pixels, png)
        self._keep(vector, f"{drawing.width_mm} {drawing.height_mm}\n{drawing.svg}".encode())
        return drawing, png

    def _keep(self, path: Path, data: bytes) -> None:
        """Keep a drawing; it is only a help, so a folder that cannot be written is no fault."""
        part = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            os.replace(part, path)
            self._thin_out()
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _thin_out(self) -> None:
        kept = list(self.folder.iterdir())
        if len(kept) > MOST_KEPT:
            for path in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) // 2]:
                path.unlink(missing_ok=True)


def _stamp(theme: Theme) -> str:
    code = hashlib.sha256()
    for path in (*sorted(Path(registry.__file__).parent.glob("*.py")), *theme.files):
        code.update(path.read_bytes())
    versions = [f"{name} {version(name)}" for name in DRAWN_BY]
    return f"{theme!r}{versions}{code.hexdigest()}"
