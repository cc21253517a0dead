"""The months of an area that stand on its published site, kept in out/ for the list of what is due."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from reports.home import Home
from reports.order import Order

FILE = "published.json"


def given_out(order: Order) -> bool:
    """Whether an order's month was on the site when the job last ran well."""
    try:
        return str(order.period) in json.loads(_path(order.home, order.area).read_bytes())
    except (OSError, ValueError, TypeError):
        return False


def note(home: Home, area: str, months: Iterable[str]) -> None:
    """Write down which months stand on the site; it is only a help, so what cannot be written is no fault."""
    path = _path(home, area)
    part = path.with_name(f"{FILE}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(sorted(months)) + "\n", encoding="utf-8")
        os.replace(part, path)


def _path(home: Home, area: str) -> Path:
    return home.out / area / FILE
