"""The whole trip: read -> facts -> charts -> document -> write -> manifest."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reports import manifest
from reports.chart_worker import ChartWorker
from reports.deliver import beside, deliver, digest, locked, settle
from reports.errors import Problem, ReportError
from reports.manifest import Entry, Hashes
from reports.messages import catalogue
from reports.order import Order, Say, silent

if TYPE_CHECKING:
    from reports.prepare import Prepared

TYPESET = ("plan", "short")
"""The reports whose only picture, the year clock or the lines of years, is drawn without matplotlib."""

PUBLIC = ("short", "release")
"""The contents whose workbook has no wide tables: the next page could not know that readers have seen those."""

UNDRAWN = ("pptx",)
"""What is made without drawings: PowerPoint draws its charts itself."""


class Result(NamedTuple):
    """What a build did: the documents with the seconds each took, and what it has to say.

    `beside` maps a document that a person edited to the one written next to it. `fresh` is false where nothing had
    to be made. `title` is the report's name in each language, `site` where the public site lies that it belongs on.
    """

    documents: Mapping[str, float]
    problems: tuple[Problem, ...]
    beside: Mapping[str, str] = {}
    fresh: bool = True
    title: Mapping[str, str] = {}
    site: Path | None = None


def build(order: Order, say: Say = silent, worker: ChartWorker | None = None, known: Hashes | None = None) -> Result:
    """Make the documents of an order, or find that they are up to date.

    `worker` draws where there is one already, `known` are the hashes of whoever makes many. `say(step, **values)` is
    told what begins. Raises ReportError with every problem that stops the report; nothing is written then.
    """
    settle(order.folder, order.locks)
    settle(order.home.data, order.locks)  # figures that a killed import left half stored
    hashes = known or Hashes(order.cache / "hashes.json")
    entry = manifest.read(order.home, order.area, order.period).get(order.stem)
    # Hashed before anything is read: a file that somebody saves meanwhile makes the documents stale, as it should.
    now = manifest.input_hashes(order.home, order.area, hashes)
    standing = up_to_date(order, entry, now, hashes) if entry else None
    if known is None:
        hashes.save()
    if standing:
        return standing
    prepared = _prepare(order, say, worker)
    formats = _formats(order, prepared.recipe.formats, entry)
    problems = (*prepared.problems, *_layout_problems(prepared, formats))
    if any(not one.warning for one in problems):
        raise ReportError(sorted(problems, key=lambda one: one.warning))
    files, seconds = _write(order, prepared, formats, say)
    problems = (*problems, *_too_long(order, prepared, files))
    site = _site(order, prepared, entry)
    new = Entry(
        manifest.chosen(prepared.years, prepared.layouts, now),
        {name: digest(data) for name, data in files.items()},
        {"report": order.name, "usual": list(prepared.recipe.formats), "title": dict(prepared.recipe.title), **site},
        prepared.years,
        prepared.layouts,
        problems=problems,
        facts=prepared.facts,
    )
    aside = place(order, order.stem, files, new)
    return Result(seconds, problems, aside, title=prepared.recipe.title, site=order.site if site.get("site") else None)


def up_to_date(order: Order, entry: Entry, now: Mapping[str, str], hashes: Hashes) -> Result | None:
    """What to say where every document asked for stands as it was built, from inputs that have not changed.

    `now` are the hashes of everything that could matter.
    """
    names = [order.file(kind) for kind in _formats(order, entry.options.get("usual", ()), entry)]
    if not all(name in entry.outputs and manifest.stands(entry, name, order.folder, hashes) for name in names):
        return None
    if manifest.changes(entry, manifest.chosen(entry.years, entry.layouts, now)):
        return None
    if not _site_stands(order, entry, hashes):
        return None
    found = {name: hashes.of(order.folder / name) for name in names}
    aside = {name: entry.beside[name][0] for name in names if manifest.edited(entry, name, found[name])}
    title = entry.options.get("title", {})
    return Result(dict.fromkeys(names, 0.0), entry.problems, aside, fresh=False, title=title)


def _site(order: Order, prepared: Prepared, entry: Entry | None) -> dict[str, dict[str, str]]:
    """The public site put in place, for a report that belongs on it; what the manifest keeps of that.

    Who asks for some formats alone does not mean the site.
    """
    if prepared.record is None or order.formats:
        return {} if prepared.record is None else {"site": {}}
    from reports.public import site

    return {"site": site.put(order, prepared, entry.options.get("site", {}) if entry else {})}


def _site_stands(order: Order, entry: Entry, hashes: Hashes) -> bool:
    """Whether the month stands on the public site as it was put there, where it belongs on it and is asked for."""
    site = entry.options.get("site")
    if site is None or order.formats:
        return True
    return bool(site) and all(hashes.of(order.site / name) == seal for name, seal in site.items())


def _formats(order: Order, usual: Sequence[str], entry: Entry | None) -> tuple[str, ...]:
    """The formats asked for; else the recipe's, and those made before on request that still lie there."""
    if order.formats:
        return order.formats
    made = {name.removeprefix(f"{order.stem}.") for name in entry.outputs} if entry else set()
    more = sorted(kind for kind in made - set(usual) if (order.folder / order.file(kind)).is_file())
    return (*usual, *more)


