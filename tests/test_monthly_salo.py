"""The follow-up of Salo's November as it leaves the house: what it tells, its three pages, a city's own look."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from reports.document import NBSP
from tests.month_city import cells
from tests.trips import ROOT, City

NOVEMBER = "2022-11"


@pytest.fixture
def salo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    return City(tmp_path / "home", capsys)


def made(salo: City, kind: str, month: str = NOVEMBER, language: str = "fi") -> Path:
    arguments = ["--area", "salo", "--format", kind, "--document-lang", language, "--strict"]
    said = salo.run("report", "monthly", month, *arguments)
    assert said.code == 0, said.all
    return salo.folder / f"out/salo/{month}/monthly.{'' if language == 'fi' else f'{language}.'}{kind}"


def page(salo: City, language: str = "fi") -> list[str]:
    """The words of November's web page, one piece each."""
    return page_of(made(salo, "html", language=language).read_text(encoding="utf-8"))


def page_of(text: str) -> list[str]:
    """The words of a web page as a reader meets them."""
    words = re.sub(r"<svg.*?</svg>|<style.*?</style>", " ", text, flags=re.DOTALL)
    pieces = (re.sub("[ \n]+", " ", piece).strip(" ") for piece in re.split(r"<[^>]*>", words))
    return [piece for piece in pieces if piece]


def test_the_follow_up_of_salo_tells_november_and_nothing_of_december(salo: City) -> None:
    values = cells(made(salo, "xlsx"))
    assert {2095, 2030, 2141, 298, "11/2022"} <= set(values)
    assert "12/2022" not in values


@pytest.mark.parametrize(
    ("month", "pages"), [(NOVEMBER, 3), ("2022-12", 3), ("2023-01", 3), ("2020-01", 2), ("2023-10", 2)]
)
def test_the_follow_up_of_salo_has_three_pages_or_two(salo: City, month: str, pages: int) -> None:
    with pikepdf.open(made(salo, "pdf", month)) as pdf:
        assert len(pdf.pages) == pages


def test_changes_are_numbers_of_their_own_in_the_workbook(salo: City) -> None:
    sheet = openpyxl.load_workbook(made(salo, "xlsx"))["Taulukko 1"]
    rows = [tuple(cell.value for cell in row) for row in sheet[next(iter(sheet.tables.values())).ref]]
    assert rows[0][2:6] == ("Muutos vuodessa", "Muutos vuodessa, %", "Muutos kuukaudessa", "Muutos kuukaudessa, %")
    assert rows[1] == ("Salo", 2095, -46, -2.1, 65, 3.2, 9.0, -0.2)
    assert rows[4] == ("Kokeilukunnat yhteensä", 2221, -38, -1.7, 72, 3.4, 8.8, -0.2)


def test_the_sum_of_the_municipalities_is_not_called_as_the_customers_are(salo: City) -> None:
    found = page(salo)
    assert found.count("Kokeilukunnat yhteensä") == 3  # rows of two tables, and of the numbers of a chart
    assert "Kokeilu" not in found
    assert "Aktivointiaste (Kokeilu)" in found
    assert any("Kokeilukunnat yhteensä on kuntien rekisterilukujen summa" in line for line in found)
    assert "Trial municipalities in total" in page(salo, "en")


def test_each_change_of_a_key_figure_has_its_line_and_is_never_torn(salo: City) -> None:
    text = made(salo, "html").read_text(encoding="utf-8")
    wanted = f"Avoimet työpaikat, Salo\nvuodessa −414{NBSP}(−58,1{NBSP}%)\nkuukaudessa −55{NBSP}(−15,6{NBSP}%)"
    assert f"<span>{wanted}</span>" in text
    assert "white-space: pre-line" in text
    words = page_of(text)
    assert any("(%\u2011yks.)" in line for line in words)
    assert any(f"CC{NBSP}BY{NBSP}4.0" in line for line in words)


def test_coming_dates_are_days_each_with_what_it_tells_of(salo: City) -> None:
    found = page(salo)
    rows = found[found.index("Kuka vastaa", found.index("Tulevat päivät")) + 1 :]
    days = [rows[at : at + 4] for at in range(0, 24, 4)]
    assert days[0] == ["30.12.2022", "Kuukausiseuranta (marraskuun luvut)", "Ohjausryhmä", "Koordinaattori"]
    assert days[2] == ["20.1.2023", "Työmarkkinatuen kuntaosuudet (joulukuun luvut)", "–", "Kela"]
    assert days[3] == ["23.–25.1.2023", "Työnvälitystilasto (joulukuun luvut)", "–", "Tilastokeskus"]
    assert days[4][:2] == ["31.1.2023", "Kuukausiseuranta (joulukuun luvut)"]
    assert not any("Työnvälitystilasto (marraskuun luvut)" in line for line in found)


def test_where_nothing_has_come_the_release_of_the_month_itself_is_told(salo: City) -> None:
    said = salo.run("report", "monthly", "2024-01", "--area", "salo", "--format", "html")
    assert said.code == 0, said.all
    found = page_of((salo.folder / "out/salo/2024-01/monthly.html").read_text(encoding="utf-8"))
    assert "Työnvälitystilasto (tammikuun luvut)" in found
    assert "Tammikuulta 2024 ei ole lukuja, joten kuukauden tilannetta ei voi kertoa." in found
    assert not any(line.startswith(("Kuvio", "1. ")) for line in found)


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
