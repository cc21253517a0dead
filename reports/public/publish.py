"""The unattended trip: figures fetched -> the newest complete month -> what is missing built -> the site exchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from reports.deliver import digest
from reports.disclosure import Unprotected
from reports.errors import Problem, ReportError, problem
from reports.home import Home
from reports.order import Order, Say, silent
from reports.period import Period
from reports.public.given_out import note
from reports.public.newest import Figures, read_figures
from reports.public.swap import MOST_NAMED, Live, Record, Shelf
from reports.read.setup import read_setup

if TYPE_CHECKING:
    from reports.intake.statfin import Fetched
    from reports.public.site import Site

FRONT = "index.html"
LATER = 4  # exit code: not yet published by the statistics' own publisher, or no network
# What the service says otherwise than it did before: waiting does not mend it, so it is a fault of the data.
CHANGED = (
    *("fetch-layout", "fetch-content", "fetch-table", "fetch-total", "fetch-metadata", "fetch-answer", "fetch-no-area"),
    *("cube-", "jsonstat-", "identity-code"),
)


class Asked(NamedTuple):
    """What is to be published, where to, and as of which day: the `latest` month, or the `one` of the order.

    `languages` are those of its pages; that of the order where none is named.
    """

    order: Order
    shelf: Shelf
    on: date
    latest: bool = True
    one: bool = False
    fetch: bool = False
    strict: bool = False
    languages: tuple[str, ...] = ()


class Published(NamedTuple):
    """What a run did: the months made (none where nothing was new), the newest on the site, how many files it has."""

    made: tuple[Period, ...]
    newest: Period
    files: int
    problems: tuple[Problem, ...] = ()
    fetched: tuple[Fetched, ...] = ()


def publish(asked: Asked, say: Say = silent) -> Published:
    """Bring the published site of an area up to date, or leave it as it is.

    Raises ReportError with the exit code that says which kind of fault it is: 1 data, 3 files, 4 figures that are not
    given out yet or no network, 5 disclosure. The site stays as it was then.
    """
    if asked.latest == asked.one:
        raise ReportError([problem("publish-which")], exit_code=2)
    _check_place(asked.shelf.site, asked.order.home)
    with asked.shelf.held():
        live = asked.shelf.live()
        if live and live.record.area != asked.order.area:
            name = asked.shelf.site.name
            raise ReportError([problem("publish-area", name, found=live.record.area, area=asked.order.area)], 2)
        fetched = _fetched(asked, say) if asked.fetch else ()
        figures = read_figures(asked.order)
        newest, months = _chosen(asked, figures, live)
        files, found = _made(asked, months, live.folder if live else None, say)
        problems = (*(one for done in fetched for one in done.problems), *found)
        _check(asked, files, problems, live)
        fresh = _placed(asked, figures, months, files, live)
    if not fresh and asked.latest:
        _check_promised(asked, figures, newest)
    return Published(tuple(months) if fresh else (), newest, len(files), problems, fetched)


def _check_place(site: Path, home: Home) -> None:
    """Refuse a folder that is exchanged as a whole where that would take the home's own files with it."""
    place = site.parent.resolve() / site.name
    ours = next((one for one in (home.out, home.data, home.templates) if place.is_relative_to(one.resolve())), None)
    if ours:
        raise ReportError([problem("publish-inside", site.name, folder=home.name(ours))], exit_code=2)
    if site.name and home.root.is_relative_to(place):
        raise ReportError([problem("publish-above", site.name)], exit_code=2)


def _fetched(asked: Asked, say: Say) -> tuple[Fetched, ...]:
    """Fetch from every service that gives some of the area's figures."""
    from reports.intake import services, statfin

    home, area = asked.order.home, asked.order.area
    used = {one.statistics.partition(" ")[0] for one in read_setup(home, area).indicators.values()}
    names = services.giving(home, used)
    if not names:
        raise ReportError([problem("fetch-nothing", home.name(home.data), tables=", ".join(sorted(used - {""})))])
    try:
        return tuple(statfin.fetch(home, name, [area], None, say) for name in names)
    except ReportError as error:
        changed = any(one.code.startswith(CHANGED) for one in error.problems)
        raise ReportError(error.problems, 1 if changed else error.exit_code) from error


