"""Drawn charts, kept: a chart whose data and look have not changed is not drawn again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from figures import registry
from figures.chart import Chart, ChartError, Drawing
from figures.theme import Theme
from reports.chart_worker import ChartWorker, Picture
from reports.charts import Chosen, data_table
from reports.document import Block, Document, Figure, Section
from reports.facts import FactError
from reports.home import PROGRAM
from reports.kept import Kept
from reports.layouts import chart_theme

LINES = "trend"
LOCK = PROGRAM / "requirements.lock"


class Drawings:
    """Figures drawn in one theme, looked up in a folder of the home's cache first.

    The key of a drawing is everything that decides its bytes: the chart, the theme with its font files, the code of
    figures/ and the lock file with the versions of the libraries. `worker` draws what is not kept; whoever opened it
    ends it. Raises ReportError where the theme has a fault.
    """

    def __init__(self, folder: Path, theme: Mapping[str, str], layouts: Sequence[Path], worker: ChartWorker) -> None:
        self._store = Kept(folder)
        self.theme = chart_theme(theme, layouts)
        self._stamp = _stamp(self.theme)
        self._worker = worker

    def draw(
        self, charts: Mapping[str, Chart], meanwhile: Callable[[], None] = lambda: None, standalone: bool = False
    ) -> dict[str, Picture | ChartError]:
        """The SVG and PNG of each chart by name, or what is wrong with it.

        What is kept is taken; what is not is drawn by another process while `meanwhile` runs in this one.
        """
        keys = {name: self._key(chart, standalone) for name, chart in charts.items()}
        out: dict[str, Picture | ChartError] = {name: kept for name, key in keys.items() if (kept := self._kept(key))}
        missing = [name for name in charts if name not in out]
        if not missing:
            return out
        self._worker.send([(charts[name], self.theme, standalone) for name in missing])
        meanwhile()
        out |= zip(missing, self._worker.receive(len(missing)), strict=True)
        for name in missing:
            if not isinstance(made := out[name], ChartError):
                self._keep(keys[name], *made)
        return out

    def _key(self, chart: Chart, standalone: bool) -> str:
        return hashlib.sha256(f"{self._stamp}{standalone}{chart!r}".encode()).hexdigest()

    def _kept(self, key: str) -> Picture | None:
        data = self._store.read(f"{key}.chart")
        if data is None:
            return None
        head, _, pictures = data.partition(b"\n")
        width, height, length = head.split()
        svg, png = pictures[: int(length)], pictures[int(length) :]
        return Drawing(svg.decode(), float(width), float(height)), png

    def _keep(self, key: str, drawing: Drawing, png: bytes) -> None:
        svg = drawing.svg.encode()
        head = f"{drawing.width_mm} {drawing.height_mm} {len(svg)}\n".encode()
        self._store.write(f"{key}.chart", head + svg + png)  # one file: a picture without its other half is no use


def undrawn(name: str, chosen: Chosen) -> Figure:
    """A figure with its words and numbers but no picture yet; raises FactError where the chart cannot be drawn."""
    chart = chosen.chart
    try:
        alt, grid = registry.alt_text(chart), registry.data_table(chart)
    except ChartError as error:
        raise FactError(error.code, **error.values) from error
    table = data_table(grid, f"figure-{name}-data", chart.title, chart.decimals)
    return Figure(f"figure-{name}", "", "", chart.title, "", alt, "", b"", 0.0, 0.0, table, name)


def narrowed(charts: Mapping[str, Chart]) -> dict[str, Chart]:
    """The charts as they are drawn for a telephone, those of kinds that have room there, under names of their own."""
    return {narrow_name(name): one._replace(narrow=True) for name, one in charts.items() if one.kind == LINES}


def narrow_name(name: str) -> str:
    """The name of a chart's picture for a telephone."""
    return f"{name} narrow"


def drawn(document: Document, pictures: Mapping[str, Picture | ChartError]) -> Document:
    """The document with the pictures of its figures, by name."""
    return replace(
        document,
        sections=tuple(_filled(section, pictures) for section in document.sections),
        attachments=tuple(_filled(section, pictures) for section in document.attachments),
    )


def _filled(section: Section, pictures: Mapping[str, Picture | ChartError]) -> Section:
    return replace(section, blocks=tuple(_pictured(block, pictures) for block in section.blocks))


def _pictured(block: Block, pictures: Mapping[str, Picture | ChartError]) -> Block:
    picture = pictures.get(block.name) if isinstance(block, Figure) else None
    if not isinstance(block, Figure) or picture is None or isinstance(picture, ChartError):
        return block
    drawing, png = picture
    small = pictures.get(narrow_name(block.name))
    return replace(
        block,
        svg=drawing.svg,
        png=png,
        width_mm=drawing.width_mm,
        height_mm=drawing.height_mm,
        narrow=small[0].svg if isinstance(small, tuple) else "",
    )


def _stamp(theme: Theme) -> str:
    """What every drawing depends on besides its chart; the lock file stands for the versions of the libraries."""
    fonts = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in theme.files]
    return f"{theme!r}{fonts}{_code()}"


@cache
def _code() -> str:
    """The digest of the code that draws, which stays what it is while the program runs, and of the lock file."""
    code = hashlib.sha256()
    for path in (*sorted(Path(registry.__file__).parent.glob("*.[pt]y*")), LOCK):  # modules, and what typst lays out
        code.update(path.read_bytes())
    return code.hexdigest()
