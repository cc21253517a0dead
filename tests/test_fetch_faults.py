"""A service that misbehaves: each time a clear sentence, exit code 4, and the figures as they were."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.messages import catalogue
from tests.fetch_city import demo_table, fetch_city, figures_of, point_at
from tests.pxweb_faults import MISBEHAVIOURS, PAGE, Misbehaviour, status
from tests.pxweb_server import Handler, PxWeb, Reply, serving
from tests.trips import ROOT, City

FETCH = ("fetch", "statfin")
LONGEST = 10  # seconds that a fetch may take in any case
CERTIFICATE = ROOT / "tests/data/tls/made_up.pem"
SHORT = 1.0  # seconds that a slow service is given here


@pytest.fixture(scope="module")
def server() -> Iterator[PxWeb]:
    with serving(demo_table()) as running:
        running.limits["maxCalls"] = 10_000  # these are asked of it in a minute here
        yield running


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory, server: PxWeb) -> Path:
    """A city whose figures have been fetched once, in a time when all was well."""
    city = fetch_city(tmp_path_factory.mktemp("fetched") / "city", server)
    assert city.apart(*FETCH).code == 0
    server.tables[0].cells["KU991", "TYOTTOMAT", "2021M03"] = "777"  # so that there is something to change
    return city.folder


@pytest.fixture
def city(fetched: Path, server: PxWeb, capsys: pytest.CaptureFixture[str]) -> Iterator[City]:
    server.calls.clear()
    yield City(fetched, capsys)
    server.faults.clear()
    point_at(City(fetched), server.address)


def pattern(code: str) -> re.Pattern[str]:
    """The Finnish sentence of a problem, its {names} filled with anything."""
    sentence = catalogue("fi").part("problem")[code]
    first = re.split(r"(?<=[.?]) ", sentence)[0]
    return re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(first)))


def assert_clear(code: str, said: str) -> None:
    assert pattern(code).search(said), said
    assert "Traceback" not in said
    assert not re.search(r"\{\w+\}|None|Error\b|Exception", said), said


def test_there_are_many_ways_to_misbehave(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(MISBEHAVIOURS) > 100
    assert len({one.title for one in MISBEHAVIOURS}) == len(MISBEHAVIOURS)
    kinds = len({one.code for one in MISBEHAVIOURS})
    assert kinds > 30
    with capsys.disabled():
        print(f"\nways in which the service misbehaves: {len(MISBEHAVIOURS)}, kinds of faults: {kinds}")  # noqa: T201


@pytest.mark.parametrize("one", MISBEHAVIOURS, ids=[one.title for one in MISBEHAVIOURS])
def test_a_misbehaving_service_changes_nothing(city: City, server: PxWeb, one: Misbehaviour) -> None:
    point_at(city, server.address, SHORT if one.slow else 20)
    if one.stage == "config":
        forget_limits(city)
    before = figures_of(city)
    server.faults[one.stage] = one.fault
    begun = time.perf_counter()
    said = city.run(*FETCH)
    assert time.perf_counter() - begun < (SHORT + 2 if one.slow else LONGEST)
    assert said.code == 4, said.all
    assert_clear(one.code, said.err)
    assert figures_of(city) == before
    assert said.out == ""


def forget_limits(city: City) -> None:
    for path in (city.folder / "out/.cache/services").glob("*"):
        path.unlink()


def test_limits_told_before_are_kept_to_where_they_are_not_told_now(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    server.faults["config"] = status(404)
    said = city.run(*FETCH)
    assert said.code == 0
    assert "120000" in said.err
    assert "10000 kysymystä 60 sekunnissa" in said.err


def test_a_month_that_is_not_published_yet_is_said_with_the_newest_there_is(city: City) -> None:
    before = figures_of(city)
    said = city.run(*FETCH, "--since", "2022-01")
    assert said.code == 4
    assert_clear("fetch-not-yet", said.err)
    assert "2021-12" in said.err
    assert figures_of(city) == before


def test_a_service_that_says_when_to_come_again_is_asked_again(city: City, server: PxWeb) -> None:
    refusals = [429, 503]

    def busy(_: Handler, reply: Reply) -> Reply:
        return (refusals.pop(), {"Retry-After": "0"}, PAGE) if refusals else reply

    server.faults["data"] = busy
    assert city.run(*FETCH).code == 0
    assert refusals == []


def test_a_service_that_is_busy_every_time_is_not_asked_for_ever(city: City, server: PxWeb) -> None:
    server.faults["data"] = status(429, Retry_After="0")
    said = city.run(*FETCH)
    assert said.code == 4
    assert [stage for _, stage, _ in server.calls].count("data") == 3


ADDRESSES = [
    ("https://palvelin.invalid/PxWeb/api/v1/fi", "fetch-host"),
    ("http://pxdata.example/PxWeb/api/v1/fi", "fetch-address"),
    ("ftp://127.0.0.1/PxWeb/api/v1/fi", "fetch-address"),
    ("file:///etc", "fetch-address"),
    ("127.0.0.1/PxWeb", "fetch-address"),
    ("http://kayttaja:salasana@127.0.0.1/PxWeb", "fetch-address"),
    ("https://palvelin ja muuta/PxWeb", "fetch-address"),
    ("http://127.0.0.1:99999/PxWeb", "fetch-address"),
    ("http://127.0.0.1:0/PxWeb", "fetch-address"),
    ("http://[::1/PxWeb", "fetch-address"),
    ("http://127.0.0.1:9/PxWeb/api/v1/fi", "fetch-unreachable"),
]


@pytest.mark.parametrize(("address", "code"), ADDRESSES, ids=[address for address, _ in ADDRESSES])
def test_an_address_that_leads_nowhere_is_said(city: City, address: str, code: str) -> None:
    before = figures_of(city) | {"services.yaml": b""}
    point_at(city, f'"{address}"')
    said = city.run(*FETCH)
    assert said.code == 4
    assert_clear(code, said.err)
    assert "salasana" not in said.err
    assert figures_of(city) | {"services.yaml": b""} == before


def test_a_server_without_tls_at_a_secure_address_is_said(city: City, server: PxWeb) -> None:
    point_at(city, server.address.replace("http:", "https:"))
    said = city.run(*FETCH)
    assert said.code == 4
    assert_clear("fetch-tls", said.err)


@pytest.fixture
def secure() -> Iterator[PxWeb]:
    with serving(demo_table()) as running:
        running.speak_tls(CERTIFICATE)
        yield running


def test_a_certificate_that_nobody_vouches_for_is_refused(city: City, secure: PxWeb) -> None:
    before = figures_of(city)
    point_at(city, secure.address)
    said = city.run(*FETCH)
    assert said.code == 4
    assert_clear("fetch-certificate", said.err)
    assert secure.calls == []
    assert figures_of(city).keys() == before.keys()


def test_a_certificate_of_another_host_is_refused(city: City, secure: PxWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    point_at(city, secure.address.replace("127.0.0.1", "localhost"))
    said = city.run(*FETCH)
    assert said.code == 4
    assert_clear("fetch-certificate", said.err)
    assert secure.calls == []


def test_a_certificate_that_is_trusted_is_accepted(city: City, secure: PxWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    point_at(city, secure.address)
    said = city.run(*FETCH)
    assert said.code == 0, said.all


def test_a_page_that_moved_within_its_host_is_followed(city: City, server: PxWeb) -> None:
    server.faults["metadata"] = lambda handler, reply: (
        (301, {"Location": f"{handler.path}?a=1"}, b"") if "?" not in handler.path else reply
    )
    server.faults["data"] = lambda handler, reply: (
        (308, {"Location": f"{handler.path}?a=1"}, b"") if "?" not in handler.path else reply
    )
    assert city.run(*FETCH).code == 0


def test_a_mark_before_the_text_and_squeezing_do_no_harm(city: City, server: PxWeb) -> None:
    server.faults["metadata"] = lambda _handler, reply: (200, reply[1], b"\xef\xbb\xbf" + reply[2])
    server.faults["data"] = lambda _handler, reply: (
        200,
        {**reply[1], "Content-Encoding": "gzip"},
        gzip.compress(b"\xef\xbb\xbf" + reply[2]),
    )
    assert city.run(*FETCH).code == 0


SLIPS = [
    ("  folder: StatFin/keksi\n", "", "key-missing", 1),
    ("      files:\n        - demo.px\n        - statfin_keksi_pxt_demo.px\n", "      files:\n", "key-missing", 1),
    ("seconds: 20", "seconds: monta", "number-unreadable", 1),
    ("seconds: 20", "seconds: 0", "fetch-seconds", 1),
    ("seconds: 20", "seconds: 86400", "fetch-seconds", 1),
    ("    demo:\n", "    ../../demo:\n", "fetch-table-name", 1),
    ("    demo:\n", "    muu:\n", "fetch-nothing", 1),
    ("statfin:", "tilastot:", "fetch-service", 2),
    ("yearly:", "yearli:", "key-unknown", 1),
]


@pytest.mark.parametrize(("old", "new", "code", "leaves"), SLIPS, ids=[f"{new or old!r}" for old, new, *_ in SLIPS])
def test_a_slip_in_services_is_said_and_nothing_is_asked(
    city: City, server: PxWeb, old: str, new: str, code: str, leaves: int
) -> None:
    city.change("data/services.yaml", old, new)
    said = city.run(*FETCH)
    assert said.code == leaves
    assert_clear(code, said.err)
    assert server.calls == []


def test_a_home_without_services_is_told_what_to_write(city: City, server: PxWeb) -> None:
    (city.folder / "data/services.yaml").unlink()
    said = city.run(*FETCH)
    assert said.code == 1
    assert_clear("fetch-services", said.err)