def _layout_problems(prepared: Prepared, formats: Sequence[str]) -> list[Problem]:
    """What is wrong with the theme, and with a city's own layouts."""
    from reports.layouts import layout_problems, theme_problems

    return [*theme_problems(prepared.template.theme), *layout_problems(prepared, formats)]


def _too_long(order: Order, prepared: Prepared, files: Mapping[str, bytes]) -> list[Problem]:
    """That the document has more pages than its recipe grants it."""
    if not prepared.recipe.pages:
        return []
    from reports.family.pages import too_long

    text = order.home.period_folder(order.area, order.period) / prepared.recipe.main(order.language)
    return too_long(prepared.recipe, prepared.document, order.home.name(text), files)


def _prepare(order: Order, say: Say, drawer: ChartWorker | None) -> Prepared:
    """The report made ready; where no drawing is kept, the process that draws starts before anything else is loaded."""
    with nullcontext(drawer) if drawer else ChartWorker(order.cache) as worker:
        if drawer is None and not order.drawings.is_dir() and order.formats != UNDRAWN and _may_draw(order):
            worker.start(matplotlib=order.name not in TYPESET)
        from reports.prepare import prepare

        return prepare(order, say, lambda made: _load(order.formats or made.recipe.formats, made), worker)


def _may_draw(order: Order) -> bool:
    """Whether a report may have charts, by a look at its files: a wrong guess only takes longer."""
    folders = order.home.template_folders(order.name)
    recipe = next((path for folder in folders if (path := folder / "recipe.yaml").is_file()), None)
    text = order.home.period_folder(order.area, order.period) / order.file("md")
    if recipe is None or not text.is_file():
        return True
    made_of, said = recipe.read_bytes(), text.read_bytes()
    return b"\ncontent:" in made_of or any(f"\n{key}:".encode() in made_of + said for key in ("figures", "attachments"))


def _load(formats: Sequence[str], made: Prepared) -> None:
    """Import the writers while another process draws the charts; together they take as long as that."""
    for kind in formats:
        import_module(f"reports.write.{kind}")
    if "xlsx" in formats and not made.document.data:
        import_module("pandas")  # of which the wide tables are made


def _write(
    order: Order, prepared: Prepared, formats: Sequence[str], say: Say
) -> tuple[dict[str, bytes], dict[str, float]]:
    """The documents by name and the seconds each took; every writer's problems are raised at once.

    typst works outside Python's lock, so the PDF is made beside the others.
    """
    if "xlsx" in formats and prepared.recipe.content not in PUBLIC:
        from reports.finnish import Language
        from reports.wide import wide_tables

        wide = prepared.document.data or wide_tables(prepared.dataset, Language(order.language))
        prepared = prepared._replace(document=replace(prepared.document, data=wide))
    with ThreadPoolExecutor(1) as beside_us:
        apart = {kind: beside_us.submit(_written, prepared, kind) for kind in formats if kind == "pdf"}
        made: dict[str, tuple[bytes, float]] = {}
        problems: list[Problem] = []
        for kind in sorted(formats, key=lambda one: one in apart):
            say("writing", file=order.file(kind))
            if kind in apart:
                import_module("filelock")  # needed next; loaded while the PDF is still being made
            try:
                made[kind] = apart[kind].result() if kind in apart else _written(prepared, kind)
            except ReportError as error:
                problems += error.problems
    if problems:
        raise ReportError(problems)
    files = {**prepared.extra, **{order.file(kind): made[kind][0] for kind in formats}}
    return files, {order.file(kind): made[kind][1] for kind in formats}


def _written(prepared: Prepared, kind: str) -> tuple[bytes, float]:
    begun = time.perf_counter()
    writer = import_module(f"reports.write.{kind}")
    return writer.write(prepared.document, prepared.template), time.perf_counter() - begun


def place(order: Order, stem: str, files: Mapping[str, bytes], entry: Entry) -> dict[str, str]:
    """Put files in the order's folder, in one piece with their manifest; never over one that a person edited.

    `stem` names them in the manifest. Gives, for each edited one, the name of the file written beside it.
    """
    word = catalogue(order.language).say("files.beside")
    with locked(order.folder, order.locks):
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
        made = entry._replace(outputs=outputs, beside=sealed)
        entries[stem] = manifest.with_others(made, before, order.folder) if before else made
        out[manifest.FILE] = manifest.to_bytes(entries)
        deliver(order.folder, out, last=manifest.FILE)
    return {name: pair[0] for name, pair in sealed.items()}


def _edited(path: Path, new: bytes, before: Entry | None) -> bool:
    """Whether a person changed a document since it was built; one that we did not build counts as a person's."""
    found = digest(path.read_bytes()) if path.exists() else ""
    return found != digest(new) and manifest.edited(before, path.name, found)
