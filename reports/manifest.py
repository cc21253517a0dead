"""What was made from what: inputs and outputs with their hashes; stale, edited by hand, or up to date."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reports.deliver import digest
from reports.errors import Place, Problem
from reports.home import PROGRAM, Home
from reports.period import Period

FILE = "manifest.json"
STATISTICS = "data/statistics/"
OURS = "vuosikello"
LAYOUT = re.compile(rf"(?:{OURS}/)?templates/([^/]+)/")
SHARED = "shared"  # the template folder that every layout may use
# What Word, Excel, editors, file managers and Python leave among files for a while.
PASSING = re.compile(r"/(~\$|\.|#|__pycache__/)|[~#]$|\.(bak|swp|tmp|pyc)$")
SETTLED_NS = 2_000_000_000  # a file younger than this when hashed may change again without a new time stamp


class Entry(NamedTuple):
    """One report of a manifest. `inputs` and `outputs` map names to SHA-256; a missing input has an empty one.

    `beside` maps an output that a person edited to the file written next to it, and that file's hash; the output's own
    hash is then that of its last unedited state, empty where it never was ours. `behind` are outputs that were not
    made again when the others were. `years` and `layouts` are those that it depends on.
    """

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    options: Mapping[str, Any]
    years: tuple[int, ...] = ()
    layouts: tuple[str, ...] = ()
    beside: Mapping[str, tuple[str, str]] = {}
    behind: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    facts: tuple[Mapping[str, str], ...] = ()


class Hashes:
    """SHA-256 of files, remembered by size and time so that an unchanged file is not read again."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._new = False
        try:
            found: Any = json.loads(store.read_bytes())
        except (OSError, ValueError):
            found = {}
        self._known: dict[str, list[Any]] = found if isinstance(found, dict) else {}

    def of(self, path: Path | str) -> str:
        """The hash of a file; nothing where there is none."""
        try:
            stat = os.stat(path)  # noqa: PTH116 - a Path for each of a hundred files takes longer than the question
        except OSError:
            return ""
        key, seal = str(path), [stat.st_size, stat.st_mtime_ns]
        known = self._known.get(key)
        if known and known[:2] == seal:
            return str(known[2])
        found = digest(Path(path).read_bytes())
        if time.time_ns() - stat.st_mtime_ns > SETTLED_NS:
            self._known[key] = [*seal, found]
            self._new = True
        return found

    def forget(self, *folders: Path) -> None:
        """Let go of the files below some folders: a process that goes on to other areas would only gather them."""
        below = tuple(f"{folder}{os.sep}" for folder in folders)
        self._known = {key: known for key, known in self._known.items() if not key.startswith(below)}

    def save(self) -> None:
        """Remember what was hashed; it is only a help, so a folder that cannot be written is no fault."""
        if not self._new:
            return
        try:
            self.store.parent.mkdir(parents=True, exist_ok=True)
            part = self.store.with_suffix(f".{os.getpid()}")
            part.write_text(json.dumps(self._known), encoding="utf-8")
            os.replace(part, self.store)
        except OSError:
            return


def input_files(home: Home, area: str) -> Iterator[tuple[str, str | Path]]:
    """Every file that may change a report of an area, by its name in the manifest: data, layouts, program, statistics.

    A file of the program itself is told by its name from the city's file that hides it. `chosen` takes those of one
    report.
    """
    yield _named(home, home.data / "home.yaml")
    yield from _files(home, home.area_folder(area))
    yield from _files(home, home.data / "statistics")
    for folder in dict.fromkeys((home.templates, PROGRAM / "templates")):
        yield from _files(home, folder)
    yield _named(home, PROGRAM / "build.py")
    yield _named(home, PROGRAM / "requirements.lock")
    for part in ("reports", "figures"):
        yield from _files(home, PROGRAM / part)


def input_hashes(home: Home, area: str, hashes: Hashes) -> dict[str, str]:
    """The hashes of everything that may change a report of an area, by name as the manifest keeps them."""
    return {file: hashes.of(path) for file, path in input_files(home, area)}


