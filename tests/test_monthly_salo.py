"""The follow-up of Salo's November as it leaves the house: what it tells, its three pages, a city's own look."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.test_monthly import cells
from tests.trips import ROOT, City

NOVEMBER = "2022-11"


@pytest.fixture
def salo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    return City(tmp_path / "home", capsys)


def made(salo: City, kind: str, month: str = NOVEMBER) -> Path:
    said = salo.run("report", "monthly", month, "--area", "salo", "--format", kind, "--strict")
    assert said.code == 0, said.all
    return salo.folder / f"out/salo/{month}/monthly.{kind}"


def test_the_follow_up_of_salo_tells_november_and_nothing_of_december(salo: City) -> None:
    values = cells(made(salo, "xlsx"))
    assert {2095, 2030, 2141, 298, "11/2022"} <= set(values)
    assert "12/2022" not in values


@pytest.mark.parametrize("month", [NOVEMBER, "2023-01"])
def test_the_follow_up_of_salo_has_three_pages(salo: City, month: str) -> None:
    with pikepdf.open(made(salo, "pdf", month)) as pdf:
        assert len(pdf.pages) == 3


@pytest.mark.slow
def test_the_follow_up_of_salo_has_three_pages_in_an_office_program(salo: City, soffice: str, tmp_path: Path) -> None:
    command = [soffice, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, made(salo, "docx")], cwd=tmp_path, check=True, timeout=180)
    with pikepdf.open(tmp_path / "monthly.pdf") as pdf:
        assert len(pdf.pages) == 3


def test_a_citys_own_look_goes_before_that_of_ours(salo: City) -> None:
    ours = (ROOT / "templates" / "annual" / "report.typ").read_text(encoding="utf-8")
    salo.write("templates/annual/report.typ", ours.replace('"a4"', '"a5"'))
    with pikepdf.open(made(salo, "pdf")) as pdf:
        assert round(float(pdf.pages[0].mediabox[2])) == 420
