"""What the follow-up of a month tells of the plan's goals, of what turned, and of figures that were revised since."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.month_city import AREA, MAY, month_city
from tests.trips import ROOT, City

GOALS, TURNED = "Suunnitelman tavoitteet", "Mikä muuttui edellisestä kuukaudesta"
TABLE = "data/statistics/12r5"
LOG = f"{TABLE}/revisions.csv"
HEADS = "found,period,area,content,old,new,shown\n"
OCTOBER = "2022-10,KU734,TYOTTOMATLOPUSSA,2030,"
REVISED = "Työttömät työnhakijat, Salo, 10/2022: ennen 2 035, nyt 2 030."


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return month_city(tmp_path / "home", capsys)


@pytest.fixture
def salo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    return City(tmp_path / "home", capsys)


def page(city: City, month: str) -> str:
    """The words of a month's web page, one piece a line; it is made without a word of complaint."""
    area = "salo" if (city.folder / "data/salo").is_dir() else "tavoitela"
    shutil.rmtree(city.folder / "out", ignore_errors=True)  # a log is no input that makes a document old
    said = city.run("report", "monthly", month, "--area", area, "--format", "html", "--quiet")
    assert said.code == 0, said.all
    text = (city.folder / f"out/{area}/{month}/monthly.html").read_text(encoding="utf-8")
    text = re.sub(r"<svg.*?</svg>|<style.*?</style>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]*>", "\n", text)).replace("\u00a0", " ")


def part(text: str, head: str) -> str:
    """A section of a page."""
    rest = text.partition(f"\n{head}\n")[2]
    assert rest, head
    heads = (GOALS, TURNED, "Tulevat päivät", "Lähteet ja menetelmä")
    return min((rest.partition(f"\n{one}\n")[0] for one in heads), key=len)


def row(text: str, head: str, count: int) -> list[str]:
    """The cells after a heading of a row."""
    found = text.split("\n")
    return found[found.index(head) + 1 :][:count]


def log(city: City, *rows: str) -> None:
    """Revisions written down, and the figure of October 2022 marked as a revised one."""
    city.write(LOG, HEADS + "".join(f"{one},\n" for one in rows))
    city.change(f"{TABLE}/2022.csv", OCTOBER + "final", OCTOBER + "revised")


@pytest.fixture
def quiet(city: City) -> City:
    """The city before anybody knew the measures of June and later."""
    shutil.rmtree(city.folder / AREA / "2025-01")
    return city


def test_the_board_names_its_plan_and_its_columns_add_up(city: City) -> None:
    board = part(page(city, "2024-05"), GOALS)
    assert "Tavoitelan toimintasuunnitelma 2024: mittarit tilan mukaan, toukokuu 2024." in board
    # Of the first goal: a share and a time on target; customers and a rate near; a rate too old; nothing in words.
    assert row(board, "1. Palvelu alkaa ajoissa", 5) == ["2", "2", "1", "0", "5"]
    assert row(board, "Kaikki tavoitteet", 5) == ["3", "3", "2", "1", "9"]


def test_a_measure_that_needs_attention_has_its_target_figure_and_status(city: City) -> None:
    text = page(city, "2024-05")
    wanted = ["pysyy alle 1 000 henkilöä", "1 020 henkilöä", "Lähellä tavoitetta"]
    assert row(part(text, GOALS), "Asiakkaat (tavoite 1)", 3) == wanted
    assert "3,90 M€ (esimerkki) (2023)" in text
    assert "Asiakirjassa on esimerkkiaineistoa" in text


def test_a_figure_carried_over_has_its_month(city: City) -> None:
    text = page(city, "2024-09")
    assert row(part(text, GOALS), "Aktivointiaste, kaikki (tavoite 1)", 2)[1] == "38,9 % (8/2024)"
    assert "Tältä kuukaudelta on tieto 4 mittarista; muista viimeisin aiempi tieto: " in text
    assert "8/2024 (1 mittari)" in text
    turned = part(text, TURNED)
    assert "Uusi tieto on 3 mittarista, joista oli tieto ennestään. Minkään niiden tila ei muuttunut." in turned
    gone = "Tältä kuukaudelta ei ole tietoa mittarista, josta se oli edelliseltä kuukaudelta: Aktivointiaste, kaikki."
    assert gone in turned


def test_without_new_figures_nothing_is_said_to_stay(quiet: City) -> None:
    text = page(quiet, "2024-06")
    assert "Tältä kuukaudelta ei ole mittarien tietoja; viimeisin aiempi tieto: 5/2024 (4 mittaria), 2023 (" in text
    turned = part(text, TURNED)
    assert "Mittareista ei ole uusia tietoja" in turned
    assert "Tältä kuukaudelta ei ole tietoa 4 mittarista, joista se oli edelliseltä kuukaudelta: " in turned
    assert "tila ei muuttunut" not in turned


def test_what_the_month_has_itself_is_compared(city: City) -> None:
    turned = part(page(city, "2024-05"), TURNED)
    assert "Uusi tieto on 2 mittarista, joista oli tieto ennestään. Minkään niiden tila ei muuttunut." in turned
    city.change(MAY, "kesto;2024-05;Tavoitela;;45,8", "kesto;2024-05;Tavoitela;;61,0")
    turned = part(page(city, "2024-05"), TURNED)
    assert "Työnhaun kesto (tavoite 1): ennen tavoitetasolla, nyt ei vielä tavoitetasolla." in turned
    assert "muuttunut." not in turned


