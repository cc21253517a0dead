"""What people say in followup.yaml and when a follow-up is asked for: what is wrong with it is told, not printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reports.goals.standing import Standing
from reports.home import open_home
from reports.messages import LANGUAGES, catalogue
from reports.period import Period
from reports.read.dataset import read_dataset
from reports.read.plan import read_notes, read_plan
from tests.trips import ROOT, City, Said
from tests.word_file import WordFile

DATA = "data/tavoitela"
NOTES = f"{DATA}/2024-05/followup.yaml"
PLAN = f"{DATA}/2024/plan.yaml"
DECEMBER = """indicator;period;area;group;value;status
asiakkaat;2024-12;;;900;final
tyottomien-osuus;2024-12;;;70,0;final
"""


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "tests" / "planned", tmp_path / "home")
    shutil.rmtree(tmp_path / "home" / "data" / "tavoitela" / "2025-01")  # the figures of the months to come
    return City(tmp_path / "home", capsys)


def followed(city: City, period: str = "2024-05", *options: str) -> Said:
    return city.run("report", "followup", period, "--format", "docx", *options)


def lines(city: City, period: str = "2024-05") -> list[str]:
    return WordFile((city.folder / f"out/tavoitela/{period}/followup.docx").read_bytes()).lines


def unnumbered(found: list[str]) -> set[str]:
    """The lines without the numbers that key figures begin with."""
    return {line.lstrip("0123456789 \u00a0") for line in found}


def override(status: str, measure: str = "asiakkaat") -> str:
    return f"  - measure: {measure}\n    status: {status}\n    reason: Oma arvio.\n"


def judged(city: City, *statuses: str, period: str = "2024-05") -> Said:
    """The follow-up with these statuses of the same measure."""
    city.write(f"{DATA}/{period}/followup.yaml", "overrides:\n" + "".join(map(override, statuses)))
    return followed(city, period)


# --- a person's status ---


SPOKEN = [(catalogue(code).say(f"standing.{one}"), one) for code in LANGUAGES for one in Standing]


def test_a_status_may_be_called_as_documents_call_it(city: City) -> None:
    home = open_home(city.folder)
    plan, _ = read_plan(home, "tavoitela", Period.year(2024), read_dataset(home, "tavoitela", ()))
    for words, standing in [*SPOKEN, *((str(one), one) for one in Standing)]:
        for status in (words, words[0].upper() + words[1:]):
            city.write(NOTES, f"overrides:\n{override(status)}")
            notes, problems = read_notes(home, "tavoitela", Period.month(2024, 5), plan)
            assert problems == []
            assert [(str(one.status), one.status.place.row) for one in notes.overrides] == [(str(standing), 3)]


def test_the_word_that_the_report_prints_is_printed(city: City) -> None:
    said = judged(city, "Lähellä")
    assert (said.code, said.err.count("Varoitus:")) == (0, followed(city).err.count("Varoitus:"))
    assert "Vastuuhenkilön arvio: lähellä. Oma arvio." in lines(city)


@pytest.mark.parametrize("status", ["lähelä", "hyvä"])
def test_a_status_that_is_none_stops_with_its_row_and_the_likely_word(city: City, status: str) -> None:
    said = judged(city, status)
    assert said.code == 1
    assert f"{NOTES}:3:13: ”{status}” ei kelpaa. Vaihtoehdot: " in said.err
    assert "lähellä" in said.err
    assert not list(city.folder.rglob("followup.docx"))


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        (f"overrides:\n{override('near', 'asiakkat')}", "Suunnitelmassa ei ole mittaria ”asiakkat”"),
        (f"overrides:\n{override('near')}{override('missed')}", "Mittarin ”asiakkaat” arvio on jo rivillä 2."),
        ("overrides:\n  - measure: asiakkaat\n    reason: Arvio.\n", "Kohta ”status” puuttuu"),
        ("overrides:\n  - measure: asiakkaat\n    status:\n    reason: Arvio.\n", "Kohta ”status” puuttuu"),
        ("comments:\n  palvelu: Hyvin menee.\n", "Suunnitelmassa ei ole tavoitetta ”palvelu”"),
        ("overrides:\n  -\n", "Viivan perässä ei ole mitään"),
    ],
)
def test_a_slip_in_the_notes_stops_and_is_told_once(city: City, notes: str, found: str) -> None:
    city.write(NOTES, notes)
    said = followed(city)
    assert (said.code, said.err.count("Virhe: ")) == (1, 1)
    assert found in said.err
    assert NOTES in said.err


def test_the_notes_stop_a_report_that_carries_the_follow_up_too(city: City) -> None:
    city.write(NOTES, f"overrides:\n{override('lähelä')}")
    city.write(f"{DATA}/2024/annual.md", "---\ntitle: Vuosi\nattachments:\n  - followup 2024-05\n---\n## A\nTekstiä.\n")
    assert city.run("report", "annual", "2024", "--format", "docx").code == 1


@pytest.mark.parametrize(
    ("status", "period", "wanted"),
    [
        ("toteutunut", "2024-05", "tavoitetasolla"),
        ("missed", "2024-05", "ei vielä tavoitetasolla"),
        ("not-yet", "2024-12", "ei toteutunut"),
        ("tavoitetasolla", "2024-12", "toteutunut"),
        ("ei vielä tavoitetasolla", "2024-05", ""),
        ("near", "2024-05", ""),
        ("near", "2024-12", ""),
        ("toteutunut", "2024-12", ""),
    ],
)
def test_a_status_of_the_other_side_of_the_due_date_is_a_warning(
    city: City, status: str, period: str, wanted: str
) -> None:
    city.write(f"{DATA}/2024-12/observations.csv", DECEMBER)
    said = judged(city, status, period=period)
    assert said.code == 0
    told = [line for line in said.err.splitlines() if "followup.yaml:3:13" in line]
    assert len(told) == bool(wanted)
    assert all(line.endswith(f"Kirjoita ”{wanted}”.") for line in told)


# --- the time ---


def test_after_the_due_date_the_key_figures_are_of_outcomes(city: City) -> None:
    city.write(f"{DATA}/2024-12/observations.csv", DECEMBER)
    assert followed(city).code == 0
    assert followed(city, "2024-12").code == 0
    before, after = lines(city), lines(city, "2024-12")
    assert {"tavoitetasolla tai oikeassa suunnassa", "ei vielä tavoitetasolla"} <= unnumbered(before)
    assert {"toteutunut tai suunta oikea", "ei toteutunut"} <= unnumbered(after)
    assert not any("ei vielä" in line for line in after)


def test_where_some_are_due_the_key_figures_are_of_both(city: City) -> None:
    city.change(PLAN, "target: pysyy alle 1000\n", "target: pysyy alle 1000\n            due: 3/2024\n")
    assert followed(city).code == 0
    assert "ei vielä tavoitetasolla tai ei toteutunut" in unnumbered(lines(city))


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2024-05", ""),
        ("2024-01", ""),
        ("2023-12", ""),
        ("2024-06", "Ajalta 6/2024 ei ole yhdenkään mittarin lukua"),
        ("2024-12", "Ajalta 12/2024 ei ole yhdenkään mittarin lukua"),
        ("2034-05", "Ajalta 12/2024 ei ole yhdenkään mittarin lukua"),
        ("2023-11", "Seurannan ajankohta 11/2023 on aikaisempi kuin suunnitelman lähtötasot"),
        ("2022-12", "Seurannan ajankohta 12/2022 on aikaisempi kuin suunnitelman lähtötasot"),
    ],
)
def test_a_time_that_the_data_knows_nothing_of_is_a_warning(city: City, period: str, found: str) -> None:
    said = followed(city, period)
    assert said.code == 0
    told = [line for line in said.err.splitlines() if "Ajalta" in line or "ajankohta 1" in line]
    assert len(told) == bool(found)
    assert all(found in line for line in told)


def test_the_months_of_a_caption_are_in_order(city: City) -> None:
    city.change(
        PLAN, "target: alle 55 %\n            baseline: 2023-12", "target: alle 55 %\n            baseline: 2023-11"
    )
    city.write(f"{DATA}/2023-11/observations.csv", "indicator;period;value\ntyottomien-osuus;2023-11;60,0\n")
    assert followed(city).code == 0
    (caption,) = [line for line in lines(city) if line.startswith("Kuvio") and "Tavoitteen 1" in line and "%" in line]
    assert "(11/2023, 12/2023, 2/2024, 5/2024, " in caption


# --- figures that are missing, targets beyond what can be ---


def test_a_missing_baseline_is_told_once(city: City) -> None:
    for folder in ("2023-12", "2024-05"):
        path = city.folder / f"{DATA}/{folder}/observations.csv"
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(row for row in rows if not row.startswith("kesto")), encoding="utf-8")
    said = city.run("report", "plan", "2024", "--format", "docx")
    assert said.code == 1
    assert len([line for line in said.err.splitlines() if "kesto 2023-12" in line or "Työnhaun kesto”" in line]) == 1


@pytest.mark.parametrize(
    ("target", "found"),
    [("alle 155 %", "suurin mahdollinen arvo, joka on 100\u00a0%"), ("alle 100 %", ""), ("90–110 %", "90–110 %")],
)
def test_a_share_cannot_be_more_than_the_whole(city: City, target: str, found: str) -> None:
    city.change(PLAN, "target: alle 55 %", f"target: {target}")
    said = city.run("report", "plan", "2024", "--format", "docx")
    assert said.code == 0
    told = [line for line in said.err.splitlines() if "suurin mahdollinen" in line]
    assert len(told) == bool(found)
    assert all(found in line for line in told)
    city.change(f"{DATA}/indicators.yaml", '  unit: "%"\n', '  unit: "%"\n  most: 200\n')
    assert "suurin mahdollinen" not in city.run("report", "plan", "2024", "--format", "docx").err
