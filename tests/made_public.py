"""The public files of a made-up home's month in every format."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from figures.chart import ChartError, Drawing
from figures.worker import draw
from reports.chart_worker import Picture
from reports.disclosure import Published
from reports.model import Dataset
from reports.order import FORMATS, Order
from reports.prepare import Prepared, prepare
from reports.public import site
from reports.public.batch import OwnWorker

QUICK = ("docx", "html", "txt")
EVERY = tuple(kind for kind in FORMATS if kind != "pptx")  # slides are made of another document
ABROAD = (("sv", "short"), ("en", "short"), ("en", "release"))
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Pens(OwnWorker):
    """Draws charts as they are, but for their pixels, which say nothing that the drawing does not."""

    def receive(self, count: int) -> list[Picture | ChartError]:
        """The pictures in the order of the charts."""
        made = [draw(task) for task in self._tasks]
        return [one if isinstance(one, ChartError) else (one, DOT) for one in made]


class Blank(Pens):
    """Draws nothing: for many homes, of which other tests look at the drawing."""

    def receive(self, count: int) -> list[Picture | ChartError]:
        """A picture of nothing for each chart."""
        return [(Drawing('<svg viewBox="0 0 1 1"></svg>', 1.0, 1.0), DOT) for _ in self._tasks]


def public(order: Order, kinds: Sequence[str] = QUICK, drawn: bool = False) -> tuple[dict[str, bytes], Prepared]:
    """The public files of a home's month by name: the site, the short version, the release; with the short version."""
    worker = Pens(order.cache) if drawn else Blank(order.cache)
    short = prepare(order, worker=worker)
    release = prepare(order._replace(name="release"), worker=worker)
    files = site.files_of(order, short, order.published)
    return files | written_as(kinds, short) | written_as(kinds, release), short


def careless(of: Dataset, *_: Any, **__: Any) -> Published:
    """Publish everything: a spoilt `published`."""
    return Published(of, ())


def abroad(order: Order) -> dict[str, bytes]:
    """The files of a home's month in other languages; `Reader` reads Finnish alone."""
    orders = [order._replace(language=language, name=name) for language, name in ABROAD]
    made = [prepare(one, worker=Blank(order.cache)) for one in orders]
    files = [written_as(QUICK, one) for one in made]
    files += [site.files_of(one, each, None) for one, each in zip(orders, made, strict=True) if one.name == "short"]
    return {f"{number} {name}": data for number, some in enumerate(files) for name, data in some.items()}


def written_as(kinds: Sequence[str], made: Prepared) -> dict[str, bytes]:
    """A document in some formats, by name."""
    writers = {kind: import_module(f"reports.write.{kind}") for kind in kinds}
    return {f"{made.document.name}.{kind}": one.write(made.document, made.template) for kind, one in writers.items()}


def laid_out(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files of a site in a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def opened(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with the parts of Word files and workbooks taken out of their packages."""
    out: dict[str, bytes] = {}
    for name, data in files.items():
        if name.endswith((".docx", ".xlsx")):
            with ZipFile(io.BytesIO(data)) as package:
                out |= {f"{name}/{part}": package.read(part) for part in package.namelist()}
        else:
            out[name] = data
    return out