def _chosen(asked: Asked, figures: Figures, live: Live | None) -> tuple[Period, list[Period]]:
    """The newest month of the site to be, and the months to be made for it, oldest first.

    They are those not published yet, those of which figures were revised, and always the newest one, whose text or
    layout may have changed. A site begins with its newest month. Raises ReportError where that is not complete.
    """
    seals = live.record.months if live else {}
    there, complete = sorted(map(Period.of, seals)), figures.months()
    if asked.one:
        month = asked.order.period
        _complete(asked, figures, month, ahead=all(one < month for one in (*there, *complete)))
        return max([*there, month]), [month]
    if there:
        _complete(asked, figures, there[-1])
    if not complete:
        raise ReportError([_none(figures, asked.order.area)], exit_code=LATER)
    newest = complete[-1]
    missing = [one for one in complete if there and one > there[-1]]
    revised = [one for one in complete if one in there and seals[str(one)] != figures.seal(one)]
    return newest, sorted({*revised, *missing, newest})


def _none(figures: Figures, area: str) -> Problem:
    """That no month is complete, and what the newest one lacks."""
    begun = figures.begun()
    if not begun:
        return problem("publish-empty", area)
    return problem("publish-none", area, month=begun[-1], found=_some(figures.lacking(begun[-1])))


def _complete(asked: Asked, figures: Figures, month: Period, ahead: bool = False) -> None:
    """Refuse a month that lacks figures; where it lies `ahead` of all others, they are still to come out."""
    if month.kind != "month":
        raise ReportError([problem("monthly-period", found=month)], exit_code=2)
    if lacking := figures.lacking(month):
        area, found = asked.order.area, _some(lacking)
        if ahead:
            raise ReportError([problem("publish-ahead", area, month=month, found=found)], exit_code=LATER)
        raise ReportError([problem("publish-lacks", area, month=month, found=found)])


def _made(
    asked: Asked, months: Sequence[Period], published: Path | None, say: Say
) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The whole new site with some months made anew, one after the other, and what their making found."""
    spoken = asked.languages or (asked.order.language,)
    *earlier, last = (asked.order._replace(period=month, language=one) for month in months for one in spoken)
    problems: list[Problem] = []
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        for number, order in enumerate(earlier):
            made = _site(order, published, say, spoken)
            problems += made.problems
            published = _laid_out(made.files, Path(scratch) / str(number))
        made = _site(last, published, say, spoken)
    return made.files, (*problems, *made.problems)


def _site(order: Order, published: Path | None, say: Say, languages: Sequence[str]) -> Site:
    """The site with an order's month made anew; what the month hides, or cannot, is written down for the staff."""
    from reports.public import site
    from reports.public.for_staff import keep

    try:
        made = site.site(order, published, say, languages)
    except Unprotected as stopped:
        with suppress(ReportError, OSError):  # that the figures cannot be protected weighs more
            keep(order, stopped.lists)
        raise
    keep(order, made.lists)
    return made


def _laid_out(files: Mapping[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def _check(asked: Asked, files: Mapping[str, bytes], problems: Sequence[Problem], live: Live | None) -> None:
    """Refuse a site with errors, under --strict with warnings, or one that has lost pages which are published now."""
    if any(not one.warning or (asked.strict and not one.acknowledged) for one in problems):
        raise ReportError(sorted(problems, key=lambda one: one.warning))
    pages = {name for name in live.record.files if name.endswith(".html")} if live else set()
    lost = sorted(name for name in pages or {FRONT} if not files.get(name))
    if lost:
        raise ReportError([problem("publish-lost", asked.shelf.site.name, found=_some(lost))])


def _placed(
    asked: Asked, figures: Figures, months: Sequence[Period], files: Mapping[str, bytes], live: Live | None
) -> bool:
    """Exchange the site where something in it is new; whether it was."""
    before = live.record.months if live else {}
    seals = {**before, **{str(one): figures.seal(one) for one in months}}
    record = Record(asked.order.area, {}, seals, live.version if live else "")
    if live and live.record.files == {name: digest(data) for name, data in files.items()}:
        if live.record.months != seals:
            asked.shelf.note(live, live.record._replace(months=seals))
        note(asked.order.home, asked.order.area, seals)
        return False
    asked.shelf.put(files, record)
    note(asked.order.home, asked.order.area, seals)
    return True


def _check_promised(asked: Asked, figures: Figures, newest: Period) -> None:
    """Say so where a newer month was to be there by now: somebody waits for it."""
    promised = figures.promised(asked.on)
    if promised and promised[0] > newest:
        month, day = promised
        found = _some(figures.lacking(month))
        late = problem("publish-late", asked.order.area, month=month, day=day, newest=newest, found=found)
        raise ReportError([late], exit_code=LATER)


def _some(names: Sequence[str]) -> str:
    more = f" (+{len(names) - MOST_NAMED})" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
