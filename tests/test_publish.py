"""The publishing job at the command line: what it publishes, its exit codes, its one line and its log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import reports.public.site
from reports.errors import ReportError, problem, warning
from reports.home import open_home
from reports.order import Order, Say, silent
from reports.period import Period
from reports.public import log
from reports.public.newest import read_figures
from reports.public.site import Site
from tests.fetch_city import demo_table, fetch_city
from tests.publish_city import AREA, Service, publish, publish_city, service_until, small_site
from tests.pxweb_faults import status
from tests.pxweb_server import PxWeb, serving
from tests.trips import City, Said, contents

DAY = "2022-01-27"


@pytest.fixture(scope="module")
def server() -> Iterator[PxWeb]:
    with serving(demo_table()) as running:
        yield running


@pytest.fixture
def service(server: PxWeb) -> Iterator[Service]:
    """The service at the end of 2021."""
    server.tables = [demo_table()]
    yield service_until(server, Period.of("2021-12"))
    server.faults.clear()


@pytest.fixture
def city(tmp_path: Path, server: PxWeb, service: Service, capsys: pytest.CaptureFixture[str]) -> City:
    assert service.table.times
    return publish_city(tmp_path / "city", server, capsys)


@pytest.fixture
def to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where to publish; the site is the small one."""
    monkeypatch.setattr(reports.public.site, "site", small_site)
    return tmp_path / "www" / "site"