def chosen(years: Iterable[int], layouts: Iterable[str], all_of: Mapping[str, str]) -> dict[str, str]:
    """Of the hashes of everything, those that a report depends on: statistics of its years, the layouts it uses."""
    wanted = {f"{year}.csv" for year in years}
    used = {*layouts, SHARED}
    kept = {name: seal for name, seal in all_of.items() if _concerns(name, wanted, used)}
    tables = {name.rpartition("/")[0] for name in all_of if name.startswith(STATISTICS)}
    return {f"{table}/{file}": "" for table in tables for file in wanted} | kept


def _concerns(name: str, years: Collection[str], layouts: Collection[str]) -> bool:
    if name.startswith(STATISTICS):
        return name.rpartition("/")[2] in years
    layout = LAYOUT.match(name)
    return layout is None or layout[1] in layouts


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


def with_others(entry: Entry, before: Entry, folder: Path) -> Entry:
    """An entry with the outputs of the one before that were not made again and still lie in the folder.

    They are behind unless nothing has changed since.
    """
    others = {
        name: made for name, made in before.outputs.items() if name not in entry.outputs and (folder / name).exists()
    }
    behind = others if entry.inputs != before.inputs else set(others) & set(before.behind)
    aside = {name: pair for name, pair in before.beside.items() if name in others}
    return entry._replace(
        outputs={**entry.outputs, **others}, beside={**entry.beside, **aside}, behind=tuple(sorted(behind))
    )


def states(entry: Entry, folder: Path, stale: bool, hashes: Hashes) -> dict[str, str]:
    """The state of each output: `current`, `stale`, `edited` (by hand since it was built) or `missing`."""
    return {name: _state(entry, name, hashes.of(folder / name), stale) for name in entry.outputs}


def stands(entry: Entry, name: str, folder: Path, hashes: Hashes) -> bool:
    """Whether an output lies in its folder as it was last built.

    A document that a person edited counts as standing when its newest text lies beside it.
    """
    state = _state(entry, name, hashes.of(folder / name), stale=False)
    if state == "edited" and name in entry.beside and name not in entry.behind:
        file, seal = entry.beside[name]
        return hashes.of(folder / file) == seal
    return state == "current"


def edited(entry: Entry | None, name: str, found: str) -> bool:
    """Whether a file with the hash `found` holds a person's work: it is nothing that we built."""
    ours = (entry.outputs.get(name, ""), entry.beside.get(name, ("", ""))[1]) if entry else ()
    return bool(found) and found not in ours


def _state(entry: Entry, name: str, found: str, stale: bool) -> str:
    if not found:
        return "missing"
    if edited(entry, name, found):
        return "edited"
    newest = entry.beside[name][1] if name in entry.beside else entry.outputs[name]
    return "current" if found == newest and not stale and name not in entry.behind else "stale"


def _files(home: Home, folder: Path) -> list[tuple[str, str | Path]]:
    """The files below a folder by name; leftovers of editors and of Python are passed over.

    Walked with os.walk and strings, since this is most of what an up-to-date report costs.
    """
    base, before = _base(home, folder)
    out: list[tuple[str, str | Path]] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not PASSING.search(f"/{one}/")]
        for name in names:
            if not PASSING.search(f"/{name}"):
                path = os.path.join(place, name)  # noqa: PTH118
                out.append((before + path[base:].replace(os.sep, "/"), path))
    return sorted(out)


def _named(home: Home, path: Path) -> tuple[str, str | Path]:
    base, before = _base(home, path)
    return before + str(path)[base:].replace(os.sep, "/"), path


def _base(home: Home, path: Path) -> tuple[int, str]:
    """How many letters of a path are left out of its name, and what is put before it."""
    if path.is_relative_to(home.root):
        return len(str(home.root)) + 1, ""
    return len(str(PROGRAM)) + 1, f"{OURS}/"


def _raw(entry: Entry) -> dict[str, Any]:
    return {
        "inputs": dict(entry.inputs),
        "outputs": dict(entry.outputs),
        "options": dict(entry.options),
        "years": list(entry.years),
        "layouts": list(entry.layouts),
        "beside": {name: list(pair) for name, pair in entry.beside.items()},
        "behind": list(entry.behind),
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
    return Entry(
        dict(raw["inputs"]),
        dict(raw["outputs"]),
        dict(raw["options"]),
        tuple(raw["years"]),
        tuple(raw.get("layouts", ())),
        beside,
        tuple(raw.get("behind", ())),
        problems,
        tuple(raw["facts"]),
    )
