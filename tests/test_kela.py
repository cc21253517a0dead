"""Kela's monthly files: what may be added up is, what may not is not, and what is hidden stays so."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from reports.errors import ReportError
from reports.intake.incoming import Statistic
from reports.intake.kela import CONTENTS, is_kela, read_kela
from reports.messages import catalogue
from reports.model import Area, Mark
from tests.trips import City

HEAD = (
    "aikatyyppi,kuukausi_nro,vuosikuukausi,vuosi,kunta_nro,kunta_nimi,ikaryhma,sukupuoli,tyomarkkinatukipaiva_luokka,"
    "saaja_lkm,korvattu_paiva_lkm,maksettu_eur,kunta_osuus_eur"
)
AREAS = (
    Area("Kuvitteila", "991", "KU991"),
    Area("Naapurila", "005", "KU005"),
    Area("Yhteistyöalue", members=("Kuvitteila", "Naapurila")),
    Area("Koko maa", "", "SSS"),
)
PEOPLE = "saaja_lkm"
DAYS, PAID, SHARE = CONTENTS[1:]


def row(
    figures: str, group: str = "25-29,Mies", kind: str = "Yhteensä", month: str = "202201", code: str = "991"
) -> str:
    """A row of a month; `figures` are recipients, days, euros paid and the municipality's share."""
    return f"Kuukausi,{int(month[4:])},{month},{month[:4]},{code},Kunta,{group},{kind},{figures}"


