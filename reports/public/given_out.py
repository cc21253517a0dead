"""What publishing keeps of an area in out/: the months that stand on its site, and the key of its figures' seals."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from reports.home import Home
from reports.order import Order

FILE, KEY = "published.json", "published.key"


def given_out(order: Order) -> bool:
    """Whether an order's month was on the site when the job last ran well."""
    try:
        return str(order.period) in json.loads(_path(order.home, order.area).read_bytes())
    except (OSError, ValueError, TypeError):
        return False


def note(home: Home, area: str, months: Iterable[str]) -> None:
    """Write down which months stand on the site; it is only a help, so what cannot be written is no fault."""
    _keep(_path(home, area), (json.dumps(sorted(months)) + "\n").encode())


def seal_key(home: Home, area: str) -> bytes:
    """The secret that an area's figures are sealed with, made when first asked for; a lost one makes all months new."""
    path = _path(home, area).with_name(KEY)
    with suppress(OSError):
        if kept := path.read_bytes():
            return kept
    key = os.urandom(32)
    _keep(path, key)
    return key


def _keep(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)


def _path(home: Home, area: str) -> Path:
    return home.out / area / FILE
