"""A home that holds the closing publication alone, for the tests to change."""

from __future__ import annotations

import shutil
from pathlib import Path

from reports.home import PROGRAM, open_home
from reports.order import Order
from reports.period import Period

TEXT = "data/kuntakokeilu/2012-2015/publication.md"


def publication(folder: Path) -> Order:
    """An order of the publication in a home of its own in that folder."""
    shutil.copytree(PROGRAM / "data" / "kuntakokeilu", folder / "data" / "kuntakokeilu")
    (folder / "data" / "home.yaml").write_text("area: kuntakokeilu\nlanguage: fi\n", encoding="utf-8")
    return Order(open_home(folder), "publication", "kuntakokeilu", Period.of("2012-2015"), thorough=True)