def written(folder: Path, rows: Iterable[str], head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "data.csv"
    path.write_text("\r\n".join([head, *rows, ""]), encoding=encoding, newline="")
    return path


def read(folder: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8") -> dict[tuple[str, str, str], Statistic]:
    """The figures of rows that nothing is wrong with but for areas that are not there."""
    found, problems = read_kela(written(folder, rows, head, encoding), "data.csv", AREAS)
    assert {one.code for one in problems} <= {"kela-area"}
    return {(str(one.period), one.area, one.content): one for one in found}


def faults(folder: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8") -> list[tuple[str, int, str]]:
    """What is wrong with rows: code, row and column, errors only; every one has its sentence."""
    _, problems = read_kela(written(folder, rows, head, encoding), "data.csv", AREAS)
    assert all(catalogue(language).problem(one) for one in problems for language in ("fi", "en"))
    return [(one.code, one.place.row, str(one.place.column)) for one in problems if not one.warning]


def values(
    found: dict[tuple[str, str, str], Statistic], month: str = "2022-01", area: str = "KU991"
) -> list[Decimal | None]:
    return [found[month, area, content].value for content in CONTENTS]


def test_age_groups_and_sexes_of_a_month_are_added_up(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row("10,200,1000.50,500.25"),
        row("4,80,400.10,200.05", "25-29,Nainen"),
        row("5,90,450,225", "Tieto puuttuu,Tuntematon"),
    )
    assert values(found) == [Decimal(19), Decimal(370), Decimal("1850.60"), Decimal("925.30")]
    assert all(one.origin == "2-4" for one in found.values())


def test_classes_of_days_are_never_added_up(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row("10,200,1000,500"),
        row("6,100,500,250", kind="300-499"),
        row("7,100,500,250", kind="1000 tai yli"),
    )
    assert values(found) == [Decimal(10), Decimal(200), Decimal(1000), Decimal(500)]


def test_months_and_municipalities_stay_apart(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row("10,200,1000,500"),
        row("11,210,1100,550", month="202202"),
        row("3,40,300,150", code="005"),
        row("9,90,900,450", code="199"),
        row("9,90,900,450", code="734"),
    )
    assert {key[:2] for key in found} == {("2022-01", "KU991"), ("2022-02", "KU991"), ("2022-01", "KU005")}
    assert values(found, "2022-02") == [Decimal(11), Decimal(210), Decimal(1100), Decimal(550)]


def of_a_year(figures: str, group: str = "Yhteensä,Yhteensä", kind: str = "Yhteensä") -> str:
    return row(figures, group, kind, month="202212").replace("Kuukausi", "Vuosi")


def test_a_year_stands_beside_its_months_and_a_year_so_far_is_passed_over(tmp_path: Path) -> None:
    so_far = row("50,900,5000,2500", month="202212").replace("Kuukausi", "Vuosikertymä")
    found = read(tmp_path, of_a_year("90,2000,10000,5000"), so_far, row("10,200,1000,500"))
    assert {key[0] for key in found} == {"2022-01", "2022"}
    assert values(found, "2022") == [Decimal(90), Decimal(2000), Decimal(10000), Decimal(5000)]


def test_the_recipients_of_a_year_are_not_added_up_over_age_groups(tmp_path: Path) -> None:
    parts = [of_a_year("90,2000,10000,5000", "25-29,Mies"), of_a_year("20,400,2000,1000", "30-34,Mies")]
    path = written(tmp_path, [*parts, row("10,200,1000,500"), row("3,1,1,1", code="005")])
    found, (problem,) = read_kela(path, "data.csv", AREAS)
    assert (problem.code, problem.values["years"], problem.warning) == ("kela-year-persons", "2022", True)
    years = {one.content: one.value for one in found if str(one.period) == "2022"}
    assert years == {DAYS: Decimal(2400), PAID: Decimal(12000), SHARE: Decimal(6000)}


def test_a_row_that_is_the_total_counts_instead_of_its_parts(tmp_path: Path) -> None:
    parts = [row("10,200,1000,500"), row("4,80,400,200", "25-29,Nainen")]
    total = row("13,280,1400,700", "Yhteensä,Yhteensä")
    by_age = [row("14,280,1400,700", "25-29,Yhteensä")]
    assert values(read(tmp_path, *parts, total))[0] == Decimal(13)
    assert values(read(tmp_path, *parts, *by_age))[0] == Decimal(14)


def test_recoveries_stay_negative(tmp_path: Path) -> None:
    found = read(tmp_path, row("0,-12,-379.50,-241.26"))
    assert values(found) == [Decimal(0), Decimal(-12), Decimal("-379.50"), Decimal("-241.26")]


def test_a_hidden_part_hides_the_sum_of_its_column_only(tmp_path: Path) -> None:
    found = read(tmp_path, row("10,200,1000,500"), row("Tieto puuttuu,,90,45", "30-34,Mies"))
    assert [(one.value, one.mark) for one in (found["2022-01", "KU991", content] for content in CONTENTS)] == [
        (None, Mark.HIDDEN),
        (None, Mark.UNAVAILABLE),
        (Decimal(1090), None),
        (Decimal(545), None),
    ]


def test_hidden_beats_missing(tmp_path: Path) -> None:
    parts = [row(",1,1,1"), row("Tieto puuttuu,1,1,1", "30-34,Mies"), row("5,1,1,1", "35-39,Mies")]
    for rows in (parts, parts[::-1]):
        assert read(tmp_path, *rows)["2022-01", "KU991", PEOPLE].mark is Mark.HIDDEN


@pytest.mark.parametrize("code", ["005", "05", "5"])
def test_a_number_that_has_lost_its_zeros_is_known(tmp_path: Path, code: str) -> None:
    assert values(read(tmp_path, row("3,40,300,150", code=code)), area="KU005")[0] == Decimal(3)


def test_columns_may_come_in_any_order_and_some_may_be_missing(tmp_path: Path) -> None:
    head = "kunta_osuus_eur,kunta_nro,vuosikuukausi,aikatyyppi,saaja_lkm"
    found = read(tmp_path, "500.5,991,202201,Kuukausi,10", head=head)
    assert {key[2]: one.value for key, one in found.items()} == {SHARE: Decimal("500.5"), PEOPLE: Decimal(10)}
    assert all(one.origin == "2" for one in found.values())


def test_a_new_division_is_taken_by_its_total(tmp_path: Path) -> None:
    head = HEAD.replace("tyomarkkinatukipaiva_luokka", "etuus,kertymapaiva_luokka")
    found = read(
        tmp_path,
        row("10,200,1000,500", kind="Yhteensä,Yhteensä"),
        row("8,100,600,300", kind="Ansiopäiväraha,Yhteensä"),
        row("9,100,600,300", kind="Yhteensä,101-200"),
        head=head,
    )
    assert values(found)[0] == Decimal(10)


@pytest.mark.parametrize(("encoding", "code"), [("utf-8-sig", []), ("cp1252", ["encoding-windows"])])
def test_encodings_are_known(tmp_path: Path, encoding: str, code: list[str]) -> None:
    found, problems = read_kela(written(tmp_path, [row("1,2,3,4")], encoding=encoding), "data.csv", AREAS[:1])
    assert len(found) == 4
    assert [one.code for one in problems] == code


def test_a_file_saved_in_a_finnish_excel_has_decimal_commas(tmp_path: Path) -> None:
    rows = [row("10;200;1000,50;500,25".replace(",", "§")).replace(",", ";").replace("§", ",")]
    found = read(tmp_path, *rows, head=HEAD.replace(",", ";"))
    assert values(found)[2:] == [Decimal("1000.50"), Decimal("500.25")]


GOOD = row("10,200,1000,500")
SLIPS = [
    ("a word for a number", [row("kymmenen,1,1,1")], ("kela-number", 2, PEOPLE)),
    ("half a person", [row("1.5,1,1,1")], ("kela-number", 2, PEOPLE)),
    ("fewer than nobody", [row("-1,1,1,1")], ("kela-number", 2, PEOPLE)),
    ("a number that is none", [row("1,1,nan,1")], ("kela-number", 2, PAID)),
    ("thousands", [row("1,1,1 000,1")], ("kela-number", 2, PAID)),
    ("no such month", [row("1,1,1,1").replace("202201", "202213")], ("kela-month", 2, "vuosikuukausi")),
    ("a year for a month", [row("1,1,1,1").replace("202201", "2022")], ("kela-month", 2, "vuosikuukausi")),
    (
        "another month beside it",
        [row("1,1,1,1").replace("Kuukausi,1,", "Kuukausi,2,")],
        ("kela-month", 2, "vuosikuukausi"),
    ),
    ("another year beside it", [row("1,1,1,1").replace(",2022,", ",2021,")], ("kela-month", 2, "vuosikuukausi")),
    ("no such year", [of_a_year("1,1,1,1").replace(",2022,", ",x,")], ("kela-year", 2, "vuosi")),
    ("the same row twice", [GOOD, GOOD], ("kela-twice", 3, "")),
    ("no totals at all", [row("1,1,1,1", kind="300-499")], ("kela-division", 2, "tyomarkkinatukipaiva_luokka")),
    ("no total of a month", [GOOD, row("1,1,1,1", kind="300-499", month="202202")], ("kela-total", 3, "")),
    ("a row too long", [GOOD + ",x"], ("row-long", 2, "")),
    ("a row too short", [GOOD.rpartition(",")[0]], ("row-short", 2, "")),
    ("a quote left open", [GOOD.replace("Kunta", '"Kunta'), GOOD], ("csv-quote", 3, "")),
]


@pytest.mark.parametrize(("rows", "wanted"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_found_in_its_row(tmp_path: Path, rows: list[str], wanted: tuple[str, int, str]) -> None:
    assert faults(tmp_path, *rows) == [wanted]


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (HEAD.replace("kunta_nro", "kunta"), ("kela-columns", 1, "")),
        (HEAD.replace("saaja_lkm", "kunta_nro"), ("column-twice", 1, "5")),
        (HEAD.replace("sukupuoli", ""), ("cell-empty", 1, "8")),
        ("", ("kela-columns", 1, "")),
    ],
)
def test_a_slip_in_the_headings_is_told(tmp_path: Path, head: str, wanted: tuple[str, int, str]) -> None:
    assert faults(tmp_path, GOOD, head=head)[:1] == [wanted]


def test_every_fault_is_counted_and_the_first_are_told(tmp_path: Path) -> None:
    found = faults(tmp_path, *(row(f"x{number},1,1,1", f"{number}-{number},Mies") for number in range(50)))
    assert len(found) == 21
    assert found[-1][0] == "kela-more"


def test_a_municipality_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, (found,) = read_kela(written(tmp_path, [GOOD]), "data.csv", AREAS)
    assert (found.code, found.warning, found.values["area"]) == ("kela-area", True, "Naapurila (KU005)")


def test_without_a_municipality_nothing_can_be_read(tmp_path: Path) -> None:
    _, (found,) = read_kela(written(tmp_path, [GOOD]), "data.csv", AREAS[2:])
    assert (found.code, found.warning) == ("kela-no-area", False)


@pytest.mark.parametrize(
    "spoilt",
    [
        row("1,2,3,4", code="734").replace("Kunta", "hlö 131052-308T"),
        row("1,2,3,4", code="734").replace("Kunta", "131052–308T"),
        row("1,2,131052-9085,4", code="734"),
        row("1,2,3,4", code="734") + ",131052-308T",
    ],
)
def test_a_personal_identity_code_anywhere_refuses_the_file(tmp_path: Path, spoilt: str) -> None:
    with pytest.raises(ReportError) as error:
        read_kela(written(tmp_path, [GOOD, spoilt]), "data.csv", AREAS)
    (found,) = error.value.problems
    assert (found.code, found.place.row) == ("people-code", 3)
    assert "131052" not in catalogue("fi").problem(found)


@pytest.mark.parametrize(
    ("data", "code"),
    [(HEAD.encode() + b"\n\xff\x81\n", "encoding-unknown"), (b"x" * 3_000_000, "kela-line")],
    ids=["no encoding", "one long line"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(data)
    with pytest.raises(ReportError) as error:
        read_kela(path, "data.csv", AREAS)
    assert [one.code for one in error.value.problems] == [code]


def test_kelas_files_are_known_by_their_headings() -> None:
    assert is_kela(HEAD.split(","))
    assert not is_kela(["period", "area", "content", "value"])
    assert not is_kela(["aikatyyppi", "vuosikuukausi", "kunta_nro"])


def test_an_import_stores_months_that_a_report_can_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.form_city import INDICATORS, form_city

    city: City = form_city(tmp_path / "home", capsys)
    city.change(
        INDICATORS,
        "talousarvio:\n",
        "kuntaosuus:\n  name: Kuntaosuus\n  unit: €\n  decimals: 2\n  source: demo-tilasto\n"
        "  statistics: kela kunta_osuus_eur\ntalousarvio:\n",
    )
    path = written(tmp_path, [row("10,200,1000,500.25"), row("10,200,1000,-20", month="202202")])
    assert city.run("import", str(path)).code == 0
    lines = (city.folder / "data/statistics/kela/2022.csv").read_text(encoding="utf-8").splitlines()
    stored = [line.rpartition(",")[0] for line in lines if "kunta_osuus_eur" in line]
    assert stored == ['2022-01,KU991,kunta_osuus_eur,"500,25",final', "2022-02,KU991,kunta_osuus_eur,-20,final"]
    assert city.run("check").code == 0
