"""The follow-up of a month: what it tells, what it leaves out, what it never shows; in a made-up home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.month_city import AREA, BREAK, MAY, MONTHLY, built, cells, lines, month_city, row_of
from tests.trips import City
from tests.word_file import WordFile


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return month_city(tmp_path / "home", capsys)


def test_a_month_is_made_in_four_formats(city: City) -> None:
    built(city)
    made = {path.suffix for path in (city.folder / "out/tavoitela/2024-05").glob("monthly.*")}
    assert made == {".docx", ".pdf", ".html", ".xlsx"}


def test_each_area_has_its_changes_and_its_rate(city: City) -> None:
    found = row_of("Tavoitela", lines(city))
    assert found[:5] == ["450", "−50 (−10,0 %)", "+20 (+4,7 %)", "9,0 %", "−1,2 %-yks."]


def test_a_group_without_figures_is_the_sum_of_its_members(city: City) -> None:
    found = row_of("Seutu", lines(city))
    assert found[:4] == ["520", "−40 (−7,1 %)", "+19 (+3,8 %)", "8,7 %"]


def test_a_hidden_member_hides_the_sum_and_its_rate(city: City) -> None:
    city.change(MAY, "tyonhakijat;2024-05;Naapuri;;70", "tyonhakijat;2024-05;Naapuri;;...")
    found = row_of("Seutu", lines(city))
    assert found[:5] == ["..."] * 5
    assert not any("520" in line for line in lines(city))


def test_the_sentences_tell_the_same_numbers(city: City) -> None:
    text = " ".join(lines(city))
    assert "Toukokuun 2024 lopussa Tavoitelassa oli 450 työtöntä." in text
    assert "50 (10,0 %) vähemmän kuin vuotta aiemmin, mutta 20 (4,7 %) enemmän kuin kuukautta aiemmin" in text


def test_the_note_of_a_break_stands_where_it_is_reached_over_and_only_there(city: City) -> None:
    note = "Laskutapa muuttui maaliskuussa."
    found = lines(city)
    assert note in next(line for line in found if line.startswith("Kuvio 1."))
    assert note in next(line for line in found if "Vertailussa on otettava huomioon" in line)
    city.change(f"{AREA}/breaks.yaml", "2024-03-01", "2022-03-01")
    assert not any(note in line for line in lines(city))


def test_a_chart_has_the_note_of_a_break_in_its_first_year(city: City) -> None:
    for day, noted in (("2023-06-01", True), ("2023-05-01", False)):
        city.write(f"{AREA}/breaks.yaml", BREAK.replace("2024-03-01", day))
        assert any("Laskutapa muuttui" in line for line in lines(city)) is noted


@pytest.mark.parametrize(
    ("first", "last", "met"), [("2023-03-01", "2023-07-31", True), ("2023-08-01", "2024-03-31", False)]
)
def test_an_exceptional_time_is_noted_where_a_figure_of_it_is_shown(
    city: City, first: str, last: str, met: bool
) -> None:
    city.write(f"{AREA}/breaks.yaml", BREAK.replace("  note", f"  until: {last}\n  note").replace("2024-03-01", first))
    found = [line for line in lines(city) if "Laskutapa muuttui" in line]
    assert any(line.startswith("Kuvio 1.") for line in found) is met
    assert any("Vertailussa on otettava huomioon" in line for line in found) is met


def test_nothing_later_than_the_month_is_shown(city: City) -> None:
    built(city, "--format", "html")
    page = (city.folder / "out/tavoitela/2024-05/monthly.html").read_text(encoding="utf-8")
    words = re.sub(r"<svg.*?</svg>|<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert "450" in words
    assert "777" not in words


def test_what_is_missing_is_said_and_the_rest_stands(city: City) -> None:
    text = " ".join(lines(city))
    assert "Tältä kuukaudelta puuttuu: Tapahtumat (Kokeilu)." in text
    assert "Aktivointiaste, kaikki (Kokeilu)" in text


def test_a_month_without_any_figures_says_so_and_shows_none(city: City) -> None:
    said = built(city, "--format", "html", "--format", "docx", period="2021-02")
    assert "Varoitus: data/tavoitela/monthly.yaml: Kuukauden luvut puuttuvat kokonaan (helmikuu 2021)" in said.err
    page = (city.folder / "out/tavoitela/2021-02/monthly.html").read_text(encoding="utf-8")
    assert "<svg" not in page
    found = [line for line in lines(city, "2021-02") if line.strip()]
    assert found[:3] == [
        "Tavoitelan kaupunki, työllisyyspalvelut",
        "Kuukausiseuranta, helmikuu 2021",
        "Helmikuulta 2021 ei ole lukuja, joten kuukauden tilannetta ei voi kertoa.",
    ]
    headings = {"Kuukausi lyhyesti", "Suunnitelman tavoitteet", "Mikä muuttui edellisestä kuukaudesta", "Tavoite"}
    assert not headings & set(found)


def test_a_month_without_any_figures_does_not_pass_as_one(city: City) -> None:
    assert city.run("report", "monthly", "2021-02", "--strict").code == 1
    assert city.run("report", "monthly", "2024-05", "--strict", "--format", "docx").code == 0


def test_no_chart_shows_the_years_before_alone(city: City) -> None:
    text = (city.folder / MAY).read_text(encoding="utf-8")
    city.write(MAY, re.sub("(?m)^tyonhakijat;2024.*\n", "", text))
    found = lines(city)
    assert not any(line.startswith("Kuvio") for line in found)
    assert "31" in found


def test_a_chart_says_which_years_it_shows(city: City) -> None:
    assert any(line.startswith("Kuvio 1. Työnhakijat kuukausittain, Tavoitela (2023–2024, ") for line in lines(city))


def test_example_figures_are_told_at_the_top_and_in_their_row(city: City) -> None:
    city.change(MAY, "paikat;2024-05;Tavoitela;;31;final", "paikat;2024-05;Tavoitela;;31;example")
    found = lines(city)
    assert any(line.startswith("Asiakirjassa on esimerkkiaineistoa") for line in found)
    assert "31 (esimerkki)" in found


def test_a_person_comments_with_facts(city: City) -> None:
    text = (
        "---\ntitle: Toukokuu\nfacts:\n  nyt: tyonhakijat 2024-05 Tavoitela\n---\n## Huomioita\nMeillä on {{ nyt }}.\n"
    )
    city.write(f"{AREA}/2024-05/monthly.md", text)
    found = lines(city)
    assert found.index("Kuukausi lyhyesti") < found.index("Huomioita")
    assert "Meillä on 450." in found
    city.change(f"{AREA}/2024-05/monthly.md", "{{ nyt }}", "451")
    said = city.run("report", "monthly", "2024-05")
    assert said.code == 1
    assert f"{AREA}/2024-05/monthly.md:7" in said.all


def test_the_workbook_has_the_changes_and_the_figures(city: City) -> None:
    built(city, "--format", "xlsx")
    values = cells(city.folder / "out/tavoitela/2024-05/monthly.xlsx")
    assert 450 in values
    assert 777 not in values


@pytest.mark.parametrize(
    ("path", "old", "new", "wanted"),
    [
        (MONTHLY, "people: tyonhakijat", "people: tyonhakiat", "tyonhakijat"),
        (MONTHLY, "total: Seutu", "total: Setu", "Seutu"),
        (MONTHLY, "  part: tyonhakijat", "  part: tyonhakiat", "tyonhakijat"),
        (MONTHLY, "aktivointiaste / kaikki", "aktivointiaste / kaiki", "kaikki"),
        (f"{AREA}/breaks.yaml", "    - tyonhakijat", "    - tyonhakiat", "tyonhakijat"),
        (f"{AREA}/breaks.yaml", "2024-03-01", "maaliskuu", "maaliskuu"),
        (f"{AREA}/breaks.yaml", "  note", "  until: syksyyn\n  note", "syksyyn"),
        (f"{AREA}/breaks.yaml", "  note", "  until: 2023-12-31\n  note", "2023-12-31"),
    ],
)
def test_a_wrong_name_is_told_with_its_place(city: City, path: str, old: str, new: str, wanted: str) -> None:
    city.change(path, old, new)
    said = city.run("report", "monthly", "2024-05")
    assert said.code == 1
    assert f"{path}:" in said.all
    assert wanted in said.all
    assert not (city.folder / "out/tavoitela/2024-05").exists()


def test_a_year_is_no_month_and_an_area_needs_its_file(city: City) -> None:
    said = city.run("report", "monthly", "2024")
    assert (said.code, "2022-11" in said.all) == (2, True)
    (city.folder / MONTHLY).unlink()
    said = city.run("report", "monthly", "2024-05")
    assert (said.code, "monthly.yaml" in said.all) == (2, True)


def test_in_english_the_words_are_english(city: City) -> None:
    built(city, "--format", "docx", "--document-lang", "en")
    found = WordFile((city.folder / "out/tavoitela/2024-05/monthly.en.docx").read_bytes()).lines
    assert "Monthly follow-up, May 2024" in found
    assert "Sources and method" in found
