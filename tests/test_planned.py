"""The documents of a plan, whole: a made-up home with three goals, letters of five languages, empty and long cells."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from reports.write.docx_xml import paragraphs, parse
from tests.trips import ROOT, City, Said
from tests.word_file import WordFile

PLAN = "data/tavoitela/2024/plan.yaml"
FORMATS = ("--format", "docx", "--format", "pdf", "--format", "html", "--format", "xlsx")


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "tests" / "planned", tmp_path / "home")
    return City(tmp_path / "home", capsys)


def word(city: City, period: str, name: str) -> WordFile:
    return WordFile((city.folder / f"out/tavoitela/{period}/{name}.docx").read_bytes())


def built(city: City, *arguments: str) -> Said:
    said = city.run("report", *arguments)
    assert said.code == 0, said.all
    return said


def test_a_plan_is_made_in_four_formats(city: City) -> None:
    built(city, "plan", "2024")
    made = {path.suffix for path in (city.folder / "out/tavoitela/2024").glob("plan.*")}
    assert made == {".docx", ".pdf", ".html", ".xlsx"}


def test_targets_and_baselines_stand_as_they_are_written(city: City) -> None:
    built(city, "plan", "2024", "--format", "docx")
    lines = word(city, "2024", "plan").lines
    assert "Asiakkaat: pysyy alle 1\u00a0000\u00a0henkilöä (12/2023: 1\u00a0100\u00a0henkilöä)" in lines
    assert "Työttömien osuus asiakkaista: alle 55\u00a0% (12/2023: 54,0\u00a0%, 594\u00a0henkilöä)" in lines
    assert "Aktivointiaste, kaikki: yli 40\u00a0% (12/2023: noin 41,0\u00a0%)" in lines
    assert "Ohjaamon kävijät: kasvaa (2022: 1–76\u00a0henkilöä/kk; 2023: 2–140\u00a0henkilöä/kk)" in lines
    assert "Kuntaosuus: 3,39\u00a0M€ (2023: 3,90\u00a0M€ (esimerkki))" in lines


def test_every_letter_and_every_line_of_a_long_cell_is_there(city: City) -> None:
    built(city, "plan", "2024", "--format", "docx")
    text = word(city, "2024", "plan").text()
    assert "Tavoite 2. Kumppanit löytyvät: Čohkkejuvvon, żółć, Ђорђе, Ωμέγα, Übung" in text
    assert "tapaamiset, osaaminen & <T&K>" in text
    for number in range(1, 61):
        assert f"vaihe {number}, tarkistetaan <{number} pv ennen kokousta" in text


def test_a_row_without_a_responsible_says_so(city: City) -> None:
    built(city, "plan", "2024", "--format", "docx")
    assert "Ei nimetty" in word(city, "2024", "plan").lines


def test_example_figures_are_told_at_the_top(city: City) -> None:
    built(city, "plan", "2024", "--format", "html")
    page = (city.folder / "out/tavoitela/2024/plan.html").read_text(encoding="utf-8")
    assert "Asiakirjassa on esimerkkiaineistoa" in page


def test_the_calendar_of_reporting_has_its_months(city: City) -> None:
    built(city, "plan", "2024", "--format", "docx")
    text = word(city, "2024", "plan").text()
    assert "6/2024, 10/2024 ja 2/2025" in text
    assert "3 kertaa vuodessa" in text


def test_the_workbook_has_one_row_a_measure_with_numbers_as_numbers(city: City) -> None:
    built(city, "plan", "2024", "--format", "xlsx")
    book = openpyxl.load_workbook(BytesIO((city.folder / "out/tavoitela/2024/plan.xlsx").read_bytes()))
    sheet = next(sheet for sheet in book if "Tunniste" in [cell.value for row in sheet.iter_rows() for cell in row])
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if "Tunniste" in row)
    body = [dict(zip(heads, row, strict=True)) for row in rows[rows.index(heads) + 1 :]]
    assert [one["Tunniste"] for one in body if one["Tunniste"] != "[tyhjä]"] == [
        "asiakkaat", "tyottomien-osuus", "kesto", "aktivointiaste", "aktivointiaste", "kavijat", "tapahtumat", "menot",
    ]  # fmt: skip
    assert len(body) == 9
    assert body[0]["Lähtötaso lukuna"] == 1100
    assert body[0]["Tavoite lukuna"] == 1000
    assert body[5]["Lähtötaso lukuna"] == "."  # a range is no number
    assert body[6]["Lähtötaso lukuna"] == "."  # a measure in words
    assert body[7]["Lähtötaso lukuna"] == ".."  # no figure yet
    assert sheet.auto_filter.ref or sheet.tables


def test_the_manifest_says_where_each_baseline_was_read(city: City) -> None:
    built(city, "plan", "2024", "--format", "docx")
    entry = json.loads((city.folder / "out/tavoitela/2024/manifest.json").read_bytes())["reports"]["plan"]
    fact = next(one for one in entry["facts"] if one["expression"] == "asiakkaat")
    assert fact["text"] == "1\u00a0100\u00a0henkilöä"
    assert fact["origins"].startswith("data/tavoitela/2023-12/observations.csv:3")


def test_a_second_build_makes_nothing_and_a_changed_plan_makes_it_stale(city: City) -> None:
    built(city, "plan", "2024", "--format", "docx")
    assert "ajan tasalla" in built(city, "plan", "2024", "--format", "docx").all
    city.change(PLAN, "Palvelu alkaa ajoissa", "Palvelu alkaa heti")
    assert PLAN in city.run("status").out
    built(city, "plan", "2024", "--format", "docx")
    assert "Tavoite 1. Palvelu alkaa heti" in word(city, "2024", "plan").lines


def test_a_follow_up_tells_what_was_reached_lost_and_is_late(city: City) -> None:
    built(city, "followup", "2024-05", "--format", "docx")
    lines = word(city, "2024-05", "followup").lines
    text = " ".join(lines)
    assert "Tavoitteiden seuranta, toukokuu 2024" in lines
    assert "Asiakasmäärä kävi talvella tavoitteessa ja nousi sitten." in lines
    assert "Vastuuhenkilön arvio: tavoitetasolla. Toukokuun luvussa on 40 asiakasta" in text
    late = lines[lines.index("Aktivointiaste, nuoret") :][:5]
    assert any(line.startswith("Ei tietoa") for line in late), late


def statuses(city: City, month: str) -> dict[str, str]:
    """What the follow-up of a month says of each measure that has a figure, once it is made in three formats."""
    built(city, "followup", month)
    made = {path.suffix for path in (city.folder / f"out/tavoitela/{month}").glob("followup.*")}
    assert made == {".docx", ".pdf", ".html"}
    page = (city.folder / f"out/tavoitela/{month}/followup.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr>\s*<t[hd][^>]*>([^<]+?)\s*</t[hd]>(?:(?!</tr>).)*<strong>([^<]+)</strong>", page, re.DOTALL)
    return {name: status for name, status in rows if "(tavoite" not in name}


def test_fourteen_months_of_a_plan(city: City) -> None:
    """Reached, lost and reached again, later than it should be, due, no longer known: the documents say so."""
    early, spring, autumn, due = (statuses(city, f"2024-{month}") for month in ("02", "05", "09", "12"))
    customers = [one["Asiakkaat"] for one in (early, spring, autumn, due)]
    assert customers == ["Tavoitetasolla", "Lähellä", "Tavoitetasolla", "Toteutunut"]
    assert statuses(city, "2025-01")["Asiakkaat"] == "Toteutunut"  # what comes after the due date changes nothing
    share = [one["Työttömien osuus asiakkaista"] for one in (autumn, due)]
    assert share == ["Lähellä", "Lähellä"]  # 52 % in June, 56,2 % in December
    young = [one["Aktivointiaste, nuoret"] for one in (early, autumn, due)]
    assert young == ["Tavoitetasolla", "Ei tietoa", "Lähellä"]  # no figure between February and December
    assert due["Aktivointiaste, kaikki"] == "Ei tietoa"  # none after August
    assert due["Tapahtumat"] == "Toteutunut"
    assert due["Ohjaamon kävijät"] == "Suunta oikea"


def test_a_revised_figure_changes_the_documents(city: City) -> None:
    assert statuses(city, "2024-12")["Työnhaun kesto"] == "Lähellä"  # 46,0 is not below 46
    file = "data/tavoitela/2025-01/observations.csv"
    city.change(file, "kesto;2024-12;Tavoitela;;46,0;final", "kesto;2024-12;Tavoitela;;45,9;revised")
    assert statuses(city, "2024-12")["Työnhaun kesto"] == "Toteutunut"


def test_an_english_plan_speaks_english_and_marks_the_citys_own_words(city: City) -> None:
    built(city, "plan", "2024", "--document-lang", "en", "--format", "docx", "--format", "html", "--format", "pdf")
    folder = city.folder / "out/tavoitela/2024"
    page = (folder / "plan.en.html").read_text(encoding="utf-8")
    assert '<span lang="fi">Asiakkaat</span>: <strong>stays below 1,000\u00a0henkilöä</strong>' in page
    assert '<span lang="fi">Ohjaus toimii ilman jonoja</span>' in page
    assert "Nobody named" in page
    assert '<span lang="fi">Nobody' not in page
    markup = WordFile((folder / "plan.en.docx").read_bytes()).parts["word/document.xml"].decode()
    assert re.search(r'<w:lang w:val="fi-FI"/></w:rPr><w:t xml:space="preserve">Ohjaus toimii ilman jonoja<', markup)
    with pikepdf.open(folder / "plan.en.pdf") as pdf:
        spoken = {str(one.Lang) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one}
    assert {one.partition("-")[0] for one in spoken} == {"en", "fi"}


def test_a_finnish_plan_marks_nothing(city: City) -> None:
    built(city, "plan", "2024", "--format", "html")
    assert "<span lang" not in (city.folder / "out/tavoitela/2024/plan.html").read_text(encoding="utf-8")


def test_a_follow_up_of_a_month_without_a_plan_is_refused(city: City) -> None:
    shutil.rmtree(city.folder / "data/tavoitela/2024")
    said = city.run("report", "followup", "2024-05")
    assert said.code == 2
    assert "Toimintasuunnitelmaa ei löydy" in said.err


def test_the_plan_and_the_follow_up_can_be_attachments(city: City) -> None:
    front = "title: Vuosi 2024\nattachments:\n  - followup 2024-05\n  - plan 2024\n  - sources\n"
    city.write("data/tavoitela/2024/annual.md", f"---\n{front}---\n## Alku\nTekstiä.\n")
    built(city, "annual", "2024")
    lines = word(city, "2024", "annual").lines
    assert "Liite\u00a01. Tavoitteiden seuranta, toukokuu 2024" in lines
    assert "Liite\u00a02. Tavoitelan toimintasuunnitelma 2024" in lines
    assert "Liite\u00a03. Lukujen lähteet" in lines
    assert "Tavoite 1. Palvelu alkaa ajoissa" in lines


@pytest.mark.parametrize(
    ("asked", "said", "code"),
    [
        ("plan 20x4", "20x4", 1),
        ("plans 2024", "plan", 1),
        ("plan 2024\n  - plan 2023", "plan 2023", 1),
        ("plan 2019", "Toimintasuunnitelmaa ei löydy", 2),
    ],
)
def test_a_slip_in_the_attachments_is_told(city: City, asked: str, said: str, code: int) -> None:
    city.write(
        "data/tavoitela/2024/annual.md", f"---\ntitle: Vuosi\nattachments:\n  - {asked}\n---\n## Alku\nTekstiä.\n"
    )
    done = city.run("report", "annual", "2024")
    assert done.code == code
    assert said in done.err


def test_all_slips_of_a_plan_are_told_at_once_with_their_rows(city: City) -> None:
    city.change(PLAN, 'target: ">35 %"', 'target: ">35% %"')
    city.change(PLAN, "indicator: kavijat", "indicator: kavijatt")
    city.change(PLAN, "baseline: 2023\n", "baseline: 2021\n")
    said = city.run("report", "plan", "2024")
    rows = (city.folder / PLAN).read_text(encoding="utf-8").split("\n")
    assert said.code == 1
    for slip in ('target: ">35% %"', "indicator: kavijatt", "baseline: 2021"):
        row = 1 + next(at for at, line in enumerate(rows) if slip in line)
        assert f"{PLAN}:{row}:" in said.err, said.err


def test_a_document_keeps_its_text_in_headers_and_body(city: City) -> None:
    built(city, "plan", "2024", "--format", "docx")
    parts = word(city, "2024", "plan").parts
    heads = [" ".join(paragraphs(parse(data))) for name, data in parts.items() if name.startswith("word/header")]
    assert any("Tavoitelan kaupunki" in text for text in heads)
