"""The command `import` as a person runs it: what it says, what it stores, and its exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reports.intake import arrived, importer, workbook
from tests.bad.made_workbook import Book, formatted
from tests.trips import City, Said, contents

HEAD = "indicator;period;area;group;value;status;source;note\n"
GOOD = f"{HEAD}asiakkaat;2021-04;Kuvitteila;;790;example;;\nasiakkaat;2021-03;Kuvitteila;;645;example;;\n"


@pytest.fixture
def city(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return City(shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("out")), capsys)


def bring(city: City, text: str | bytes, *options: str, name: str = "luvut.csv", mapping: str = "") -> Said:
    path = city.folder.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    if mapping:
        (path.parent / "mapping.yaml").write_text(mapping, encoding="utf-8")
        options = (*options, "--mapping", str(path.parent / "mapping.yaml"))
    return city.run("import", str(path), *options)


def test_a_file_is_stored_and_said(city: City) -> None:
    said = bring(city, GOOD, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "data/kuvitteila/2021/observations.csv: 0 new, 1 changed, 0 as they were.",
        "data/kuvitteila/2021-04/observations.csv: 1 new, 0 changed, 0 as they were.",
        "  changed: asiakkaat 2021-03 Kuvitteila: 640 → 645",
        "  new: asiakkaat 2021-04 Kuvitteila: 790",
        "The figures are stored.",
    ]
    again = bring(city, GOOD, "--lang", "en")
    assert again.out.splitlines()[-1] == "There was nothing to store: the file has no new or changed figures."


def test_a_dry_run_shows_the_same_and_stores_nothing(city: City) -> None:
    before = contents(city.folder / "data")
    said = bring(city, GOOD, "--dry-run", "--lang", "en")
    assert said.code == 0
    assert "changed: asiakkaat 2021-03 Kuvitteila: 640 → 645" in said.out
    assert said.out.splitlines()[-1] == "Nothing was stored, because of --dry-run."
    assert contents(city.folder / "data") == before
    bad = bring(city, GOOD.replace("790", "paljon"), "--dry-run", "--lang", "en")
    assert bad.out.splitlines()[-1] == "Nothing was stored. Errors: 1."


def test_an_error_stores_nothing_and_good_rows_the_rest(city: City) -> None:
    before = contents(city.folder / "data")
    bad = GOOD.replace("790", "paljon")
    said = bring(city, bad)
    assert said.code == 1
    assert said.err.startswith("Virhe: luvut.csv:2:value: ”paljon” ei ole luku.")
    assert said.out.splitlines()[-1] == "Mitään ei tallennettu. Virheitä: 1."
    assert contents(city.folder / "data") == before
    said = bring(city, bad, "--good-rows")
    assert said.code == 1
    assert said.out.splitlines()[-1] == "Virheettömät rivit on tallennettu. Virheitä, joiden rivit jätettiin pois: 1."
    assert not (city.folder / "data" / "kuvitteila" / "2021-04").exists()


def test_another_source_needs_replace(city: City) -> None:
    other = f"{HEAD}asiakkaat;2021-03;Kuvitteila;;645;final;demo-tilasto;\n"
    said = bring(city, other, "--good-rows")
    assert said.code == 1
    assert "640, example, esimerkki" in said.err
    assert bring(city, other, "--replace").code == 0


def test_a_workbook_in_our_columns_from_every_sheet(city: City) -> None:
    heads = ["indicator", "period", "area", "value"]
    book = Book(
        {
            "Tammi": [["Täytä"], heads, ["asiakkaat", formatted(44562, 2), "Kuvitteila", 5], [], ["Lähde: oma"]],
            "Helmi": [heads, ["asiakkaat", "helmikuu 2022", "", "2 608"]],
        }
    )
    said = bring(city, book.to_bytes(), name="luvut.xlsx")
    assert (said.code, said.err) == (0, "")
    assert "  uusi: asiakkaat 2022-01 Kuvitteila: 5" in said.out
    assert "  uusi: asiakkaat 2022-02 Yhteistyöalue: 2608" in said.out
    assert "Rivit, joilla ei ole lukuja, ohitettiin: 5." in said.out
    text = (city.folder / "data" / "kuvitteila" / "imports.csv").read_text(encoding="utf-8")
    assert text.count("\n") == 2
    assert ";Tammi, Helmi\n" in text


def test_what_is_not_there_is_a_slip_of_the_command(city: City, tmp_path: Path) -> None:
    assert city.run("import", str(tmp_path / "ei.csv")).code == 2
    assert city.run("import", str(tmp_path)).code == 2
    assert bring(city, GOOD, "--mapping", str(tmp_path / "ei.yaml")).code == 2
    assert bring(city, GOOD, "--area", "ei-ole").code == 2
    assert bring(city, "period,area,content,value\n2021,KU991,A,5\n", "--table", "../muualle").code == 2
    assert not list(city.folder.rglob("muualle*"))


def test_a_quiet_import_says_only_what_is_wrong(city: City) -> None:
    assert bring(city, GOOD, "--quiet").all == ""
    said = bring(city, GOOD.replace("790", "paljon"), "--quiet")
    assert (said.out, said.code) == ("", 1)
    assert "paljon" in said.err


def test_many_slips_are_told_in_a_few_lines(city: City) -> None:
    rows = "".join(f"asiakkaat;2021-04;Kuvitteila;;sana{at};;;\n" for at in range(500))
    said = bring(city, HEAD + rows)
    assert len(said.err.splitlines()) == importer.MOST + 1
    assert "400" in said.err.splitlines()[-1]


def test_a_file_that_is_too_large_is_refused_unread(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrived, "MOST_BYTES", 10)
    assert "import-large" not in bring(city, GOOD).all
    assert bring(city, GOOD).code == 1


def test_too_many_cells(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_CELLS", 3)
    said = bring(city, Book({"a": [["indicator", "period", "area", "value"]]}).to_bytes(), name="luvut.xlsx")
    assert (said.code, said.out.splitlines()[-1]) == (1, "Mitään ei tallennettu. Virheitä: 1.")


def test_faults_of_the_home_are_told_first(city: City) -> None:
    city.change("data/kuvitteila/indicators.yaml", "decimals: 1", "decimals: yksi")
    said = bring(city, GOOD)
    assert said.code == 1
    assert "indicators.yaml" in said.err


def test_the_first_figures_of_a_table_that_indicators_name_may_come_in(city: City) -> None:
    shutil.rmtree(city.folder / "data" / "statistics")
    said = bring(city, "period,area,content,value\n2021-01,KU991,TYOTTOMAT,5\n", "--table", "demo")
    assert (said.code, said.err) == (0, "")
    assert (city.folder / "data" / "statistics" / "demo" / "2021.csv").is_file()
