"""What was made from what: inputs and outputs with their hashes; stale, edited by hand, or up to date."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reports.deliver import digest
from reports.errors import Place, Problem
from reports.home import PROGRAM, Home
from reports.period import Period

FILE = "manifest.json"
SETTLED_NS = 2_000_000_000  # a file younger than this when hashed may change again without a new time stamp


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of a manifest. `inputs` and `outputs` map names to SHA-256; a missing input has an empty one.

    `beside` maps an output that a person edited to the file written next to it, and that file's hash.
    """

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    options: Mapping[str, Any]
    years: tuple[int, ...] = ()
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    facts: tuple[Mapping[str, str], ...] = ()


class Hashes:
    """SHA-256 of files, remembered by size and time so that an unchanged file is not read again."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._new = False
        try:
            self._known: dict[str, list[Any]] = json.loads(store.read_bytes())
        except (OSError, ValueError):
            self._known = {}

    def of(self, path: Path) -> str:
        """The hash of a file; nothing where there is none."""
        try:
            stat = path.stat()
        except OSError:
            return ""
        key, seal = str(path), [stat.st_size, stat.st_mtime_ns]
        known = self._known.get(key)
        if known and known[:2] == seal:
            return str(known[2])
        found = digest(path.read_bytes())
        if time.time_ns() - stat.st_mtime_ns > SETTLED_NS:
            self._known[key] = [*seal, found]
            self._new = True
        return found

    def save(self) -> None:
        """Remember what was hashed; it is only a help, so a folder that cannot be written is no fault."""
        if not self._new:
            return
        try:
            self.store.parent.mkdir(parents=True, exist_ok=True)
            self.store.write_text(json.dumps(self._known), encoding="utf-8")
        except OSError:
            return


def input_files(home: Home, area: str, name: str, years: Iterable[int]) -> Iterator[Path]:
    """Every file that may change a report: its data, its layouts, the statistics of `years`, and the program."""
    yield home.data / "home.yaml"
    yield from _files(home.area_folder(area))
    for table in sorted((home.data / "statistics").glob("*")):
        yield from (table / f"{year}.csv" for year in sorted(set(years)))
    for folder in home.template_folders(name):
        yield from _files(folder)
    yield PROGRAM / "build.py"
    yield PROGRAM / "requirements.lock"
    for folder in ("reports", "figures"):
        yield from (path for path in _files(PROGRAM / folder) if path.suffix != ".pyc")


def input_hashes(home: Home, area: str, name: str, years: Iterable[int], hashes: Hashes) -> dict[str, str]:
    """The inputs of a report by name as the manifest keeps them."""
    return {home.name(path): hashes.of(path) for path in input_files(home, area, name, years)}


def read(home: Home, area: str, period: Period) -> dict[str, Entry]:
    """The reports of a period's manifest by name; empty where there is none or it cannot be read."""
    try:
        raw = json.loads((home.out_folder(area, period) / FILE).read_bytes())
        return {name: _entry(one) for name, one in raw["reports"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def to_bytes(entries: Mapping[str, Entry]) -> bytes:
    """A manifest as a file: sorted, one line a value, no clock, so that equal builds give equal bytes."""
    table = {"reports": {name: _raw(entry) for name, entry in sorted(entries.items())}}
    return (json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def changes(entry: Entry, now: Mapping[str, str]) -> list[tuple[str, str]]:
    """What changed since a report was made: (input, `changed` | `added` | `removed`)."""
    out = []
    for name in sorted({*entry.inputs, *now}):
        before, after = entry.inputs.get(name, ""), now.get(name, "")
        if before != after:
            out.append((name, "added" if not before else "removed" if not after else "changed"))
    return out


def states(entry: Entry, folder: Path, stale: bool) -> dict[str, str]:
    """The state of each output: `current`, `stale`, `edited` (by hand since it was built) or `missing`."""
    out = {}
    for name, made in entry.outputs.items():
        path = folder / name
        if not path.exists():
            out[name] = "missing"
        elif digest(path.read_bytes()) != made:
            out[name] = "edited"
        else:
            out[name] = "stale" if stale else "current"
    return out


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _raw(entry: Entry) -> dict[str, Any]:
    return {
        "inputs": dict(entry.inputs),
        "outputs": dict(entry.outputs),
        "options": dict(entry.options),
        "years": list(entry.years),
        "beside": {name: list(pair) for name, pair in entry.beside.items()},
        "warnings": [_raw_problem(one) for one in entry.problems],
        "facts": [dict(fact) for fact in entry.facts],
    }


def _raw_problem(one: Problem) -> dict[str, Any]:
    place = [one.place.file, one.place.row, one.place.column]
    values = {key: str(value) for key, value in one.values.items()}
    return {"code": one.code, "place": place, "values": values, "acknowledged": one.acknowledged}


def _entry(raw: Mapping[str, Any]) -> Entry:
    problems = tuple(
        Problem(one["code"], Place(*one["place"]), dict(one["values"]), warning=True, acknowledged=one["acknowledged"])
        for one in raw["warnings"]
    )
    beside = {name: (pair[0], pair[1]) for name, pair in raw["beside"].items()}
    return Entry(raw["inputs"], raw["outputs"], raw["options"], tuple(raw["years"]), beside, problems, tuple(raw["facts"]))