def test_a_status_of_an_earlier_month_is_told_with_the_month(quiet: City) -> None:
    text = (quiet.folder / MAY).read_text(encoding="utf-8")
    quiet.write(MAY, f"{text}kesto;2024-07;Tavoitela;;61,0;final;;\n")
    turned = part(page(quiet, "2024-07"), TURNED)
    assert "Työnhaun kesto (tavoite 1): ennen tavoitetasolla (5/2024), nyt ei vielä tavoitetasolla." in turned


@pytest.mark.parametrize("month", ["2022-12", "2023-01"])
def test_in_salo_nothing_is_said_to_stay_by_the_same_figure_twice(salo: City, month: str) -> None:
    text = page(salo, month)
    assert "tila ei muuttunut" not in text
    assert row(text, "Salon TYP:n asiakkaat (tavoite 2)", 2)[1] == "151 asiakasta (11/2022)"


@pytest.mark.parametrize(("month", "followed"), [("2020-01", 0), ("2022-10", 0), ("2022-11", 1), ("2023-10", 1)])
def test_the_goals_are_judged_from_their_baselines_on_while_their_plan_runs(
    salo: City, month: str, followed: int
) -> None:
    text = page(salo, month)
    assert text.count(f"\n{GOALS}\n") == followed
    assert ("toimintasuunnitelma" in text.partition("puuttu")[2].partition("\n")[0]) is not bool(followed)


def test_goals_of_which_hardly_anything_is_known_share_a_row(salo: City) -> None:
    board = part(page(salo, "2023-10"), GOALS)
    assert row(board, "Tavoitteet, joiden mittareista ei ole tietoa: 1, 3, 4, 5, 6 ja 7", 5) == [
        "0",
        "0",
        "23",
        "4",
        "27",
    ]
    assert row(board, "Kaikki tavoitteet", 5) == ["1", "0", "24", "5", "30"]


def test_a_revision_is_told_once_with_what_stood_before(salo: City) -> None:
    log(salo, "2022-12-21,2022-10,KU734,TYOTTOMATLOPUSSA,2035,2030")
    assert REVISED in part(page(salo, "2022-11"), TURNED)
    for month in ("2022-10", "2022-12", "2023-10"):
        assert "tarkistettu" not in page(salo, month).partition(TURNED)[2], month


def test_a_revision_belongs_to_the_report_that_the_calendar_has_next(salo: City) -> None:
    for found, month in (("2022-12-30", "2022-11"), ("2022-12-31", "2022-12"), ("2023-01-31", "2022-12")):
        log(salo, f"{found},2022-10,KU734,TYOTTOMATLOPUSSA,2035,2030")
        shown = [at for at in ("2022-11", "2022-12", "2023-01") if REVISED in page(salo, at)]
        assert shown == [month], found
        salo.change(f"{TABLE}/2022.csv", OCTOBER + "revised", OCTOBER + "final")


def test_of_a_figure_revised_twice_the_first_old_one_and_what_stands_are_told(salo: City) -> None:
    log(
        salo,
        "2022-12-22,2022-10,KU734,TYOTTOMATLOPUSSA,2033,2030",
        "2022-12-21,2022-10,KU734,TYOTTOMATLOPUSSA,2035,2033",
        "2022-12-21,2022-09,KU734,TYOTTOMATLOPUSSA,1996,2000",
        "2022-12-21,2022-10,KU480,AVPAIKATLOPUSSA,...,12",
    )
    turned = part(page(salo, "2022-11"), TURNED)
    assert REVISED in turned
    assert "Avoimet työpaikat, Marttila, 10/2022: ennen ..., nyt 12." in turned
    assert "9/2022" not in turned  # the old figure was put back


def test_of_many_revisions_the_first_are_told_and_the_rest_counted(salo: City) -> None:
    log(salo, *(f"2022-12-21,2022-{month:02},KU734,TYOTTOMATLOPUSSA,1,2" for month in range(1, 11)))
    turned = part(page(salo, "2022-11"), TURNED)
    assert turned.count(": ennen 1, nyt ") == 8
    assert "Lisäksi tarkistettiin 2 muuta tämän asiakirjan lukua." in turned


def test_a_figure_marked_as_revised_in_no_log_is_told_in_the_month_after_it(salo: City) -> None:
    salo.change(f"{TABLE}/2022.csv", OCTOBER + "final", OCTOBER + "revised")
    bare = "Työttömät työnhakijat, Salo, 10/2022: nyt 2 030. Aiempaa lukua ei ole tallessa."
    assert bare in part(page(salo, "2022-11"), TURNED)
    for month in ("2022-10", "2022-12", "2023-10"):
        assert "tarkistettu näitä" not in page(salo, month), month


@pytest.mark.parametrize(("cell", "wrong"), [("found", "eilen"), ("period", "lokakuu"), ("old", "paljon")])
def test_a_log_that_cannot_be_read_is_told_with_its_place(salo: City, cell: str, wrong: str) -> None:
    cells = {"found": "2022-12-21", "period": "2022-10", "old": "2035"} | {cell: wrong}
    log(salo, "{found},{period},KU734,TYOTTOMATLOPUSSA,{old},2030".format(**cells))
    said = salo.run("report", "monthly", "2022-11", "--area", "salo", "--format", "html")
    assert said.code == 1
    assert f"{LOG}:2:{cell}" in said.all
