"""Two years of months published by the unattended job, six of them faulty: the site is never wrong, half or empty."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import reports.public.site
from reports.deliver import digest
from reports.finnish import Language
from reports.period import Period
from reports.schedule.occasions import back
from tests.fetch_city import demo_table
from tests.publish_city import (
    Service,
    at_once,
    fill_after,
    publish,
    publish_city,
    quietly,
    read_all_the_time,
    service_until,
    small_site,
    states,
    without_waiting,
)
from tests.pxweb_faults import contents_called
from tests.pxweb_server import PxWeb, serving
from tests.steps import killed_at
from tests.trips import City, Said, contents

FIRST, MONTHS, YEAR = Period.of("2021-01"), 24, 12
LATE, REVISED, LAYOUT, FULL, KILLED, AT_ONCE = 4, 7, 10, 13, 16, 19
FAULTY = {LATE, REVISED, LAYOUT, FULL, KILLED, AT_ONCE}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed, so the system must fork")


class Years:
    """The city with its service and its published site, and what must stand there."""

    def __init__(self, city: City, server: PxWeb, site: Path) -> None:
        self.city, self.server, self.site = city, server, site
        self.service: Service = service_until(server, back(FIRST, 1))
        self.published: list[Period] = []
        self.stands: dict[str, str] = {}

    def come_out(self, month: Period) -> None:
        """The figures of a month are given out."""
        self.service.add(month)

    def run(self, month: Period, day: int = 27) -> Said:
        """The job on a day of the month after; whoever reads meanwhile finds the site before or after, and whole."""
        with read_all_the_time(self.site) as seen:
            said = publish(self.city, self.site, f"{back(month, -1)}-{day:02d}")
        for state in seen:
            assert state in (self.stands, states(self.site)), sorted(state)
        assert said.err.count("\n") == bool(said.code), said.err
        assert "Traceback" not in said.all
        return said

    def assert_unchanged(self) -> None:
        """The published site is what it was."""
        assert states(self.site) == self.stands

    def assert_published(self, month: Period) -> None:
        """Every file of the site is what must stand there, from what the service says."""
        self.published = sorted({*self.published, month})
        wanted = {name: digest(data) for name, data in self.service.pages(self.published).items()}
        assert states(self.site) == wanted
        self.stands = wanted

    def day(self, month: Period) -> str:
        return f"{back(month, -1)}-27"


@pytest.fixture
def years(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Years]:
    monkeypatch.setattr(reports.public.site, "site", small_site)
    without_waiting(monkeypatch)
    with serving(demo_table()) as server:
        yield Years(publish_city(tmp_path / "city", server, capsys), server, tmp_path / "www" / "site")


def usual(years: Years, month: Period) -> None:
    years.come_out(month)
    said = years.run(month)
    assert said.code == 0, said.all
    assert said.err == ""


def late(years: Years, month: Period) -> None:
    """On the first days nothing is there, which is as it should be; after the promised day it is late."""
    early = years.run(month, 21)
    assert early.code == 0
    said = years.run(month)
    assert said.code == 4
    assert Language("fi").short(month) in said.err
    years.assert_unchanged()
    usual(years, month)


def revised(years: Years, month: Period) -> None:
    """The month before and one of last year are revised: every page that showed them is made anew."""
    before = dict(years.stands)
    years.service.revise(back(month, 1), "KU991", "4321")
    years.service.revise(back(month, 13), "KU992", "1234")
    usual(years, month)
    changed = {name.partition("/")[0] for name, seal in states(years.site).items() if before.get(name) != seal}
    assert changed == {"index.html", str(month), str(back(month, 1))}


def layout_changed(years: Years, month: Period) -> None:
    years.come_out(month)
    years.server.faults["metadata"] = contents_called(lambda code: code.replace("TYOTTOMAT", "TYOTT"))
    said = years.run(month)
    assert said.code == 1, said.all
    years.assert_unchanged()
    years.server.faults.clear()
    usual(years, month)


def disk_full(years: Years, month: Period) -> None:
    years.come_out(month)
    assert years.run(month, 1).code == 0, "fetched and published; what follows is a correction"
    years.assert_published(month)
    years.service.revise(month, "KU991", "777")
    for written in (0, 2, 5, 10, 15):
        with pytest.MonkeyPatch.context() as patched:
            fill_after(written, patched)
            said = years.run(month)
        assert said.code == 3, (written, said.all)
        years.assert_unchanged()
    usual(years, month)


def killed(years: Years, month: Period) -> None:
    """Killed at steps all over the trip; the site stands as before or as after, and the next run brings it about."""
    years.come_out(month)
    seen = set()
    for step in range(1, 250, 23):
        if not killed_at(step, partial(quietly, years.city, years.site, years.day(month))):
            break
        now = states(years.site)
        seen.add(now == years.stands)
        if now != years.stands:
            years.assert_published(month)
    assert True in seen
    assert step > 20
    usual(years, month)


def two_at_once(years: Years, month: Period) -> None:
    years.come_out(month)
    with read_all_the_time(years.site) as seen:
        codes = at_once(lambda: quietly(years.city, years.site, years.day(month)), 3)
    assert codes == [0, 0, 0]
    assert all(state in (years.stands, states(years.site)) for state in seen)


HAPPENS: dict[int, Callable[[Years, Period], None]] = {
    LATE: late,
    REVISED: revised,
    LAYOUT: layout_changed,
    FULL: disk_full,
    KILLED: killed,
    AT_ONCE: two_at_once,
}


def test_two_years_of_months_six_of_them_faulty(years: Years) -> None:
    for number in range(MONTHS):
        month = back(FIRST, -number)
        HAPPENS.get(number, usual)(years, month)
        years.assert_published(month)
        if number % 8 == 0:
            again = years.run(month)
            assert again.code == 0
            assert "Ei uutta" in again.out
            years.assert_unchanged()
    assert len(years.published) == MONTHS
    assert len(FAULTY) == 6


@pytest.mark.slow
def test_a_year_of_the_real_site_is_what_it_would_be_made_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(demo_table()) as server:
        city, site = publish_city(tmp_path / "city", server, capsys), tmp_path / "www" / "site"
        service = service_until(server, back(FIRST, 1))
        months = [back(FIRST, -number) for number in range(YEAR)]
        for month in months:
            service.add(month)
            if month == months[REVISED]:
                service.revise(back(month, 2), "KU991", "4321")
            with read_all_the_time(site) as seen:
                said = publish(city, site, f"{back(month, -1)}-27")
            assert (said.code, said.err) == (0, ""), said.all
            assert len(seen) <= 2
            assert all("index.html" in state for state in seen)
        afresh = tmp_path / "other" / "site"
        for month in months:
            assert city.run("publish", str(month), "--to", str(afresh)).code == 0
    assert contents(site.resolve()) == contents(afresh.resolve())
    assert f"{months[-1]}/index.html" in contents(site.resolve())
