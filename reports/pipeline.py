"""The whole trip: read -> facts -> charts -> document -> write -> manifest."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from reports import manifest
from reports.deliver import beside, deliver, digest, locked
from reports.errors import Problem, ReportError
from reports.manifest import Entry, Hashes
from reports.messages import catalogue
from reports.order import Order, Say, silent

if TYPE_CHECKING:
    from reports.prepare import Prepared


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did: the documents with the seconds each took, and what it has to say.

    `beside` maps a document that a person edited to the one written next to it. `fresh` is false where nothing had
    to be made.
    """

    documents: Mapping[str, float]
    problems: tuple[Problem, ...]
    beside: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = True


def build(order: Order, say: Say = silent) -> Result:
    """Make the documents of an order, or find that they are up to date.

    `say(step, **values)` is told what begins. Raises ReportError with every problem that stops the report; nothing is
    written then.
    """
    hashes = Hashes(order.cache / "hashes.json")
    entry = manifest.read(order.home, order.area, order.period).get(order.stem)
    formats = order.formats or (tuple(entry.options["formats"]) if entry else ())
    if entry and up_to_date(order, entry, formats, hashes):
        hashes.save()
        made = {name: 0.0 for name in entry.outputs}
        return Result(made, entry.problems, {name: pair[0] for name, pair in entry.beside.items()}, fresh=False)
    from reports.prepare import prepare

    prepared = prepare(order, say)
    if errors := [one for one in prepared.problems if not one.warning]:
        raise ReportError([*errors, *(one for one in prepared.problems if one.warning)])
    files, seconds = _write(order, prepared, order.formats or prepared.recipe.formats, say)
    inputs = manifest.input_hashes(order.home, order.area, order.name, prepared.years, hashes)
    hashes.save()
    new = Entry(
        inputs,
        {name: digest(data) for name, data in files.items()},
        {"report": order.name, "formats": sorted(order.formats or prepared.recipe.formats)},
        prepared.years,
        problems=prepared.problems,
        facts=prepared.facts,
    )
    placed = place(order, order.stem, files, new)
    return Result(seconds, prepared.problems, placed)


def up_to_date(order: Order, entry: Entry, formats: Sequence[str], hashes: Hashes) -> bool:
    """Whether every document asked for stands as it was built, from inputs that have not changed.

    A document that a person edited counts as standing when its newest text lies beside it.
    """
    if not set(formats) <= set(entry.options["formats"]):
        return False
    if order.formats and set(order.formats) != set(entry.options["formats"]):
        return False
    if manifest.changes(entry, manifest.input_hashes(order.home, order.area, order.name, entry.years, hashes)):
        return False
    for name, made in entry.outputs.items():
        if hashes.of(order.folder / name) == made:
            continue
        aside = entry.beside.get(name)
        if not aside or hashes.of(order.folder / aside[0]) != aside[1]:
            return False
    return True


def _write(order: Order, prepared: Prepared, formats: Sequence[str], say: Say) -> tuple[dict[str, bytes], dict[str, float]]:
    """The documents by name and the seconds each took; every writer's problems are raised at once.

    typst works outside Python's lock, so the PDF is made beside the others.
    """
    with ThreadPoolExecutor(1) as beside_us:
        apart = {kind: beside_us.submit(_written, order, prepared, kind) for kind in formats if kind == "pdf"}
        made: dict[str, tuple[bytes, float]] = {}
        problems: list[Problem] = []
        for kind in sorted(formats, key=lambda one: one in apart):
            say("writing", file=order.file(kind))
            try:
                made[kind] = apart[kind].result() if kind in apart else _written(order, prepared, kind)
            except ReportError as error:
                problems += error.problems
    if problems:
        raise ReportError(problems)
    files = {order.file(kind): made[kind][0] for kind in formats}
    return files, {order.file(kind): made[kind][1] for kind in formats}


def _written(order: Order, prepared: Prepared, kind: str) -> tuple[bytes, float]:
    begun = time.perf_counter()
    writer = import_module(f"reports.write.{kind}")
    return writer.write(prepared.document, prepared.template), time.perf_counter() - begun


def place(order: Order, stem: str, files: Mapping[str, bytes], entry: Entry) -> dict[str, str]:
    """Put files in the order's folder, in one piece with their manifest; never over one that a person edited.

    `stem` names them in the manifest. Gives, for each edited one, the name of the file written beside it.
    """
    word = catalogue(order.language).say("files.beside")
    with locked(order.folder, order.cache / "locks"):
        entries = manifest.read(order.home, order.area, order.period)
        before = entries.get(stem)
        sealed: dict[str, tuple[str, str]] = {}
        out: dict[str, bytes] = {}
        for name, data in files.items():
            if _edited(order.folder / name, data, before):
                taken = dict(before.beside.values()) if before else {}
                sealed[name] = (beside(name, word, taken, order.folder), digest(data))
            out[sealed[name][0] if name in sealed else name] = data
        kept = before.outputs if before else {}
        outputs = {name: kept.get(name, "") if name in sealed else seal for name, seal in entry.outputs.items()}
        entries[stem] = replace(entry, outputs=outputs, beside=sealed)
        out[manifest.FILE] = manifest.to_bytes(entries)
        deliver(order.folder, out, last=manifest.FILE)
    return {name: pair[0] for name, pair in sealed.items()}


def _edited(path: Path, new: bytes, before: Entry | None) -> bool:
    """Whether a person changed a document since it was built; one that we did not build counts as a person's."""
    if not path.exists():
        return False
    found = digest(path.read_bytes())
    return found != digest(new) and (before is None or before.outputs.get(path.name) != found)

