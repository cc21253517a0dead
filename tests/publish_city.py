"""A made-up city that publishes, its service month by month, and a site small enough to be known to the last byte."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import build
from reports.order import Order, Say, silent
from reports.period import Period
from reports.public.site import Site
from reports.public.swap import digests
from reports.read.dataset import read_dataset
from reports.schedule.occasions import back
from tests.fetch_city import AREAS, FORCE, RATE, UNEMPLOYED, fetch_city
from tests.pxweb_server import PxTable, PxWeb
from tests.trips import City, Said

EVERY = 0.03  # seconds between two readings
AREA = "kuvitteila"
SHOWN = {"Kuvitteila": ("KU991",), "Naapurila": ("KU992",), "Yhteistyöalue": ("KU991", "KU992")}
MONTHLY = """people: tyottomat
rate:
  name: Työttömien osuus
  unit: "%"
  decimals: 1
  part: tyottomat
  whole: tyovoima
areas:
  - Kuvitteila
  - Naapurila
total: Yhteistyöalue
"""
NOUNS = """  month-end: yes
  nouns:
    fi:
      one: työtön työnhakija
      some: työtöntä työnhakijaa
      many: työttömiä työnhakijoita
      of: työttömien työnhakijoiden
"""
RELEASES = """releases:
  demo:
    title: Keksitty tilasto
    publisher: Keksitty laitos
    first: 21
    last: 25
    tables:
      - demo
"""


class Service:
    """The table of the test service as it grows; `figures` are what it says of the unemployed, by code and month."""

    def __init__(self, table: PxTable) -> None:
        self.table = table

    def add(self, month: Period) -> None:
        """A month comes out."""
        code = _code(month)
        number = month.first.year * 12 + month.first.month
        self.table.times[code] = code
        for place, area in enumerate(AREAS, 1):
            unemployed, force = 1000 // place + 13 * number % 97, 9000 // place
            cells = {UNEMPLOYED: str(unemployed), FORCE: str(force), RATE: f"{unemployed * 100 / force:.1f}"}
            self.table.cells |= {(area, content, code): text for content, text in cells.items()}

    def revise(self, month: Period, area: str, value: str) -> None:
        """A figure that was given out before changes."""
        self.table.cells[area, UNEMPLOYED, _code(month)] = value

    def says(self, month: Period, codes: tuple[str, ...]) -> int:
        return sum(int(self.table.cells[code, UNEMPLOYED, _code(month)]) for code in codes)

    def pages(self, months: list[Period]) -> dict[str, bytes]:
        """The whole site that must stand when these months are published, from what the service says now."""
        told = {
            month: {name: (self.says(month, codes), self.says(back(month, 12), codes)) for name, codes in SHOWN.items()}
            for month in months
        }
        return whole_site({month: page(month, figures) for month, figures in told.items()})


def _code(month: Period) -> str:
    return f"{month.first.year}M{month.first.month:02d}"


def page(month: Period, figures: Mapping[str, tuple[object, object]]) -> bytes:
    lines = [f"{name}: {now} ({then})" for name, (now, then) in figures.items()]
    return f"<h1>{month}</h1>\n{chr(10).join(lines)}\n".encode() * 20


def whole_site(pages: Mapping[Period, bytes]) -> dict[str, bytes]:
    """The pages of months with the front page that lists them."""
    front = "\n".join(str(month) for month in sorted(pages)).encode()
    return {"index.html": front, **{f"{month}/index.html": data for month, data in sorted(pages.items())}}


def small_site(order: Order, published: Path | None, say: Say = silent, languages: Iterable[str] = ()) -> Site:
    """A stand-in for the real site: as fast, and with nothing in it but figures."""
    say("composing")
    year = order.period.first.year
    figures = read_dataset(order.home, order.area, {year, year - 1})
    told = {}
    for name in SHOWN:
        now, then = (figures.find("tyottomat", month, name) for month in (order.period, back(order.period, 12)))
        assert now
        assert then
        told[name] = now.value, then.value
    old = published.glob("????-??/index.html") if published else ()
    pages = {Period.of(path.parent.name): path.read_bytes() for path in old}
    return Site(whole_site({**pages, order.period: page(order.period, told)}))


def publish_city(folder: Path, server: PxWeb, capsys: Any = None) -> City:
    """The city with a monthly follow-up, and its service at the end of 2021."""
    server.limits["maxCalls"] = 10_000  # a year of runs is asked of it in a minute here
    city = fetch_city(folder, server, capsys)
    city.write(f"data/{AREA}/monthly.yaml", MONTHLY)
    statistics = "  statistics: demo TYOTTOMAT\n"
    city.change(f"data/{AREA}/indicators.yaml", statistics, statistics + NOUNS)
    area = folder / f"data/{AREA}/area.yaml"
    area.write_text(area.read_text(encoding="utf-8").rstrip("\n") + "\n" + RELEASES, encoding="utf-8")
    return city


def service_until(server: PxWeb, last: Period) -> Service:
    """The service with all months up to one."""
    service = Service(server.tables[0])
    service.table.times.clear()
    service.table.cells.clear()
    month = Period.month(2020, 1)
    while month <= last:
        service.add(month)
        month = back(month, -1)
    return service


def publish(city: City, to: Path, day: str, *more: str) -> Said:
    return city.run("publish", "--latest", "--fetch", "--to", str(to), "--on", day, *more)


def quietly(city: City, to: Path, day: str) -> int:
    """The same for a process that was forked off; gives the exit code."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        return build.main(["--home", str(city.folder), "publish", "--latest", "--fetch", "--to", str(to), "--on", day])


def at_once(action: Callable[[], int], times: int) -> list[int]:
    """The exit codes of an action done in several processes at the same time."""
    children = []
    for _ in range(times):
        if (child := os.fork()) == 0:
            code = 99
            with suppress(Exception):
                code = action()
            os._exit(code)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def states(folder: Path) -> dict[str, str]:
    """What a reader finds who opens the folder once and reads everything in it."""
    return digests(folder.resolve())


@contextmanager
def read_all_the_time(site: Path) -> Iterator[list[dict[str, str]]]:
    """A reader that does nothing but read the site, once there is one; gives the different states it has seen."""
    seen: list[dict[str, str]] = []
    over = Event()
    if not site.exists():
        over.set()

    def read() -> None:
        while not over.wait(EVERY):
            try:
                found = states(site)
                assert (site / "index.html").read_bytes()
            except (OSError, AssertionError) as error:
                found = {"reader": str(error)}
            if found not in seen:
                seen.append(found)

    reader = Thread(target=read, daemon=True)
    reader.start()
    try:
        yield seen
    finally:
        over.set()
        reader.join()


def without_waiting(patched: pytest.MonkeyPatch) -> None:
    """Nothing waits for the disk: a killed process leaves what it wrote, synced or not."""
    patched.setattr(os, "fsync", lambda _: None)


def fill_after(written: int, patched: pytest.MonkeyPatch) -> None:
    """The disk takes so many more files, and then not one."""
    real = Path.open
    left = iter(range(written))

    def open_file(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if "w" in mode and next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, mode, *arguments, **options)

    patched.setattr(Path, "open", open_file)
