"""The ready-made service, timer and cron line are sound, and their very command publishes the real site."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.period import Period
from tests.fetch_city import demo_table
from tests.publish_city import publish_city, service_until
from tests.pxweb_server import PxWeb, serving
from tests.trips import ROOT, City, contents

UNITS = ROOT / "docs" / "publishing"
SERVICE, TIMER, CRON = (UNITS / f"vuosikello-publish.{kind}" for kind in ("service", "timer", "cron"))


@pytest.fixture
def server() -> Iterator[PxWeb]:
    with serving(demo_table()) as running:
        service_until(running, Period.of("2021-12"))
        yield running


def unit(path: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read(path, encoding="utf-8")
    return found


def here(command: str, city: City, to: Path) -> str:
    """A command line of docs/publishing with the folders of this machine."""
    command = command.replace("/opt/vuosikello/.venv/bin/python", shlex.quote(sys.executable))
    command = command.replace("/opt/vuosikello/build.py", shlex.quote(str(ROOT / "build.py")))
    return command.replace("/srv/vuosikello", str(city.folder)).replace("/srv/www/tyollisyys", str(to))


def verified(folder: Path, text: str) -> str:
    """What systemd has to say of the service and its timer."""
    (folder / SERVICE.name).write_text(text, encoding="utf-8")
    shutil.copy(TIMER, folder)
    files = [str(folder / path.name) for path in (SERVICE, TIMER)]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, encoding="utf-8", check=False)
    return "\n".join(line for line in (done.stdout + done.stderr).splitlines() if "vuosikello" in line)


def test_the_service_may_write_where_it_publishes() -> None:
    service = unit(SERVICE)["Service"]
    command = shlex.split(service["ExecStart"])
    writable = service["ReadWritePaths"].split()
    assert command[command.index("--home") + 1] in writable
    assert str(Path(command[command.index("--to") + 1]).parent) in writable, "the site is exchanged in the folder above"
    assert service["Type"] == "oneshot"
    assert unit(TIMER)["Timer"]["Persistent"] == "true"


def test_systemd_has_nothing_to_say_of_the_units(tmp_path: Path) -> None:
    assert unit(TIMER)["Install"]["WantedBy"] == "timers.target"
    if not shutil.which("systemd-analyze"):  # no tool that the project calls for, so its lack fails nothing
        return
    text = SERVICE.read_text(encoding="utf-8").replace("/opt/vuosikello/.venv/bin/python", sys.executable)
    assert verified(tmp_path, text) == ""
    assert "ProtectSistem" in verified(tmp_path, text.replace("ProtectSystem", "ProtectSistem"))


def test_the_command_of_the_service_and_of_cron_publishes_in_an_empty_environment(
    tmp_path: Path, server: PxWeb
) -> None:
    city, to = publish_city(tmp_path / "city", server), tmp_path / "www" / "site"
    (cron,) = (line for line in CRON.read_text(encoding="utf-8").splitlines() if re.match(r"\d", line))
    schedule = re.match(r"\S+ \S+ \* \* 1-5 vuosikello ", cron)
    assert schedule
    assert "%" not in cron, "cron takes it for the end of the line"
    service = unit(SERVICE)["Service"]
    assert service["ExecStart"] == cron[schedule.end() :]
    first = in_the_dark(here(service["ExecStart"], city, to), PYTHONUTF8="1")
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    pages = contents(to.resolve())
    assert {"index.html", "2021-12/index.html", "2021-12/data.json"} <= pages.keys()
    assert b"Kuvitteila" in pages["2021-12/index.html"]
    second = in_the_dark(here(cron[schedule.end() :], city, to))
    assert second.returncode == 4, "today newer figures ought to be there"
    assert second.stderr.count("\n") == 1
    assert "12/2021" in second.stderr
    assert contents(to.resolve()) == pages


def in_the_dark(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as cron does: by a plain shell, at the root of the disk, with next to nothing set."""
    return subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        cwd="/",
        encoding="utf-8",
        errors="replace",
        env=environment,
        timeout=60,
        check=False,
    )
