"""The whole public site of an area as files: the order's month made anew, the other months as they are published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from reports.chart_worker import ChartWorker
from reports.deliver import deliver, digest, locked
from reports.errors import Problem, ReportError, problem
from reports.finnish import Language
from reports.messages import DOCUMENT_LANGUAGES
from reports.order import Order, Say, silent
from reports.period import Period
from reports.prepare import Prepared, prepare
from reports.public.feed import feed
from reports.public.record import JSON, MONTH, Record, of_json, to_csv, to_json

PAGE, CSV = "index.html", "data.csv"
OF_MONTH = (PAGE, CSV, JSON, "fragment.html", "text.txt")
FEED = "feed.xml"
PAPER = b'<rect width="100%" height="100%" fill="#fff"/>'
"""Behind a drawing in a city's own page, which may be dark: the drawing's colours are those for white."""


class Site(NamedTuple):
    """A site's files by their names from its root (`2022-11/index.html`), and what its making found.

    `lists` are the files that tell the staff what the month hides, which never go on the site.
    """

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    lists: Mapping[str, bytes] = {}


def site(order: Order, published: Path | None, say: Say = silent, languages: Iterable[str] = ()) -> Site:
    """The whole new site: the order's month made anew, the other months byte by byte from the folder `published`.

    `languages` are those that the site will have at last, besides those it has already. Raises ReportError; exit code 4
    where the month has no figures yet, 5 where it cannot be published without giving a hidden figure away.
    """
    order = order._replace(published=published)
    with ChartWorker(order.cache) as worker:
        made = prepare(order, say, worker=worker)
    if any(not one.warning for one in made.problems):
        raise ReportError(made.problems)
    return Site(files_of(order, made, published, languages), made.problems, made.extra)


def put(order: Order, made: Prepared, before: Mapping[str, str]) -> dict[str, str]:
    """Put the site with a month that is ready in its place, in one swap; gives the hashes of the month's files.

    `before` are those of the last time. Raises ReportError: site-edited where somebody has changed one since, which
    would be lost, and as `reports.deliver`.
    """
    with locked(order.site, order.locks):
        files = files_of(order, made, order.site)
        mine = {name: digest(data) for name, data in files.items() if name in _of_month(order)}
        edited = [name for name in mine if _is_edited(order.site / name, (mine[name], before.get(name, "")))]
        if edited and before:
            raise ReportError(problem("site-edited", order.home.name(order.site / name)) for name in edited)
        deliver(order.site, files, last=f"{_root(order.language)}{PAGE}")
    return mine


def files_of(order: Order, made: Prepared, published: Path | None, languages: Iterable[str] = ()) -> dict[str, bytes]:
    """Every file of the site with a month that is ready; raises ReportError(site-record) as `_carried`."""
    files = dict(_carried(published, order)) if published else {}
    root = _root(order.language)
    there = {code for code in DOCUMENT_LANGUAGES if code in languages or f"{_root(code)}{PAGE}" in files}
    others = [code for code in DOCUMENT_LANGUAGES if code in there - {order.language}]
    files |= zip(_of_month(order), _month(made, others), strict=True)
    return files | dict(_lists(made, root, _records(files, root), others))


def _elsewhere(others: Iterable[str], up: str) -> list[dict[str, str]]:
    """The ways to the site's first pages in other languages, from a page that is `up` from the site's root."""
    found = ((code, Language(code).catalogue.part("site")["in_language"]) for code in others)
    return [{"code": code, "name": name, "page": f"{up}{_root(code)}{PAGE}"} for code, name in found]


def _up(language: str) -> str:
    """From the first page of a language to the site's root."""
    return "../" * _root(language).count("/")


def _root(language: str) -> str:
    """Where the pages of a language begin: those in Finnish at the site's root."""
    return "" if language == "fi" else f"{language}/"


def _of_month(order: Order) -> tuple[str, ...]:
    return tuple(f"{_root(order.language)}{order.period}/{name}" for name in OF_MONTH)


def _records(files: Mapping[str, bytes], root: str) -> list[Record]:
    """The months of a language that a site holds, the newest first."""
    of_month = re.compile(rf"{root}{MONTH.pattern}/{re.escape(JSON)}")
    found = (of_json(data) for name, data in files.items() if of_month.fullmatch(name))
    return sorted(found, key=lambda one: one.period, reverse=True)


def _is_edited(path: Path, ours: tuple[str, ...]) -> bool:
    return path.is_file() and digest(path.read_bytes()) not in ours


def _carried(published: Path, order: Order) -> Iterator[tuple[str, bytes]]:
    """The files of a published site that are ours; raises ReportError(site-record) where a month's data is no record.

    A folder without our data, and whatever else somebody has laid there, is not ours and not carried on.
    """
    for root in map(_root, DOCUMENT_LANGUAGES):
        folder = published / root
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name in (PAGE, FEED):
                yield f"{root}{path.name}", path.read_bytes()
            elif MONTH.fullmatch(path.name) and (path / JSON).is_file():
                _check(path / JSON, order)
                yield from ((f"{root}{path.name}/{one}", (path / one).read_bytes()) for one in _there(path))


def _there(folder: Path) -> list[str]:
    return [name for name in OF_MONTH if (folder / name).is_file()]


def _check(path: Path, order: Order) -> None:
    try:
        of_json(path.read_bytes())
    except ValueError as error:
        raise ReportError([problem("site-record", order.home.name(path))]) from error


def _month(made: Prepared, others: Iterable[str]) -> Iterator[bytes]:
    """The files of a month in the order of `OF_MONTH`."""
    from reports.write import fragment, html, txt

    if made.record is None:
        raise TypeError(made.document.name)
    around = {"archive": f"../{PAGE}", "feed": _feed(made) and f"../{FEED}", "csv": CSV, "json": JSON}
    tongues = _elsewhere(others, f"../{_up(made.document.language)}")
    near = (*around.values(), *(one["page"] for one in tongues))
    yield html.page(made.document, made.template, "site.html.j2", {"site": {**around, "languages": tongues}}, near)
    yield to_csv(made.record)
    yield to_json(made.record)
    yield fragment.write(made.document, made.template).replace(b"</desc>", b"</desc>" + PAPER)
    yield txt.write(made.document, made.template)


def _feed(made: Prepared) -> str:
    """The name of the feed; empty where area.yaml has no address of the site, which a feed needs."""
    return FEED if made.dataset.setup.site else ""


def _lists(made: Prepared, root: str, found: list[Record], others: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """What lists the months of a language, newest first: the archive, and the feed where there is an address."""
    from reports.write import html

    labels, language = made.document.labels, Language(made.document.language)
    empty = replace(made.document, sections=(), attachments=(), notices=(), key_figures=(), date="", roles=())
    page = replace(empty, title=labels["site_title"], subtitle=labels["site_about"])
    months = [_told(one, language) for one in found]
    tongues = _elsewhere(others, _up(page.language))
    near = [FEED, *(one["page"] for one in (*months, *tongues))]
    around = {"feed": _feed(made), "months": months, "languages": tongues}
    yield f"{root}{PAGE}", html.page(page, made.template, "archive.html.j2", {"site": around}, near)
    if address := made.dataset.setup.site:
        address = address.rstrip("/") + "/"
        yield f"{root}{FEED}", feed(found, f"{labels['site_title']}, {page.organisation}", address + root)


def _told(one: Record, language: Language) -> dict[str, Any]:
    when = language.when(Period.of(one.period))
    return {"when": when[:1].upper() + when[1:], "title": one.title, "page": f"{one.period}/", "lead": list(one.lead)}