def faulty(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails(order: Order, published: Path | None, say: Say = silent, languages: Iterable[str] = ()) -> Site:
        raise error

    monkeypatch.setattr(reports.public.site, "site", fails)


def months_of(to: Path) -> list[str]:
    return sorted(path.parent.name for path in to.glob("*/index.html"))


def log_of(city: City) -> str:
    return (city.folder / f"out/{AREA}/publish.log").read_text(encoding="utf-8")


def assert_one_line(said: Said, code: int, *parts: str) -> None:
    assert said.code == code, said.all
    assert said.err.count("\n") == 1, said.err
    assert said.out == ""
    assert all(part in said.err for part in (*parts, "ennallaan", f"out/{AREA}/publish.log")), said.err


def test_the_newest_month_comes_first_and_then_nothing_is_new(city: City, to: Path) -> None:
    said = publish(city, to, DAY)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Julkaistu: joulukuu 2021.")
    assert months_of(to) == ["2021-12"]
    before = {path: path.stat().st_mtime_ns for path in to.resolve().rglob("*")}
    again = publish(city, to, DAY)
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("Ei uutta julkaistavaa. Sivuston uusin kuukausi on joulukuu 2021.")
    assert {path: path.stat().st_mtime_ns for path in to.resolve().rglob("*")} == before
    assert "Julkaistu: joulukuu 2021" in log_of(city)
    assert "Ei uutta" in log_of(city)


def test_months_that_were_missed_are_made_up_for(city: City, to: Path, service: Service) -> None:
    assert publish(city, to, DAY).code == 0
    for month in ("2022-01", "2022-02", "2022-03"):
        service.add(Period.of(month))
    said = publish(city, to, "2022-04-27")
    assert "tammikuu 2022, helmikuu 2022, maaliskuu 2022" in said.out
    assert months_of(to) == ["2021-12", "2022-01", "2022-02", "2022-03"]
    published = [Period.of(month) for month in months_of(to)]
    assert contents(to.resolve()) == service.pages(published)


def test_a_single_month_is_added_to_the_site(city: City, to: Path) -> None:
    assert publish(city, to, DAY).code == 0
    said = city.run("publish", "2021-06", "--to", str(to))
    assert said.code == 0, said.all
    assert months_of(to) == ["2021-06", "2021-12"]


def test_without_fetch_nothing_is_asked(city: City, to: Path, server: PxWeb) -> None:
    assert city.run("fetch", "statfin").code == 0
    server.calls.clear()
    assert city.run("publish", "--latest", "--to", str(to), "--on", DAY).code == 0
    assert server.calls == []


@pytest.mark.parametrize("arguments", [("--latest", "2021-12"), ()])
def test_either_a_month_or_the_latest(city: City, to: Path, arguments: tuple[str, ...]) -> None:
    said = city.run("publish", *arguments, "--to", str(to))
    assert said.code == 2
    assert "--latest" in said.err
    assert not to.exists()


def test_a_month_that_is_not_complete_is_not_published(city: City, to: Path, service: Service) -> None:
    del service.table.cells["KU992", "TYOTTOMAT", "2021M12"]
    assert publish(city, to, "2022-01-20").code == 0
    assert months_of(to) == ["2021-11"]
    assert_one_line(publish(city, to, DAY), 4, "12/2021", "Työttömät työnhakijat Naapurila", "25.1.2022")
    assert_one_line(city.run("publish", "2021-12", "--to", str(to)), 4, "12/2021", "Työttömät työnhakijat Naapurila")
    assert months_of(to) == ["2021-11"]


def test_a_hidden_figure_is_complete_and_one_not_available_is_not(city: City, to: Path, service: Service) -> None:
    service.table.cells["KU992", "TYOTTOMAT", "2021M12"] = "..."
    assert city.run("fetch", "statfin").code == 0
    order = Order(open_home(city.folder), "short", AREA, Period.of("2021-12"))
    assert read_figures(order).lacking(order.period) == ()
    service.table.cells["KU992", "TYOTTOMAT", "2021M12"] = ".."
    assert city.run("fetch", "statfin").code == 0
    assert [one.rpartition(" ")[2] for one in read_figures(order).lacking(order.period)] == [
        "Naapurila",
        "Yhteistyöalue",
    ]


def test_a_published_month_that_is_no_longer_complete_stops_the_job(city: City, to: Path, service: Service) -> None:
    assert publish(city, to, DAY).code == 0
    service.table.cells["KU991", "TYOTTOMAT", "2021M12"] = ".."
    before = contents(to)
    assert_one_line(publish(city, to, DAY), 1, "12/2021", "Kuvitteila")
    assert contents(to) == before


def test_where_no_month_is_complete_nothing_is_published(city: City, to: Path, service: Service) -> None:
    service.table.cells |= {cell: ".." for cell in service.table.cells if cell[0] == "KU992"}
    assert_one_line(publish(city, to, DAY), 4, "12/2021", "Työttömät työnhakijat Naapurila")
    assert not to.exists()


def test_no_network_is_told(city: City, to: Path, server: PxWeb) -> None:
    server.faults["metadata"] = status(503)
    assert_one_line(publish(city, to, DAY), 4, "127.0.0.1")
    assert not to.exists()


def test_a_data_error_is_told_with_how_many_more_there_are(city: City, to: Path) -> None:
    assert publish(city, to, DAY).code == 0
    path = city.folder / f"data/{AREA}/2021/observations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r";800;", ";Maija Meikäläinen;", text), encoding="utf-8")
    city.write(f"data/{AREA}/breaks.yaml", "- since: yesterday\n")
    said = publish(city, to, DAY)
    assert_one_line(said, 1, "observations.csv:")
    assert "Meikäläinen" not in said.all + log_of(city), "a log is read by others"
    assert months_of(to) == ["2021-12"]


def test_a_site_that_cannot_be_protected_is_not_published(
    city: City, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert publish(city, to, DAY).code == 0
    before = contents(to)
    faulty(monkeypatch, ReportError([problem("monthly-period", found="x")], exit_code=5))
    assert_one_line(publish(city, to, DAY), 5)
    assert contents(to) == before


def test_a_fault_of_the_program_is_one_line_and_its_place_is_in_the_log(
    city: City, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty(monkeypatch, ZeroDivisionError("Maija Meikäläinen"))
    assert_one_line(publish(city, to, DAY), 1, "ZeroDivisionError")
    assert "reports/public/publish.py:" in log_of(city)
    assert "Meikäläinen" not in log_of(city)
    assert str(city.folder) not in log_of(city)


def test_an_error_or_a_strict_warning_of_the_site_stops_it(
    city: City, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def warned(order: Order, published: Path | None, say: Say = silent, languages: Iterable[str] = ()) -> Site:
        return small_site(order, published)._replace(problems=(warning("monthly-period", found="x"),))

    monkeypatch.setattr(reports.public.site, "site", warned)
    assert_one_line(publish(city, to, DAY, "--strict"), 1)
    assert not to.exists()
    said = publish(city, to, DAY)
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("lost", ["index.html", "2021-11/index.html"])
def test_a_site_that_would_lose_a_page_is_not_published(
    city: City, to: Path, service: Service, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    assert city.run("fetch", "statfin").code == 0
    assert city.run("publish", "2021-11", "--to", str(to)).code == 0
    before = contents(to)
    service.revise(Period.of("2021-12"), "KU991", "5")

    def losing(order: Order, published: Path | None, say: Say = silent, languages: Iterable[str] = ()) -> Site:
        files = dict(small_site(order, published).files)
        files[lost] = b""
        return Site(files)

    monkeypatch.setattr(reports.public.site, "site", losing)
    assert_one_line(publish(city, to, DAY), 1, lost)
    assert contents(to) == before


def test_a_folder_holds_the_site_of_one_area(city: City, to: Path) -> None:
    assert publish(city, to, DAY).code == 0
    (city.folder / f"data/{AREA}").rename(city.folder / "data/toinen")
    said = city.run("publish", "--latest", "--to", str(to), "--on", DAY, "--area", "toinen")
    assert said.code == 2
    assert AREA in said.err
    assert months_of(to) == ["2021-12"]


def test_a_city_without_a_monthly_follow_up_is_told_so(
    tmp_path: Path, server: PxWeb, to: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = publish(fetch_city(tmp_path / "city2", server, capsys), to, DAY)
    assert said.code == 2
    assert "monthly.yaml" in said.err


def test_the_log_stays_small_and_keeps_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_BYTES", 2000)
    kept = log.Log(tmp_path / "out" / "publish.log")
    for number in range(200):
        kept.add([f"line {number}\nits end"])
    lines = kept.path.read_text(encoding="utf-8").splitlines()
    assert kept.path.stat().st_size < 3000
    assert lines[-1].endswith("line 199 its end")
    assert all(re.match(r"\d{4}-\d\d-\d\dT[\d:+-]+ line \d+ its end$", line) for line in lines)


def test_a_log_that_cannot_be_written_is_no_fault(city: City, to: Path) -> None:
    (city.folder / f"out/{AREA}/publish.log").mkdir(parents=True)
    assert publish(city, to, DAY).code == 0
    assert months_of(to) == ["2021-12"]


def test_what_is_published_is_due_no_more(city: City, to: Path) -> None:
    line = "  - audience: Yleisö\n    what: Lyhyt versio\n    every: month\n    report: short\n"
    area = city.folder / f"data/{AREA}/area.yaml"
    area.write_text(area.read_text(encoding="utf-8") + f"reporting:\n{line}", encoding="utf-8")
    assert city.run("fetch", "statfin").code == 0
    before = city.run("due", "--on", "2022-02-05")
    assert "Lyhyt versio" in before.out.partition("Tulossa")[0], before.all
    assert publish(city, to, DAY).code == 0
    after = city.run("due", "--on", "2022-02-05")
    assert "Lyhyt versio" not in after.out.partition("Tulossa")[0], after.all
