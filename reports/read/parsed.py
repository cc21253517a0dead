"""Parsed YAML, kept between runs: a text that has not changed is not parsed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from reports.errors import Problem
from reports.home import Home
from reports.kept import Kept
from reports.read import yaml
from reports.read.yaml import Tree, read_yaml

Read = Callable[..., tuple[Tree, list[Problem]]]
Marks = dict[yaml.Path, tuple[int, int]]


def reader(home: Home) -> Read:
    """`read_yaml` with the memory of a home: parsing takes longer than everything else that is done with these files.

    Only a text without a fault is remembered, under a hash of the text and the code that parses it, so that what
    several areas have in common is parsed once.
    """
    kept = Kept(home.cache / "yaml")
    code = _code()

    def read(text: str, file: str, above: int = 0) -> tuple[Tree, list[Problem]]:
        name = hashlib.sha256(code + f"{above}\n{text}".encode(errors="surrogatepass")).hexdigest()
        if known := _known(kept.read(f"{name}.tree"), file):
            return known, []
        tree, problems = read_yaml(text, file, above)
        if not problems:
            raw = {"data": tree.data, "places": _list(tree.places), "keys": _list(tree.keys)}
            kept.write(f"{name}.tree", json.dumps(raw).encode())
        return tree, problems

    return read


@cache
def _code() -> bytes:
    return Path(yaml.__file__).read_bytes()


def _known(data: bytes | None, file: str) -> Tree | None:
    try:
        raw = json.loads(data or b"")
        return Tree(file, raw["data"], _marks(raw["places"]), _marks(raw["keys"]))
    except (ValueError, KeyError, TypeError):
        return None


def _list(marks: Marks) -> list[Any]:
    return [[list(path), *place] for path, place in marks.items()]


def _marks(raw: list[Any]) -> Marks:
    return {tuple(path): (row, column) for path, row, column in raw}
